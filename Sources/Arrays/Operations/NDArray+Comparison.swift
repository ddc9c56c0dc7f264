import CArrayKernels

extension NDArray {
  private func compared(_ operation: Int, with other: NDArray, _ name: String) -> NDArray {
    let type = dtype.promoted(with: other.dtype)
    precondition(
      !type.isComplex || operation == HK_EQUAL, "\(name): complex numbers have no order")
    let shape = self.shape.broadcast(with: other.shape, for: name)
    if type.isComplex {
      let real = realPart().compared(operation, with: other.realPart(), name)
      return real.and(imaginaryPart().compared(operation, with: other.imaginaryPart(), name))
    }
    // Integers up to 2^53 compare as doubles do.
    let common: DType = type == .float32 ? .float32 : .float64
    let a = cast(to: common).broadcast(to: shape).contiguous()
    let b = other.cast(to: common).broadcast(to: shape).contiguous()
    return unsafe .make(shape, .bool) { target in
      unsafe common.kernels.compare(
        Int32(operation), a.pointer, 1, b.pointer, 1,
        target.assumingMemoryBound(to: UInt8.self), Int64(shape.count))
    }
  }

  /// Where the elements are equal.
  public func isEqual(to other: NDArray) -> NDArray { compared(HK_EQUAL, with: other, "==") }
  /// Where the elements are less than others.
  public func isLess(than other: NDArray) -> NDArray { compared(HK_LESS, with: other, "<") }
  /// Where the elements are not greater than others.
  public func isLessOrEqual(to other: NDArray) -> NDArray {
    compared(HK_LESS_OR_EQUAL, with: other, "<=")
  }

  /// Where the elements equal a number.
  public func isEqual(to value: Double) -> NDArray { isEqual(to: literal(value)) }
  /// Where the elements are less than a number.
  public func isLess(than value: Double) -> NDArray { isLess(than: literal(value)) }
  /// Where the elements are not greater than a number.
  public func isLessOrEqual(to value: Double) -> NDArray { isLessOrEqual(to: literal(value)) }

  private func truths() -> [Bool] { cast(to: .bool).scalars(as: Bool.self) }

  /// The opposite truth values.
  public func logicalNot() -> NDArray { NDArray(truths().map { !$0 }, shape: shape) }

  /// Where both are true.
  public func and(_ other: NDArray) -> NDArray { logical(other, "and") { $0 && $1 } }

  /// Where either is true.
  public func or(_ other: NDArray) -> NDArray { logical(other, "or") { $0 || $1 } }

  private func logical(
    _ other: NDArray, _ name: String, _ combine: (Bool, Bool) -> Bool
  ) -> NDArray {
    let shape = self.shape.broadcast(with: other.shape, for: name)
    let a = broadcast(to: shape).truths()
    let b = other.broadcast(to: shape).truths()
    return NDArray(zip(a, b).map { combine($0, $1) }, shape: shape)
  }

  /// Whether every element is true, or other than 0.
  public func allTrue() -> Bool { truths().allSatisfy { $0 } }

  /// Whether no element is infinite or NaN.
  public var isFiniteEverywhere: Bool {
    switch dtype {
    case .bool, .int64: true
    case .float32:
      unsafe contiguous().withElements(as: Float.self) { unsafe $0.allSatisfy(\.isFinite) }
    case .float64:
      unsafe contiguous().withElements(as: Double.self) { unsafe $0.allSatisfy(\.isFinite) }
    case .complex64, .complex128:
      realPart().isFiniteEverywhere && imaginaryPart().isFiniteEverywhere
    }
  }

  /// Elements of `a` where `condition` is true, of `b` elsewhere; all three broadcast.
  public static func select(_ condition: NDArray, _ a: NDArray, _ b: NDArray) -> NDArray {
    let type = a.dtype.promoted(with: b.dtype)
    let shape = a.shape.broadcast(with: b.shape, for: "where")
      .broadcast(with: condition.shape, for: "where")
    let truths = condition.broadcast(to: shape).truths()
    let x = a.cast(to: type).broadcast(to: shape).contiguous()
    let y = b.cast(to: type).broadcast(to: shape).contiguous()
    let size = type.byteCount
    return unsafe .make(shape, type) { target in
      for (index, isTrue) in truths.enumerated() {
        unsafe (target + index * size).copyMemory(
          from: (isTrue ? x : y).pointer + index * size, byteCount: size)
      }
    }
  }

  /// Whether shapes agree and every element is within `tolerance` of the other array's: NaN equals nothing.
  public func isClose(to other: NDArray, within tolerance: Double) -> Bool {
    guard shape == other.shape else { return false }
    let type = dtype.promoted(with: other.dtype).promoted(with: .float64)
    let difference = (cast(to: type) - other.cast(to: type)).absoluteValue()
    return difference.isLessOrEqual(to: tolerance).allTrue()
  }
}
