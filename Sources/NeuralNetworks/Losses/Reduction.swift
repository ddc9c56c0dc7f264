import Autograd

/// How the losses of the samples make one.
public enum Reduction: String, Hashable, Sendable, CaseIterable {
  /// Their mean.
  case mean
  /// Their sum.
  case sum
  /// Not at all: a loss for each sample or element.
  case none

  /// The reduction of `losses`.
  func apply(to losses: Tensor) -> Tensor {
    switch self {
    case .mean: losses.mean()
    case .sum: losses.sum()
    case .none: losses
    }
  }
}
