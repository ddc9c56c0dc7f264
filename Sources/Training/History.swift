import Compute
public import NeuralNetworks

/// What a training did: each step, each epoch, and why it ended.
public struct History: Sendable, Hashable, Codable {
  /// One step of the optimizer.
  public struct Step: Sendable, Hashable, Codable {
    /// The epoch, from 1.
    public let epoch: Int
    /// The step of the whole training, from 1.
    public let step: Int
    /// The loss of the batch before the step.
    public let loss: Double
    /// The learning rate of the first group of parameters.
    public let learningRate: Double
    /// The samples of the batch.
    public let sampleCount: Int
    /// The seconds that the step took.
    public let seconds: Double
  }

  /// Loss and metrics, as means over samples.
  public struct Scores: Sendable, Hashable, Codable {
    /// The mean loss.
    public let loss: Double
    /// The mean of each metric, by name.
    public let metrics: [String: Double]

    /// The metric called `name`, nil where there is none.
    public subscript(_ name: String) -> Double? { metrics[name] }

    /// The value of `metric`.
    ///
    /// - Precondition: it was measured.
    public subscript(_ metric: Metric) -> Double {
      guard let value = metrics[metric.name] else {
        stop(
          "scores: '\(metric.name)' was not measured; there are \(metrics.keys.sorted())")
      }
      return value
    }
  }

  /// One pass over the training data.
  public struct Epoch: Sendable, Hashable, Codable {
    /// The number of the epoch, from 1.
    public let epoch: Int
    /// The scores over the batches of the epoch, each as the model was before its step, in training.
    public let training: Scores
    /// The scores of the model behind the epoch on the validation data; nil where there are none.
    public let validation: Scores?
    /// The learning rate of the first group of parameters in the last step.
    public let learningRate: Double
    /// The seconds that the epoch took, validation included.
    public let seconds: Double
  }

  /// Why a training ended.
  public enum End: String, Sendable, Hashable, Codable {
    /// All epochs are done.
    case completed
    /// What was watched had stopped to get better.
    case stoppedEarly
  }

  /// The steps in order.
  public internal(set) var steps: [Step] = []
  /// The epochs in order.
  public internal(set) var epochs: [Epoch] = []
  /// The names of the metrics in the order given.
  public internal(set) var metricNames: [String] = []
  /// The number of the best epoch, where early stopping watched one.
  public internal(set) var bestEpoch: Int?
  /// Why the training ended.
  public internal(set) var end: End = .completed

  /// The seconds of all epochs.
  public var seconds: Double { epochs.reduce(0) { $0 + $1.seconds } }
}
