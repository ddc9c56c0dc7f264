import Compute

extension NDArray {
  /// A view of the same storage.
  private func view(_ shape: Shape, _ strides: AxisNumbers, offset: Int) -> NDArray {
    NDArray(storage: storage, offset: offset, shape: shape, strides: strides, dtype: dtype)
  }

  /// The same elements in another shape; one length may be -1, which stands for what is left.
  ///
  /// Contiguous arrays are viewed, others copied.
  ///
  /// - Precondition: The number of elements is the same.
  public func reshaped(_ lengths: [Int]) -> NDArray {
    var lengths = lengths
    if let open = lengths.firstIndex(of: -1) {
      let known = lengths.enumerated().reduce(1) { $1.offset == open ? $0 : $0 * $1.element }
      require(
        known > 0 && count % known == 0,
        "reshape: \(shape) has \(count) elements, which do not fit \(lengths)")
      lengths[open] = count / known
    }
    return reshaped(to: Shape(lengths))
  }

  /// The same elements in another shape.
  ///
  /// - Precondition: The number of elements is the same.
  public func reshaped(to shape: Shape) -> NDArray {
    require(
      shape.count == count,
      "reshape: \(self.shape) has \(count) elements, \(shape) has \(shape.count)")
    let source = contiguous()
    return NDArray(storage: source.storage, offset: source.offset, shape: shape, dtype: dtype)
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this array.
  ///
  /// - Precondition: Each axis is named once.
  public func permuted(_ order: [Int]) -> NDArray {
    require(
      order.count == rank && AxisSet(order, of: shape).count == rank,
      "permute: \(order) is no order of the axes of \(shape)")
    return reordered { shape.resolved(order[$0]) }
  }

  /// The axes in the order that `source` gives: all of them, each once.
  func reordered(_ source: (Int) -> Int) -> NDArray {
    let old = self.strides
    var strides = AxisNumbers()
    for axis in 0..<rank { strides[axis] = old[source(axis)] }
    return view(Shape(rank: rank) { shape[source($0)] }, strides, offset: offset)
  }

  /// Two axes exchanged; the last two by default.
  public func transposed(_ a: Int = -2, _ b: Int = -1) -> NDArray {
    let a = shape.resolved(a)
    let b = shape.resolved(b)
    return reordered { $0 == a ? b : $0 == b ? a : $0 }
  }

  /// The array stretched to a shape it broadcasts to, without a copy.
  ///
  /// - Precondition: Axes, matched from the last one, have equal lengths or this array's is 1.
  public func broadcast(to target: Shape) -> NDArray {
    if target == shape { return self }
    let lead = target.rank - rank
    require(lead >= 0, "expand: shape \(shape) has more axes than \(target)")
    let old = self.strides
    var strides = AxisNumbers()
    for axis in 0..<rank {
      let length = shape[axis]
      require(
        length == 1 || length == target[axis + lead],
        "expand: shape \(shape) does not stretch to \(target): axis \(axis) has \(length)")
      strides[axis + lead] = length == 1 ? 0 : old[axis]
    }
    return view(target, strides, offset: offset)
  }

  /// The elements `range` of an axis, every `step`-th.
  ///
  /// - Precondition: The range lies within the axis, and `step` is positive.
  public func slice(axis: Int, _ range: Range<Int>, step: Int = 1) -> NDArray {
    let axis = shape.resolved(axis)
    require(
      range.lowerBound >= 0 && range.upperBound <= shape[axis] && step >= 1,
      "slice \(range) by \(step) of axis \(axis) of shape \(shape)")
    var shape = shape
    shape[axis] = (range.count + step - 1) / step
    var strides = strides
    let offset = offset + range.lowerBound * strides[axis]
    strides[axis] *= step
    return view(shape, strides, offset: offset)
  }

  /// The array at one place of an axis, which disappears.
  ///
  /// - Precondition: The place is in `0..<length`.
  public func select(axis: Int, _ index: Int) -> NDArray {
    let axis = shape.resolved(axis)
    require(
      index >= 0 && index < shape[axis],
      "index \(index) of axis \(axis) of shape \(shape): expected 0..<\(shape[axis])")
    return dropping(axis, offset: offset + index * strides[axis])
  }

  /// The array at one place of the first axis.
  public subscript(_ index: Int) -> NDArray { select(axis: 0, index) }

  /// The elements of a range of the first axis.
  public subscript(_ range: Range<Int>) -> NDArray { slice(axis: 0, range) }

  /// Without an axis of length 1.
  ///
  /// - Precondition: The axis has length 1.
  public func squeezed(_ axis: Int) -> NDArray {
    let axis = shape.resolved(axis)
    require(shape[axis] == 1, "squeeze: axis \(axis) of \(shape) has not length 1")
    return dropping(axis, offset: offset)
  }

  private func dropping(_ axis: Int, offset: Int) -> NDArray {
    let old = self.strides
    var strides = AxisNumbers()
    for place in 0..<(rank - 1) { strides[place] = old[place < axis ? place : place + 1] }
    let shape = Shape(rank: rank - 1) { self.shape[$0 < axis ? $0 : $0 + 1] }
    return view(shape, strides, offset: offset)
  }

  /// With an axis of length 1 before axis `axis`; -1 adds it after the last.
  ///
  /// - Precondition: The array has at most seven axes, and `axis` is in `-rank - 1...rank`.
  public func unsqueezed(_ axis: Int) -> NDArray {
    let axis = axis < 0 ? axis + rank + 1 : axis
    require(
      axis >= 0 && axis <= rank && rank < Shape.rankLimit, "unsqueeze: axis \(axis) of \(shape)")
    let old = self.strides
    var strides = AxisNumbers()
    for place in 0..<rank { strides[place < axis ? place : place + 1] = old[place] }
    let shape = Shape(rank: rank + 1) { place in
      place == axis ? 1 : self.shape[place < axis ? place : place - 1]
    }
    return view(shape, strides, offset: offset)
  }

  /// Zeros of shape `target` with this array in them: its element `i` along an axis lies at
  /// `start + i·step`.
  ///
  /// - Precondition: One start and one step for each axis, and room for all elements.
  package func placed(in target: Shape, at places: [(start: Int, step: Int)]) -> NDArray {
    require(
      rank == target.rank && places.count == rank,
      "place: an array of shape \(shape) in one of shape \(target)")
    let result = NDArray.zeros(target, dtype: dtype)
    let whole = result.strides
    var steps = AxisNumbers()
    var first = 0
    for (axis, place) in places.enumerated() {
      let end = place.start + (shape[axis] - 1) * place.step
      require(
        place.start >= 0 && place.step >= 1 && (shape[axis] == 0 || end < target[axis]),
        "place: axis \(axis) of shape \(shape) from \(place.start) by \(place.step) in \(target)")
      steps[axis] = whole[axis] * place.step
      first += place.start * whole[axis]
    }
    if count > 0 { unsafe copyElements(to: result.pointer + first * dtype.byteCount, steps) }
    return result
  }
}
