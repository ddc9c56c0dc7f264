import Compute

/// Data put in again and again, with a trainable layer after each time.
///
/// Each of `depth` layers is an ``AngleEncoding`` of all inputs followed by one layer of
/// ``StronglyEntanglingLayers`` with the range 1: by repeating the encoding an expectation reaches
/// higher frequencies of the inputs (Pérez-Salinas, Cervera-Lierta, Gil-Fuster and Latorre, Quantum 4,
/// 226, 2020; Schuld, Sweke and Meyer, Phys. Rev. A 103, 032430, 2021).
///
/// Weights of shape `[depth, n, 3]` for n qubits, the last axis RZ, RY, RZ.
public struct DataReuploading: CircuitFragment {
  /// The number of layers.
  public let depth: Int
  /// The axis of the encoding's rotations.
  public let axis: PauliAxis
  /// The qubits; nil for all of the circuit's.
  public let qubits: [Int]?

  /// Creates the fragment.
  ///
  /// - Precondition: `depth` is not negative.
  public init(depth: Int, axis: PauliAxis = .x, qubits: [Int]? = nil) {
    require(depth >= 0, "data re-uploading: found depth \(depth), expected at least 0")
    self.depth = depth
    self.axis = axis
    self.qubits = qubits
  }

  /// The shape of the weights on `count` qubits.
  public func weightShape(qubits count: Int) -> [Int] { [depth, count, 3] }

  /// Appends the layers.
  public func append(to circuit: inout Circuit) {
    for _ in 0..<depth {
      circuit.append(AngleEncoding(axis, qubits: qubits))
      circuit.append(StronglyEntanglingLayers(depth: 1, qubits: qubits))
    }
  }
}
