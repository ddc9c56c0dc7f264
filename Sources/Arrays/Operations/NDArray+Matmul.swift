import CArrayKernels
import Compute

extension NDArray {
  /// The matrix product over the last two axes; the axes before them broadcast.
  ///
  /// As torch: a vector on the left is a row, on the right a column, and its axis disappears. Both arrays
  /// are promoted to a common type; integers multiply exactly, modulo 2⁶⁴. Transposed views cost no
  /// copy. OpenBLAS is pinned to one thread for the whole process; large products are cut into strips
  /// of a size that depends on the shapes alone, so that results do not depend on the threads.
  ///
  /// - Precondition: The inner lengths agree.
  /// - Complexity: O(batch · m · n · k), by OpenBLAS.
  public func matmul(_ other: NDArray) -> NDArray {
    require(
      rank >= 1 && other.rank >= 1, "matmul: shapes \(shape) and \(other.shape) need an axis each")
    if rank == 1 { return unsqueezed(0).matmul(other).squeezed(other.rank == 1 ? 0 : -2) }
    if other.rank == 1 { return matmul(other.unsqueezed(-1)).squeezed(-1) }
    require(
      shape[-1] == other.shape[-2],
      "matmul: lhs \(shape) and rhs \(other.shape): inner axes \(shape[-1]) and \(other.shape[-2]) differ"
    )
    var type = dtype.promoted(with: other.dtype)
    if type == .bool { type = .int64 }
    var lhs = cast(to: type)
    let rhs = other.cast(to: type)
    if rhs.rank == 2 && lhs.rank > 2 && lhs.isContiguous && lhs.count > 0 {
      // Matrices with one right factor are one tall matrix.
      let rows = Shape(rank: 2) { $0 == 0 ? lhs.count / lhs.shape[-1] : lhs.shape[-1] }
      let target = Shape(rank: rank) { $0 == rank - 1 ? rhs.shape[-1] : lhs.shape[$0] }
      return lhs.reshaped(to: rows).matmul(rhs).reshaped(to: target)
    }
    if type == .int64 { lhs = lhs.contiguous() }
    let product = MatrixProduct(lhs, type == .int64 ? rhs.contiguous() : rhs)
    return product.result()
  }
}

/// The products of the matrices of two arrays, whose leading axes broadcast.
private struct MatrixProduct {
  let a: MatrixOperand
  let b: MatrixOperand
  let batch: Shape
  let m: Int
  let n: Int
  let k: Int

  init(_ lhs: NDArray, _ rhs: NDArray) {
    a = MatrixOperand(lhs)
    b = MatrixOperand(rhs)
    m = lhs.shape[-2]
    k = lhs.shape[-1]
    n = rhs.shape[-1]
    let inA = Shape(rank: lhs.rank - 2) { lhs.shape[$0] }
    let inB = Shape(rank: rhs.rank - 2) { rhs.shape[$0] }
    batch = inA.broadcast(with: inB, for: "matmul")
  }

  /// Strips of rows, or of columns where there are more of them, and how long each is.
  private var strips: (count: Int, length: Int) {
    let longest = max(m, n)
    guard m * n * k >= 1 << 20 && longest >= 128 else { return (1, longest) }
    // At most eight, each a multiple of 16 and at least 64.
    let length = max(64, (longest + 127) / 128 * 16)
    return ((longest + length - 1) / length, length)
  }

  func result() -> NDArray {
    let type = a.array.dtype
    let shape = Shape(rank: batch.rank + 2) { axis in
      axis < batch.rank ? batch[axis] : axis == batch.rank ? m : n
    }
    let result = NDArray(uninitialized: shape, type)
    guard shape.count > 0 else { return result }
    let size = type.byteCount
    let strips = strips
    let tasks = batch.count * strips.count
    let policy: LoopPolicy =
      tasks > 1 && m * n * k * batch.count > 1 << 18 ? .automatic : .serial
    // Small matrices are handed over several at a time.
    let together = strips.count > 1 ? 1 : max(1, (1 << 17) / max(m * n * k, 1))
    policy.forEach(count: (tasks + together - 1) / together) { group in
      for task in (group * together)..<min(tasks, (group + 1) * together) {
        let index = task / strips.count
        let start = task % strips.count * strips.length
        let out = unsafe result.pointer + index * m * n * size
        var block = unsafe MatrixBlock(
          m: m, n: n, k: k, a: a.matrix(index, of: batch), b: b.matrix(index, of: batch), out: out)
        if strips.count > 1 && m >= n {
          unsafe block.a += start * (a.isTransposed ? 1 : a.leading) * size
          unsafe block.out += start * n * size
          block.m = min(strips.length, m - start)
        } else if strips.count > 1 {
          unsafe block.b += start * (b.isTransposed ? b.leading : 1) * size
          unsafe block.out += start * size
          block.n = min(strips.length, n - start)
        }
        block.multiply(type, a, b, outLeading: n)
      }
    }
    return result
  }
}
