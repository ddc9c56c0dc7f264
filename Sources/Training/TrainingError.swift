public import Compute

/// Why a training stopped before its end.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A number that is infinite or not a number appeared; the parameters are those before the step.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, from 1.
  ///   - step: The step of the whole training, from 1.
  ///   - place: Where it first appeared.
  case notFinite(epoch: Int, step: Int, place: NonFinitePlace)
  /// The training needs more memory than the limit; nothing was done.
  case memory(MemoryBudgetError)

  /// A sentence with the step and the place, or with the bytes.
  public var description: String {
    switch self {
    case .notFinite(let epoch, let step, let place):
      "training stopped in step \(step) (epoch \(epoch)): \(place)"
    case .memory(let error): error.description
    }
  }
}

/// Where a number that is infinite or not a number first appeared in a training step.
public enum NonFinitePlace: Hashable, Sendable, CustomStringConvertible {
  /// In the features of a sample; `row` counts in the data set.
  case features(row: Int)
  /// In the targets of a sample; `row` counts in the data set.
  case labels(row: Int)
  /// In a parameter already before the step: an earlier step made it too large.
  case parameter(name: String)
  /// In the result of an operation of the model or the loss.
  case operation(name: String)
  /// In the gradient of a parameter, while the loss was finite.
  case gradient(parameter: String)

  /// A clause that names the place.
  public var description: String {
    switch self {
    case .features(let row): "the features of row \(row) are not finite"
    case .labels(let row): "the labels of row \(row) are not finite"
    case .parameter(let name):
      "parameter '\(name)' was not finite before the step (a smaller learning rate may help)"
    case .operation(let name):
      "the loss is not finite; operation '\(name)' was the first whose result was not"
    case .gradient(let parameter):
      "the loss is finite, the gradient of parameter '\(parameter)' is not"
    }
  }
}
