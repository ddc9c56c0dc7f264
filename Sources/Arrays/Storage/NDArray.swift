import CArrayKernels
package import Compute

/// A rectangular array of numbers of one kind.
///
/// A value: what is done to one array never shows in another. Views (slices, transposes, reshapes of
/// contiguous arrays) share storage without copies; storage is never written while it is shared.
public struct NDArray: Sendable {
  /// The bytes, shared among views.
  package var storage: AlignedBuffer
  /// The place of the first element, in elements.
  package let offset: Int
  /// The lengths of the axes.
  public let shape: Shape
  /// The distances between neighbours along each axis, in elements.
  package let strides: SIMD8<Int>
  /// The kind of number.
  public let dtype: DType

  package init(
    storage: AlignedBuffer, offset: Int, shape: Shape, strides: SIMD8<Int>, dtype: DType
  ) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
    self.dtype = dtype
  }

  /// A new contiguous array whose elements are not set yet: whoever makes it fills it.
  package init(uninitialized shape: Shape, _ dtype: DType) {
    self.init(
      storage: AlignedBuffer(byteCount: shape.count * dtype.byteCount), offset: 0, shape: shape,
      strides: shape.contiguousStrides, dtype: dtype)
  }

  /// A new contiguous array that `fill` writes: the pointer is at the first of `shape.count` elements.
  package static func make(
    _ shape: Shape, _ dtype: DType, fill: (UnsafeMutableRawPointer) -> Void
  ) -> NDArray {
    let result = NDArray(uninitialized: shape, dtype)
    unsafe fill(result.storage.pointer)
    return result
  }

  /// The number of axes.
  public var rank: Int { shape.rank }
  /// The number of elements.
  public var count: Int { shape.count }

  /// Whether the elements lie next to each other in row-major order.
  public var isContiguous: Bool {
    var step = 1
    for axis in stride(from: rank - 1, through: 0, by: -1) {
      if shape[axis] != 1 && strides[axis] != step { return false }
      step *= shape[axis]
    }
    return true
  }

  /// The first element of this view; it lives as long as the storage.
  package var pointer: UnsafeMutableRawPointer {
    unsafe storage.pointer + offset * dtype.byteCount
  }

  /// The same elements next to each other: the array itself if they already are.
  public func contiguous() -> NDArray {
    isContiguous ? self : copied()
  }

  /// A copy with storage of its own.
  public func copied() -> NDArray {
    unsafe .make(shape, dtype) { target in
      var lengths = SIMD8<Int64>(repeating: 0)
      var steps = SIMD8<Int64>(repeating: 0)
      for axis in 0..<rank {
        lengths[axis] = Int64(shape[axis])
        steps[axis] = Int64(strides[axis])
      }
      unsafe withUnsafePointer(to: &lengths) { lengths in
        unsafe withUnsafePointer(to: &steps) { steps in
          unsafe hk_copy_strided(
            pointer, UnsafeRawPointer(lengths).assumingMemoryBound(to: Int64.self),
            UnsafeRawPointer(steps).assumingMemoryBound(to: Int64.self), Int32(rank),
            Int64(dtype.byteCount), target)
        }
      }
    }
  }

  /// Calls `body` with the elements of a contiguous array as numbers of type `Element`.
  ///
  /// - Precondition: The array is contiguous and `Element` has the size of its type.
  package func withElements<Element, Result>(
    as _: Element.Type, _ body: (UnsafeBufferPointer<Element>) -> Result
  ) -> Result {
    precondition(
      isContiguous && MemoryLayout<Element>.stride == dtype.byteCount,
      "elements of \(dtype) are not \(Element.self)")
    return unsafe body(
      UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Element.self), count: count))
  }
}
