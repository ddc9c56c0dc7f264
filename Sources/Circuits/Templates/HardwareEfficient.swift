import Compute

/// Layers of RY and RZ on every qubit with CNOTs between them; Qiskit's `efficient_su2`.
///
/// `depth + 1` layers of rotations, first all RY, then all RZ, and between them CNOTs along the pairs
/// of `entanglement` (after Kandala et al., Nature 549, 242, 2017).
///
/// Weights of shape `[depth + 1, 2, n]` for n qubits, the middle axis RY, RZ.
public struct HardwareEfficient: CircuitFragment {
  /// The number of entangling layers.
  public let depth: Int
  /// The pairs that are entangled; Qiskit's default is the reverse linear one.
  public let entanglement: Entanglement
  /// The qubits; nil for all of the circuit's.
  public let qubits: [Int]?

  /// Creates the fragment.
  ///
  /// - Precondition: `depth` is not negative.
  public init(depth: Int, entanglement: Entanglement = .reverseLinear, qubits: [Int]? = nil) {
    require(depth >= 0, "hardware-efficient layers: found depth \(depth), expected at least 0")
    self.depth = depth
    self.entanglement = entanglement
    self.qubits = qubits
  }

  /// The shape of the weights on `count` qubits.
  public func weightShape(qubits count: Int) -> [Int] { [depth + 1, 2, count] }

  /// Appends the layers, with new weights.
  public func append(to circuit: inout Circuit) {
    let qubits = self.qubits ?? circuit.allQubits
    for layer in 0...depth {
      for gate in [Gate.ry, .rz] {
        for qubit in qubits {
          circuit.append(gate, angles: [.weight(circuit.weightCount)], to: [qubit])
        }
      }
      guard layer < depth else { break }
      for (control, target) in entanglement.pairs(count: qubits.count) {
        circuit.append(.cx, to: [qubits[control], qubits[target]])
      }
    }
  }
}
