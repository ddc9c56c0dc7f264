import CArrayKernels
import Compute

extension NDArray {
  /// Gives the array storage that nobody else holds, contiguous and whole.
  package mutating func makeUnique() {
    if !isContiguous || !isUniquelyHeld() { self = copied() }
  }

  /// Whether no other array shares the storage.
  private mutating func isUniquelyHeld() -> Bool { isKnownUniquelyReferenced(&storage) }

  /// Adds another array of the same shape and type, in place where nobody else holds the storage.
  package mutating func addInPlace(_ other: NDArray) {
    guard
      other.shape == shape && other.dtype == dtype && dtype.isDifferentiable && isContiguous,
      isUniquelyHeld()
    else {
      self = self + other
      return
    }
    let source = other.contiguous()
    let type = dtype.kernelType
    let size = dtype.byteCount
    let target = unsafe pointer
    ElementwiseParts.forEach(count) { start, count in
      let place = unsafe target + start * size
      unsafe hk_run_binary(
        ArrayKernelTable.best.table, .add, type, .both, place, source.pointer + start * size,
        place, Int64(count))
    }
  }

  /// Adds `row`, of the length of the last axis, to each row; in place where nobody else holds the
  /// storage and the types agree.
  package mutating func addToRows(_ row: NDArray) {
    guard
      row.dtype == dtype, dtype.isDifferentiable, isContiguous, row.rank == 1, rank >= 1,
      row.count == shape[-1], count > 0
    else {
      self = self + row
      return
    }
    makeUnique()
    let addend = row.contiguous()
    let width = row.count
    let size = width * dtype.byteCount
    let type = dtype.kernelType
    for index in 0..<(count / width) {
      let target = unsafe pointer + index * size
      unsafe hk_run_binary(
        ArrayKernelTable.best.table, .add, type, .both, target, addend.pointer, target,
        Int64(width))
    }
  }
}
