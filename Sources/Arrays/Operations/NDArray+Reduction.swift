import CArrayKernels

extension NDArray {
  /// The array as rows: the axes that are kept, then those that are reduced, each group merged.
  ///
  /// - Returns: A contiguous array of shape `[kept, reduced]`.
  private func rows(reducing axes: [Int]) -> NDArray {
    let kept = (0..<rank).filter { !axes.contains($0) }
    let reduced = axes.reduce(1) { $0 * shape[$1] }
    return permuted(kept + axes).reshaped(to: [reduced == 0 ? 0 : count / reduced, reduced])
  }

  private func resolvedAxes(_ axes: [Int]?) -> [Int] {
    (axes ?? Array(0..<rank)).map(shape.resolved).sorted()
  }

  /// The sum over axes, over all of them by default; truth values and integers give integers.
  ///
  /// Sums of floating point accumulate in double precision.
  public func sum(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    let axes = resolvedAxes(axes)
    let target = shape.reduced(over: axes, keepingAxes: keepingAxes)
    if axes.isEmpty { return self }
    switch dtype {
    case .bool, .int64:
      let values = cast(to: .int64).rows(reducing: axes).scalars(as: Int.self)
      let width = max(axes.reduce(1) { $0 * shape[$1] }, 1)
      let sums = (0..<target.count).map { row in
        values.isEmpty ? 0 : values[(row * width)..<((row + 1) * width)].reduce(0, &+)
      }
      return NDArray(sums, shape: target)
    case .complex64, .complex128:
      return .complex(
        real: realPart().sum(axes: axes, keepingAxes: keepingAxes),
        imaginary: imaginaryPart().sum(axes: axes, keepingAxes: keepingAxes))
    case .float32, .float64:
      return realSum(axes, target)
    }
  }

  private func realSum(_ axes: [Int], _ target: Shape) -> NDArray {
    let width = axes.reduce(1) { $0 * shape[$1] }
    if count == 0 { return .zeros(target, dtype: dtype) }
    let kernels = dtype.kernels
    // Leading axes of a contiguous array are summed where they lie, without moving anything.
    if axes == Array(0..<axes.count) && axes.count < rank && isContiguous {
      return unsafe .make(target, dtype) { out in
        unsafe kernels.sumColumns(pointer, Int64(width), Int64(count / width), out)
      }
    }
    let trailing = axes == Array((rank - axes.count)..<rank) && isContiguous
    let source = trailing ? self : rows(reducing: axes)
    return unsafe .make(target, dtype) { out in
      unsafe kernels.sumRows(source.pointer, Int64(count / width), Int64(width), out)
    }
  }

  /// The mean over axes, over all of them by default.
  public func mean(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    let source = dtype.isDifferentiable ? self : cast(to: .float32)
    let number = resolvedAxes(axes).reduce(1) { $0 * shape[$1] }
    return source.sum(axes: axes, keepingAxes: keepingAxes) / Double(number)
  }

  /// The mean square distance from the mean over axes; `unbiased` divides by one less than the number.
  public func variance(
    axes: [Int]? = nil, unbiased: Bool = true, keepingAxes: Bool = false
  ) -> NDArray {
    let number = resolvedAxes(axes).reduce(1) { $0 * shape[$1] }
    let distance = self - mean(axes: axes, keepingAxes: true)
    let square = (distance * distance.conjugate()).realPart()
    return square.sum(axes: axes, keepingAxes: keepingAxes) / Double(number - (unbiased ? 1 : 0))
  }

  /// The largest elements over axes and the places of the first ones among them.
  private func extremes(_ axes: [Int], negated: Bool, _ name: String) -> (NDArray, [Int64]) {
    precondition(!dtype.isComplex, "\(name): complex numbers have no order")
    precondition(
      axes.allSatisfy { shape[$0] > 0 }, "\(name): shape \(shape) has nothing along \(axes)")
    let real = dtype.isFloatingPoint ? self : cast(to: .float64)
    let source = (negated ? -real : real).rows(reducing: axes)
    var places = [Int64](repeating: 0, count: source.shape[0])
    let values = unsafe NDArray.make([source.shape[0]], source.dtype) { out in
      unsafe source.dtype.kernels.maximumRows(
        source.pointer, Int64(source.shape[0]), Int64(source.shape[1]), out, &places)
    }
    return (negated ? -values : values, places)
  }

  /// The largest elements over axes, over all of them by default; NaN where there is one.
  public func maximum(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    let axes = resolvedAxes(axes)
    return extremes(axes, negated: false, "max").0.cast(to: dtype)
      .reshaped(to: shape.reduced(over: axes, keepingAxes: keepingAxes))
  }

  /// The smallest elements over axes, over all of them by default; NaN where there is one.
  public func minimum(axes: [Int]? = nil, keepingAxes: Bool = false) -> NDArray {
    let axes = resolvedAxes(axes)
    return extremes(axes, negated: true, "min").0.cast(to: dtype)
      .reshaped(to: shape.reduced(over: axes, keepingAxes: keepingAxes))
  }

  /// The place of the first largest element along an axis.
  public func argmax(axis: Int = -1) -> NDArray { places(axis, negated: false, "argmax") }

  /// The place of the first smallest element along an axis.
  public func argmin(axis: Int = -1) -> NDArray { places(axis, negated: true, "argmin") }

  private func places(_ axis: Int, negated: Bool, _ name: String) -> NDArray {
    let axis = shape.resolved(axis)
    let (_, places) = extremes([axis], negated: negated, name)
    return NDArray(
      places.map { Int($0) }, shape: shape.reduced(over: [axis], keepingAxes: false))
  }

  /// The sum over the axes that broadcasting from `target` to this shape stretched.
  public func sumToShape(_ target: Shape) -> NDArray {
    if shape == target { return self }
    let extra = rank - target.rank
    let stretched = (0..<rank).filter { axis in
      axis < extra || (target[axis - extra] == 1 && shape[axis] != 1)
    }
    return (stretched.isEmpty ? self : sum(axes: stretched, keepingAxes: true)).reshaped(to: target)
  }

  /// Softmax along an axis: e^x / Σ e^x, computed from the distance to the largest.
  public func softmax(axis: Int = -1) -> NDArray { softmaxRows(axis, logarithm: false) }

  /// The logarithm of the softmax along an axis.
  public func logSoftmax(axis: Int = -1) -> NDArray { softmaxRows(axis, logarithm: true) }

  private func softmaxRows(_ axis: Int, logarithm: Bool) -> NDArray {
    precondition(dtype.isFloatingPoint, "softmax: numbers of \(dtype), expected floating point")
    let axis = shape.resolved(axis)
    if axis != rank - 1 {
      return transposed(axis, -1).softmaxRows(-1, logarithm: logarithm).transposed(axis, -1)
    }
    let source = contiguous()
    let columns = shape[axis]
    return unsafe .make(shape, dtype) { out in
      guard columns > 0 else { return }
      unsafe dtype.kernels.softmaxRows(
        source.pointer, Int64(count / columns), Int64(columns), out, logarithm ? 1 : 0)
    }
  }
}
