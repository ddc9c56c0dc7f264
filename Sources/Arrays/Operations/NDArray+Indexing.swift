import CArrayKernels
import Compute

extension NDArray {
  private func checkedIndices(_ indices: NDArray, below bound: Int, _ name: String) -> [Int] {
    require(
      indices.dtype == .int64, "\(name): indices of \(indices.dtype), expected int64")
    let values = indices.scalars(as: Int.self)
    for value in values {
      require(
        value >= 0 && value < bound, "\(name): index \(value), expected 0..<\(bound)")
    }
    return values
  }

  private func checkPlaces(_ axis: Int, _ indices: NDArray, _ name: String) {
    require(
      indices.dtype == .int64, "\(name): indices of \(indices.dtype), expected int64")
    require(
      indices.rank == rank && rank > 0
        && (0..<rank).allSatisfy { $0 == axis || indices.shape[$0] <= shape[$0] },
      "\(name): indices of shape \(indices.shape) for an array of shape \(shape), axis \(axis)")
  }

  private func checkFound(_ bad: Int64, _ indices: NDArray, _ axis: Int, _ name: String) {
    guard bad >= 0 else { return }
    let value = indices.scalars(as: Int.self)[Int(bad)]
    stop(
      "\(name): index \(value) along axis \(axis) of shape \(shape), expected 0..<\(shape[axis])")
  }

  /// Elements picked along an axis by an array of indices of the result's shape, as torch's gather:
  /// `out[i][j] = self[indices[i][j]][j]` for axis 0 of two.
  ///
  /// - Precondition: The indices are int64, lie in the axis, and their other axes are no longer than this
  ///   array's.
  public func gathered(axis: Int, indices: NDArray) -> NDArray {
    let axis = shape.resolved(axis)
    checkPlaces(axis, indices, "gather")
    let indices = indices.contiguous()
    let steps = strides.scaled(by: dtype.byteCount)
    return unsafe .make(indices.shape, dtype) { target in
      let bad = unsafe indices.shape.withLengths { lengths in
        unsafe steps.withPointer { steps in
          unsafe hk_gather(
            Int32(dtype.byteCount), Int32(rank), lengths, steps, Int32(axis), Int64(shape[axis]),
            indices.pointer.assumingMemoryBound(to: Int64.self), pointer, target)
        }
      }
      checkFound(bad, indices, axis, "gather")
    }
  }

  /// This array with the elements of `source` added where ``gathered(axis:indices:)`` would have taken
  /// them from, in order.
  ///
  /// - Precondition: As for gathering; `source` has the shape of the indices.
  public func scatterAdded(axis: Int, indices: NDArray, source: NDArray) -> NDArray {
    let axis = shape.resolved(axis)
    require(
      source.shape == indices.shape,
      "scatter: source of shape \(source.shape), indices of shape \(indices.shape)")
    require(dtype != .bool, "scatter: truth values cannot be added")
    checkPlaces(axis, indices, "scatter")
    let result = copied()
    let indices = indices.contiguous()
    let source = source.cast(to: dtype).contiguous()
    let steps = result.strides.scaled(by: dtype.byteCount)
    let bad = unsafe indices.shape.withLengths { lengths in
      unsafe steps.withPointer { steps in
        unsafe hk_scatter_add(
          dtype.kernelType, Int32(rank), lengths, steps, Int32(axis), Int64(shape[axis]),
          indices.pointer.assumingMemoryBound(to: Int64.self), source.pointer, result.pointer)
      }
    }
    checkFound(bad, indices, axis, "scatter")
    return result
  }

  /// Slices picked along an axis by a list of indices.
  ///
  /// - Precondition: The indices are int64, of one axis, and lie in this array's.
  public func selecting(axis: Int = 0, indices: NDArray) -> NDArray {
    require(indices.rank == 1, "select: indices of shape \(indices.shape), expected one axis")
    let axis = shape.resolved(axis)
    return selecting(axis, checkedIndices(indices, below: shape[axis], "select"))
  }

  /// Slices picked along an axis by a list of indices.
  ///
  /// - Precondition: The indices lie in the axis.
  public func selecting(axis: Int = 0, indices: [Int]) -> NDArray {
    let axis = shape.resolved(axis)
    for index in indices {
      require(
        index >= 0 && index < shape[axis], "select: index \(index), expected 0..<\(shape[axis])")
    }
    return selecting(axis, indices)
  }

  private func selecting(_ axis: Int, _ indices: [Int]) -> NDArray {
    var target = shape
    target[axis] = indices.count
    let outer = (0..<axis).reduce(1) { $0 * shape[$1] }
    let block = ((axis + 1)..<max(rank, axis + 1)).reduce(1) { $0 * shape[$1] } * dtype.byteCount
    let source = contiguous()
    let length = shape[axis]
    return unsafe .make(target, dtype) { out in
      for place in 0..<outer {
        for (row, index) in indices.enumerated() {
          unsafe (out + (place * indices.count + row) * block).copyMemory(
            from: source.pointer + (place * length + index) * block, byteCount: block)
        }
      }
    }
  }

  /// This array with the slices of `source` added to those that a list of indices names.
  ///
  /// - Precondition: One index for each slice; the other axes of `source` are this array's.
  public func adding(at indices: NDArray, axis: Int = 0, _ source: NDArray) -> NDArray {
    let axis = shape.resolved(axis)
    require(
      indices.rank == 1 && source.rank == rank && source.shape[axis] == indices.count,
      "add at indices: \(indices.shape) indices, source of shape \(source.shape)")
    let lengths = Shape(rank: rank) { $0 == axis ? indices.count : 1 }
    return scatterAdded(
      axis: axis, indices: indices.reshaped(to: lengths).broadcast(to: source.shape),
      source: source)
  }
}
