import Arrays

// Sums, means, extremes and variances over axes.

extension Operation {
  static let sum = Operation("sum") { d in d.pass(d.stretchedUpstream(), to: 0) }

  static let mean = Operation("mean") { d in
    d.pass((d.upstream * d.number).stretched(over: d.axes, to: d.shape(of: 0)), to: 0)
  }

  static let sumToShape = Operation("sumToShape") { d in
    d.pass(d.upstream.expand(to: d.shape(of: 0)), to: 0)
  }

  // Elements that are equal and extreme share the gradient evenly.
  static let extreme = Operation("max") { d in
    let (input, axes) = (d.first, d.axes)
    let isExtreme = input.array.isEqual(
      to: d.second.detach().stretched(over: axes, to: input.shape).array
    ).cast(to: d.upstream.dtype)
    let share = isExtreme / isExtreme.sum(axes: axes.array, keepingAxes: true)
    d.pass(d.stretchedUpstream() * Tensor(share), to: 0)
  }
}

extension Derivation {
  fileprivate func stretchedUpstream() -> Tensor {
    upstream.stretched(over: axes, to: shape(of: 0))
  }
}

extension Tensor {
  /// A result reduced over `axes` of `shape`, whether these were kept or not, repeated along them.
  fileprivate func stretched(over axes: AxisList, to shape: Shape) -> Tensor {
    if rank == shape.rank { return expand(to: shape) }
    var kept = shape
    for index in 0..<axes.count { kept[axes[index]] = 1 }
    return reshape(to: kept).expand(to: shape)
  }

  /// The axes of a reduction, all of them for nil, counted from 0.
  private func resolved(_ axes: [Int]?) -> AxisList {
    guard let axes else { return AxisList(0..<rank) }
    return AxisList(axes.map { shape.resolved($0) })
  }

  /// The number of elements along `axes`.
  private func length(of axes: AxisList) -> Int {
    var product = 1
    for index in 0..<axes.count { product *= shape[axes[index]] }
    return product
  }

  /// The sum over axes, over all of them by default.
  ///
  /// - Parameters:
  ///   - axes: The axes to sum over; negative ones count from the last.
  ///   - keepingAxes: Whether these stay, with length 1.
  /// - Returns: A tensor of this shape without the axes, or with them at length 1.
  public func sum(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    Self.recorded(.sum, array.sum(axes: axes, keepingAxes: keepingAxes), self) {
      $0.axes = resolved(axes)
    }
  }

  /// The sum over one axis.
  public func sum(axis: Int, keepingAxes: Bool = false) -> Tensor {
    sum(axes: [axis], keepingAxes: keepingAxes)
  }

  /// The mean over axes, over all of them by default.
  public func mean(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    Self.recorded(.mean, array.mean(axes: axes, keepingAxes: keepingAxes), self) {
      let axes = resolved(axes)
      $0.axes = axes
      $0.number = 1 / Double(length(of: axes))
    }
  }

  /// The mean over one axis.
  public func mean(axis: Int, keepingAxes: Bool = false) -> Tensor {
    mean(axes: [axis], keepingAxes: keepingAxes)
  }

  /// The largest elements over axes, over all of them by default.
  ///
  /// Elements that are equal and largest share the gradient evenly, as in torch's amax.
  public func max(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    extreme(array.maximum(axes: axes, keepingAxes: keepingAxes), axes)
  }

  /// The smallest elements over axes, over all of them by default; equal ones share the gradient
  /// evenly.
  public func min(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    extreme(array.minimum(axes: axes, keepingAxes: keepingAxes), axes)
  }

  private func extreme(_ result: NDArray, _ axes: [Int]?) -> Tensor {
    Self.recorded(.extreme, result, self) {
      $0.axes = resolved(axes)
      $0.save(self, asInput: 0)
      $0.save(result, from: .output)
    }
  }

  /// The mean squared distance from the mean over axes, over all of them by default; real.
  ///
  /// - Parameters:
  ///   - axes: The axes to reduce; negative ones count from the last.
  ///   - unbiased: Divides by one less than the number of elements, as torch does.
  ///   - keepingAxes: Whether the axes stay, with length 1.
  /// - Returns: A tensor of this shape without the axes, or with them at length 1.
  public func variance(
    axes: [Int]? = nil, unbiased: Bool = true, keepingAxes: Bool = false
  ) -> Tensor {
    let number = length(of: resolved(axes)) - (unbiased ? 1 : 0)
    let distance = self - mean(axes: axes, keepingAxes: true)
    let square = dtype.isComplex ? (distance * distance.conj()).real() : distance.square()
    return square.sum(axes: axes, keepingAxes: keepingAxes) * (1 / Double(number))
  }

  /// The place of the first largest element along an axis, which disappears; int64, not
  /// differentiable.
  public func argmax(axis: Int = -1) -> Tensor { Tensor(array.argmax(axis: axis)) }

  /// The place of the first smallest element along an axis, which disappears; int64, not
  /// differentiable.
  public func argmin(axis: Int = -1) -> Tensor { Tensor(array.argmin(axis: axis)) }

  /// The sum over the axes that broadcasting from `shape` stretched.
  func sum(to shape: Shape) -> Tensor {
    Self.recorded(.sumToShape, array.sumToShape(shape), self)
  }

  /// A gradient made to fit the input that it belongs to: summed over the axes that were
  /// stretched, its real part if the input is real, in the input's type.
  func fitted(to shape: Shape, _ dtype: DType) -> Tensor {
    var fitted = self
    if fitted.dtype.isComplex && !dtype.isComplex { fitted = fitted.real() }
    if fitted.shape != shape { fitted = fitted.sum(to: shape) }
    if fitted.dtype != dtype { fitted = fitted.cast(to: dtype) }
    return fitted
  }
}
