import CArrayKernels
import Compute

/// How a reduction walks through a contiguous array: as [outer, reduced, inner], over the middle axis.
struct ReductionLayout {
  let source: NDArray
  let outer: Int
  let reduced: Int
  let inner: Int

  /// Axes that follow each other are reduced where they lie; otherwise the array is copied with the
  /// reduced axes last.
  init(_ array: NDArray, over axes: AxisSet) {
    let shape = array.shape
    var outer = 1
    var reduced = 1
    var inner = 1
    var isOneBlock = array.isContiguous
    for axis in 0..<shape.rank where shape[axis] != 1 {
      if axes.contains(axis) {
        if inner != 1 { isOneBlock = false }
        reduced *= shape[axis]
      } else if reduced != 1 {
        inner *= shape[axis]
      } else {
        outer *= shape[axis]
      }
    }
    if isOneBlock {
      source = array
      (self.outer, self.reduced, self.inner) = (outer, reduced, inner)
      return
    }
    var order = AxisNumbers()
    var place = 0
    for axis in 0..<shape.rank where !axes.contains(axis) {
      order[place] = axis
      place += 1
    }
    for axis in 0..<shape.rank where axes.contains(axis) {
      order[place] = axis
      place += 1
    }
    source = array.reordered { order[$0] }.contiguous()
    self.reduced = reduced
    self.outer = outer * inner
    self.inner = 1
  }
}

extension NDArray {
  private func reduced(
    _ operation: hk_reduction, _ axes: AxisSet, keepingAxes: Bool, result: DType
  ) -> NDArray {
    let target = shape.reduced(over: axes, keepingAxes: keepingAxes)
    let layout = ReductionLayout(self, over: axes)
    let type = dtype.kernelType
    let block = layout.reduced * layout.inner
    let outer = layout.outer
    return unsafe .make(target, result) { out in
      guard target.count > 0 else { return }
      let rows = max(1, ElementwiseParts.size / max(block, 1))
      ElementwiseParts.forEachPart(of: outer, by: rows) { start, count in
        unsafe hk_run_reduction(
          ArrayKernelTable.best.table, operation, type,
          layout.source.pointer + start * block * dtype.byteCount,
          out + start * layout.inner * result.byteCount, Int64(count), Int64(layout.reduced),
          Int64(layout.inner))
      }
    }
  }

  /// The number of elements that fall into one.
  private func width(_ axes: AxisSet) -> Int {
    (0..<rank).reduce(1) { axes.contains($1) ? $0 * shape[$1] : $0 }
  }

  /// The sum over axes, over all of them by default; truth values and integers give integers.
  ///
  /// Sums of floating point accumulate in double precision.
  public func sum(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    if dtype == .bool { return cast(to: .int64).sum(axes: axes, keepingAxes: keepingAxes) }
    let set = AxisSet(axes, of: shape)
    if set.isEmpty { return self }
    if dtype.isFloatingPoint && isContiguous && set.count == rank && count > Self.sumPart {
      return sumOfParts(shape.reduced(over: set, keepingAxes: keepingAxes))
    }
    return reduced(.sum, set, keepingAxes: keepingAxes, result: dtype)
  }

  /// The elements of a part of a long sum.
  private static let sumPart = 1 << 16

  /// The sum of everything: of parts of one length, whatever the threads, then of their sums in order.
  private func sumOfParts(_ target: Shape) -> NDArray {
    let type = dtype.kernelType
    let parts = (count + Self.sumPart - 1) / Self.sumPart
    let sums = unsafe NDArray.make([parts], .float64) { out in
      let sums = unsafe out.bindMemory(to: Double.self, capacity: parts)
      ElementwiseParts.forEachPart(of: count, by: Self.sumPart) { start, count in
        unsafe sums[start / Self.sumPart] = hk_sum(
          ArrayKernelTable.best.table, type, pointer + start * dtype.byteCount, Int64(count))
      }
    }
    let total = unsafe hk_sum(
      ArrayKernelTable.best.table, .float64, sums.pointer, Int64(parts))
    return .full(target, total, dtype: dtype)
  }

  /// The product over axes, over all of them by default; real arrays only.
  public func product(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    require(!dtype.isComplex, "product: not defined for numbers of \(dtype)")
    let source = dtype == .bool ? cast(to: .int64) : self
    return source.reduced(
      .product, AxisSet(axes, of: shape), keepingAxes: keepingAxes, result: source.dtype)
  }

  /// The mean over axes, over all of them by default; float32 for integers.
  public func mean(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    let source = dtype.isDifferentiable ? self : cast(to: .float32)
    let number = width(AxisSet(axes, of: shape))
    return source.sum(axes: axes, keepingAxes: keepingAxes) / Double(number)
  }

  /// The mean square distance from the mean over axes; `unbiased` divides by one less than the number.
  public func variance(
    axes: [Int]? = nil, unbiased: Bool = true, keepingAxes: Bool = false
  ) -> NDArray {
    let number = width(AxisSet(axes, of: shape))
    let distance = self - mean(axes: axes, keepingAxes: true)
    let square =
      dtype.isComplex ? (distance * distance.conjugate()).realPart() : distance.squared()
    return square.sum(axes: axes, keepingAxes: keepingAxes) / Double(number - (unbiased ? 1 : 0))
  }

  private func extreme(
    _ operation: hk_reduction, _ axes: AxisSet, keepingAxes: Bool, _ name: String
  ) -> NDArray {
    require(!dtype.isComplex, "\(name): complex numbers have no order")
    for axis in 0..<rank where axes.contains(axis) {
      require(
        shape[axis] > 0, "\(name): axis \(axis) of shape \(shape) has no elements to choose from")
    }
    let isPlace = operation == .argmax || operation == .argmin
    return reduced(operation, axes, keepingAxes: keepingAxes, result: isPlace ? .int64 : dtype)
  }

  /// The largest elements over axes, over all of them by default; NaN where there is one.
  ///
  /// - Precondition: The axes have elements, and these are not complex.
  public func maximum(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    extreme(.maximum, AxisSet(axes, of: shape), keepingAxes: keepingAxes, "max")
  }

  /// The smallest elements over axes, over all of them by default; NaN where there is one.
  ///
  /// - Precondition: The axes have elements, and these are not complex.
  public func minimum(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    extreme(.minimum, AxisSet(axes, of: shape), keepingAxes: keepingAxes, "min")
  }

  /// The place of the first largest element along an axis; NaN counts as largest.
  public func argmax(axis: Int = -1, keepingAxes: Bool = false) -> NDArray {
    extreme(.argmax, AxisSet([axis], of: shape), keepingAxes: keepingAxes, "argmax")
  }

  /// The place of the first smallest element along an axis; NaN counts as smallest.
  public func argmin(axis: Int = -1, keepingAxes: Bool = false) -> NDArray {
    extreme(.argmin, AxisSet([axis], of: shape), keepingAxes: keepingAxes, "argmin")
  }

  /// Whether all elements over axes are true, or other than 0.
  public func all(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    let set = AxisSet(axes, of: shape)
    return cast(to: .bool).reduced(.all, set, keepingAxes: keepingAxes, result: .bool)
  }

  /// Whether any element over axes is true, or other than 0.
  public func any(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    let set = AxisSet(axes, of: shape)
    return cast(to: .bool).reduced(.any, set, keepingAxes: keepingAxes, result: .bool)
  }

  /// Whether every element is true, or other than 0.
  public func allTrue() -> Bool { all().scalars(as: Bool.self)[0] }

  /// The sum over the axes that broadcasting from `target` to this shape stretched.
  ///
  /// - Precondition: `target` broadcasts to this shape.
  public func sumToShape(_ target: Shape) -> NDArray {
    if shape == target { return self }
    let extra = rank - target.rank
    let stretched = (0..<rank).filter { axis in
      axis < extra || (target[axis - extra] == 1 && shape[axis] != 1)
    }
    return (stretched.isEmpty ? self : sum(axes: stretched, keepingAxes: true)).reshaped(to: target)
  }
}
