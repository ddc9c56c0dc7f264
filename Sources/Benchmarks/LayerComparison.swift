import Hilbert

/// A classical and a quantum layer in the same place of the same model, trained the same way.
///
/// The model is Linear, tanh, the layer, Linear. The quantum layer is a circuit of 4 qubits with 24 weights; the
/// classical one maps 4 numbers to 3 and back to 4 through tanh, with 24 weights too. Splits, order of
/// batches, optimizer and number of steps are the same for both, for each of five seeds.
public struct LayerComparison {
  /// What one layer reached on one data set.
  public struct Score: Sendable {
    /// The data set: "wine" or "two moons".
    public let dataset: String
    /// The layer: "classical" or "quantum".
    public let layer: String
    /// The trainable numbers of the whole model.
    public let parameters: Int
    /// The mean of the test accuracies of the seeds.
    public let accuracyMean: Double
    /// Their standard deviation, with one less than the number of seeds below.
    public let accuracyDeviation: Double
    /// The median of a forward pass of a batch of 16, in milliseconds.
    public let forwardMilliseconds: Double
    /// The median of a backward pass of such a batch, in milliseconds.
    public let backwardMilliseconds: Double
  }

  /// The seeds.
  public static let seeds: [UInt64] = [1, 2, 3, 4, 5]
  private static let batchSize = 16
  private let epochs: Int

  /// Creates a comparison with a number of epochs; 30 by default.
  public init(epochs: Int = 30) { self.epochs = epochs }

  /// Trains both layers on both data sets.
  ///
  /// - Parameter wine: The file of the Wine data set, with the column "cultivar".
  /// - Returns: A score for each layer on each data set.
  /// - Throws: ``Datasets/DatasetError`` if the file cannot be read, ``Training/TrainingError`` if a loss is
  ///   not finite.
  public func run(wine: String) throws -> [Score] {
    let datasets: [(String, Dataset)] = [
      ("wine", try Dataset.csv(wine, label: "cultivar")),
      ("two moons", .twoMoons(count: 300, noise: 0.2, seed: 0)),
    ]
    var scores: [Score] = []
    for (name, data) in datasets {
      for layer in ["classical", "quantum"] { scores.append(try score(layer, on: data, name)) }
    }
    return scores
  }

  private func model(_ layer: String, _ data: Dataset, seed: UInt64) -> Sequential {
    Sequential(seed: seed) {
      Linear(inputs: data.featureCount, outputs: 4)
      Tanh()
      if layer == "quantum" {
        QuantumLayer(
          Circuit(qubits: 4) {
            AngleEncoding(.x)
            StronglyEntanglingLayers(depth: 2)
          }, measuring: .z(0), .z(1), .z(2), .z(3))
      } else {
        Linear(inputs: 4, outputs: 3, bias: false)
        Tanh()
        Linear(inputs: 3, outputs: 4, bias: false)
      }
      Linear(inputs: 4, outputs: data.classCount)
    }
  }

  private func score(_ layer: String, on data: Dataset, _ name: String) throws -> Score {
    var accuracies: [Double] = []
    for seed in Self.seeds {
      let (train, test) = data.split(test: 0.25, stratified: true, seed: seed).standardized()
      let model = model(layer, data, seed: seed)
      let steps = epochs * ((train.count + Self.batchSize - 1) / Self.batchSize)
      let trainer = Trainer(
        model, Adam(model.parameters, learningRate: .cosine(from: 0.05, steps: steps)),
        loss: .crossEntropy, metrics: [.accuracy])
      try trainer.fit(train, epochs: epochs, batchSize: Self.batchSize, seed: seed)
      accuracies.append(trainer.evaluate(test)["accuracy"] ?? .nan)
    }
    let mean = accuracies.reduce(0, +) / Double(accuracies.count)
    let squares = accuracies.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    let model = model(layer, data, seed: 1)
    let (forward, backward) = times(model, data)
    return Score(
      dataset: name, layer: layer, parameters: model.parameterCount, accuracyMean: mean,
      accuracyDeviation: (squares / Double(accuracies.count - 1)).squareRoot(),
      forwardMilliseconds: forward, backwardMilliseconds: backward)
  }

  /// Medians of 200 passes of one batch, after 20 to warm up.
  private func times(_ model: Sequential, _ data: Dataset) -> (forward: Double, backward: Double) {
    let batch = data.selecting(Array(0..<Self.batchSize))
    let clock = ContinuousClock()
    var forward: [Double] = []
    var backward: [Double] = []
    for _ in 0..<220 {
      let start = clock.now
      let loss = crossEntropy(model(batch.features), batch.labels)
      let middle = clock.now
      loss.backward()
      let end = clock.now
      forward.append((middle - start) / .milliseconds(1))
      backward.append((end - middle) / .milliseconds(1))
      model.zeroGradients()
    }
    return (forward.dropFirst(20).sorted()[100], backward.dropFirst(20).sorted()[100])
  }
}
