import CArrayKernels
import Compute

extension NDArray {
  /// Softmax along an axis: e^x / Σ e^x, computed from the distance to the largest.
  ///
  /// - Precondition: The numbers are of floating point.
  public func softmax(axis: Int = -1) -> NDArray { alongRows(.softmax, axis) }

  /// The logarithm of the softmax along an axis: x - log Σ e^x.
  ///
  /// - Precondition: The numbers are of floating point.
  public func logSoftmax(axis: Int = -1) -> NDArray { alongRows(.log_softmax, axis) }

  private func alongRows(_ operation: hk_row, _ axis: Int) -> NDArray {
    require(dtype.isFloatingPoint, "softmax: numbers of \(dtype), expected floating point")
    let axis = shape.resolved(axis)
    if axis != rank - 1 {
      return transposed(axis, -1).alongRows(operation, -1).transposed(axis, -1)
    }
    let source = contiguous()
    let columns = shape[axis]
    let size = columns * dtype.byteCount
    let type = dtype.kernelType
    return unsafe .make(shape, dtype) { out in
      ElementwiseParts.forEachRow(count, columns) { start, rows in
        unsafe hk_run_rows(
          ArrayKernelTable.best.table, operation, type, source.pointer + start * size,
          out + start * size, Int64(rows), Int64(columns))
      }
    }
  }
}
