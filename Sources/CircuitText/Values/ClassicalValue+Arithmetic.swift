import Circuits
import ComplexModule
import Foundation
import RealModule

extension ClassicalValue {
  /// The value of an operator on values that are known, or polynomials in weights.
  static func known(
    _ operation: BinaryOperator, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    switch (first, second) {
    case (.symbol, _), (_, .symbol): return try symbolic(operation, first, second)
    case (.complex, _), (_, .complex): return try complex(operation, first, second)
    case (.duration, _), (_, .duration): return try timed(operation, first, second)
    case (.angle, _), (_, .angle): return try angular(operation, first, second)
    case (.real, _), (_, .real):
      return try real(operation, try first.realNumber(), try second.realNumber())
    default: return try integer(operation, try first.integer(), try second.integer())
    }
  }

  private func integer() throws(ValueFault) -> ClassicalInteger {
    if case .integer(let number) = self { return number }
    if case .bits(let bits) = self, bits.count >= 1 {
      return ClassicalInteger(
        wrapping: try whole(), width: min(bits.count, 64), isSigned: false)
    }
    return ClassicalInteger(wrapping: try whole(), width: 64, isSigned: true)
  }

  private static func compared<T: Comparable>(
    _ operation: BinaryOperator, _ one: T, _ other: T
  ) -> ClassicalValue? {
    let result: Bool
    switch operation {
    case .equal: result = one == other
    case .notEqual: result = one != other
    case .less: result = one < other
    case .lessOrEqual: result = one <= other
    case .greater: result = one > other
    case .greaterOrEqual: result = one >= other
    case .or, .and, .bitOr, .bitXor, .bitAnd, .shiftLeft, .shiftRight, .add, .subtract, .multiply,
      .divide, .remainder, .power, .concatenate:
      return nil
    }
    return .truth(.known(result))
  }

  private static func integer(
    _ operation: BinaryOperator, _ one: ClassicalInteger, _ other: ClassicalInteger
  ) throws(ValueFault) -> ClassicalValue {
    switch operation {
    case .shiftLeft, .shiftRight: return try shifted(operation, one, by: other)
    case .power where other.value < 0:
      return try real(.power, Double(one.value), Double(other.value))
    default: break
    }
    let (first, second) = ClassicalInteger.matched(one, other)
    let (a, b) = (first.value, second.value)
    if let truth = compared(operation, a, b) { return truth }
    func joined(_ value: Int128) -> ClassicalValue { .integer(first.with(value)) }
    switch operation {
    case .add: return joined(a + b)
    case .subtract: return joined(a - b)
    case .multiply: return joined(a &* b)
    case .divide, .remainder:
      guard b != 0 else { throw ValueFault(.divisionByZero) }
      return joined(operation == .divide ? a / b : a % b)
    case .power: return joined(Int128(power(a, other.pattern)))
    case .bitAnd: return joined(a & b)
    case .bitOr: return joined(a | b)
    case .bitXor: return joined(a ^ b)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .or, .and,
      .shiftLeft, .shiftRight, .concatenate:
      throw ClassicalValue.integer(one).wrongType("what '\(operation.rawValue)' takes")
    }
  }

  /// A number moved by places; it keeps its type, and a sign fills the places that become free.
  private static func shifted(
    _ operation: BinaryOperator, _ one: ClassicalInteger, by other: ClassicalInteger
  ) throws(ValueFault) -> ClassicalValue {
    let count = try ClassicalValue.integer(other).shiftCount()
    guard count < 64 else {
      return .integer(one.with(operation == .shiftRight && one.value < 0 ? -1 : 0))
    }
    // A number is below 2^64, and so is what its lowest 64 bits are moved to.
    return .integer(
      one.with(
        operation == .shiftLeft
          ? Int128(one.pattern) << Int128(count) : one.value >> Int128(count)))
  }

  /// A power by squaring, modulo 2^64.
  private static func power(_ base: Int128, _ exponent: UInt64) -> UInt64 {
    var square = UInt64(truncatingIfNeeded: base)
    var rest = exponent
    var result: UInt64 = 1
    while rest > 0 {
      if rest & 1 == 1 { result = result &* square }
      square = square &* square
      rest >>= 1
    }
    return result
  }

  private static func real(
    _ operation: BinaryOperator, _ a: Double, _ b: Double
  ) throws(ValueFault) -> ClassicalValue {
    if let truth = compared(operation, a, b) { return truth }
    switch operation {
    case .add: return .real(a + b)
    case .subtract: return .real(a - b)
    case .multiply: return .real(a * b)
    case .divide: return .real(a / b)
    case .remainder: return .real(a.truncatingRemainder(dividingBy: b))
    case .power: return .real(Foundation.pow(a, b))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .or, .and, .bitAnd,
      .bitOr, .bitXor, .shiftLeft, .shiftRight, .concatenate:
      throw ClassicalValue.real(a).wrongType("what '\(operation.rawValue)' takes")
    }
  }

  /// Sums and products of polynomials; everything else needs numbers.
  private static func symbolic(
    _ operation: BinaryOperator, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    let (a, b) = (try first.angle(), try second.angle())
    let result: Angle
    switch operation {
    case .add: result = a + b
    case .subtract: result = a - b
    case .multiply:
      guard a.terms.count * b.terms.count <= ReadingLimits.terms else {
        throw ValueFault(.tooManyTerms(limit: ReadingLimits.terms))
      }
      result = a * b
    case .divide:
      guard let divisor = b.constantValue else { throw ValueFault(.needsValue("a divisor")) }
      result = a / divisor
    case .power:
      guard let exponent = b.constantValue, let count = Int(exactly: exponent), 1...8 ~= count
      else {
        throw ValueFault(.needsValue("the base of a power"))
      }
      var product = first
      for _ in 1..<count { product = try symbolic(.multiply, product, first) }
      return product
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .or, .and, .bitAnd,
      .bitOr, .bitXor, .shiftLeft, .shiftRight, .remainder, .concatenate:
      throw ValueFault(.needsValue("an operand of '\(operation.rawValue)'"))
    }
    guard result.isFinite else { throw ValueFault(.notFinite) }
    guard result.terms.count <= ReadingLimits.terms,
      result.terms.allSatisfy({ $0.degree <= ReadingLimits.degree })
    else { throw ValueFault(.tooManyTerms(limit: ReadingLimits.terms)) }
    return .symbol(result)
  }

  private static func complex(
    _ operation: BinaryOperator, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    let (a, b) = (try first.complexNumber(), try second.complexNumber())
    switch operation {
    case .add: return .complex(a + b)
    case .subtract: return .complex(a - b)
    case .multiply: return .complex(a * b)
    case .divide: return .complex(a / b)
    case .power: return .complex(.pow(a, b))
    case .equal: return .truth(.known(a == b))
    case .notEqual: return .truth(.known(a != b))
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .or, .and, .bitAnd, .bitOr, .bitXor,
      .shiftLeft, .shiftRight, .remainder, .concatenate:
      throw ClassicalValue.complex(a).wrongType("what '\(operation.rawValue)' takes")
    }
  }

  private static func timed(
    _ operation: BinaryOperator, _ first: ClassicalValue, _ second: ClassicalValue
  ) throws(ValueFault) -> ClassicalValue {
    switch (first, operation, second) {
    case (.duration(let one), .add, .duration(let other)): return .duration(one + other)
    case (.duration(let one), .subtract, .duration(let other)):
      return .duration(one + other * -1)
    case (.duration(let one), .divide, .duration(let other)):
      return try real(.divide, one.seconds + one.samples, other.seconds + other.samples)
    case (.duration(let time), .multiply, _): return .duration(time * (try second.realNumber()))
    case (_, .multiply, .duration(let time)): return .duration(time * (try first.realNumber()))
    case (.duration(let time), .divide, _):
      return .duration(time * (1 / (try second.realNumber())))
    case (.duration(let one), _, .duration(let other)):
      if let truth = compared(operation, one.seconds, other.seconds) { return truth }
    default: break
    }
    throw first.wrongType("what '\(operation.rawValue)' takes beside \(second.typeName)")
  }
}
