public import Arrays
import Autograd
import Compute
public import Datasets
public import NeuralNetworks
public import Optimizers

/// Trains a model: batches, losses, steps, validation, history.
///
/// ```swift
/// let trainer = Trainer(model, optimizer, loss: .crossEntropy, metrics: [.accuracy])
/// let history = try trainer.fit(train, validation: test, epochs: 30, batchSize: 16, seed: 7)
/// try history.figure.write(to: "loss.svg")
/// print(trainer.evaluate(test)[.accuracy])
/// ```
///
/// What comes out depends on the model's first values, the data and the arguments alone: for the same
/// ones it is the same bit by bit, whatever the number of threads.
public final class Trainer {
  /// The model.
  public let model: any Layer
  /// The rule that moves the parameters.
  public let optimizer: any Optimizer
  /// What is made small.
  public let loss: Loss
  /// What is measured besides.
  public let metrics: [Metric]
  /// The epochs done so far; a second training goes on from there, with other orders of the samples.
  public internal(set) var epochCount = 0
  /// The steps done so far.
  public internal(set) var stepCount = 0

  /// A trainer of `model`.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - optimizer: An optimizer of the model's parameters.
  ///   - loss: What is made small.
  ///   - metrics: What is measured besides, each under a name of its own.
  public init(
    _ model: any Layer, _ optimizer: any Optimizer, loss: Loss, metrics: [Metric] = []
  ) {
    require(
      Set(metrics.map(\.name)).count == metrics.count,
      "Trainer: expected metrics of different names, found \(metrics.map(\.name))")
    self.model = model
    self.optimizer = optimizer
    self.loss = loss
    self.metrics = metrics
  }

  /// Measures loss and metrics of the model on `data`.
  ///
  /// The model is put into evaluation, and stays so. No gradient is recorded, and memory does not grow
  /// with the number of batches.
  ///
  /// - Parameters:
  ///   - data: The samples; one at least.
  ///   - batchSize: How many go through the model together; the result depends on it by rounding only.
  /// - Returns: The means over the samples.
  public func evaluate(_ data: Dataset, batchSize: Int = 256) -> History.Scores {
    require(data.count > 0, "evaluate: expected samples, found none")
    model.eval()
    return noGrad {
      var sums = ScoreSums(metrics)
      for batch in data.batches(of: batchSize) {
        let output = model(batch.features)
        sums.add(loss(output, batch.labels).item(), output.array, batch)
      }
      return sums.scores
    }
  }

  /// Returns the outputs of the model for `features`, row by row.
  ///
  /// The model is put into evaluation, and stays so.
  ///
  /// - Parameters:
  ///   - features: Of shape `[samples, …]`; one sample at least.
  ///   - batchSize: How many samples go through the model together.
  /// - Returns: Of shape `[samples, …]`.
  public func predict(_ features: NDArray, batchSize: Int = 256) -> NDArray {
    require(batchSize > 0, "predict: expected a positive batch size, found \(batchSize)")
    require(
      features.rank > 0 && features.shape[0] > 0,
      "predict: expected samples, found features of shape \(features.shape)")
    model.eval()
    let count = features.shape[0]
    return noGrad {
      NDArray.concatenate(
        stride(from: 0, to: count, by: batchSize).map { start in
          model(features[start..<min(start + batchSize, count)]).array
        }, axis: 0)
    }
  }
}

/// Loss and metrics summed over the samples of batches.
struct ScoreSums {
  private let metrics: [Metric]
  private var loss = 0.0
  private var values: [Double]
  private var count = 0

  init(_ metrics: [Metric]) {
    self.metrics = metrics
    values = Array(repeating: 0, count: metrics.count)
  }

  /// Adds the means over one batch, by its count of samples.
  mutating func add(_ loss: Double, _ output: NDArray, _ batch: Batch) {
    let weight = Double(batch.count)
    self.loss += weight * loss
    for (index, metric) in metrics.enumerated() {
      values[index] += weight * metric(output, batch.labels)
    }
    count += batch.count
  }

  /// The means over all samples so far.
  var scores: History.Scores {
    let total = Double(count)
    return History.Scores(
      loss: loss / total,
      metrics: Dictionary(
        uniqueKeysWithValues: zip(metrics.map(\.name), values.map { $0 / total })))
  }
}
