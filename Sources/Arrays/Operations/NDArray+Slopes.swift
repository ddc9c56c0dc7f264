import CArrayKernels

// Steps of derivatives as one pass over the elements; real types of floating point only.
extension NDArray {
  /// These gradients times `1 - y²`, the slope of tanh where its result is `y`.
  package func timesTanhSlope(ofResult y: NDArray) -> NDArray {
    combined(HK_TANH_SLOPE_Y, with: y, "tanh")
  }

  /// These gradients times `y(1 - y)`, the slope of the logistic function where its result is `y`.
  package func timesSigmoidSlope(ofResult y: NDArray) -> NDArray {
    combined(HK_SIGMOID_SLOPE_Y, with: y, "sigmoid")
  }

  /// These gradients where `y`, the result of a rectifier, is not 0.
  package func timesReLUSlope(ofResult y: NDArray) -> NDArray {
    combined(HK_RELU_SLOPE_Y, with: y, "relu")
  }

  /// These gradients times the slope of softplus at `x`, the logistic function.
  package func timesSoftplusSlope(at x: NDArray) -> NDArray {
    combined(HK_SOFTPLUS_SLOPE_X, with: x, "softplus")
  }

  /// These gradients times the slope of the Gaussian error linear unit at `x`, `Φ(x) + x·φ(x)`.
  package func timesGELUSlope(at x: NDArray) -> NDArray {
    combined(HK_GELU_SLOPE_X, with: x, "gelu")
  }
}
