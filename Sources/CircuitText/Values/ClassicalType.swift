import ComplexModule

/// A classical type of OpenQASM 3.
indirect enum ClassicalType: Hashable, Sendable {
  /// A register of bits; nil for a single bit.
  case bit(Int?)
  case bool
  case integer(width: Int, isSigned: Bool)
  case float(width: Int)
  case angle(width: Int)
  case complex
  case duration
  case array(ClassicalType, extents: [Int])

  /// The type of whole numbers without a width.
  static let int = ClassicalType.integer(width: 64, isSigned: true)

  /// The value of a variable before anything is assigned to it.
  var zero: ClassicalValue {
    switch self {
    case .bit(let count): .bits(Array(repeating: .known(false), count: count ?? 1))
    case .bool: .truth(.known(false))
    case .integer(let width, let isSigned):
      .integer(ClassicalInteger(wrapping: 0, width: width, isSigned: isSigned))
    case .float: .real(0)
    case .angle(let width): .angle(FixedAngle(steps: 0, width: width))
    case .complex: .complex(0)
    case .duration: .duration(TimeSpan(seconds: 0, samples: 0))
    case .array(let type, let extents):
      .array(
        ArrayValue(
          extents: extents,
          elements: Array(repeating: type.zero, count: extents.reduce(1, *)), type: type))
    }
  }
}

extension ClassicalType: CustomStringConvertible {
  var description: String {
    switch self {
    case .bit(let count): count.map { "bit[\($0)]" } ?? "bit"
    case .bool: "bool"
    case .integer(let width, let isSigned): "\(isSigned ? "int" : "uint")[\(width)]"
    case .float(let width): "float[\(width)]"
    case .angle(let width): "angle[\(width)]"
    case .complex: "complex"
    case .duration: "duration"
    case .array(let type, let extents):
      "array[\(type), \(extents.map(String.init).joined(separator: ", "))]"
    }
  }
}
