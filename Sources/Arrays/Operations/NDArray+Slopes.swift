import CArrayKernels
import Compute

// Steps of derivatives as one pass over the elements; real types of floating point only.
extension NDArray {
  /// These gradients times `1 - y²`, the slope of tanh where its result is `y`.
  package func timesTanhSlope(ofResult y: NDArray) -> NDArray {
    combined(.tanh_gradient, with: y, "tanh")
  }

  /// These gradients times `y(1 - y)`, the slope of the logistic function where its result is `y`.
  package func timesSigmoidSlope(ofResult y: NDArray) -> NDArray {
    combined(.sigmoid_gradient, with: y, "sigmoid")
  }

  /// These gradients where `y`, the result of a rectifier, is not 0.
  package func timesReLUSlope(ofResult y: NDArray) -> NDArray {
    combined(.relu_gradient, with: y, "relu")
  }

  /// These gradients times the slope of softplus at `x`, the logistic function.
  package func timesSoftplusSlope(at x: NDArray) -> NDArray {
    combined(.softplus_gradient, with: x, "softplus")
  }

  /// These gradients times the slope of the Gaussian error linear unit at `x`, `Φ(x) + x·φ(x)`.
  package func timesGELUSlope(at x: NDArray) -> NDArray {
    combined(.gelu_gradient, with: x, "gelu")
  }

  /// These gradients times the slope of the unit's approximation through tanh at `x`.
  package func timesGELUTanhSlope(at x: NDArray) -> NDArray {
    combined(.gelu_tanh_gradient, with: x, "gelu")
  }

  /// These gradients times the derivative of ``softmax(axis:)`` along the last axis where its result
  /// is `y`: `y (u - Σ u y)`.
  package func timesSoftmaxSlope(ofResult y: NDArray) -> NDArray { rowsGradient(.softmax, y) }

  /// These gradients times the derivative of ``logSoftmax(axis:)`` along the last axis where its
  /// result is `y`: `u - e^y Σ u`.
  package func timesLogSoftmaxSlope(ofResult y: NDArray) -> NDArray {
    rowsGradient(.log_softmax, y)
  }

  private func rowsGradient(_ operation: hk_row, _ y: NDArray) -> NDArray {
    require(
      dtype == y.dtype && shape == y.shape && dtype.isFloatingPoint && rank > 0,
      "softmax: gradients \(shape) of \(dtype) for a result \(y.shape) of \(y.dtype)")
    let upstream = contiguous()
    let value = y.contiguous()
    let columns = shape[-1]
    let size = dtype.byteCount * columns
    let type = dtype.kernelType
    return unsafe .make(shape, dtype) { out in
      ElementwiseParts.forEachRow(count, columns) { start, rows in
        unsafe hk_run_rows_gradient(
          ArrayKernelTable.best.table, operation, type, upstream.pointer + start * size,
          value.pointer + start * size, out + start * size, Int64(rows), Int64(columns))
      }
    }
  }
}
