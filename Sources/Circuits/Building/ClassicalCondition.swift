/// A yes-or-no question about classical bits, asked while a circuit runs.
///
/// A bit that nothing has been measured into or assigned to is 0.
///
/// ```swift
/// If(.bit(0) && !.bit(1)) { X(2) }
/// If(syndrome.equals(3)) { X(1) } else: { Z(1) }
/// ```
public indirect enum ClassicalCondition: Hashable, Sendable {
  /// The bit is 1.
  case bit(Int)
  /// The bits, least significant first, are those of the number; bits beyond the 64th must be 0.
  case register([Int], equals: UInt64)
  /// The condition does not hold.
  case not(ClassicalCondition)
  /// Both conditions hold.
  case and(ClassicalCondition, ClassicalCondition)
  /// At least one of the conditions holds.
  case or(ClassicalCondition, ClassicalCondition)
  /// Exactly one of the conditions holds.
  case exclusiveOr(ClassicalCondition, ClassicalCondition)

  /// The condition that holds whatever the bits are: nothing is compared.
  public static let always = ClassicalCondition.register([], equals: 0)
  /// The condition that never holds.
  public static let never = ClassicalCondition.register([], equals: 1)

  /// How deeply conditions may stand in each other, and conditional instructions and loops in each other.
  public static let depthLimit = 256

  /// Whether the condition holds for bits of these values.
  ///
  /// - Complexity: O(size).
  public func holds(where value: (Int) -> Bool) -> Bool {
    switch self {
    case .bit(let bit): value(bit)
    case .register(let bits, let number):
      // A number with more bits than are named is never equal.
      (bits.count >= 64 || number >> UInt64(bits.count) == 0)
        && bits.enumerated().allSatisfy { place, bit in
          value(bit) == (place < 64 && number >> UInt64(place) & 1 == 1)
        }
    case .not(let condition): !condition.holds(where: value)
    case .and(let first, let second): first.holds(where: value) && second.holds(where: value)
    case .or(let first, let second): first.holds(where: value) || second.holds(where: value)
    case .exclusiveOr(let first, let second):
      first.holds(where: value) != second.holds(where: value)
    }
  }

  /// The bits that the condition reads, in the order in which they are named; one may stand twice.
  public var bits: [Int] {
    switch self {
    case .bit(let bit): [bit]
    case .register(let bits, _): bits
    case .not(let condition): condition.bits
    case .and(let first, let second), .or(let first, let second),
      .exclusiveOr(let first, let second):
      first.bits + second.bits
    }
  }

  /// Whether conditions stand in each other deeper than `limit` levels; looks no deeper than that.
  func isDeeper(than limit: Int) -> Bool {
    guard limit > 0 else { return true }
    switch self {
    case .bit, .register: return false
    case .not(let condition): return condition.isDeeper(than: limit - 1)
    case .and(let first, let second), .or(let first, let second),
      .exclusiveOr(let first, let second):
      return first.isDeeper(than: limit - 1) || second.isDeeper(than: limit - 1)
    }
  }

  /// The condition that holds where `condition` does not.
  public static prefix func ! (condition: ClassicalCondition) -> ClassicalCondition {
    .not(condition)
  }

  /// The condition that holds where both do.
  public static func && (first: ClassicalCondition, second: ClassicalCondition)
    -> ClassicalCondition
  { .and(first, second) }

  /// The condition that holds where at least one does.
  public static func || (first: ClassicalCondition, second: ClassicalCondition)
    -> ClassicalCondition
  { .or(first, second) }

  /// The condition that holds where exactly one does.
  public static func ^ (first: ClassicalCondition, second: ClassicalCondition)
    -> ClassicalCondition
  { .exclusiveOr(first, second) }
}

extension ClassicalCondition: CustomStringConvertible {
  /// The condition as text, bits by their numbers: `c[0]`, `c[0...2] == 5`, `!(c[0] && c[3])`.
  public var description: String { text(registers: []) }

  /// The condition as text; bits of registers are called by the register's name.
  public func text(registers: [ClassicalRegister]) -> String {
    func inner(_ condition: ClassicalCondition) -> String {
      switch condition {
      case .bit, .register([], _): condition.text(registers: registers)
      default: "(\(condition.text(registers: registers)))"
      }
    }
    switch self {
    case .bit(let bit): return Self.name(of: bit, registers)
    case .register([], let number): return number == 0 ? "true" : "false"
    case .register(let bits, let number):
      if let register = registers.first(where: { Array($0.bits) == bits }) {
        return "\(register.name) == \(number)"
      }
      return "\(Self.name(of: bits, registers)) == \(number)"
    case .not(let condition): return "!\(inner(condition))"
    case .and(let first, let second): return "\(inner(first)) && \(inner(second))"
    case .or(let first, let second): return "\(inner(first)) || \(inner(second))"
    case .exclusiveOr(let first, let second): return "\(inner(first)) ^ \(inner(second))"
    }
  }

  private static func name(of bit: Int, _ registers: [ClassicalRegister]) -> String {
    name(of: [bit], registers)
  }

  /// Bits of one register as `m[0...2]` or `m[0,2]`, of several as `[m[0], n[1]]`.
  private static func name(of bits: [Int], _ registers: [ClassicalRegister]) -> String {
    let owners = Set(bits.map { bit in registers.firstIndex { $0.bits.contains(bit) } })
    guard owners.count == 1, let owner = owners.first else {
      return "[\(bits.map { Self.name(of: $0, registers) }.joined(separator: ", "))]"
    }
    let offset = owner.map { registers[$0].bits.lowerBound } ?? 0
    let name = owner.map { registers[$0].name } ?? ClassicalRegister.looseName(beside: registers)
    let places = bits.map { $0 - offset }
    let first = places[0]
    return places.count > 1 && places == Array(first..<(first + places.count))
      ? "\(name)[\(first)...\(first + places.count - 1)]"
      : "\(name)[\(places.map(String.init).joined(separator: ","))]"
  }
}
