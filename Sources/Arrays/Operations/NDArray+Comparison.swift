import CArrayKernels
import Compute

extension NDArray {
  private func compared(
    _ operation: hk_comparison, with other: NDArray, _ name: String
  ) -> NDArray {
    let type = commonType(with: other)
    let kernels = ArrayKernelTable.best
    require(kernels.has(operation, type), "\(name): complex numbers have no order")
    let shape = self.shape.broadcast(with: other.shape, for: name)
    let a = cast(to: type)
    let b = other.cast(to: type)
    return unsafe .make(shape, .bool) { target in
      guard shape.count > 0 else { return }
      let result = unsafe target.bindMemory(to: UInt8.self, capacity: shape.count)
      PairLayout(a, b, over: shape).forEachPart { part, inA, inB, start in
        unsafe part.withC { rank, lengths, stridesA, stridesB in
          unsafe hk_run_comparison_strided(
            kernels.table, operation, type.kernelType, rank, lengths, stridesA, stridesB,
            a.pointer + inA, b.pointer + inB, result + start)
        }
      }
    }
  }

  /// Where the elements are equal.
  public func isEqual(to other: NDArray) -> NDArray { compared(.equal, with: other, "==") }
  /// Where the elements are not equal.
  public func isNotEqual(to other: NDArray) -> NDArray { compared(.not_equal, with: other, "!=") }
  /// Where the elements are less than others.
  public func isLess(than other: NDArray) -> NDArray { compared(.less, with: other, "<") }
  /// Where the elements are less than or equal to others.
  public func isLessOrEqual(to other: NDArray) -> NDArray {
    compared(.less_equal, with: other, "<=")
  }
  /// Where the elements are greater than others.
  public func isGreater(than other: NDArray) -> NDArray { compared(.greater, with: other, ">") }
  /// Where the elements are greater than or equal to others.
  public func isGreaterOrEqual(to other: NDArray) -> NDArray {
    compared(.greater_equal, with: other, ">=")
  }

  /// Where the elements equal a number.
  public func isEqual(to value: Double) -> NDArray { isEqual(to: literal(value)) }
  /// Where the elements do not equal a number.
  public func isNotEqual(to value: Double) -> NDArray { isNotEqual(to: literal(value)) }
  /// Where the elements are less than a number.
  public func isLess(than value: Double) -> NDArray { isLess(than: literal(value)) }
  /// Where the elements are less than or equal to a number.
  public func isLessOrEqual(to value: Double) -> NDArray { isLessOrEqual(to: literal(value)) }
  /// Where the elements are greater than a number.
  public func isGreater(than value: Double) -> NDArray { isGreater(than: literal(value)) }
  /// Where the elements are greater than or equal to a number.
  public func isGreaterOrEqual(to value: Double) -> NDArray { isGreaterOrEqual(to: literal(value)) }

  /// The opposite truth values.
  public func logicalNot() -> NDArray { cast(to: .bool).mapped(.not, "not") }

  /// Where both are true, or other than 0.
  public func and(_ other: NDArray) -> NDArray {
    cast(to: .bool).combined(.and, with: other.cast(to: .bool), "and")
  }

  /// Where either is true, or other than 0.
  public func or(_ other: NDArray) -> NDArray {
    cast(to: .bool).combined(.or, with: other.cast(to: .bool), "or")
  }

  /// Where one is true, or other than 0, and the other is not.
  public func exclusiveOr(_ other: NDArray) -> NDArray {
    cast(to: .bool).combined(.xor, with: other.cast(to: .bool), "xor")
  }

  /// Elements of `a` where `condition` is true, of `b` elsewhere; all three broadcast.
  public static func select(_ condition: NDArray, _ a: NDArray, _ b: NDArray) -> NDArray {
    let type = a.commonType(with: b)
    let shape = a.shape.broadcast(with: b.shape, for: "where")
      .broadcast(with: condition.shape, for: "where")
    let truths = condition.cast(to: .bool).broadcast(to: shape).contiguous()
    let x = a.cast(to: type).broadcast(to: shape).contiguous()
    let y = b.cast(to: type).broadcast(to: shape).contiguous()
    let size = type.byteCount
    return unsafe .make(shape, type) { target in
      let choice = unsafe truths.pointer.assumingMemoryBound(to: UInt8.self)
      ElementwiseParts.forEach(shape.count) { start, count in
        unsafe hk_select(
          Int32(size), choice + start, x.pointer + start * size, y.pointer + start * size,
          target + start * size, Int64(count))
      }
    }
  }

  /// Whether no element is infinite or NaN.
  public var isFiniteEverywhere: Bool {
    switch dtype {
    case .bool, .int64: true
    default: contiguous().hasOnlyFiniteParts
    }
  }

  private var hasOnlyFiniteParts: Bool {
    let parts = dtype.isComplex ? 2 * count : count
    return unsafe hk_all_finite(
      ArrayKernelTable.best.table, dtype.realType.kernelType, pointer, Int64(parts)) != 0
  }

  /// Whether shapes agree and every element is within `tolerance` of the other array's: NaN equals nothing.
  public func isClose(to other: NDArray, within tolerance: Double) -> Bool {
    guard shape == other.shape else { return false }
    let type = dtype.promoted(with: other.dtype).promoted(with: .float64)
    let difference = (cast(to: type) - other.cast(to: type)).absoluteValue()
    // Equal infinities differ by NaN, and are close all the same.
    return difference.isLessOrEqual(to: tolerance).or(isEqual(to: other)).allTrue()
  }
}
