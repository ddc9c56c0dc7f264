import CArrayKernels

extension NDArray {
  /// Zeros of shape `target` with this array in them: its element `i` along an axis lies at
  /// `start + i·step`.
  ///
  /// - Precondition: One start and one step for each axis, and room for all elements.
  package func placed(in target: Shape, at places: [(start: Int, step: Int)]) -> NDArray {
    precondition(
      rank == target.rank && places.count == rank,
      "place: an array of shape \(shape) in one of shape \(target)")
    let result = NDArray.zeros(target, dtype: dtype)
    var lengths = SIMD8<Int64>(repeating: 0)
    var steps = SIMD8<Int64>(repeating: 0)
    var first = 0
    for (axis, place) in places.enumerated() {
      let end = place.start + (shape[axis] - 1) * place.step
      precondition(
        place.start >= 0 && (shape[axis] == 0 || end < target[axis]),
        "place: axis \(axis) of shape \(shape) from \(place.start) by \(place.step) in \(target)")
      lengths[axis] = Int64(shape[axis])
      steps[axis] = Int64(result.strides[axis] * place.step)
      first += place.start * result.strides[axis]
    }
    let source = contiguous()
    unsafe withUnsafePointer(to: &lengths) { lengths in
      unsafe withUnsafePointer(to: &steps) { steps in
        unsafe hk_place_strided(
          source.pointer, UnsafeRawPointer(lengths).assumingMemoryBound(to: Int64.self),
          UnsafeRawPointer(steps).assumingMemoryBound(to: Int64.self), Int32(rank),
          Int64(dtype.byteCount), result.pointer + first * dtype.byteCount)
      }
    }
    return result
  }

  /// Adds `row`, of the length of the last axis, to each row; in place where nobody else holds the
  /// storage and the types agree.
  package mutating func addToRows(_ row: NDArray) {
    guard
      row.dtype == dtype, dtype.isFloatingPoint, isContiguous, row.shape == [shape[-1]], count > 0
    else {
      self = self + row
      return
    }
    makeUnique()
    let addend = row.contiguous()
    let width = row.count
    let size = width * dtype.byteCount
    let kernels = dtype.kernels
    for index in 0..<(count / width) {
      let target = unsafe pointer + index * size
      unsafe kernels.binary(Int32(HK_ADD), target, 1, addend.pointer, 1, target, Int64(width))
    }
  }
}
