import Compute

extension NDArray {
  /// The same elements in another shape; one length may be -1, which stands for what is left.
  ///
  /// Contiguous arrays are viewed, others copied.
  ///
  /// - Precondition: The number of elements is the same.
  public func reshaped(_ lengths: [Int]) -> NDArray {
    var lengths = lengths
    if let open = lengths.firstIndex(of: -1) {
      let known = lengths.enumerated().reduce(1) { $1.offset == open ? $0 : $0 * $1.element }
      precondition(
        known != 0 && count % known == 0, "reshape: \(shape) does not fit \(lengths)")
      lengths[open] = count / max(known, 1)
    }
    return reshaped(to: Shape(lengths))
  }

  /// The same elements in another shape.
  ///
  /// - Precondition: The number of elements is the same.
  public func reshaped(to shape: Shape) -> NDArray {
    precondition(
      shape.count == count,
      "reshape: \(self.shape) has \(count) elements, \(shape) has \(shape.count)")
    let source = contiguous()
    return NDArray(
      storage: source.storage, offset: source.offset, shape: shape,
      strides: shape.contiguousStrides, dtype: dtype)
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this array.
  public func permuted(_ order: [Int]) -> NDArray {
    let order = order.map(shape.resolved)
    precondition(
      Set(order).count == rank && order.count == rank,
      "permute: \(order) is no order of the axes of \(shape)")
    var strides = SIMD8<Int>(repeating: 0)
    for (axis, source) in order.enumerated() { strides[axis] = self.strides[source] }
    return NDArray(
      storage: storage, offset: offset, shape: Shape(order.map { shape[$0] }), strides: strides,
      dtype: dtype)
  }

  /// Two axes exchanged; the last two by default.
  public func transposed(_ a: Int = -2, _ b: Int = -1) -> NDArray {
    var order = Array(0..<rank)
    order.swapAt(shape.resolved(a), shape.resolved(b))
    return permuted(order)
  }

  /// The array stretched to a shape it broadcasts to, without a copy.
  public func broadcast(to target: Shape) -> NDArray {
    if target == shape { return self }
    precondition(
      rank <= target.rank && shape.broadcast(with: target) == target,
      "expand: shape \(shape) does not stretch to \(target)")
    var strides = SIMD8<Int>(repeating: 0)
    for back in 1...max(rank, 1) where back <= rank && shape[rank - back] != 1 {
      strides[target.rank - back] = self.strides[rank - back]
    }
    return NDArray(
      storage: storage, offset: offset, shape: target, strides: strides, dtype: dtype)
  }

  /// The elements `range` of an axis, every `step`-th.
  public func slice(axis: Int, _ range: Range<Int>, step: Int = 1) -> NDArray {
    let axis = shape.resolved(axis)
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[axis] && step >= 1,
      "slice \(range) by \(step) of axis \(axis) of shape \(shape)")
    var shape = shape
    shape[axis] = (range.count + step - 1) / step
    var strides = strides
    strides[axis] *= step
    return NDArray(
      storage: storage, offset: offset + range.lowerBound * self.strides[axis], shape: shape,
      strides: strides, dtype: dtype)
  }

  /// The array at one place of an axis, which disappears.
  public func select(axis: Int, _ index: Int) -> NDArray {
    let axis = shape.resolved(axis)
    precondition(
      index >= 0 && index < shape[axis],
      "index \(index) of axis \(axis) of shape \(shape): expected 0..<\(shape[axis])")
    return slice(axis: axis, index..<(index + 1)).squeezed(axis)
  }

  /// The array at one place of the first axis.
  public subscript(_ index: Int) -> NDArray { select(axis: 0, index) }

  /// The elements of a range of the first axis.
  public subscript(_ range: Range<Int>) -> NDArray { slice(axis: 0, range) }

  /// Without an axis of length 1.
  public func squeezed(_ axis: Int) -> NDArray {
    let axis = shape.resolved(axis)
    precondition(shape[axis] == 1, "squeeze: axis \(axis) of \(shape) has not length 1")
    var order = Array(0..<rank)
    order.remove(at: axis)
    var strides = SIMD8<Int>(repeating: 0)
    for (place, source) in order.enumerated() { strides[place] = self.strides[source] }
    return NDArray(
      storage: storage, offset: offset, shape: Shape(order.map { shape[$0] }), strides: strides,
      dtype: dtype)
  }

  /// With an axis of length 1 before axis `axis`; -1 adds it after the last.
  public func unsqueezed(_ axis: Int) -> NDArray {
    let axis = axis < 0 ? axis + rank + 1 : axis
    precondition(axis >= 0 && axis <= rank, "unsqueeze: axis \(axis) of \(shape)")
    var lengths = shape.array
    lengths.insert(1, at: axis)
    var steps = (0..<rank).map { self.strides[$0] }
    steps.insert(0, at: axis)
    var strides = SIMD8<Int>(repeating: 0)
    for (place, step) in steps.enumerated() { strides[place] = step }
    return NDArray(
      storage: storage, offset: offset, shape: Shape(lengths), strides: strides, dtype: dtype)
  }
}
