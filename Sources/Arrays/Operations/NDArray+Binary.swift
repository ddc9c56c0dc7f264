import CArrayKernels
import Compute

extension NDArray {
  /// The type in which two arrays are combined, by torch's rules: an array without axes widens one with
  /// axes only if it is of a higher kind.
  func commonType(with other: NDArray) -> DType {
    if dtype == other.dtype { return dtype }
    if rank > 0 && other.rank == 0 { return dtype.promoted(withScalar: other.dtype) }
    if rank == 0 && other.rank > 0 { return other.dtype.promoted(withScalar: dtype) }
    return dtype.promoted(with: other.dtype)
  }

  /// Combines two arrays element by element, after promotion and broadcasting.
  func combined(_ operation: hk_binary, with other: NDArray, _ name: String) -> NDArray {
    if isContiguous, other.isContiguous, dtype == other.dtype, shape == other.shape,
      dtype.isFloatingPoint
    {
      return alike(operation, other)
    }
    let type = Self.computingType(operation, commonType(with: other), name)
    let shape = self.shape.broadcast(with: other.shape, for: name)
    return cast(to: type).stretched(operation, other.cast(to: type), over: shape)
  }

  /// The type an operation is done in; traps where there is none.
  static func computingType(_ operation: hk_binary, _ type: DType, _ name: String) -> DType {
    // torch divides integers to floating point.
    if operation == .divide && !type.isDifferentiable { return .float32 }
    if operation == .power && type == .bool { return .int64 }
    require(
      ArrayKernelTable.best.has(operation, type), "\(name): not defined for numbers of type \(type)"
    )
    return type
  }

  /// Two contiguous arrays of one shape and type.
  private func alike(_ operation: hk_binary, _ other: NDArray) -> NDArray {
    let type = dtype.kernelType
    let size = dtype.byteCount
    return unsafe .make(shape, dtype) { target in
      ElementwiseParts.forEach(count) { start, count in
        let place = start &* size
        unsafe hk_run_binary(
          ArrayKernelTable.best.table, operation, type, .both, pointer + place,
          other.pointer + place, target + place, Int64(count))
      }
    }
  }

  /// Two arrays of one type that broadcast to `shape`.
  private func stretched(
    _ operation: hk_binary, _ other: NDArray, over shape: Shape
  ) -> NDArray {
    if operation == .power && dtype == .int64 { Self.checkPowers(other) }
    let type = dtype.kernelType
    let size = dtype.byteCount
    return unsafe .make(shape, dtype) { target in
      guard shape.count > 0 else { return }
      PairLayout(self, other, over: shape).forEachPart { part, inA, inB, start in
        unsafe part.withC { rank, lengths, stridesA, stridesB in
          unsafe hk_run_binary_strided(
            ArrayKernelTable.best.table, operation, type, rank, lengths, stridesA, stridesB,
            pointer + inA, other.pointer + inB, target + start * size)
        }
      }
    }
  }

  private static func checkPowers(_ exponents: NDArray) {
    guard exponents.count > 0 else { return }
    let least = exponents.minimum().scalars(as: Int.self)[0]
    require(least >= 0, "power: integers have no power \(least)")
  }

  /// Combines every element with one number.
  ///
  /// The number takes the array's type: int64 and bool arrays become float32 if it has a fraction, and
  /// bool arrays int64 if it has none.
  func combined(
    _ operation: hk_binary, withNumber number: Double, first: Bool = false, _ name: String
  ) -> NDArray {
    let type = Self.computingType(operation, literalType(number), name)
    let source = cast(to: type).contiguous()
    if operation == .power && type == .int64 {
      require(number >= 0 && !first, "power: integers have no power \(number)")
    }
    let kernelType = type.kernelType
    let size = type.byteCount
    return unsafe .make(shape, type) { target in
      unsafe type.withNumber(number) { number in
        ElementwiseParts.forEach(count) { start, count in
          let place = unsafe source.pointer + start &* size
          unsafe hk_run_binary(
            ArrayKernelTable.best.table, operation, kernelType, first ? .scalara : .scalarb,
            first ? number : UnsafeRawPointer(place), first ? UnsafeRawPointer(place) : number,
            target + start &* size, Int64(count))
        }
      }
    }
  }

  /// The type that holds this array's elements beside the number.
  func literalType(_ value: Double) -> DType {
    if dtype.isDifferentiable { return dtype }
    return Int(exactly: value) == nil ? .float32 : .int64
  }

  /// A number in this array's type, or in the type that holds both: a literal never widens an array.
  package func literal(_ value: Double) -> NDArray {
    .full(.scalar, value, dtype: literalType(value))
  }

  /// The sum, element by element.
  public static func + (a: NDArray, b: NDArray) -> NDArray { a.combined(.add, with: b, "+") }
  /// The difference, element by element.
  public static func - (a: NDArray, b: NDArray) -> NDArray { a.combined(.subtract, with: b, "-") }
  /// The product, element by element.
  public static func * (a: NDArray, b: NDArray) -> NDArray { a.combined(.multiply, with: b, "*") }
  /// The quotient, element by element; float32 for integers.
  public static func / (a: NDArray, b: NDArray) -> NDArray { a.combined(.divide, with: b, "/") }

  /// The array plus a number.
  public static func + (a: NDArray, b: Double) -> NDArray { a.combined(.add, withNumber: b, "+") }
  /// The array minus a number.
  public static func - (a: NDArray, b: Double) -> NDArray {
    a.combined(.subtract, withNumber: b, "-")
  }
  /// The array times a number.
  public static func * (a: NDArray, b: Double) -> NDArray {
    a.combined(.multiply, withNumber: b, "*")
  }
  /// The array divided by a number.
  public static func / (a: NDArray, b: Double) -> NDArray {
    a.combined(.divide, withNumber: b, "/")
  }
  /// A number plus the array.
  public static func + (a: Double, b: NDArray) -> NDArray {
    b.combined(.add, withNumber: a, first: true, "+")
  }
  /// A number minus the array.
  public static func - (a: Double, b: NDArray) -> NDArray {
    b.combined(.subtract, withNumber: a, first: true, "-")
  }
  /// A number times the array.
  public static func * (a: Double, b: NDArray) -> NDArray {
    b.combined(.multiply, withNumber: a, first: true, "*")
  }
  /// A number divided by the array.
  public static func / (a: Double, b: NDArray) -> NDArray {
    b.combined(.divide, withNumber: a, first: true, "/")
  }

  /// The smaller of two, element by element; NaN where either is NaN.
  public func minimum(with other: NDArray) -> NDArray {
    combined(.minimum, with: other, "minimum")
  }

  /// The larger of two, element by element; NaN where either is NaN.
  public func maximum(with other: NDArray) -> NDArray {
    combined(.maximum, with: other, "maximum")
  }

  /// The power of two arrays, element by element.
  ///
  /// - Precondition: Powers of integers are not negative.
  public func power(_ exponent: NDArray) -> NDArray {
    combined(.power, with: exponent, "power")
  }

  /// The power with one exponent; squares, square roots and reciprocals are found as such.
  public func power(_ exponent: Double) -> NDArray {
    if dtype.isFloatingPoint {
      if exponent == 1 { return self }
      if exponent == 2 { return squared() }
      if exponent == 0.5 { return mapped(.sqrt, "power") }
      if exponent == -1 { return reciprocal() }
    }
    return combined(.power, withNumber: exponent, "power")
  }
}
