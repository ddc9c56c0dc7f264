/// The kind of number an array holds.
public enum DType: String, Hashable, Sendable, CaseIterable {
  /// Truth values, one byte each.
  case bool
  /// 64-bit signed integers.
  case int64
  /// 32-bit floating point: the default.
  case float32
  /// 64-bit floating point.
  case float64
  /// Complex numbers of two 32-bit parts, real part first.
  case complex64
  /// Complex numbers of two 64-bit parts, real part first.
  case complex128

  /// Bytes of one number.
  public var byteCount: Int {
    switch self {
    case .bool: 1
    case .float32: 4
    case .int64, .float64, .complex64: 8
    case .complex128: 16
    }
  }

  /// Whether the numbers are real and of floating point.
  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }
  /// Whether the numbers are complex.
  public var isComplex: Bool { self == .complex64 || self == .complex128 }
  /// Whether derivatives can be taken with respect to the numbers.
  public var isDifferentiable: Bool { isFloatingPoint || isComplex }

  /// The type of real and imaginary parts; the type itself where it is not complex.
  public var realType: DType {
    switch self {
    case .complex64: .float32
    case .complex128: .float64
    default: self
    }
  }

  /// The complex type whose parts have this type; float32's for integers and truth values.
  public var complexType: DType {
    switch self {
    case .float64, .complex128: .complex128
    default: .complex64
    }
  }

  /// The type in which numbers of two types are combined, by torch's table: bool, then int64, then
  /// floating point, then complex; within a kind the wider one; a complex type takes the width of a
  /// floating-point partner.
  public func promoted(with other: DType) -> DType {
    if self == other { return self }
    let high = rank > other.rank ? self : other
    let low = rank > other.rank ? other : self
    if high.isComplex && low == .float64 { return .complex128 }
    return high
  }

  /// The type in which numbers of this type are combined with one number that has no axes: its kind may
  /// widen this type, its width does not.
  package func promoted(withScalar other: DType) -> DType {
    if isComplex { return self }
    if isFloatingPoint { return other.isComplex ? complexType : self }
    if other.isDifferentiable || self == .bool { return promoted(with: other) }
    return self
  }

  private var rank: Int {
    switch self {
    case .bool: 0
    case .int64: 1
    case .float32: 2
    case .float64: 3
    case .complex64: 4
    case .complex128: 5
    }
  }
}
