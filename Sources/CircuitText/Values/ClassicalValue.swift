import Circuits
import ComplexModule

/// A classical value of a file while it is read.
///
/// It is known, or a polynomial in the circuit's weights, or depends on what is measured: then it is one known value for
/// each outcome of a few measured bits, so that every operation on known values is one on these as well.
indirect enum ClassicalValue: Hashable {
  case truth(Truth)
  /// A register of bits, the least significant first.
  case bits([Truth])
  case integer(ClassicalInteger)
  case real(Double)
  case angle(FixedAngle)
  /// A float or an angle that depends on inputs left open.
  case symbol(Angle)
  case complex(Complex<Double>)
  case duration(TimeSpan)
  case array(ArrayValue)
  case outcomes(OutcomeTable)

  /// What the value is, for messages.
  var typeName: String {
    switch self {
    case .truth: "bool"
    case .bits(let bits): "bit[\(bits.count)]"
    case .integer(let number): "\(number.isSigned ? "int" : "uint")[\(number.width)]"
    case .real: "float"
    case .angle(let angle): "angle[\(angle.width)]"
    case .symbol: "an expression of open inputs"
    case .complex: "complex"
    case .duration: "duration"
    case .array(let array):
      "array[\(array.type), \(array.extents.map(String.init).joined(separator: ", "))]"
    case .outcomes(let table): table.rows.first?.typeName ?? "nothing"
    }
  }

  /// Whether a question in the value is too large to work with.
  var isTooLarge: Bool {
    switch self {
    case .truth(let truth): truth.isTooLarge
    case .bits(let bits): bits.contains(where: \.isTooLarge)
    case .integer, .real, .angle, .symbol, .complex, .duration, .array, .outcomes: false
    }
  }

  /// The steps that work on the whole value is counted as.
  var cost: Int {
    switch self {
    case .bits(let bits): bits.count / 8
    case .array(let array): array.elements.count / 32
    case .outcomes(let table): table.rows.count / 8
    case .truth, .integer, .real, .angle, .symbol, .complex, .duration: 0
    }
  }

  /// Whether nothing in the value depends on a measurement.
  var isKnown: Bool {
    switch self {
    case .truth(let truth): truth.value != nil
    case .bits(let bits): bits.allSatisfy { $0.value != nil }
    case .array(let array): array.elements.allSatisfy(\.isKnown)
    case .outcomes: false
    case .integer, .real, .angle, .symbol, .complex, .duration: true
    }
  }

  /// The measured bits that the value depends on.
  var outcomeBits: Set<Int> {
    switch self {
    case .truth(let truth): Set(truth.bits)
    case .bits(let bits): bits.reduce(into: []) { $0.formUnion($1.bits) }
    case .array(let array): array.elements.reduce(into: []) { $0.formUnion($1.outcomeBits) }
    case .outcomes(let table): Set(table.bits)
    case .integer, .real, .angle, .symbol, .complex, .duration: []
    }
  }

  /// The known value when measured bits have these values.
  func resolved(where value: (Int) -> Bool) -> ClassicalValue {
    switch self {
    case .truth(let truth): return .truth(.known(truth.resolved(where: value)))
    case .bits(let bits): return .bits(bits.map { .known($0.resolved(where: value)) })
    case .array(let array): return .array(array.mapped { $0.resolved(where: value) })
    case .outcomes(let table):
      var row = 0
      for (place, bit) in table.bits.enumerated() where value(bit) { row |= 1 << place }
      return table.rows[row]
    case .integer, .real, .angle, .symbol, .complex, .duration: return self
    }
  }

  /// The value that reads `places[b]` in place of each measured bit b that is a key there.
  func substituting(_ places: [Int: Int]) -> ClassicalValue {
    func truth(_ truth: Truth) -> Truth {
      guard case .asked(let condition) = truth else { return truth }
      return .asked(condition.substituting(places))
    }
    switch self {
    case .truth(let value): return .truth(truth(value))
    case .bits(let bits): return .bits(bits.map(truth))
    case .array(let array): return .array(array.mapped { $0.substituting(places) })
    case .outcomes(let table):
      return .outcomes(OutcomeTable(bits: table.bits.map { places[$0] ?? $0 }, rows: table.rows))
    case .integer, .real, .angle, .symbol, .complex, .duration: return self
    }
  }
}

/// The elements of an array, row by row.
struct ArrayValue: Hashable {
  let extents: [Int]
  var elements: [ClassicalValue]
  let type: ClassicalType

  func mapped(_ change: (ClassicalValue) -> ClassicalValue) -> ArrayValue {
    ArrayValue(extents: extents, elements: elements.map(change), type: type)
  }

  /// Some of the elements as an array of these extents; without any, the one element itself.
  func selected(_ places: [Int], extents: [Int]) -> ClassicalValue {
    extents.isEmpty
      ? elements[places[0]]
      : .array(ArrayValue(extents: extents, elements: places.map { elements[$0] }, type: type))
  }

  /// The part behind a first index.
  ///
  /// - Precondition: The index is in range.
  subscript(_ index: Int) -> ClassicalValue {
    get {
      let rest = Array(extents.dropFirst())
      guard !rest.isEmpty else { return elements[index] }
      let size = rest.reduce(1, *)
      return .array(
        ArrayValue(
          extents: rest, elements: Array(elements[(index * size)..<((index + 1) * size)]),
          type: type))
    }
    set {
      let size = extents.dropFirst().reduce(1, *)
      switch newValue {
      case .array(let part) where extents.count > 1:
        elements.replaceSubrange((index * size)..<((index + 1) * size), with: part.elements)
      default: elements[index] = newValue
      }
    }
  }
}

/// A fault of a value, whose place the caller knows.
struct ValueFault: Error {
  let reason: CircuitFault.Reason

  init(_ reason: CircuitFault.Reason) { self.reason = reason }
}
