import Compute

extension NDArray {
  /// Arrays one after another along an axis, in their common type.
  ///
  /// - Precondition: There is at least one, and the other axes have equal lengths.
  public static func concatenate(_ arrays: [NDArray], axis: Int = 0) -> NDArray {
    guard let first = arrays.first else { stop("concatenate: no arrays") }
    let axis = first.shape.resolved(axis)
    let type = arrays.reduce(first.dtype) { $0.promoted(with: $1.dtype) }
    var shape = first.shape
    shape[axis] = 0
    for array in arrays {
      var other = array.shape
      require(
        other.rank == first.rank, "concatenate: shapes \(first.shape) and \(array.shape)")
      shape[axis] += other[axis]
      other[axis] = first.shape[axis]
      require(
        other == first.shape,
        "concatenate along axis \(axis): shapes \(first.shape) and \(array.shape) do not match")
    }
    // Blocks of the axes from `axis` on lie next to each other, once for each place before it.
    let outer = (0..<axis).reduce(1) { $0 * shape[$1] }
    let sources = arrays.map { $0.cast(to: type).contiguous() }
    let blocks = sources.map { outer == 0 ? 0 : $0.count / outer * type.byteCount }
    let stride = blocks.reduce(0, +)
    return unsafe .make(shape, type) { target in
      var start = 0
      for (source, block) in zip(sources, blocks) {
        for place in 0..<outer {
          unsafe (target + place * stride + start).copyMemory(
            from: source.pointer + place * block, byteCount: block)
        }
        start += block
      }
    }
  }

  /// Arrays of one shape along a new axis.
  ///
  /// - Precondition: There is at least one, and all have the same shape.
  public static func stack(_ arrays: [NDArray], axis: Int = 0) -> NDArray {
    concatenate(arrays.map { $0.unsqueezed(axis) }, axis: axis)
  }
}
