import Circuits
import Compute

/// Random circuits that between them hold every gate of the catalogue, Pauli rotations, matrices,
/// controls on 0 and 1, adjoints and powers.
struct RandomCircuits {
  var stream: RandomStream
  let qubitCount: Int
  let weightCount = 3
  let inputCount = 2
  /// The names of the gates used so far, and how often each kind of modifier.
  private(set) var used: Set<String> = []

  init(seed: UInt64, qubitCount: Int) {
    stream = RandomStream(
      seed: seed, purpose: RandomPurpose("circuits"), index: UInt64(qubitCount))
    self.qubitCount = qubitCount
  }

  mutating func below(_ bound: Int) -> Int { Int(stream.nextUniform() * Double(bound)) }

  mutating func numbers(_ count: Int) -> [Double] {
    (0..<count).map { _ in stream.nextUniform() * 6 - 3 }
  }

  private mutating func angle() -> Angle {
    let scale = Angle(stream.nextUniform() * 3 - 1.5)
    let weight = Angle.weight(below(weightCount))
    let input = Angle.input(below(inputCount))
    switch below(6) {
    case 0: return scale
    case 1, 2: return weight * scale
    case 3: return input + scale
    case 4: return weight * input
    default: return .pi - input * scale + weight
    }
  }

  /// A circuit of `count` gates, those of `gates` in turn and then random ones.
  mutating func circuit(_ gates: ArraySlice<Gate>, count: Int) -> Circuit {
    var circuit = Circuit(qubits: qubitCount)
    for qubit in 0..<qubitCount {
      circuit.append(.u, angles: [angle(), angle(), angle()], to: [qubit])
    }
    // Every weight and input occurs, so that the counts are the same for all circuits.
    let last: Angle = 0.3 * .weight(weightCount - 1) + 0.2 * .input(inputCount - 1)
    circuit.append(.rx, angles: [last], to: [0])
    var pool = Array(gates)
    while pool.count < count { pool.append(Gate.all[below(Gate.all.count)]) }
    for gate in pool { append(gate, to: &circuit) }
    return circuit
  }

  private mutating func append(_ gate: Gate, to circuit: inout Circuit) {
    var order = Array(0..<qubitCount)
    order.shuffle(using: &stream)
    guard gate.qubitCount <= qubitCount else { return }
    let targets = Array(order.prefix(gate.qubitCount))
    let controls = order.dropFirst(gate.qubitCount).prefix(below(3) == 0 ? 1 + below(2) : 0).map {
      Control($0, state: below(2) == 1)
    }
    var application = GateApplication(
      gate, angles: (0..<gate.parameterCount).map { _ in angle() }, on: targets,
      controls: Array(controls))
    used.insert(gate.name)
    switch below(8) {
    case 0: application = application.inverse()
    case 1: application = (try? application.power(2)) ?? application
    case 2 where gate.parameterCount == 0:
      application = (try? application.power(0.37)) ?? application
    case 3:
      let mask = (UInt64(1) << UInt64(qubitCount)) - 1
      circuit.rotate(
        about: PauliString(x: stream.next() & mask, z: stream.next() & mask), by: angle())
    default: break
    }
    circuit.append(.gate(application))
  }

  /// An observable of `terms` random Pauli strings.
  mutating func observable(terms: Int) -> PauliSum {
    let mask = (UInt64(1) << UInt64(qubitCount)) - 1
    return PauliSum(
      (0..<terms).map { _ in
        PauliSum.Term(
          stream.nextUniform() * 2 - 1,
          PauliString(x: stream.next() & mask, z: stream.next() & mask))
      })
  }
}
