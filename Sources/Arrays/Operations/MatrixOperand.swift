import CArrayKernels
import COpenBLAS
import ComplexModule
import Compute
import RealModule

/// A matrix, or a batch of them, as BLAS takes it: rows next to each other, or columns.
struct MatrixOperand {
  let array: NDArray
  let isTransposed: Bool
  /// The distance of rows, or of columns where transposed, in elements.
  let leading: Int

  init(_ array: NDArray) {
    let strides = array.strides
    let rows = strides[array.rank - 2]
    let columns = strides[array.rank - 1]
    let height = array.shape[-2]
    let width = array.shape[-1]
    if (columns == 1 || width == 1) && (rows >= width || height == 1) {
      self.array = array
      isTransposed = false
      leading = height == 1 ? max(width, 1) : rows
    } else if (rows == 1 || height == 1) && (columns >= height || width == 1) {
      self.array = array
      isTransposed = true
      leading = width == 1 ? max(height, 1) : columns
    } else {
      self.array = array.copied()
      isTransposed = false
      leading = max(width, 1)
    }
  }

  /// The first element of matrix `index` of a batch that the leading axes stretch to.
  func matrix(_ index: Int, of batch: Shape) -> UnsafeRawPointer {
    var rest = index
    var offset = 0
    let lead = batch.rank - (array.rank - 2)
    if batch.rank > 0 {
      let strides = array.strides
      for axis in Swift.stride(from: batch.rank - 1, through: 0, by: -1) {
        let place = rest % batch[axis]
        rest /= batch[axis]
        if axis >= lead && array.shape[axis - lead] != 1 { offset += place * strides[axis - lead] }
      }
    }
    return unsafe UnsafeRawPointer(array.pointer + offset * array.dtype.byteCount)
  }
}

/// One product: `out[m, n] = a[m, k] · b[k, n]`.
@safe struct MatrixBlock {
  var m: Int
  var n: Int
  let k: Int
  var a: UnsafeRawPointer
  var b: UnsafeRawPointer
  var out: UnsafeMutableRawPointer

  /// OpenBLAS works on one thread, called from ours: a setting of the whole process, made once.
  private static let pinned: Void = openblas_set_num_threads(1)

  /// - Precondition: All lengths fit 31 bits, OpenBLAS's integers.
  func multiply(
    _ type: DType, _ left: MatrixOperand, _ right: MatrixOperand, outLeading: Int
  ) {
    if k == 0 {
      for row in 0..<m {
        unsafe (out + row * outLeading * type.byteCount).initializeMemory(
          as: UInt8.self, repeating: 0, count: n * type.byteCount)
      }
      return
    }
    if type == .int64 {
      unsafe hk_matmul_int64(
        a.assumingMemoryBound(to: Int64.self), b.assumingMemoryBound(to: Int64.self),
        out.assumingMemoryBound(to: Int64.self), Int64(m), Int64(n), Int64(outLeading), Int64(k))
      return
    }
    gemm(
      type, left.isTransposed ? CblasTrans : CblasNoTrans,
      right.isTransposed ? CblasTrans : CblasNoTrans, Int32(left.leading), Int32(right.leading),
      Int32(outLeading))
  }

  private func gemm(
    _ type: DType, _ transposeA: CBLAS_TRANSPOSE, _ transposeB: CBLAS_TRANSPOSE,
    _ leadingA: Int32, _ leadingB: Int32, _ leadingOut: Int32
  ) {
    _ = Self.pinned
    let (m, n, k) = (Int32(m), Int32(n), Int32(k))
    switch type {
    case .float32:
      unsafe cblas_sgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, 1, a.assumingMemoryBound(to: Float.self),
        leadingA, b.assumingMemoryBound(to: Float.self), leadingB, 0,
        out.assumingMemoryBound(to: Float.self), leadingOut)
    case .float64:
      unsafe cblas_dgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, 1, a.assumingMemoryBound(to: Double.self),
        leadingA, b.assumingMemoryBound(to: Double.self), leadingB, 0,
        out.assumingMemoryBound(to: Double.self), leadingOut)
    case .complex64:
      var one = Complex<Float>(1, 0)
      var zero = Complex<Float>(0, 0)
      unsafe cblas_cgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, &one, a, leadingA, b, leadingB, &zero,
        out, leadingOut)
    case .complex128:
      var one = Complex<Double>(1, 0)
      var zero = Complex<Double>(0, 0)
      unsafe cblas_zgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, &one, a, leadingA, b, leadingB, &zero,
        out, leadingOut)
    case .bool, .int64:
      stop("matmul: numbers of \(type) have products of their own")
    }
  }
}
