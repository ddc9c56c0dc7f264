import CircuitText
import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import TestSupport

/// Gates and circuits that are written and read back.
enum WrittenCircuits {
  /// Products of some tens of gates, their angles printed and read, matrices taken apart.
  static let tolerance = 1e-10

  /// The largest difference of entries of the circuits' matrices, global phase included.
  static func difference(
    _ one: Circuit, _ other: Circuit, weights: [Double] = [], inputs: [Double] = []
  ) -> Double {
    // What has been read has the inputs behind the weights.
    let matrix = ReferenceSimulator.matrix(of: one, weights: weights, inputs: inputs)
    let values = other.inputCount == 0 ? weights + inputs : weights
    return matrix.maximumDifference(
      from: ReferenceSimulator.matrix(of: other, weights: values, inputs: inputs))
  }

  /// Angles drawn once per seed.
  static func angles(_ count: Int, seed: UInt64) -> [Angle] {
    var stream = RandomStream(seed: seed, purpose: .general)
    return (0..<count).map { _ in Angle(10 * stream.nextUniform() - 5) }
  }

  /// The powers that are written, whole ones and others.
  static let powers = [1, -1, 2, 0.5]

  /// The gate on qubits in reverse order, under no, one and two controls on 0 and 1, to each power.
  static func applications(_ gate: Gate) throws -> [GateApplication] {
    let own = Array((0..<gate.qubitCount).reversed())
    let (one, two) = (gate.qubitCount, gate.qubitCount + 1)
    let plain = GateApplication(gate, angles: angles(gate.parameterCount, seed: 5), on: own)
    var result: [GateApplication] = []
    for power in powers {
      let application = try plain.power(power)
      let controls: [[Control]] = [
        [], [.on(one)], [.off(one)], [.on(two), .on(one)], [.on(one), .off(two)],
        [.off(two), .off(one)],
      ]
      result += controls.map { application.controlled(by: $0) }
    }
    return result
  }

  /// A circuit of one gate, with qubits for two controls.
  static func circuit(_ application: GateApplication) -> Circuit {
    var circuit = Circuit(qubits: application.gate.qubitCount + 2)
    circuit.append(.gate(application))
    return circuit
  }

  /// Whether some part of what the gate lowers to is a matrix of several qubits.
  static func hasLargeMatrix(_ application: GateApplication) -> Bool {
    application.lowered().contains { operation in
      if case .matrix(_, let targets) = operation.kind { targets.count > 1 } else { false }
    }
  }
}

/// Random circuits: gates of the catalogue under controls and to powers, rotations about Pauli strings, one-qubit
/// matrices, and where asked for symbols, measurements, resets, conditions, loops, assignments and channels.
struct RandomWrittenCircuits {
  var random: RandomOperations
  let qubitCount: Int
  let hasSymbols: Bool
  let isDynamic: Bool
  /// Loops that are random may never end; they can be written, and not run.
  let hasLoops: Bool
  let channels: [Channel]

  init(
    seed: UInt64, qubitCount: Int, hasSymbols: Bool = false, isDynamic: Bool = false,
    hasLoops: Bool = false, channels: [Channel] = []
  ) {
    random = RandomOperations(seed: seed, qubitCount: qubitCount, weightCount: 3, inputCount: 2)
    self.qubitCount = qubitCount
    self.hasSymbols = hasSymbols
    self.isDynamic = isDynamic
    self.hasLoops = hasLoops
    self.channels = channels.filter { $0.qubitCount <= qubitCount }
  }

  mutating func circuit(length: Int) -> Circuit {
    var circuit = Circuit(qubits: qubitCount)
    if isDynamic {
      _ = circuit.addRegister("first", size: 2)
      _ = circuit.addRegister("second", size: 3)
    }
    for _ in 0..<length { circuit.append(instruction(depth: 3)) }
    return circuit
  }

  private mutating func order(_ count: Int) -> [Int] {
    Array(Array(0..<qubitCount).shuffled(using: &random.stream).prefix(count))
  }

  private mutating func angle() -> Angle {
    hasSymbols ? random.angle() : Angle(random.stream.nextUniform() * 12 - 6)
  }

  private mutating func instruction(depth: Int) -> Instruction {
    switch random.below(isDynamic ? 16 : 9) {
    case 0: return .barrier(order(1 + random.below(qubitCount)))
    case 1:
      let string = random.string(on: order(1 + random.below(min(3, qubitCount))))
      return .gate(PauliRotation(string, angle()).application)
    case 2:
      let matrix = random.unitary(1)
      let qubits = order(2)
      guard let unitary = try? Gate.unitary(matrix) else { return gate() }
      return .gate(
        GateApplication(
          unitary, on: [qubits[0]], controls: qubits.dropFirst().map { Control($0, state: false) }))
    case 9 where !channels.isEmpty:
      let channel = channels[random.below(channels.count)]
      return .channel(channel, order(channel.qubitCount))
    case 10: return .measure(qubit: random.below(qubitCount), bit: random.below(5))
    case 11: return .reset(random.below(qubitCount))
    case 12 where depth > 0:
      return .conditional(
        condition(depth: 3), then: body(depth: depth - 1, least: 1),
        otherwise: body(depth: depth - 1, least: 0))
    case 13 where hasLoops && depth > 0:
      return .loop(while: condition(depth: 3), body: body(depth: depth - 1, least: 1))
    case 14: return .assign(bit: random.below(5), condition(depth: 3))
    default: return gate()
    }
  }

  private mutating func body(depth: Int, least: Int) -> [Instruction] {
    (0..<(least + random.below(3))).map { _ in instruction(depth: depth) }
  }

  private mutating func gate() -> Instruction {
    let all = Gate.all.filter { $0.qubitCount <= qubitCount }
    let gate = all[random.below(all.count)]
    let qubits = order(qubitCount)
    let count = min(random.below(3), qubitCount - gate.qubitCount)
    let controls = qubits.dropFirst(gate.qubitCount).prefix(count).map {
      Control($0, state: random.below(2) == 0)
    }
    let application = GateApplication(
      gate, angles: (0..<gate.parameterCount).map { _ in angle() },
      on: Array(qubits.prefix(gate.qubitCount)), controls: Array(controls))
    let power = [1, 1, 1, -1, 3][random.below(5)]
    return .gate((try? application.power(Double(power))) ?? application)
  }

  private mutating func condition(depth: Int) -> ClassicalCondition {
    switch depth > 0 ? random.below(8) : random.below(2) {
    case 0: return .bit(random.below(5))
    case 1:
      let bits = Array((0..<5).shuffled(using: &random.stream).prefix(random.below(4)))
      return .register(bits, equals: UInt64(random.below((1 << bits.count) + 1)))
    case 2: return .register([0, 1], equals: UInt64(random.below(4)))
    case 3: return .register([2, 3, 4], equals: UInt64(random.below(8)))
    case 4: return !condition(depth: depth - 1)
    case 5: return condition(depth: depth - 1) && condition(depth: depth - 1)
    case 6: return condition(depth: depth - 1) || condition(depth: depth - 1)
    default: return condition(depth: depth - 1) ^ condition(depth: depth - 1)
    }
  }
}

/// Texts that differ from a good one by a few seeded changes.
struct ChangedTexts {
  private var stream: RandomStream

  init(seed: UInt64) { stream = RandomStream(seed: seed, purpose: .general) }

  private mutating func below(_ bound: Int) -> Int { Int(stream.nextUniform() * Double(bound)) }

  /// The bytes with one to four of them changed, dropped, doubled or exchanged, or pieces moved.
  mutating func changed(_ bytes: [UInt8], alphabet: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<(1 + below(4)) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(7) {
      case 0: bytes[place] = alphabet[below(alphabet.count)]
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(alphabet[below(alphabet.count)], at: place)
      case 3: bytes[place] = UInt8(below(256))
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + below(12)))
      case 5:
        let piece = bytes[place..<min(bytes.count, place + below(24))]
        bytes.insert(contentsOf: piece, at: below(bytes.count))
      default: bytes.swapAt(place, below(bytes.count))
      }
    }
    return bytes
  }
}
