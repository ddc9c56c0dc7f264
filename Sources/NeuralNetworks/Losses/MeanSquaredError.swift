public import Arrays
public import Autograd
import Compute

/// The squared error `(prediction − target)²`, its mean over all elements by default.
///
/// - Parameters:
///   - prediction: Of any shape.
///   - target: Of the same shape: where torch would stretch one of two shapes, this traps.
///   - reduction: The mean over all elements by default.
/// - Returns: A number; with ``Reduction/none`` the error of each element.
public func meanSquaredError(
  _ prediction: Tensor, _ target: Tensor, reduction: Reduction = .mean
) -> Tensor {
  require(
    prediction.shape == target.shape,
    "meanSquaredError: prediction \(prediction.shape) and target \(target.shape) differ in shape")
  return reduction.apply(to: (prediction - target).square())
}

/// The squared error against an array, such as the labels of a batch.
public func meanSquaredError(
  _ prediction: Tensor, _ target: NDArray, reduction: Reduction = .mean
) -> Tensor {
  meanSquaredError(prediction, Tensor(target), reduction: reduction)
}
