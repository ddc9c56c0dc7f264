import ComplexModule
import Foundation
import RealModule

/// A function that the languages have built in.
enum BuiltInFunction: String, CaseIterable {
  case arccos, arcsin, arctan, ceiling, cos, exp, floor, log, mod, popcount, pow, rotl, rotr, sin
  case sqrt, tan, real, imag, sizeof

  /// The functions of OpenQASM 2, those that Qiskit adds among them, by their names there.
  static let two: [String: BuiltInFunction] = [
    "sin": .sin, "cos": .cos, "tan": .tan, "exp": .exp, "ln": .log, "sqrt": .sqrt,
    "asin": .arcsin, "acos": .arccos, "atan": .arctan,
  ]

  /// The number of arguments.
  var arity: ClosedRange<Int> {
    switch self {
    case .mod, .pow, .rotl, .rotr: 2...2
    case .sizeof: 1...2
    case .arccos, .arcsin, .arctan, .ceiling, .cos, .exp, .floor, .log, .popcount, .sin, .sqrt,
      .tan, .real, .imag:
      1...1
    }
  }

  /// The value; the number of arguments is right.
  func callAsFunction(_ arguments: [ClassicalValue]) throws(ValueFault) -> ClassicalValue {
    switch self {
    case .sizeof: return try size(arguments)
    case .mod: return try ClassicalValue.apply(.remainder, arguments[0], arguments[1])
    case .pow: return try ClassicalValue.apply(.power, arguments[0], arguments[1])
    case .rotl, .rotr:
      if case .bits(let bits) = arguments[0], arguments[1].isKnown, !bits.isEmpty {
        let count = Int(try arguments[1].whole() % Int128(bits.count))
        let places = bits.indices.map { place in
          let moved = self == .rotl ? place - count : place + count
          return (moved % bits.count + bits.count) % bits.count
        }
        return .bits(places.map { bits[$0] })
      }
    case .arccos, .arcsin, .arctan, .ceiling, .cos, .exp, .floor, .log, .popcount, .sin, .sqrt,
      .tan, .real, .imag:
      break
    }
    return try ClassicalValue.lifted(arguments) { (values) throws(ValueFault) in
      try known(values)
    }
  }

  private func size(_ arguments: [ClassicalValue]) throws(ValueFault) -> ClassicalValue {
    let axis = arguments.count > 1 ? try arguments[1].whole() : 0
    switch arguments[0] {
    case .array(let array):
      guard 0..<Int128(array.extents.count) ~= axis else {
        throw ValueFault(
          .unexpected(found: "axis \(axis)", expected: "0 to \(array.extents.count - 1)"))
      }
      return .integer(.unsigned(UInt64(array.extents[Int(axis)])))
    case .bits(let bits): return .integer(.unsigned(UInt64(bits.count)))
    default: throw arguments[0].wrongType("an array")
    }
  }

  private func known(_ values: [ClassicalValue]) throws(ValueFault) -> ClassicalValue {
    let value = values[0]
    switch self {
    case .popcount:
      switch value {
      case .bits(let bits):
        return .integer(.unsigned(UInt64(bits.reduce(0) { $0 + ($1.value == true ? 1 : 0) })))
      case .integer(let number):
        return .integer(.unsigned(UInt64(number.pattern.nonzeroBitCount)))
      default: throw value.wrongType("bits")
      }
    case .rotl, .rotr:
      guard case .integer(let number) = value else { throw value.wrongType("bits") }
      let count = UInt64((try values[1].whole() % Int128(number.width) + Int128(number.width)))
      let left = (self == .rotl ? count : UInt64(2 * number.width) - count) % UInt64(number.width)
      let right = UInt64(number.width) - left
      let pattern =
        left == 0
        ? number.pattern : (number.pattern << left) | (number.pattern >> right)
      return .integer(number.with(Int128(pattern)))
    case .real, .imag:
      let number = try value.complexNumber()
      return .real(self == .real ? number.real : number.imaginary)
    case .exp, .sqrt, .cos, .sin, .tan, .log:
      if case .complex(let number) = value { return .complex(complexValue(number)) }
    case .arccos, .arcsin, .arctan, .ceiling, .floor, .mod, .pow, .sizeof: break
    }
    if case .symbol = value { throw ValueFault(.needsValue("an argument of '\(rawValue)'")) }
    let result = realValue(try value.realNumber())
    guard result.isFinite else { throw ValueFault(.notFinite) }
    return .real(result)
  }

  private func complexValue(_ z: Complex<Double>) -> Complex<Double> {
    switch self {
    case .exp: .exp(z)
    case .sqrt: .sqrt(z)
    case .cos: .cos(z)
    case .sin: .sin(z)
    case .tan: .tan(z)
    default: .log(z)
    }
  }

  private func realValue(_ x: Double) -> Double {
    switch self {
    case .arccos: Double.acos(x)
    case .arcsin: Double.asin(x)
    case .arctan: Double.atan(x)
    case .ceiling: x.rounded(.up)
    case .floor: x.rounded(.down)
    case .cos: Double.cos(x)
    case .sin: Double.sin(x)
    case .tan: Double.tan(x)
    case .exp: Double.exp(x)
    case .log: Double.log(x)
    case .sqrt: x.squareRoot()
    case .mod, .popcount, .pow, .rotl, .rotr, .real, .imag, .sizeof: .nan
    }
  }
}
