import Compute

/// Layers of general one-qubit rotations and CNOTs of growing range; PennyLane's template.
///
/// In layer l each qubit is turned by `RZ(w[l, i, 2])·RY(w[l, i, 1])·RZ(w[l, i, 0])`, then the qubit in
/// place i controls a NOT on the one in place `(i + r) mod n`, with the range `r = l mod (n - 1) + 1`
/// (Schuld, Bocharov, Svore and Wiebe, Phys. Rev. A 101, 032308, 2020).
///
/// Weights of shape `[depth, n, 3]` for n qubits.
public struct StronglyEntanglingLayers: CircuitFragment {
  /// The number of layers.
  public let depth: Int
  /// The qubits; nil for all of the circuit's.
  public let qubits: [Int]?

  /// Creates the fragment.
  ///
  /// - Precondition: `depth` is not negative.
  public init(depth: Int, qubits: [Int]? = nil) {
    require(
      depth >= 0, "strongly entangling layers: found depth \(depth), expected at least 0")
    self.depth = depth
    self.qubits = qubits
  }

  /// The shape of the weights on `count` qubits.
  public func weightShape(qubits count: Int) -> [Int] { [depth, count, 3] }

  /// Appends the layers, with new weights.
  public func append(to circuit: inout Circuit) {
    let qubits = self.qubits ?? circuit.allQubits
    for layer in 0..<depth {
      for qubit in qubits {
        let first = circuit.weightCount
        circuit.append(.rz, angles: [.weight(first)], to: [qubit])
        circuit.append(.ry, angles: [.weight(first + 1)], to: [qubit])
        circuit.append(.rz, angles: [.weight(first + 2)], to: [qubit])
      }
      guard qubits.count > 1 else { continue }
      let range = layer % (qubits.count - 1) + 1
      for place in qubits.indices {
        circuit.append(.cx, to: [qubits[place], qubits[(place + range) % qubits.count]])
      }
    }
  }
}
