public import Arrays
import Compute

/// A measure of a model's outputs that is a mean over the samples; it needs no gradient.
public struct Metric: Sendable {
  /// The name, under which histories list it.
  public let name: String
  /// Whether larger values are better.
  public let isBetterWhenHigher: Bool
  private let function: @Sendable (NDArray, NDArray) -> Double

  /// The metric called `name`.
  ///
  /// - Parameters:
  ///   - name: The name, different from other metrics of the same training.
  ///   - isBetterWhenHigher: Whether larger values are better.
  ///   - function: Gives the mean over the samples of a batch, from the outputs and the labels.
  public init(
    _ name: String, isBetterWhenHigher: Bool,
    _ function: @escaping @Sendable (_ output: NDArray, _ labels: NDArray) -> Double
  ) {
    self.name = name
    self.isBetterWhenHigher = isBetterWhenHigher
    self.function = function
  }

  /// Returns the mean over the samples of a batch.
  public func callAsFunction(_ output: NDArray, _ labels: NDArray) -> Double {
    function(output, labels)
  }

  /// The share of samples whose largest output is that of their class.
  public static var accuracy: Metric {
    Metric("accuracy", isBetterWhenHigher: true) { NeuralNetworks.accuracy($0, $1) }
  }

  /// The mean of `|output − target|`.
  ///
  /// Targets of shape `[samples]` are compared with outputs of shape `[samples, 1]` too.
  public static var meanAbsoluteError: Metric {
    Metric("mean absolute error", isBetterWhenHigher: false) { output, labels in
      let target = labels.matching(output.shape)
      require(
        output.shape == target.shape,
        "mean absolute error: output \(output.shape) and target \(target.shape) differ in shape")
      return (output - target).absoluteValue().mean().item()
    }
  }
}

/// The share of samples whose largest output, the first of equal ones, is that of their class.
///
/// - Parameters:
///   - outputs: Of shape `[samples, classes]`: logits or probabilities.
///   - labels: The classes, int64 of shape `[samples]`.
/// - Returns: A number in `0...1`; NaN where there are no samples.
public func accuracy(_ outputs: NDArray, _ labels: NDArray) -> Double {
  require(
    outputs.rank == 2 && labels.shape == [outputs.shape[0]] && labels.dtype == .int64,
    "accuracy: expected outputs [samples, classes] and int64 labels [samples], found "
      + "\(outputs.shape) and \(labels.dtype) \(labels.shape)")
  let found = outputs.argmax(axis: 1).scalars(as: Int.self)
  let right = zip(found, labels.scalars(as: Int.self)).count { $0 == $1 }
  return Double(right) / Double(found.count)
}
