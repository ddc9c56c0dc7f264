import Compute

/// Ends a training that has stopped to get better.
///
/// After each epoch the quantity watched is compared with its best value so far; after `patience`
/// epochs in a row without a better one, training ends.
public struct EarlyStopping: Sendable, Hashable {
  /// What is watched.
  public enum Quantity: Sendable, Hashable {
    /// The loss on the validation data; lower is better.
    case validationLoss
    /// The loss on the training data; lower is better.
    case trainingLoss
    /// A metric on the validation data, by name; the metric says which way is better.
    case validationMetric(String)
    /// A metric on the training data, by name.
    case trainingMetric(String)
  }

  /// What is watched.
  public var quantity: Quantity
  /// The epochs in a row without a better value after which training ends.
  public var patience: Int
  /// By how much a value must be better to count; not negative.
  public var minimumChange: Double
  /// Whether the parameters of the best epoch are put back when training ends, for whatever reason.
  public var restoresBest: Bool

  /// A rule to end a training.
  public init(
    watching quantity: Quantity = .validationLoss, patience: Int = 5, minimumChange: Double = 0,
    restoresBest: Bool = true
  ) {
    require(
      patience >= 1, "early stopping: expected a patience of at least 1, found \(patience)")
    require(
      minimumChange >= 0,
      "early stopping: expected a minimum change of at least 0, found \(minimumChange)")
    self.quantity = quantity
    self.patience = patience
    self.minimumChange = minimumChange
    self.restoresBest = restoresBest
  }

  /// Whether validation data are needed.
  var needsValidation: Bool {
    switch quantity {
    case .validationLoss, .validationMetric: true
    case .trainingLoss, .trainingMetric: false
    }
  }

  /// The name of the metric watched; nil for a loss.
  var metricName: String? {
    switch quantity {
    case .validationMetric(let name), .trainingMetric(let name): name
    case .validationLoss, .trainingLoss: nil
    }
  }

  /// The quantity watched in `epoch`; NaN where it has none.
  func value(in epoch: History.Epoch) -> Double {
    switch quantity {
    case .validationLoss: epoch.validation?.loss ?? .nan
    case .trainingLoss: epoch.training.loss
    case .validationMetric(let name): epoch.validation?[name] ?? .nan
    case .trainingMetric(let name): epoch.training[name] ?? .nan
    }
  }
}

/// Early stopping in the course of a training.
struct Stagnation {
  let rule: EarlyStopping
  let isBetterWhenHigher: Bool
  private(set) var best: Double?
  private(set) var epochsWithoutBetter = 0

  init(rule: EarlyStopping, isBetterWhenHigher: Bool) {
    self.rule = rule
    self.isBetterWhenHigher = isBetterWhenHigher
  }

  /// Takes the value of the next epoch in, and returns whether it is the best so far.
  mutating func observe(_ value: Double) -> Bool {
    let gain = best.map { isBetterWhenHigher ? value - $0 : $0 - value }
    if !value.isNaN && gain.map({ $0 > rule.minimumChange }) ?? true {
      best = value
      epochsWithoutBetter = 0
      return true
    }
    epochsWithoutBetter += 1
    return false
  }

  /// Whether training should end.
  var isReached: Bool { epochsWithoutBetter >= rule.patience }
}
