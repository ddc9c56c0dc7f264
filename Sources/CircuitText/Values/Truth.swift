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
    case (.asked(let one), .asked(let other)):
      one == other ? first : Truth.asked(one && other).simplified
    }
  }

  static func || (first: Truth, second: Truth) -> Truth {
    switch (first, second) {
    case (.known(true), _), (_, .known(true)): .known(true)
    case (.known(false), let other), (let other, .known(false)): other
    case (.asked(let one), .asked(let other)):
      one == other ? first : Truth.asked(one || other).simplified
    }
  }

  static func ^ (first: Truth, second: Truth) -> Truth {
    switch (first, second) {
    case (.known(let one), let other), (let other, .known(let one)): one ? !other : other
    case (.asked(let one), .asked(let other)):
      one == other ? .known(false) : Truth.asked(one ^ other).simplified
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
    if places.count == bits.count, !bits.isEmpty {
      return .asked(.register(places, equals: number))
    }
    guard bits.count >= 64 || number >> UInt64(bits.count) == 0 else { return .known(false) }
    var result = Truth.known(true)
    for (place, bit) in bits.enumerated() {
      let isOne = place < 64 && number >> UInt64(place) & 1 == 1
      result = result && (isOne ? bit : !bit)
      // The caller refuses it.
      if result.isTooLarge { break }
    }
    return result
  }

  /// Questions larger than this are written anew, or refused.
  static let sizeLimit = 1024

  /// Whether the question is too large to work with.
  var isTooLarge: Bool {
    guard case .asked(let condition) = self, condition.size > Self.sizeLimit else { return false }
    // A register that is compared is one question, however long it is.
    if case .register = condition { return false }
    return true
  }

  /// The truth, its question written anew from its table where it is large and asks few bits.
  ///
  /// Questions that are joined again and again would grow without end otherwise.
  private var simplified: Truth {
    guard isTooLarge, case .asked(let condition) = self else { return self }
    let bits = Set(condition.bits).sorted()
    guard bits.count <= ReadingLimits.outcomeBits else { return self }
    let places = Dictionary(uniqueKeysWithValues: bits.enumerated().map { ($1, $0) })
    let words = condition.table(places, wordCount: max(1, (1 << bits.count) / 64))
    let rows = (0..<(1 << bits.count)).map { words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
    return ClassicalValue.question(bits, rows[...])
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
  /// The bits and operators that the condition is made of, counted as often as they stand in it.
  var size: Int {
    switch self {
    case .bit: 1
    case .register(let bits, _): max(1, bits.count)
    case .not(let condition): condition.size + 1
    case .and(let one, let other), .or(let one, let other), .exclusiveOr(let one, let other):
      one.size + other.size + 1
    }
  }

  /// Whether the condition holds for each outcome of a few bits, 64 outcomes a word.
  ///
  /// - Parameters:
  ///   - places: Which bit of an outcome's number each bit is.
  ///   - wordCount: `2^count / 64` for `count` bits, at least 1.
  /// - Returns: The words, the outcome of number 0 the lowest bit of the first.
  func table(_ places: [Int: Int], wordCount: Int) -> [UInt64] {
    func joined(
      _ one: ClassicalCondition, _ other: ClassicalCondition, _ join: (UInt64, UInt64) -> UInt64
    ) -> [UInt64] {
      zip(one.table(places, wordCount: wordCount), other.table(places, wordCount: wordCount))
        .map(join)
    }
    func column(_ bit: Int) -> [UInt64] {
      let place = places[bit] ?? 0
      if place < 6 {
        let run = (UInt64(1) << UInt64(1 << place)) - 1
        let pattern = stride(from: 1 << place, to: 64, by: 2 << place).reduce(UInt64(0)) {
          $0 | run << UInt64($1)
        }
        return [UInt64](repeating: pattern, count: wordCount)
      }
      return (0..<wordCount).map { $0 >> (place - 6) & 1 == 1 ? .max : 0 }
    }
    switch self {
    case .bit(let bit): return column(bit)
    case .register(let bits, let number):
      guard bits.count >= 64 || number >> UInt64(bits.count) == 0 else {
        return [UInt64](repeating: 0, count: wordCount)
      }
      var result = [UInt64](repeating: .max, count: wordCount)
      for (place, bit) in bits.enumerated() {
        let isOne = place < 64 && number >> UInt64(place) & 1 == 1
        for (word, values) in column(bit).enumerated() { result[word] &= isOne ? values : ~values }
      }
      return result
    case .not(let condition): return condition.table(places, wordCount: wordCount).map(~)
    case .and(let one, let other): return joined(one, other, &)
    case .or(let one, let other): return joined(one, other, |)
    case .exclusiveOr(let one, let other): return joined(one, other, ^)
    }
  }

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
