extension NDArray {
  private func checkedIndices(_ indices: NDArray, below bound: Int, _ name: String) -> [Int] {
    precondition(
      indices.dtype == .int64, "\(name): indices of \(indices.dtype), expected int64")
    let values = indices.scalars(as: Int.self)
    for value in values {
      precondition(
        value >= 0 && value < bound, "\(name): index \(value), expected 0..<\(bound)")
    }
    return values
  }

  /// For every place of `indices`, the place in this array whose coordinate along `axis` is the index.
  private func places(_ indices: NDArray, _ axis: Int, _ name: String) -> [Int] {
    precondition(
      indices.rank == rank
        && (0..<rank).allSatisfy { $0 == axis || indices.shape[$0] <= shape[$0] },
      "\(name): indices of shape \(indices.shape) for an array of shape \(shape), axis \(axis)")
    let values = checkedIndices(indices, below: shape[axis], name)
    let steps = shape.contiguousStrides
    var result: [Int] = []
    result.reserveCapacity(values.count)
    var coordinates = [Int](repeating: 0, count: rank)
    for value in values {
      var place = value * steps[axis]
      for other in 0..<rank where other != axis { place += coordinates[other] * steps[other] }
      result.append(place)
      for other in stride(from: rank - 1, through: 0, by: -1) {
        coordinates[other] += 1
        if coordinates[other] < indices.shape[other] { break }
        coordinates[other] = 0
      }
    }
    return result
  }

  /// Elements picked along an axis by an array of indices of the result's shape, as torch's gather:
  /// `out[i][j] = self[indices[i][j]][j]` for axis 0 of two.
  public func gathered(axis: Int, indices: NDArray) -> NDArray {
    let axis = shape.resolved(axis)
    let places = places(indices, axis, "gather")
    let source = contiguous()
    let size = dtype.byteCount
    return unsafe .make(indices.shape, dtype) { target in
      for (index, place) in places.enumerated() {
        unsafe (target + index * size).copyMemory(
          from: source.pointer + place * size, byteCount: size)
      }
    }
  }

  /// This array with the elements of `source` added where ``gathered(axis:indices:)`` would have taken
  /// them from, in order.
  public func scatterAdded(axis: Int, indices: NDArray, source: NDArray) -> NDArray {
    let axis = shape.resolved(axis)
    precondition(
      source.shape == indices.shape,
      "scatter: source of shape \(source.shape), indices of shape \(indices.shape)")
    return adding(source.cast(to: dtype), at: places(indices, axis, "scatter"))
  }

  private func adding(_ source: NDArray, at places: [Int]) -> NDArray {
    let result = copied()
    switch dtype {
    case .float32: result.add(source.scalars(as: Float.self), at: places)
    case .float64: result.add(source.scalars(as: Double.self), at: places)
    case .int64: result.add(source.scalars(as: Int.self), at: places)
    case .complex64, .complex128:
      return .complex(
        real: realPart().adding(source.realPart(), at: places),
        imaginary: imaginaryPart().adding(source.imaginaryPart(), at: places))
    case .bool: preconditionFailure("scatter: truth values cannot be added")
    }
    return result
  }

  private func add<Element: ArrayElement & AdditiveArithmetic>(
    _ values: [Element], at places: [Int]
  ) {
    let target = unsafe pointer.assumingMemoryBound(to: Element.self)
    for (value, place) in zip(values, places) { unsafe target[place] += value }
  }

  /// Slices picked along an axis by a list of indices.
  public func selecting(axis: Int = 0, indices: NDArray) -> NDArray {
    let axis = shape.resolved(axis)
    precondition(indices.rank == 1, "select: indices of shape \(indices.shape), expected one axis")
    let values = checkedIndices(indices, below: shape[axis], "select")
    var target = shape
    target[axis] = values.count
    let outer = (0..<axis).reduce(1) { $0 * shape[$1] }
    let block = ((axis + 1)..<max(rank, axis + 1)).reduce(1) { $0 * shape[$1] } * dtype.byteCount
    let source = contiguous()
    let length = shape[axis]
    return unsafe .make(target, dtype) { out in
      for place in 0..<outer {
        for (row, value) in values.enumerated() {
          unsafe (out + (place * values.count + row) * block).copyMemory(
            from: source.pointer + (place * length + value) * block, byteCount: block)
        }
      }
    }
  }

  /// Slices picked along an axis by a list of indices.
  public func selecting(axis: Int = 0, indices: [Int]) -> NDArray {
    selecting(axis: axis, indices: NDArray(indices))
  }

  /// This array with the slices of `source` added to those that a list of indices names.
  public func adding(at indices: NDArray, axis: Int = 0, _ source: NDArray) -> NDArray {
    let axis = shape.resolved(axis)
    precondition(
      indices.rank == 1 && source.rank == rank && source.shape[axis] == indices.count,
      "add at indices: \(indices.shape) indices, source of shape \(source.shape)")
    var lengths = Array(repeating: 1, count: rank)
    lengths[axis] = indices.count
    return scatterAdded(
      axis: axis, indices: indices.reshaped(lengths).broadcast(to: source.shape), source: source)
  }
}
