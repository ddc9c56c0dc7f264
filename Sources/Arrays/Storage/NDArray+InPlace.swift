import CArrayKernels
import Compute

extension NDArray {
  /// Gives the array storage that nobody else holds, contiguous and whole.
  package mutating func makeUnique() {
    if !isUniquelyHeld || !isContiguous { self = copied() }
  }

  /// Whether no other array shares the storage.
  private var isUniquelyHeld: Bool {
    mutating get { isKnownUniquelyReferenced(&storage) }
  }

  /// Adds another array of the same shape and type, in place where nobody else holds the storage.
  package mutating func addInPlace(_ other: NDArray) {
    guard
      other.shape == shape && other.dtype == dtype && dtype.isFloatingPoint && isContiguous,
      isUniquelyHeld
    else {
      self = self + other
      return
    }
    let source = other.contiguous()
    unsafe dtype.kernels.binary(
      Int32(HK_ADD), pointer, 1, source.pointer, 1, pointer, Int64(count))
  }
}
