import Circuits

/// A yes or no that is known when the file is read, or a question about measured bits.
enum Truth: Hashable {
  case known(Bool)
  case asked(ClassicalCondition)

  /// The value, where it is known.
  var value: Bool? {
    guard case .known(let value) = self else { return nil }
    return value
  }

  /// The question; one that always or never holds where the value is known.
  var condition: ClassicalCondition {
    switch self {
    case .known(true): .register([], equals: 0)
    case .known(false): .register([], equals: 1)
    case .asked(let condition): condition
    }
  }

  /// The measured bits that it depends on.
  var bits: [Int] {
    guard case .asked(let condition) = self else { return [] }
    return condition.bits
  }

  static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .known(let value): .known(!value)
    case .asked(.not(let condition)): .asked(condition)
    case .asked(let condition): .asked(!condition)
    }
  }

  static func && (first: Truth, second: Truth) -> Truth {
    switch (first, second) {
    case (.known(false), _), (_, .known(false)): .known(false)
    case (.known(true), let other), (let other, .known(true)): other
    case (.asked(let one), .asked(let other)): one == other ? first : .asked(one && other)
    }
  }

  static func || (first: Truth, second: Truth) -> Truth {
    switch (first, second) {
    case (.known(true), _), (_, .known(true)): .known(true)
    case (.known(false), let other), (let other, .known(false)): other
    case (.asked(let one), .asked(let other)): one == other ? first : .asked(one || other)
    }
  }

  static func ^ (first: Truth, second: Truth) -> Truth {
    switch (first, second) {
    case (.known(let one), let other), (let other, .known(let one)): one ? !other : other
    case (.asked(let one), .asked(let other)):
      one == other ? .known(false) : .asked(one ^ other)
    }
  }

  /// The first value where `question` holds, the second elsewhere.
  static func choice(_ question: Truth, _ first: Truth, _ second: Truth) -> Truth {
    first == second ? first : (question && first) || (!question && second)
  }

  /// Whether bits, least significant first, are those of a number.
  static func equality(_ bits: [Truth], _ number: UInt64) -> Truth {
    var places: [Int] = []
    for bit in bits {
      guard case .asked(.bit(let place)) = bit else { break }
      places.append(place)
    }
    if places.count == bits.count, 1...64 ~= bits.count {
      return .asked(.register(places, equals: number))
    }
    guard bits.count >= 64 || number >> UInt64(bits.count) == 0 else { return .known(false) }
    var result = Truth.known(true)
    for (place, bit) in bits.enumerated() {
      let isOne = place < 64 && number >> UInt64(place) & 1 == 1
      result = result && (isOne ? bit : !bit)
    }
    return result
  }

  /// The truth when measured bits have these values.
  func resolved(where value: (Int) -> Bool) -> Bool {
    switch self {
    case .known(let known): known
    case .asked(let condition): condition.holds(where: value)
    }
  }
}

extension ClassicalCondition {
  /// The condition that reads `places[b]` in place of each bit b that is a key there.
  func substituting(_ places: [Int: Int]) -> ClassicalCondition {
    switch self {
    case .bit(let bit): .bit(places[bit] ?? bit)
    case .register(let bits, let number): .register(bits.map { places[$0] ?? $0 }, equals: number)
    case .not(let condition): .not(condition.substituting(places))
    case .and(let one, let other): .and(one.substituting(places), other.substituting(places))
    case .or(let one, let other): .or(one.substituting(places), other.substituting(places))
    case .exclusiveOr(let one, let other):
      .exclusiveOr(one.substituting(places), other.substituting(places))
    }
  }
}
