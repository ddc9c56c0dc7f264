import Circuits
import Compute
import TestSupport

/// Random noisy circuits that hold the gates of the catalogue in turn, controls, powers and every channel.
struct NoisyCircuits {
  var random: RandomOperations
  let qubitCount: Int
  private let channels: [Channel]

  init(seed: UInt64, qubitCount: Int) throws {
    self.qubitCount = qubitCount
    random = RandomOperations(seed: seed, qubitCount: qubitCount)
    channels = try DensityMatrixTests.channels(&random).filter { $0.qubitCount <= qubitCount }
  }

  /// A circuit of some gates, each followed by channels where `noise` says so.
  mutating func circuit(_ gates: ArraySlice<Gate>, noise: Bool = true, from start: Int) -> Circuit {
    var circuit = Circuit(qubits: qubitCount)
    for qubit in 0..<qubitCount {
      circuit.append(.ry, angles: [random.angle()], to: [qubit])
    }
    for (index, gate) in gates.enumerated() {
      append(gate, to: &circuit)
      guard noise else { continue }
      for number in [start + index, start * 5 + index * 3 + 1] where random.below(3) > 0 {
        let channel = channels[number % channels.count]
        var order = Array(0..<qubitCount)
        order.shuffle(using: &random.stream)
        circuit.append(.channel(channel, Array(order.prefix(channel.qubitCount))))
      }
    }
    // Every weight and input is read, so that the counts are the same for all circuits.
    let last: Angle = 0.3 * .weight(random.weightCount - 1) + 0.2 * .input(random.inputCount - 1)
    circuit.append(.rx, angles: [last], to: [0])
    return circuit
  }

  private mutating func append(_ gate: Gate, to circuit: inout Circuit) {
    var order = Array(0..<qubitCount)
    order.shuffle(using: &random.stream)
    let room = min(3, qubitCount) - gate.qubitCount
    let controls = order.dropFirst(gate.qubitCount).prefix(random.below(3) == 0 ? max(room, 0) : 0)
      .map { Control($0, state: random.below(2) == 1) }
    var application = GateApplication(
      gate, angles: (0..<gate.parameterCount).map { _ in random.angle() },
      on: Array(order.prefix(gate.qubitCount)), controls: controls)
    switch random.below(5) {
    case 0: application = application.inverse()
    case 1: application = (try? application.power(2)) ?? application
    case 2 where gate.parameterCount == 0:
      application = (try? application.power(0.37)) ?? application
    default: break
    }
    circuit.append(.gate(application))
  }
}
