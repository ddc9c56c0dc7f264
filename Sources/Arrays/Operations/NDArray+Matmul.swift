import COpenBLAS
import Compute

extension NDArray {
  /// OpenBLAS works on one thread, called from ours: a setting of the whole process, made once.
  private static let pinned: Void = openblas_set_num_threads(1)

  /// The matrix product over the last two axes; the axes before them broadcast.
  ///
  /// As torch: a vector on the left is a row, on the right a column, and its axis disappears. Both arrays
  /// are promoted to a common type of floating point or complex numbers. Transposed views cost no copy.
  ///
  /// - Precondition: The inner lengths agree.
  /// - Complexity: O(batch · m · n · k), by OpenBLAS.
  public func matmul(_ other: NDArray) -> NDArray {
    precondition(
      rank >= 1 && other.rank >= 1, "matmul: shapes \(shape) and \(other.shape) need an axis each")
    if rank == 1 { return unsqueezed(0).matmul(other).squeezed(other.rank == 1 ? 0 : -2) }
    if other.rank == 1 { return matmul(other.unsqueezed(-1)).squeezed(-1) }
    precondition(
      shape[-1] == other.shape[-2],
      "matmul: lhs \(shape) and rhs \(other.shape): inner axes \(shape[-1]) and \(other.shape[-2]) differ"
    )
    var type = dtype.promoted(with: other.dtype)
    if !type.isDifferentiable { type = .float64 }
    let integral = type != dtype.promoted(with: other.dtype)
    let a = Operand(cast(to: type))
    let b = Operand(other.cast(to: type))
    let batchA = Shape(Array(shape.array.dropLast(2)))
    let batchB = Shape(Array(other.shape.array.dropLast(2)))
    let batch = batchA.broadcast(with: batchB, for: "matmul")
    let result = NDArray(
      uninitialized: Shape(batch.array + [shape[-2], other.shape[-1]]), type)
    _ = Self.pinned
    let offsetsA = a.offsets(of: batch)
    let offsetsB = b.offsets(of: batch)
    let matrix = shape[-2] * other.shape[-1] * type.byteCount
    let work = shape[-2] * other.shape[-1] * shape[-1]
    // Batches are shared by matrix, so that the result does not depend on the threads.
    let policy: LoopPolicy = batch.count > 1 && work * batch.count > 1 << 18 ? .automatic : .serial
    policy.forEach(count: batch.count) { index in
      unsafe Self.multiply(
        a, offsetsA[index], b, offsetsB[index], result.storage.pointer + index * matrix, type)
    }
    return integral ? result.cast(to: .int64) : result
  }

  /// A matrix as BLAS takes it: rows next to each other, or columns.
  private struct Operand {
    let array: NDArray
    let isTransposed: Bool
    let leading: Int

    init(_ array: NDArray) {
      let rows = array.strides[array.rank - 2]
      let columns = array.strides[array.rank - 1]
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

    /// The place of each matrix of a batch, in elements.
    func offsets(of batch: Shape) -> [Int] {
      let lengths = Array(array.shape.array.dropLast(2))
      let steps = (0..<lengths.count).map { lengths[$0] == 1 ? 0 : array.strides[$0] }
      var result = [0]
      for (axis, length) in batch.array.enumerated() {
        let own = axis - (batch.rank - lengths.count)
        let step = own >= 0 ? steps[own] : 0
        result = result.flatMap { base in (0..<length).map { base + $0 * step } }
      }
      return result
    }
  }

  private static func multiply(
    _ a: Operand, _ offsetA: Int, _ b: Operand, _ offsetB: Int, _ out: UnsafeMutableRawPointer,
    _ type: DType
  ) {
    let m = Int32(a.array.shape[-2])
    let k = Int32(a.array.shape[-1])
    let n = Int32(b.array.shape[-1])
    guard m > 0 && n > 0 else { return }
    guard k > 0 else {
      unsafe out.initializeMemory(
        as: UInt8.self, repeating: 0, count: Int(m) * Int(n) * type.byteCount)
      return
    }
    let x = unsafe a.array.pointer + offsetA * type.byteCount
    let y = unsafe b.array.pointer + offsetB * type.byteCount
    let transposeA = a.isTransposed ? CblasTrans : CblasNoTrans
    let transposeB = b.isTransposed ? CblasTrans : CblasNoTrans
    let leadingA = Int32(a.leading)
    let leadingB = Int32(b.leading)
    switch type {
    case .float32:
      unsafe cblas_sgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, 1, x.assumingMemoryBound(to: Float.self),
        leadingA, y.assumingMemoryBound(to: Float.self), leadingB, 0,
        out.assumingMemoryBound(to: Float.self), n)
    case .float64:
      unsafe cblas_dgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, 1, x.assumingMemoryBound(to: Double.self),
        leadingA, y.assumingMemoryBound(to: Double.self), leadingB, 0,
        out.assumingMemoryBound(to: Double.self), n)
    case .complex64:
      let one: [Float] = [1, 0]
      let zero: [Float] = [0, 0]
      unsafe cblas_cgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, one, x, leadingA, y, leadingB, zero, out, n)
    case .complex128:
      let one: [Double] = [1, 0]
      let zero: [Double] = [0, 0]
      unsafe cblas_zgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, one, x, leadingA, y, leadingB, zero, out, n)
    case .bool, .int64:
      preconditionFailure("matmul: numbers of \(type) were promoted before")
    }
  }
}
