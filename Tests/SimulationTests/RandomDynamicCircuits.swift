import Circuits
import Compute
import TestSupport

/// Random circuits of gates, measurements into bits that may be rewritten, resets, nested conditions, channels, and,
/// where asked for, assignments and nested loops.
struct RandomDynamicCircuits {
  var random: RandomOperations
  let qubitCount: Int
  let bitCount: Int
  let isClifford: Bool
  let channels: [Channel]
  let hasLoops: Bool

  init(
    seed: UInt64, qubitCount: Int, bitCount: Int, isClifford: Bool = false,
    channels: [Channel] = [], hasLoops: Bool = false
  ) {
    random = RandomOperations(
      seed: seed, qubitCount: qubitCount, weightCount: 2, inputCount: 1)
    self.qubitCount = qubitCount
    self.bitCount = bitCount
    self.isClifford = isClifford
    self.hasLoops = hasLoops
    self.channels = channels.filter { $0.qubitCount <= qubitCount }
  }

  mutating func circuit(length: Int) -> Circuit {
    var circuit = Circuit(qubits: qubitCount, bits: bitCount)
    for qubit in 0..<qubitCount { circuit.h(qubit) }
    for _ in 0..<length { circuit.append(instruction(depth: 2)) }
    for _ in 0..<2 {
      circuit.measure(random.below(qubitCount), into: random.below(bitCount))
    }
    return circuit
  }

  /// A loop that ends: a bit that its condition needs is measured anew in the end of each round.
  private mutating func loop(depth: Int) -> Instruction {
    let (qubit, bit) = (random.below(qubitCount), random.below(bitCount))
    var body = (0..<random.below(3)).map { _ in instruction(depth: depth - 1) }
    let isOn = random.below(2) == 1
    let chance = random.stream.nextUniform() + 1
    body += [
      .reset(qubit), .gate(isClifford ? H(qubit) : RY(Angle(chance), qubit)),
      .measure(qubit: qubit, bit: bit),
    ]
    let held: ClassicalCondition = isOn ? .bit(bit) : !.bit(bit)
    return .loop(while: random.below(2) == 1 ? held : held && condition(depth: 1), body: body)
  }

  private mutating func instruction(depth: Int) -> Instruction {
    if hasLoops {
      switch random.below(8) {
      case 0, 1:
        return .assign(bit: random.below(bitCount), condition(depth: 2))
      case 2 where depth > 0: return loop(depth: depth)
      default: break
      }
    }
    switch random.below(10) {
    case 0, 1: return .measure(qubit: random.below(qubitCount), bit: random.below(bitCount))
    case 2: return .reset(random.below(qubitCount))
    case 3,
      4 where depth > 0:
      let then = (0..<(1 + random.below(3))).map { _ in instruction(depth: depth - 1) }
      let otherwise = (0..<random.below(3)).map { _ in instruction(depth: depth - 1) }
      return .conditional(condition(depth: 2), then: then, otherwise: otherwise)
    case 5 where !channels.isEmpty:
      let channel = channels[random.below(channels.count)]
      return .channel(channel, order(channel.qubitCount))
    default: return gate()
    }
  }

  private mutating func order(_ count: Int) -> [Int] {
    Array(Array(0..<qubitCount).shuffled(using: &random.stream).prefix(count))
  }

  private mutating func gate() -> Instruction {
    let cliffords: [Gate] = [.h, .s, .sx, .x, .y, .cx, .cz, .swap, .iswap, .ecr]
    let all = (isClifford ? cliffords : Gate.all).filter {
      (1...min(3, qubitCount)).contains($0.qubitCount)
    }
    let gate = all[random.below(all.count)]
    let angles = (0..<gate.parameterCount).map { _ in random.angle() }
    return .gate(GateApplication(gate, angles: angles, on: order(gate.qubitCount)))
  }

  private mutating func condition(depth: Int) -> ClassicalCondition {
    switch depth > 0 ? random.below(6) : random.below(2) {
    case 0: return .bit(random.below(bitCount))
    case 1:
      let bits = Array((0..<bitCount).shuffled(using: &random.stream).prefix(2))
      return .register(bits, equals: UInt64(random.below(1 << bits.count)))
    case 2: return !condition(depth: depth - 1)
    case 3: return condition(depth: depth - 1) && condition(depth: depth - 1)
    case 4: return condition(depth: depth - 1) || condition(depth: depth - 1)
    default: return condition(depth: depth - 1) ^ condition(depth: depth - 1)
    }
  }
}
