import Circuits
import ComplexModule
import RealModule

extension ClassicalValue {
  /// The value of an operator with one operand.
  static func apply(
    _ operation: UnaryOperator, _ operand: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    switch (operation, operand) {
    case (.not, .truth(let truth)): return .truth(!truth)
    case (.not, .bits), (.not, .integer):
      guard case .truth(let truth) = try operand.converted(to: .bool) else { break }
      return .truth(!truth)
    case (.complement, .bits(let bits)): return .bits(bits.map { !$0 })
    case (.negate, .symbol(let angle)): return .symbol(-angle)
    case (.plus, .symbol): return operand
    default: break
    }
    return try lifted([operand]) { (values) throws(ValueFault) in
      try known(operation, values[0])
    }
  }

  private static func known(
    _ operation: UnaryOperator, _ operand: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    switch (operation, operand) {
    case (.not, .truth(let truth)): return .truth(!truth)
    case (.not, .integer(let number)): return .truth(.known(number.pattern == 0))
    case (.complement, .integer(let number)): return .integer(number.with(~number.value))
    case (.complement, .bits(let bits)): return .bits(bits.map { !$0 })
    case (.complement, .angle(let angle)):
      return .angle(FixedAngle(steps: ~angle.steps, width: angle.width))
    case (.negate, .integer(let number)): return .integer(number.with(-number.value))
    case (.negate, .real(let value)): return .real(-value)
    case (.negate, .complex(let value)): return .complex(-value)
    case (.negate, .symbol(let angle)): return .symbol(-angle)
    case (.negate, .duration(let time)): return .duration(time * -1)
    case (.negate, .angle(let angle)):
      return .angle(FixedAngle(steps: 0 &- angle.steps, width: angle.width))
    case (.plus, .integer), (.plus, .real), (.plus, .complex), (.plus, .angle), (.plus, .symbol),
      (.plus, .duration):
      return operand
    case (.negate, _), (.plus, _): throw operand.wrongType("a number")
    case (.not, _): throw operand.wrongType("bool")
    case (.complement, _): throw operand.wrongType("bits or a whole number")
    }
  }

  /// The value of an operator with two operands.
  static func apply(
    _ operation: BinaryOperator, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    // Logic keeps questions as they are; all else is done for each outcome.
    if let value = try logic(operation, first, second) {
      guard !value.isTooLarge else {
        throw ValueFault(.tooManyOutcomes(limit: ReadingLimits.outcomeBits))
      }
      return value
    }
    return try lifted([first, second]) { (values) throws(ValueFault) in
      try known(operation, values[0], values[1])
    }
  }

  /// Operators on truths and registers of bits; nil where there are other operands.
  private static func logic(
    _ operation: BinaryOperator, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue? {
    switch operation {
    case .and, .or:
      guard case .truth(let one) = try first.converted(to: .bool),
        case .truth(let other) = try second.converted(to: .bool)
      else { return nil }
      return .truth(operation == .and ? one && other : one || other)
    case .bitAnd, .bitOr, .bitXor:
      if case (.truth(let one), .truth(let other)) = (first, second) {
        return .truth(joined(operation, one, other))
      }
      guard case .bits(let ones) = first.asBits, case .bits(let others) = second.asBits else {
        return nil
      }
      guard ones.count == others.count else {
        throw ValueFault(.sizesDiffer(found: others.count, expected: ones.count))
      }
      return .bits(zip(ones, others).map { joined(operation, $0, $1) })
    case .equal, .notEqual:
      guard let truth = try equality(first, second) else { return nil }
      return .truth(operation == .equal ? truth : !truth)
    case .shiftLeft, .shiftRight:
      guard case .bits(let bits) = first, second.isKnown else { return nil }
      let count = try second.shiftCount()
      return .bits(
        bits.indices.map { place in
          let source = operation == .shiftLeft ? place - count : place + count
          return bits.indices.contains(source) ? bits[source] : .known(false)
        })
    case .concatenate:
      // The first operand of `a ++ b` holds the lower indices.
      guard case .bits(let ones) = first.asBits, case .bits(let others) = second.asBits else {
        return nil
      }
      guard ones.count + others.count <= ReadingLimits.bits else {
        throw ValueFault(
          .registerSize(found: "\(ones.count + others.count)", limit: ReadingLimits.bits))
      }
      return .bits(ones + others)
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract, .multiply, .divide,
      .remainder, .power:
      return nil
    }
  }

  /// A truth as one bit; any other value as it is.
  private var asBits: ClassicalValue {
    guard case .truth(let truth) = self else { return self }
    return .bits([truth])
  }

  private static func joined(_ operation: BinaryOperator, _ one: Truth, _ other: Truth) -> Truth {
    switch operation {
    case .bitAnd: one && other
    case .bitOr: one || other
    default: one ^ other
    }
  }

  private static func equality(
    _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> Truth? {
    switch (first, second) {
    case (.truth(let one), .truth(let other)): return !(one ^ other)
    case (.bits(let bits), .integer(let number)), (.integer(let number), .bits(let bits)):
      // As numbers, both are brought to one type.
      guard !bits.isEmpty, bits.count <= 64 else {
        return number.value < 0 ? .known(false) : Truth.equality(bits, number.pattern)
      }
      let one = ClassicalInteger(wrapping: 0, width: bits.count, isSigned: false)
      let wanted = ClassicalInteger.matched(one, number).1
      return wanted.value < 0 ? .known(false) : Truth.equality(bits, wanted.pattern)
    case (.bits(let ones), .bits(let others)):
      guard ones.count == others.count else {
        throw ValueFault(.sizesDiffer(found: others.count, expected: ones.count))
      }
      if ones.count <= 64 {
        if second.isKnown { return Truth.equality(ones, number(others)) }
        if first.isKnown { return Truth.equality(others, number(ones)) }
      }
      var result = Truth.known(true)
      for (one, other) in zip(ones, others) where !result.isTooLarge {
        result = result && !(one ^ other)
      }
      return result
    case (.bits(let bits), .truth(let truth)), (.truth(let truth), .bits(let bits)):
      return bits.count == 1 ? !(bits[0] ^ truth) : nil
    default: return nil
    }
  }

  /// By how many places a shift moves bits.
  func shiftCount() throws(ValueFault) -> Int {
    let count = try whole()
    guard count >= 0 else {
      throw ValueFault(.unexpected(found: "a shift by \(count)", expected: "at least 0"))
    }
    return Int(min(count, 1 << 20))
  }
}
