import Foundation
import Hilbert

extension Workload {
  /// One state: `depth` layers of RZ RY RZ on every qubit and CZ on alternating pairs of neighbours, or with
  /// `entangler: random` on the pairs of a permutation that is drawn anew for each layer.
  ///
  /// Angles are a[d][i][k] = π sin(0.5 d + 0.9 i + 1.3 k); the value is |⟨0…0|ψ⟩|². By default 20 qubits and
  /// depth 10. The plan is compiled once, as a user who runs a circuit again has it.
  static func stateVector(_ options: Options) throws -> Workload {
    let plan = try Plan(layers(options), measuring: .expectations([]))
    return Workload(name: "statevector") {
      let state = try StateVector(
        running: plan, precision: options.precision, policy: options.policy)
      return ["value": state.probability(of: 0)]
    }
  }

  /// Measuring all qubits of the state-vector circuit, a million times by default; the state is made before.
  ///
  /// The value is the number of outcomes, `ones` the share of outcomes with qubit 0 in state 1.
  static func sampling(_ options: Options) throws -> Workload {
    let plan = try Plan(layers(options), measuring: .expectations([]))
    let state = Held(
      try StateVector(running: plan, precision: options.precision, policy: options.policy))
    let shots = options.samples ?? 1_000_000
    return Workload(name: "sampling") {
      let counts = state.value.counts(shots: shots, seed: 3)
      let ones = counts.reduce(0) { $1.key & 1 == 1 ? $0 + $1.value : $0 }
      return [
        "value": Double(counts.values.reduce(0, +)), "ones": Double(ones) / Double(shots),
      ]
    }
  }

  static func layers(_ options: Options) -> Circuit {
    let qubits = options.qubits ?? 20
    var circuit = Circuit(qubits: qubits)
    for d in 0..<(options.depth ?? 10) {
      for i in 0..<qubits {
        let angles = (0..<3).map {
          Double.pi * sin(0.5 * Double(d) + 0.9 * Double(i) + 1.3 * Double($0))
        }
        circuit.append(.rz, angles: [Angle(angles[0])], to: [i])
        circuit.append(.ry, angles: [Angle(angles[1])], to: [i])
        circuit.append(.rz, angles: [Angle(angles[2])], to: [i])
      }
      for (a, b) in pairs(options.entangler, qubits: qubits, layer: d) {
        circuit.append(.cz, to: [a, b])
      }
    }
    return circuit
  }

  /// The pairs that a layer entangles.
  ///
  /// Random ones: the qubits sorted by sin(1.7 i² + 2.3 i d + 0.9 d), taken by
  /// twos, so that every program can make the same.
  private static func pairs(_ entangler: Entangler, qubits: Int, layer d: Int) -> [(Int, Int)] {
    switch entangler {
    case .neighbours: return stride(from: d % 2, to: qubits - 1, by: 2).map { ($0, $0 + 1) }
    case .random:
      func key(_ i: Int) -> Double {
        sin(1.7 * Double(i * i) + 2.3 * Double(i * d) + 0.9 * Double(d))
      }
      let order = (0..<qubits).sorted { key($0) < key($1) }
      return stride(from: 0, to: qubits - 1, by: 2).map { (order[$0], order[$0 + 1]) }
    }
  }

  /// A state that a closure can hold.
  private final class Held: Sendable {
    let value: StateVector
    init(_ value: consuming StateVector) { self.value = value }
  }
}
