import CArrayKernels
import ComplexModule
import RealModule

extension NDArray {
  /// Combines two arrays element by element, after promotion and broadcasting.
  func combined(_ operation: Int, with other: NDArray, _ name: String) -> NDArray {
    let type = dtype.promoted(with: other.dtype)
    let shape = self.shape.broadcast(with: other.shape, for: name)
    var a = cast(to: type)
    var b = other.cast(to: type)
    if type == .int64 || type == .bool { return Self.integers(operation, a, b, shape, type) }
    if type.isComplex { return Self.complexNumbers(operation, a, b, shape, type) }
    if a.count != 1 || shape.count == 1 { a = a.broadcast(to: shape).contiguous() }
    if b.count != 1 || shape.count == 1 { b = b.broadcast(to: shape).contiguous() }
    let stepA: Int32 = a.count == 1 ? 0 : 1
    let stepB: Int32 = b.count == 1 ? 0 : 1
    let size = type.byteCount
    let kernels = type.kernels
    return unsafe .make(shape, type) { target in
      ElementwiseParts.forEach(shape.count) { start, count in
        unsafe kernels.binary(
          Int32(operation), a.pointer + (stepA == 0 ? 0 : start * size), stepA,
          b.pointer + (stepB == 0 ? 0 : start * size), stepB, target + start * size, Int64(count))
      }
    }
  }

  private static func integers(
    _ operation: Int, _ a: NDArray, _ b: NDArray, _ shape: Shape, _ type: DType
  ) -> NDArray {
    // torch divides integers to floating point, and treats truth values as integers in arithmetic.
    if operation == HK_DIVIDE {
      return a.cast(to: .float32).combined(operation, with: b.cast(to: .float32), "/")
    }
    let x = a.cast(to: .int64).broadcast(to: shape).scalars(as: Int.self)
    let y = b.cast(to: .int64).broadcast(to: shape).scalars(as: Int.self)
    let combine: (Int, Int) -> Int =
      switch operation {
      case HK_ADD: { $0 &+ $1 }
      case HK_SUBTRACT: { $0 &- $1 }
      case HK_MULTIPLY: { $0 &* $1 }
      case HK_MINIMUM: { min($0, $1) }
      case HK_MAXIMUM: { max($0, $1) }
      default:
        { base, exponent in
          precondition(exponent >= 0, "power: integers have no power \(exponent)")
          return (0..<exponent).reduce(1) { product, _ in product &* base }
        }
      }
    return NDArray(zip(x, y).map(combine), shape: shape)
  }

  private static func complexNumbers(
    _ operation: Int, _ a: NDArray, _ b: NDArray, _ shape: Shape, _ type: DType
  ) -> NDArray {
    type == .complex64
      ? complexNumbers(Float.self, operation, a, b, shape)
      : complexNumbers(Double.self, operation, a, b, shape)
  }

  private static func complexNumbers<Part: Real & ArrayElement>(
    _: Part.Type, _ operation: Int, _ a: NDArray, _ b: NDArray, _ shape: Shape
  ) -> NDArray {
    let x = a.broadcast(to: shape).scalars(as: Complex<Part>.self)
    let y = b.broadcast(to: shape).scalars(as: Complex<Part>.self)
    let combine: (Complex<Part>, Complex<Part>) -> Complex<Part> =
      switch operation {
      case HK_ADD: { $0 + $1 }
      case HK_SUBTRACT: { $0 - $1 }
      case HK_MULTIPLY: { $0 * $1 }
      case HK_DIVIDE: { $0 / $1 }
      case HK_POWER: { Complex.pow($0, $1) }
      default:
        { _, _ in preconditionFailure("complex numbers have no order: no minimum, no maximum") }
      }
    return NDArray(zip(x, y).map(combine), shape: shape)
  }

  /// A number in this array's type, or in the type that holds both: a literal never widens an array.
  package func literal(_ value: Double) -> NDArray {
    switch dtype {
    case .bool, .int64:
      value == value.rounded() ? NDArray(Int(value)) : NDArray(Float(value))
    default: NDArray(value).cast(to: dtype)
    }
  }

  /// The sum, element by element.
  public static func + (a: NDArray, b: NDArray) -> NDArray { a.combined(HK_ADD, with: b, "+") }
  /// The difference, element by element.
  public static func - (a: NDArray, b: NDArray) -> NDArray { a.combined(HK_SUBTRACT, with: b, "-") }
  /// The product, element by element.
  public static func * (a: NDArray, b: NDArray) -> NDArray { a.combined(HK_MULTIPLY, with: b, "*") }
  /// The quotient, element by element.
  public static func / (a: NDArray, b: NDArray) -> NDArray { a.combined(HK_DIVIDE, with: b, "/") }

  /// The array plus a number.
  public static func + (a: NDArray, b: Double) -> NDArray { a + a.literal(b) }
  /// The array minus a number.
  public static func - (a: NDArray, b: Double) -> NDArray { a - a.literal(b) }
  /// The array times a number.
  public static func * (a: NDArray, b: Double) -> NDArray { a * a.literal(b) }
  /// The array divided by a number.
  public static func / (a: NDArray, b: Double) -> NDArray { a / a.literal(b) }
  /// A number plus the array.
  public static func + (a: Double, b: NDArray) -> NDArray { b.literal(a) + b }
  /// A number minus the array.
  public static func - (a: Double, b: NDArray) -> NDArray { b.literal(a) - b }
  /// A number times the array.
  public static func * (a: Double, b: NDArray) -> NDArray { b.literal(a) * b }
  /// A number divided by the array.
  public static func / (a: Double, b: NDArray) -> NDArray { b.literal(a) / b }

  /// The smaller of two, element by element; NaN where either is NaN.
  public func minimum(with other: NDArray) -> NDArray {
    combined(HK_MINIMUM, with: other, "minimum")
  }

  /// The larger of two, element by element; NaN where either is NaN.
  public func maximum(with other: NDArray) -> NDArray {
    combined(HK_MAXIMUM, with: other, "maximum")
  }

  /// The power of two arrays, element by element.
  public func power(_ exponent: NDArray) -> NDArray {
    combined(HK_POWER, with: exponent, "power")
  }

  /// The power with one exponent.
  public func power(_ exponent: Double) -> NDArray { power(literal(exponent)) }
}
