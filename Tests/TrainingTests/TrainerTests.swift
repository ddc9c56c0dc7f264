import Arrays
import Autograd
import Compute
import Datasets
import Figures
import Foundation
import NeuralNetworks
import Optimizers
import Synchronization
import Testing
import Training

@Suite("Trainer") struct TrainerTests {
  static func moons(_ count: Int = 400, seed: UInt64 = 3) -> (train: Dataset, test: Dataset) {
    Dataset.twoMoons(count: count, noise: 0.15, seed: seed)
      .split(test: 0.25, stratified: true, seed: seed).standardized()
  }

  static func network(dropout: Double = 0, seed: UInt64 = 1) -> Sequential {
    Sequential(seed: seed) {
      Linear(inputs: 2, outputs: 24)
      Tanh()
      Dropout(dropout)
      Linear(inputs: 24, outputs: 2)
    }
  }

  static func trainer(_ model: Sequential, rate: Schedule = 0.02) -> Trainer {
    Trainer(
      model, Adam(model.parameters, learningRate: rate), loss: .crossEntropy,
      metrics: [.accuracy])
  }

  @Test("a small network learns two moons to above 0.95", arguments: [1, 2, 3] as [UInt64])
  func learns(_ seed: UInt64) throws {
    let (train, test) = Self.moons()
    let trainer = Self.trainer(Self.network(seed: seed))
    let history = try trainer.fit(
      train, validation: test, epochs: 60, batchSize: 32, seed: seed)
    let scores = trainer.evaluate(test)
    let found = scores[.accuracy]
    #expect(scores["accuracy"] == found)
    #expect(found > 0.95)
    #expect(history.epochs.last?.validation == scores)
    #expect(history.epochs.count == 60)
    #expect(history.steps.count == 60 * 10)
    #expect(history.steps.map(\.step) == Array(1...600))
    #expect(history.epochs[59].training.loss < history.epochs[0].training.loss / 2)
    let predicted = trainer.predict(test.features, batchSize: 7)
    #expect(accuracy(predicted, test.labels) == found)
  }

  @Test("a regression with a linear model finds its coefficients")
  func regression() throws {
    var stream = RandomStream(seed: 2, purpose: .general)
    let x = NDArray((0..<200).map { _ in stream.nextNormal() }, shape: [100, 2])
    let y = x.matmul(NDArray([1.5, -2])) + 0.5
    let model = Linear(inputs: 2, outputs: 1, dtype: .float64)
    let trainer = Trainer(
      model, SGD(model.parameters, learningRate: 0.1), loss: .meanSquaredError,
      metrics: [.meanAbsoluteError])
    let history = try trainer.fit(
      Dataset(features: x, labels: y), epochs: 40, batchSize: 10, seed: 1)
    let weights = model.weight.array.doubles() + (model.bias?.array.doubles() ?? [])
    #expect(zip(weights, [1.5, -2, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(history.epochs.last?.training["mean absolute error"] ?? 1 < 1e-6)
  }

  @Test("is the same bit by bit for the same seeds, dropout included, and differs for others")
  func determinism() throws {
    let (train, test) = Self.moons(120)
    func run(_ seed: UInt64) throws -> [[Double]] {
      let model = Self.network(dropout: 0.3)
      let history = try Self.trainer(model).fit(
        train, validation: test, epochs: 3, batchSize: 16, seed: seed)
      return model.parameters.map { $0.array.doubles() }
        + [history.steps.map(\.loss), history.epochs.compactMap { $0.validation?.loss }]
    }
    let first = try run(7)
    #expect(try run(7) == first)
    #expect(try run(8) != first)
  }

  @Test("a second training goes on where the first ended")
  func continues() throws {
    let (train, _) = Self.moons(120)
    let whole = Self.network()
    try Self.trainer(whole).fit(train, epochs: 4, batchSize: 16, seed: 5)
    let parts = Self.network()
    let trainer = Self.trainer(parts)
    try trainer.fit(train, epochs: 1, batchSize: 16, seed: 5)
    let rest = try trainer.fit(train, epochs: 3, batchSize: 16, seed: 5)
    #expect(rest.epochs.map(\.epoch) == [2, 3, 4])
    #expect(
      whole.parameters.map { $0.array.doubles() } == parts.parameters.map { $0.array.doubles() })
  }

  @Test("follows the schedule, and drops a last batch if asked")
  func schedule() throws {
    let (train, _) = Self.moons(100)
    let rate = Schedule.cosine(from: 0.05, steps: 20)
    let history = try Self.trainer(Self.network(), rate: rate).fit(
      train, epochs: 2, batchSize: 10, seed: 0, dropLast: true)
    #expect(train.count == 75)
    #expect(history.steps.map(\.learningRate) == rate.values(at: 0..<14))
    #expect(history.steps.allSatisfy { $0.sampleCount == 10 && $0.seconds > 0 })
    #expect(history.epochs.map(\.learningRate) == [rate.value(at: 6), rate.value(at: 13)])
  }

  @Test("clipping bounds the steps")
  func clipping() throws {
    let (train, _) = Self.moons(100)
    let model = Self.network()
    let before = model.parameters.map { $0.array }
    let trainer = Trainer(model, SGD(model.parameters, learningRate: 1), loss: .crossEntropy)
    try trainer.fit(train, epochs: 1, batchSize: 100, clipping: .norm(1e-3))
    let moved = zip(model.parameters, before).reduce(0) { sum, pair in
      sum + (pair.0.array - pair.1).squared().sum().item()
    }
    #expect(abs(moved.squareRoot() - 1e-3) < 1e-5)
  }

  @Test("reports each step and each epoch, and shows nothing by default")
  func progress() throws {
    let (train, test) = Self.moons(80)
    let lines = Mutex<[String]>([])
    let ends = Mutex<[Bool]>([])
    try Self.trainer(Self.network()).fit(
      train, validation: test, epochs: 2, batchSize: 20, seed: 1,
      progress: .custom { report in
        lines.withLock { $0.append(report.line) }
        if report.finished != nil { ends.withLock { $0.append(report.isLast) } }
      })
    let found = lines.withLock { $0 }
    #expect(found.count == 2 * (3 + 1))
    #expect(found[0].hasPrefix("epoch 1/2  step 1/3  loss 0."))
    #expect(found[7].hasPrefix("epoch 2/2  loss 0."))
    #expect(found[7].contains("| validation loss 0.") && found[7].contains("accuracy 0."))
    #expect(ends.withLock { $0 } == [false, true])
  }

  @Test("writes lines to the error stream only if asked, a live line only to a terminal")
  func errorStream() async throws {
    let asked = try #require(
      await #expect(
        processExitsWith: .success, observing: [\.standardErrorContent, \.standardOutputContent]
      ) {
        let (train, _) = TrainerTests.moons(80)
        try TrainerTests.trainer(TrainerTests.network()).fit(
          train, epochs: 2, batchSize: 20, progress: .lines)
      })
    let lines = String(decoding: asked.standardErrorContent, as: UTF8.self)
      .split(separator: "\n").filter { $0.hasPrefix("epoch ") }
    #expect(lines.count == 2)
    #expect(lines.last?.hasPrefix("epoch 2/2  loss ") == true)
    #expect(!String(decoding: asked.standardOutputContent, as: UTF8.self).contains("epoch"))
    let live = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        let (train, _) = TrainerTests.moons(80)
        try TrainerTests.trainer(TrainerTests.network()).fit(
          train, epochs: 2, batchSize: 20, progress: .line)
      })
    #expect(!String(decoding: live.standardErrorContent, as: UTF8.self).contains("epoch"))
  }

  @Test("the history draws itself and survives JSON")
  func history() throws {
    let (train, test) = Self.moons(80)
    let history = try Self.trainer(Self.network()).fit(
      train, validation: test, epochs: 3, batchSize: 20, seed: 1)
    let figure = history.figure
    #expect(figure.charts.map(\.title) == ["loss", "accuracy", "learning rate"])
    for name in ["training", "validation", "epoch", "accuracy"] {
      #expect(figure.svg.contains(name))
    }
    let text = try JSONEncoder().encode(history)
    #expect(try JSONDecoder().decode(History.self, from: text) == history)
    #expect(history.seconds > 0)
  }
}
