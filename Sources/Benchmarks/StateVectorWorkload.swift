import Foundation
import Hilbert

extension Workload {
  /// One state: `depth` layers of RZ RY RZ on every qubit and CZ on alternating pairs of neighbours.
  ///
  /// Angles are a[d][i][k] = π sin(0.5 d + 0.9 i + 1.3 k); the value is |⟨0…0|ψ⟩|². By default 20 qubits and
  /// depth 10. The plan is compiled once, as a user who runs a circuit again has it.
  static func stateVector(_ options: Options) throws -> Workload {
    let qubits = options.qubits ?? 20
    let depth = options.depth ?? 10
    var circuit = Circuit(qubits: qubits)
    for d in 0..<depth {
      for i in 0..<qubits {
        let angles = (0..<3).map {
          Double.pi * sin(0.5 * Double(d) + 0.9 * Double(i) + 1.3 * Double($0))
        }
        circuit.append(.rz, angles: [Angle(angles[0])], to: [i])
        circuit.append(.ry, angles: [Angle(angles[1])], to: [i])
        circuit.append(.rz, angles: [Angle(angles[2])], to: [i])
      }
      for i in stride(from: d % 2, to: qubits - 1, by: 2) { circuit.append(.cz, to: [i, i + 1]) }
    }
    let plan = try Plan(circuit, measuring: .expectations([]))
    return Workload(name: "statevector") {
      let state = try StateVector(
        running: plan, precision: options.precision, policy: options.policy)
      return ["value": state.probability(of: 0)]
    }
  }
}
