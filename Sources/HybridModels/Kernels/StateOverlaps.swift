import COpenBLAS
import Compute

/// States of samples as rows of complex numbers, and products of them by BLAS.
///
/// With S the matrix of rows, G = S S† are the overlaps Gᵢⱼ = ⟨sⱼ|sᵢ⟩. They are made in strips of rows, one
/// Hermitian product cut so that no more of G is held than each thread works on.
struct StateRows {
  /// Real and imaginary parts alternating, row by row.
  let buffer: AlignedBuffer
  /// The number of states.
  let count: Int
  /// The amplitudes of a state.
  let width: Int

  /// The rows of G that a thread makes at a time.
  static let stripHeight = 32
  /// OpenBLAS runs on the thread that calls it; strips are shared among threads here.
  private static let pinned: Void = openblas_set_num_threads(1)

  private func row(_ index: Int) -> UnsafeMutablePointer<Double> {
    unsafe buffer.pointer.assumingMemoryBound(to: Double.self) + 2 * index * width
  }

  /// Bytes that ``squaredOverlaps(with:budget:policy:_:)`` and ``cotangents(upstream:budget:policy:)``
  /// work in.
  static func scratchBytes(columns: Int, policy: LoopPolicy) -> Int {
    policy.threadCount * stripHeight * columns * 16
  }

  /// |⟨sⱼ|sᵢ⟩|² for i ≤ j, written to both triangles.
  ///
  /// - Parameters:
  ///   - matrix: The place of the first element; overwritten.
  ///   - stride: The distance of rows of `matrix`.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  /// - Throws: `MemoryBudgetError` if the work space does not fit.
  func squaredOverlaps(
    into matrix: UnsafeMutablePointer<Double>, stride: Int, policy: LoopPolicy,
    budget: MemoryBudget
  ) throws(MemoryBudgetError) {
    unsafe try forEachStrip(columns: count, policy, budget) { rows, overlaps in
      let height = rows.count
      let first = rows.lowerBound
      unsafe cblas_zherk(
        CblasRowMajor, CblasUpper, CblasNoTrans, Int32(height), Int32(width), 1, row(first),
        Int32(width), 0, overlaps, Int32(count))
      if rows.upperBound < count {
        unsafe overlap(rows, self, rows.upperBound..<count, overlaps + 2 * height, count)
      }
      for i in rows {
        let line = unsafe overlaps + 2 * ((i - first) * count - first)
        for j in i..<count {
          let value = unsafe line[2 * j] * line[2 * j] + line[2 * j + 1] * line[2 * j + 1]
          unsafe matrix[i * stride + j] = value
          unsafe matrix[j * stride + i] = value
        }
      }
    }
  }

  /// |⟨bⱼ|sᵢ⟩|² for the rows b of `other`.
  ///
  /// - Parameters:
  ///   - other: The rows b.
  ///   - matrix: The place of the first element; overwritten.
  ///   - stride: The distance of rows of `matrix`.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  /// - Throws: `MemoryBudgetError` if the work space does not fit.
  func squaredOverlaps(
    with other: StateRows, into matrix: UnsafeMutablePointer<Double>, stride: Int,
    policy: LoopPolicy, budget: MemoryBudget
  ) throws(MemoryBudgetError) {
    unsafe try forEachStrip(columns: other.count, policy, budget) { rows, overlaps in
      unsafe overlap(rows, other, 0..<other.count, overlaps, other.count)
      for i in rows {
        let line = unsafe overlaps + 2 * (i - rows.lowerBound) * other.count
        for j in 0..<other.count {
          unsafe matrix[i * stride + j] =
            line[2 * j] * line[2 * j] + line[2 * j + 1] * line[2 * j + 1]
        }
      }
    }
  }

  /// Λ = M S with Mᵢⱼ = (K̄ᵢⱼ + K̄ⱼᵢ) Gᵢⱼ: the gradient of a loss with respect to the conjugate amplitudes,
  /// from its gradient K̄ with respect to |Gᵢⱼ|².
  ///
  /// - Parameters:
  ///   - upstream: K̄, `[count, count]`.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  /// - Returns: Λ, a row for each state.
  /// - Throws: `MemoryBudgetError` if Λ and the work space do not fit.
  func cotangents(
    upstream: UnsafePointer<Double>, policy: LoopPolicy, budget: MemoryBudget
  ) throws(MemoryBudgetError) -> StateRows {
    let result = StateRows(
      buffer: try .allocate(
        byteCount: count * width * 16, for: "the gradients of \(count) states", budget: budget),
      count: count, width: width)
    unsafe try forEachStrip(columns: count, policy, budget) { rows, overlaps in
      unsafe overlap(rows, self, 0..<count, overlaps, count)
      for i in rows {
        let line = unsafe overlaps + 2 * (i - rows.lowerBound) * count
        for j in 0..<count {
          let factor = unsafe upstream[i * count + j] + upstream[j * count + i]
          unsafe line[2 * j] *= factor
          unsafe line[2 * j + 1] *= factor
        }
      }
      let one: [Double] = [1, 0]
      let zero: [Double] = [0, 0]
      unsafe cblas_zgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows.count), Int32(width), Int32(count),
        one, overlaps, Int32(count), row(0), Int32(width), zero, result.row(rows.lowerBound),
        Int32(width))
    }
    return result
  }

  /// ⟨bⱼ|sᵢ⟩ for i in `rows` and j in `columns`.
  private func overlap(
    _ rows: Range<Int>, _ other: StateRows, _ columns: Range<Int>,
    _ overlaps: UnsafeMutablePointer<Double>, _ leading: Int
  ) {
    let one: [Double] = [1, 0]
    let zero: [Double] = [0, 0]
    unsafe cblas_zgemm(
      CblasRowMajor, CblasNoTrans, CblasConjTrans, Int32(rows.count), Int32(columns.count),
      Int32(width), one, row(rows.lowerBound), Int32(width), other.row(columns.lowerBound),
      Int32(width), zero, overlaps, Int32(leading))
  }

  /// Calls `body` for each strip of rows, on the policy's threads, with space for the strip's overlaps.
  private func forEachStrip(
    columns: Int, _ policy: LoopPolicy, _ budget: MemoryBudget,
    _ body: (_ rows: Range<Int>, _ overlaps: UnsafeMutablePointer<Double>) -> Void
  ) throws(MemoryBudgetError) {
    Self.pinned
    let strips = (count + Self.stripHeight - 1) / Self.stripHeight
    let workers = max(1, min(strips, policy.threadCount))
    let size = Self.stripHeight * columns * 16
    let scratch = try AlignedBuffer.allocate(
      byteCount: workers * size, for: "overlaps of \(count) x \(columns) states", budget: budget)
    policy.forEach(count: workers) { worker in
      let overlaps = unsafe (scratch.pointer + worker * size).bindMemory(
        to: Double.self, capacity: size / 8)
      for strip in stride(from: worker, to: strips, by: workers) {
        let first = strip * Self.stripHeight
        unsafe body(first..<min(first + Self.stripHeight, count), overlaps)
      }
    }
  }
}
