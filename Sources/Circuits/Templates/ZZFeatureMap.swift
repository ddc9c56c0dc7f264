import Compute

/// The second-order Pauli-Z feature map of Qiskit's `zz_feature_map`, one input a qubit.
///
/// Each repetition is H on every qubit, `P(2·x[i])` on each, and for each entangled pair i < j
/// `CX(i, j)`, `P(2·(π - x[i])·(π - x[j]))` on j, `CX(i, j)` (Havlíček et al., Nature 567, 209, 2019).
public struct ZZFeatureMap: CircuitFragment {
  /// The number of qubits, from 0 on, and of inputs.
  public let qubitCount: Int
  /// How often the map is applied.
  public let repetitions: Int
  /// The pairs that are entangled; Qiskit's default is full.
  public let entanglement: Entanglement

  /// Creates the fragment.
  ///
  /// - Precondition: There is at least one qubit, and `repetitions` is not negative.
  public init(qubits: Int, repetitions: Int = 2, entanglement: Entanglement = .full) {
    require(qubits >= 1, "ZZ feature map: found \(qubits) qubits, expected at least 1")
    require(
      repetitions >= 0, "ZZ feature map: found \(repetitions) repetitions, expected at least 0")
    qubitCount = qubits
    self.repetitions = repetitions
    self.entanglement = entanglement
  }

  /// The map as a circuit of its own.
  public var circuit: Circuit { Circuit(qubits: qubitCount) { self } }

  /// Appends the map.
  public func append(to circuit: inout Circuit) {
    for _ in 0..<repetitions {
      for qubit in 0..<qubitCount { circuit.append(.h, to: [qubit]) }
      for qubit in 0..<qubitCount {
        circuit.append(.p, angles: [2 * .input(qubit)], to: [qubit])
      }
      for (first, second) in entanglement.pairs(count: qubitCount) {
        let angle: Angle = 2 * (.pi - .input(first)) * (.pi - .input(second))
        circuit.append(.cx, to: [first, second])
        circuit.append(.p, angles: [angle], to: [second])
        circuit.append(.cx, to: [first, second])
      }
    }
  }
}
