import Compute

/// Layers of one rotation a qubit and a ring of CNOTs; PennyLane's BasicEntanglerLayers.
///
/// In layer l the qubit in place i is turned by `R_axis(w[l, i])`, then each controls a NOT on the next
/// and the last on the first; two qubits have one CNOT, one qubit none.
///
/// Weights of shape `[depth, n]` for n qubits.
public struct BasicEntanglingLayers: CircuitFragment {
  /// The number of layers.
  public let depth: Int
  /// The axis of the rotations.
  public let axis: PauliAxis
  /// The qubits; nil for all of the circuit's.
  public let qubits: [Int]?

  /// Creates the fragment.
  ///
  /// - Precondition: `depth` is not negative.
  public init(depth: Int, axis: PauliAxis = .x, qubits: [Int]? = nil) {
    require(depth >= 0, "basic entangling layers: found depth \(depth), expected at least 0")
    self.depth = depth
    self.axis = axis
    self.qubits = qubits
  }

  /// The shape of the weights on `count` qubits.
  public func weightShape(qubits count: Int) -> [Int] { [depth, count] }

  /// Appends the layers, with new weights.
  public func append(to circuit: inout Circuit) {
    let qubits = self.qubits ?? circuit.allQubits
    for _ in 0..<depth {
      for qubit in qubits {
        circuit.append(axis.rotation, angles: [.weight(circuit.weightCount)], to: [qubit])
      }
      for (control, target) in Entanglement.ring.pairs(count: qubits.count) {
        circuit.append(.cx, to: [qubits[control], qubits[target]])
      }
    }
  }
}
