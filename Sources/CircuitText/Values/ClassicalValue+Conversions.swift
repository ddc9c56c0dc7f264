import Circuits
import ComplexModule
import RealModule

extension ClassicalValue {
  /// The value as one of another type, as assignments and casts bring it there.
  ///
  /// - Throws: ``CircuitFault/Reason/wrongType(found:expected:)`` where the language has no such conversion.
  func converted(to type: ClassicalType) throws(ValueFault) -> ClassicalValue {
    // Bits stay questions, whatever they depend on.
    switch (self, type) {
    case (.truth, .bool), (.duration, .duration), (.complex, .complex): return self
    case (.truth(let truth), .bit(let count)) where count ?? 1 == 1: return .bits([truth])
    case (.bits(let bits), .bool):
      if bits.contains(.known(true)) { return .truth(.known(true)) }
      return .truth(!Truth.equality(bits.filter { $0 != .known(false) }, 0))
    case (.bits(let bits), .bit(let count)):
      guard bits.count == count ?? 1 else {
        throw ValueFault(.sizesDiffer(found: bits.count, expected: count ?? 1))
      }
      return self
    case (.symbol, .float), (.symbol, .angle): return self
    case (.symbol, _): throw ValueFault(.needsValue("a \(type)"))
    case (.array(let array), .array(let element, let extents)):
      guard array.extents == extents else {
        throw ValueFault(
          .unexpected(found: "a value of type \(typeName)", expected: "one of type \(type)"))
      }
      var elements: [ClassicalValue] = []
      elements.reserveCapacity(array.elements.count)
      for value in array.elements { elements.append(try value.converted(to: element)) }
      return .array(ArrayValue(extents: extents, elements: elements, type: element))
    default: break
    }
    return try Self.lifted([self]) { (values) throws(ValueFault) in
      try values[0].knownConverted(to: type)
    }
  }

  private func knownConverted(to type: ClassicalType) throws(ValueFault) -> ClassicalValue {
    switch type {
    case .bool: return .truth(.known(try isTrue()))
    case .bit(let count): return .bits(try bitPattern(count ?? 1, isSingle: count == nil))
    case .integer(let width, let isSigned):
      return .integer(ClassicalInteger(wrapping: try whole(), width: width, isSigned: isSigned))
    case .float(let width):
      let value = try realNumber()
      return .real(width <= 32 ? Double(Float(value)) : value)
    case .angle(let width):
      switch self {
      case .angle(let angle): return .angle(angle.widened(to: width))
      case .bits(let bits):
        guard bits.count == width else {
          throw ValueFault(.sizesDiffer(found: bits.count, expected: width))
        }
        return .angle(FixedAngle(steps: Self.number(bits), width: width))
      default: return .angle(FixedAngle(radians: try realNumber(), width: width))
      }
    case .complex: return .complex(Complex(try realNumber()))
    case .duration, .array: throw wrongType("\(type)")
    }
  }

  /// A fault that says what the value is, and what it should be.
  func wrongType(_ expected: String) -> ValueFault {
    ValueFault(.wrongType(found: typeName, expected: expected))
  }

  /// The number whose bits these are; those that are not known count as 0.
  static func number(_ bits: [Truth]) -> UInt64 {
    var number: UInt64 = 0
    for (place, bit) in bits.prefix(64).enumerated() where bit.value == true {
      number |= 1 << UInt64(place)
    }
    return number
  }

  private func isTrue() throws(ValueFault) -> Bool {
    switch self {
    case .truth(let truth): truth.value ?? false
    case .bits(let bits): bits.contains { $0.value == true }
    case .integer(let number): number.pattern != 0
    case .real(let value): value != 0
    case .angle(let angle): angle.steps != 0
    case .symbol, .complex, .duration, .array, .outcomes: throw wrongType("bool")
    }
  }

  /// A whole number; fractions are cut off.
  func whole() throws(ValueFault) -> Int128 {
    switch self {
    case .truth(let truth): return truth.value == true ? 1 : 0
    case .bits(let bits):
      guard bits.count <= 64 else {
        throw ValueFault(.sizesDiffer(found: bits.count, expected: 64))
      }
      return Int128(Self.number(bits))
    case .integer(let number): return number.value
    case .real(let value):
      guard let whole = Int128(exactly: value.rounded(.towardZero)), abs(value) < 0x1p64 else {
        throw ValueFault(.numberTooLarge("\(value)"))
      }
      return whole
    case .symbol: throw ValueFault(.needsValue("a whole number"))
    case .angle, .complex, .duration, .array, .outcomes: throw wrongType("a whole number")
    }
  }

  /// A real number; of an angle its radians.
  func realNumber() throws(ValueFault) -> Double {
    switch self {
    case .truth(let truth): return truth.value == true ? 1 : 0
    case .integer(let number): return Double(number.value)
    case .bits: return Double(try whole())
    case .real(let value): return value
    case .angle(let angle): return angle.radians
    case .symbol: throw ValueFault(.needsValue("a number"))
    case .complex, .duration, .array, .outcomes: throw wrongType("a number")
    }
  }

  /// The parameter of a gate: a polynomial in the circuit's weights.
  func angle() throws(ValueFault) -> Angle {
    if case .symbol(let angle) = self { return angle }
    let value = try realNumber()
    guard value.isFinite else { throw ValueFault(.notFinite) }
    return Angle(value)
  }

  func complexNumber() throws(ValueFault) -> Complex<Double> {
    if case .complex(let value) = self { return value }
    return Complex(try realNumber())
  }

  private func bitPattern(_ count: Int, isSingle: Bool) throws(ValueFault) -> [Truth] {
    let pattern: UInt64
    switch self {
    case .integer(let number):
      guard !isSingle else { return [.known(number.pattern != 0)] }
      // A number with a sign fills wider registers with it.
      let fill = number.isSigned && number.value < 0
      return (0..<count).map { place in
        .known(place < number.width ? number.pattern >> UInt64(place) & 1 == 1 : fill)
      }
    case .angle(let angle):
      guard angle.width == count else {
        throw ValueFault(.sizesDiffer(found: angle.width, expected: count))
      }
      pattern = angle.steps
    case .truth(let truth): pattern = truth.value == true ? 1 : 0
    case .bits, .real, .symbol, .complex, .duration, .array, .outcomes:
      throw wrongType("bit[\(count)]")
    }
    return (0..<count).map { .known($0 < 64 && pattern >> UInt64($0) & 1 == 1) }
  }
}
