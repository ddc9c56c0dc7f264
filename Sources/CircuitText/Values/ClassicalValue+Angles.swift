extension ClassicalValue {
  /// The value of an operator of which one operand is an angle of fixed width.
  ///
  /// Sums wrap around at a full turn; a float beside an angle is one in radians; the quotient of two angles is a whole
  /// number.
  static func angular(
    _ operation: BinaryOperator, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    switch (first, operation, second) {
    case (.angle(let angle), .shiftLeft, _), (.angle(let angle), .shiftRight, _):
      let count = try second.shiftCount()
      guard count < angle.width else { return .angle(FixedAngle(steps: 0, width: angle.width)) }
      let steps =
        operation == .shiftLeft ? angle.steps << UInt64(count) : angle.steps >> UInt64(count)
      return .angle(FixedAngle(steps: steps, width: angle.width))
    case (.angle(let angle), .multiply, .integer(let number)),
      (.integer(let number), .multiply, .angle(let angle)):
      let factor = UInt64(truncatingIfNeeded: number.value)
      return .angle(FixedAngle(steps: angle.steps &* factor, width: angle.width))
    case (.angle(let angle), .divide, .integer(let number)):
      guard number.value != 0 else { throw ValueFault(.divisionByZero) }
      guard number.value > 0 else { break }
      let steps = Int128(angle.steps) / number.value
      return .angle(FixedAngle(steps: UInt64(steps), width: angle.width))
    case (.angle(let angle), .multiply, .real(let factor)),
      (.real(let factor), .multiply, .angle(let angle)):
      return .angle(FixedAngle(radians: angle.radians * factor, width: angle.width))
    case (.angle(let angle), .divide, .real(let divisor)):
      return .angle(FixedAngle(radians: angle.radians / divisor, width: angle.width))
    default: break
    }
    let (one, other) = try matched(first, second)
    let width = one.width
    func angle(_ steps: UInt64) -> ClassicalValue { .angle(FixedAngle(steps: steps, width: width)) }
    switch operation {
    case .add: return angle(one.steps &+ other.steps)
    case .subtract: return angle(one.steps &- other.steps)
    case .bitAnd: return angle(one.steps & other.steps)
    case .bitOr: return angle(one.steps | other.steps)
    case .bitXor: return angle(one.steps ^ other.steps)
    case .divide:
      guard other.steps != 0 else { throw ValueFault(.divisionByZero) }
      return .integer(
        ClassicalInteger(
          wrapping: Int128(one.steps / other.steps), width: width, isSigned: false))
    case .equal: return .truth(.known(one.steps == other.steps))
    case .notEqual: return .truth(.known(one.steps != other.steps))
    case .less: return .truth(.known(one.steps < other.steps))
    case .lessOrEqual: return .truth(.known(one.steps <= other.steps))
    case .greater: return .truth(.known(one.steps > other.steps))
    case .greaterOrEqual: return .truth(.known(one.steps >= other.steps))
    case .multiply, .remainder, .power, .or, .and, .shiftLeft, .shiftRight, .concatenate:
      throw first.wrongType("what '\(operation.rawValue)' takes beside \(second.typeName)")
    }
  }

  /// Two operands as angles of the wider one's width.
  private static func matched(
    _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> (FixedAngle, FixedAngle) {
    switch (first, second) {
    case (.angle(let one), .angle(let other)):
      let width = max(one.width, other.width)
      return (one.widened(to: width), other.widened(to: width))
    case (.angle(let one), _):
      return (one, FixedAngle(radians: try second.finiteNumber(), width: one.width))
    case (_, .angle(let other)):
      return (FixedAngle(radians: try first.finiteNumber(), width: other.width), other)
    default: throw first.wrongType("an angle")
    }
  }

  private func finiteNumber() throws(ValueFault) -> Double {
    let value = try realNumber()
    guard value.isFinite else { throw ValueFault(.notFinite) }
    return value
  }
}
