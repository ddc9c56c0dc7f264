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
  /// The distances of a layout that is not contiguous; zeros for one that is.
  private let looseStrides: AxisNumbers
  /// The kind of number.
  public let dtype: DType
  /// Whether the elements lie next to each other in row-major order.
  public let isContiguous: Bool

  /// A view of `storage`: element `i` lies at `offset + Σ i[axis] · strides[axis]`, in elements.
  package init(
    storage: AlignedBuffer, offset: Int, shape: Shape, strides: AxisNumbers, dtype: DType
  ) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.dtype = dtype
    var step = 1
    var isContiguous = true
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) {
      let length = shape[axis]
      if length != 1 && strides[axis] != step { isContiguous = false }
      step *= length
    }
    self.isContiguous = isContiguous || shape.count == 0
    looseStrides = self.isContiguous ? AxisNumbers() : strides
  }

  /// The elements of `storage` from `offset` on, row by row.
  @inline(__always)
  package init(storage: AlignedBuffer, offset: Int, shape: Shape, dtype: DType) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.dtype = dtype
    isContiguous = true
    looseStrides = AxisNumbers()
  }

  /// A new contiguous array whose elements are not set yet: whoever makes it fills it.
  @inline(__always)
  package init(uninitialized shape: Shape, _ dtype: DType) {
    self.init(
      storage: AlignedBuffer(byteCount: Self.byteCount(shape, dtype)), offset: 0, shape: shape,
      dtype: dtype)
  }

  /// A new contiguous array that `fill` writes: the pointer is at the first of `shape.count` elements.
  @inline(__always)
  package static func make(
    _ shape: Shape, _ dtype: DType, fill: (UnsafeMutableRawPointer) -> Void
  ) -> NDArray {
    let result = NDArray(uninitialized: shape, dtype)
    unsafe fill(result.storage.pointer)
    return result
  }

  /// The bytes of an array.
  ///
  /// - Precondition: The number fits 63 bits.
  static func byteCount(_ shape: Shape, _ dtype: DType) -> Int {
    let (bytes, overflow) = shape.count.multipliedReportingOverflow(by: dtype.byteCount)
    require(!overflow, "an array of shape \(shape) of \(dtype) has more than 2^63 bytes")
    return bytes
  }

  /// The distances between neighbours along each axis, in elements.
  package var strides: AxisNumbers { isContiguous ? shape.contiguousStrides : looseStrides }

  /// The number of axes.
  public var rank: Int { shape.rank }
  /// The number of elements.
  public var count: Int { shape.count }

  /// The first element of this view; it lives as long as the storage.
  package var pointer: UnsafeMutableRawPointer {
    @inline(__always) get { unsafe storage.pointer + offset &* dtype.byteCount }
  }

  /// The same elements next to each other: the array itself if they already are.
  public func contiguous() -> NDArray {
    isContiguous ? self : copied()
  }

  /// A copy with storage of its own.
  public func copied() -> NDArray {
    unsafe .make(shape, dtype) { unsafe copyElements(to: $0) }
  }

  /// Writes the elements, row by row, to `target`.
  package func copyElements(to target: UnsafeMutableRawPointer) {
    if isContiguous {
      unsafe target.copyMemory(from: pointer, byteCount: count * dtype.byteCount)
    } else {
      unsafe copyElements(to: target, shape.contiguousStrides)
    }
  }

  /// Writes the elements to places whose distances along the axes are `steps`, in elements; there is
  /// at least one element.
  func copyElements(to target: UnsafeMutableRawPointer, _ steps: AxisNumbers) {
    let size = dtype.byteCount
    let from = strides.scaled(by: size)
    let to = steps.scaled(by: size)
    unsafe shape.withLengths { lengths in
      unsafe from.withPointer { from in
        unsafe to.withPointer { to in
          unsafe hk_copy_strided(Int32(size), Int32(rank), lengths, from, to, pointer, target)
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
    require(
      isContiguous && MemoryLayout<Element>.stride == dtype.byteCount,
      "elements of \(dtype) are not \(Element.self)")
    return unsafe body(
      UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Element.self), count: count))
  }
}
