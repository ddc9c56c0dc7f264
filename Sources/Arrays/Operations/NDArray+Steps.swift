package import CArrayKernels

// Fused optimizer steps: one pass over a parameter, its gradient and its state.
extension NDArray {
  /// One step of stochastic gradient descent, in place; `buffer` holds the momentum.
  ///
  /// - Precondition: All arrays have this one's shape and type, of floating point.
  package mutating func stepSGD(_ options: hk_sgd, gradient: NDArray, buffer: inout NDArray?) {
    var options = options
    let gradient = checked(gradient)
    makeUnique()
    if options.momentum != 0 && buffer == nil {
      buffer = .zeros(shape, dtype: dtype)
      options.first = 1
    }
    let state = buffer == nil ? nil : unsafe Self.unique(&buffer, like: self)
    unsafe hk_step_sgd(
      ArrayKernelTable.best.table, dtype.kernelType, &options, pointer, gradient.pointer, state,
      Int64(count))
  }

  /// One step of Adam or AdamW, in place, with its two moments, and the largest second moment for
  /// amsgrad.
  ///
  /// - Precondition: All arrays have this one's shape and type, of floating point.
  package mutating func stepAdam(
    _ options: hk_adam, gradient: NDArray, first: inout NDArray, second: inout NDArray,
    largest: inout NDArray?
  ) {
    var options = options
    let gradient = checked(gradient)
    makeUnique()
    _ = checked(first)
    _ = checked(second)
    first.makeUnique()
    second.makeUnique()
    let maximum = largest == nil ? nil : unsafe Self.unique(&largest, like: self)
    unsafe hk_step_adam(
      ArrayKernelTable.best.table, dtype.kernelType, &options, pointer, gradient.pointer,
      first.pointer, second.pointer, maximum, Int64(count))
  }

  private static func unique(
    _ state: inout NDArray?, like parameter: NDArray
  ) -> UnsafeMutableRawPointer? {
    if let found = state { _ = parameter.checked(found) }
    state?.makeUnique()
    return unsafe state?.pointer
  }

  private func checked(_ other: NDArray) -> NDArray {
    require(
      other.shape == shape && other.dtype == dtype && dtype.isFloatingPoint,
      "optimizer step: \(other.shape) of \(other.dtype) for a parameter \(shape) of \(dtype)")
    return other.contiguous()
  }
}
