import Foundation
import Hilbert

extension Workload {
  /// What a call costs beside the amplitudes: a planned circuit of one gate on four qubits is run again and
  /// again, then one of no gate, then circuits are built, planned and run for the first time.
  ///
  /// The time of the workload is that of `samples` calls of each, 10,000 by default; `oneGateNs`, `noGateNs` and
  /// `firstRunNs` are nanoseconds a call. The value is the sum of ⟨Z₀⟩ over the calls of the first kind.
  static func replay(_ options: Options) throws -> Workload {
    let calls = options.samples ?? 10_000
    let one = try Plan(circuit(0.3), measuring: .expectations([]))
    let none = try Plan(Circuit(qubits: 4), measuring: .expectations([]))
    let precision = options.precision
    func nanoseconds(_ body: (Int) throws -> Void) rethrows -> Double {
      let time = try ContinuousClock().measure { for call in 0..<calls { try body(call) } }
      return time / .nanoseconds(1) / Double(calls)
    }
    return Workload(name: "replay") {
      var sum = 0.0
      let oneGate = try nanoseconds { _ in
        let state = try StateVector(running: one, precision: precision, policy: .serial)
        sum += 2 * state.probability(of: 0) - 1
      }
      let noGate = try nanoseconds { _ in
        let state = try StateVector(running: none, precision: precision, policy: .serial)
        sum += state.probability(of: 0) - 1
      }
      let first = try nanoseconds { call in
        let state = try StateVector(
          running: circuit(0.3 + Double(call)), precision: precision, policy: .serial)
        sum += 0 * state.probability(of: 0)
      }
      return ["value": sum, "oneGateNs": oneGate, "noGateNs": noGate, "firstRunNs": first]
    }
  }

  private static func circuit(_ angle: Double) -> Circuit {
    var circuit = Circuit(qubits: 4)
    circuit.append(.ry, angles: [Angle(angle)], to: [0])
    return circuit
  }
}
