import Arrays
import Autograd
import Compute
import Datasets
import NeuralNetworks
import Optimizers
import Testing
import Training

@Suite("Early stopping") struct EarlyStoppingTests {
  /// A loss that the training data pull to 3 and that is least on the validation data at 1.
  private func run(_ rule: EarlyStopping, epochs: Int = 50) throws -> (History, Double) {
    let point = Linear(weight: NDArray([0.0], shape: [1, 1]))
    let trainer = Trainer(
      point, SGD(point.parameters, learningRate: 0.05), loss: .meanSquaredError)
    func data(_ target: Double) -> Dataset {
      Dataset(
        features: NDArray.ones([4, 1], dtype: .float64),
        labels: NDArray([target, target, target, target]))
    }
    let history = try trainer.fit(
      data(3), validation: data(1), epochs: epochs, batchSize: 4, earlyStopping: rule)
    return (history, point.weight.array.item())
  }

  @Test("ends after the patience and puts the best parameters back")
  func restores() throws {
    let (history, weight) = try run(EarlyStopping(patience: 4))
    let losses = history.epochs.compactMap { $0.validation?.loss }
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(history.bestEpoch == best + 1)
    #expect(history.epochs.count == best + 1 + 4)
    #expect(history.end == .stoppedEarly)
    #expect(abs((weight - 1) * (weight - 1) - losses[best]) < 1e-15)
  }

  @Test("keeps the last parameters if told so")
  func keepsLast() throws {
    let (history, weight) = try run(EarlyStopping(patience: 4, restoresBest: false))
    let last = try #require(history.epochs.last?.validation?.loss)
    #expect(abs((weight - 1) * (weight - 1) - last) < 1e-15)
    #expect(last > 0.1)
  }

  @Test("counts only changes above the minimum")
  func minimumChange() throws {
    let (history, _) = try run(EarlyStopping(patience: 2, minimumChange: 10))
    #expect(history.epochs.count == 3)
    #expect(history.bestEpoch == 1)
  }

  @Test("does not end a training that gets better")
  func completes() throws {
    let (history, _) = try run(EarlyStopping(watching: .trainingLoss, patience: 1), epochs: 20)
    #expect(history.end == .completed)
    #expect(history.bestEpoch == 20)
  }

  @Test("watches a metric in its own direction")
  func metrics() throws {
    let (train, test) = TrainerTests.moons(200)
    let trainer = TrainerTests.trainer(TrainerTests.network())
    let history = try trainer.fit(
      train, validation: test, epochs: 200, batchSize: 16, seed: 1,
      earlyStopping: EarlyStopping(watching: .validationMetric("accuracy"), patience: 6))
    let values = history.epochs.compactMap { $0.validation?["accuracy"] }
    let best = try #require(values.max())
    #expect(history.end == .stoppedEarly)
    #expect(history.bestEpoch == values.firstIndex(of: best).map { $0 + 1 })
    #expect(trainer.evaluate(test)["accuracy"] == best)
  }

  @Test("traps where it cannot find what it watches")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      let (train, _) = TrainerTests.moons(80)
      _ = try TrainerTests.trainer(TrainerTests.network()).fit(
        train, epochs: 1, batchSize: 8, earlyStopping: EarlyStopping())
    }
    await #expect(processExitsWith: .failure) {
      let (train, _) = TrainerTests.moons(80)
      _ = try TrainerTests.trainer(TrainerTests.network()).fit(
        train, epochs: 1, batchSize: 8,
        earlyStopping: EarlyStopping(watching: .trainingMetric("recall")))
    }
  }
}

@Suite("Numbers that are not finite") struct NotFiniteTests {
  /// `√(wx − 1)`: finite while wx is above 1; at wx = 1 its value is and its slope is not.
  private struct Root: Layer {
    let weight = Parameter(NDArray([3.0]))
    func callAsFunction(_ x: Tensor) -> Tensor { (x * weight.value - 1).sqrt() }
    func visitParameters(_ visit: (String, Parameter) -> Void) { visit("weight", weight) }
  }

  private func fault(
    _ features: [Double] = [1, 1, 1, 1], start: Double = 3, rate: Double = 0.3,
    labels: [Double] = [0, 0, 0, 0]
  ) -> (TrainingError?, Double) {
    let model = Root()
    model.weight.array = NDArray([start])
    let trainer = Trainer(
      model, SGD(model.parameters, learningRate: .constant(rate)), loss: .meanSquaredError)
    let data = Dataset(features: NDArray(features, shape: [4, 1]), labels: NDArray(labels))
    do throws(TrainingError) {
      try trainer.fit(data, epochs: 100, batchSize: 4)
      return (nil, model.weight.array.item())
    } catch {
      return (error, model.weight.array.item())
    }
  }

  @Test("name the step and the operation, and leave the parameters before it")
  func operation() {
    // The loss wx − 1 has the slope 1: the weight falls by 0.3 a step, from 3 to 0.9 in seven.
    let (error, weight) = fault()
    #expect(error == .notFinite(epoch: 8, step: 8, place: .operation(name: "sqrt")))
    #expect(abs(weight - 0.9) < 1e-12)
    let text = error?.description ?? ""
    #expect(text.contains("step 8") && text.contains("'sqrt'"))
  }

  @Test("name the row of bad data")
  func data() {
    #expect(
      fault([1, 1, .nan, 1]).0 == .notFinite(epoch: 1, step: 1, place: .features(row: 2)))
    #expect(
      fault(labels: [0, .infinity, 0, 0]).0
        == .notFinite(epoch: 1, step: 1, place: .labels(row: 1)))
  }

  @Test("name the parameter whose gradient is not finite")
  func gradient() {
    // wx = 1 from the start: the root's slope is infinite, times the loss's slope 0.
    let (error, weight) = fault(start: 1)
    #expect(error == .notFinite(epoch: 1, step: 1, place: .gradient(parameter: "weight")))
    #expect(weight == 1)
  }

  @Test("name the parameter that a step made too large")
  func parameter() {
    // The slope 3 times the rate overflows in the first step.
    #expect(
      fault([3, 3, 3, 3], rate: -1e308).0
        == .notFinite(epoch: 2, step: 2, place: .parameter(name: "weight")))
  }

  @Test("a training over the memory limit is refused before it begins")
  func memory() async {
    await #expect(processExitsWith: .success) {
      let (train, _) = TrainerTests.moons(80)
      let trainer = TrainerTests.trainer(TrainerTests.network())
      MemoryBudget.process = MemoryBudget(limit: 1000)
      do throws(TrainingError) {
        try trainer.fit(train, epochs: 1, batchSize: 8)
        preconditionFailure("the training was not refused")
      } catch {
        guard case .memory(let refusal) = error else { preconditionFailure("found \(error)") }
        precondition(refusal.limit == 1000 && refusal.needed > 1000)
        precondition(trainer.stepCount == 0)
      }
    }
  }
}

@Suite("Storage of a training") struct StorageTests {
  @Test("live storage after step 1,000 equals that after step 100")
  func training() async {
    // A process of its own: other tests hold storage meanwhile.
    await #expect(processExitsWith: .success) {
      let (train, _) = TrainerTests.moons(128)
      let model = TrainerTests.network(dropout: 0.2)
      let trainer = TrainerTests.trainer(model)
      var live: [Int] = []
      for _ in 0..<100 {
        try trainer.fit(train, epochs: 1, batchSize: 10)
        live.append(AlignedBuffer.liveByteCount)
      }
      precondition(trainer.stepCount == 1000)
      precondition(live[9] == live[99], "\(live[9]) bytes, later \(live[99])")
    }
  }

  @Test("evaluation and prediction do not grow storage")
  func evaluation() async {
    await #expect(processExitsWith: .success) {
      let (train, test) = TrainerTests.moons(128)
      let trainer = TrainerTests.trainer(TrainerTests.network())
      try trainer.fit(train, epochs: 1, batchSize: 10)
      var live: [Int] = []
      for _ in 0..<200 {
        _ = trainer.evaluate(test, batchSize: 8)
        _ = trainer.predict(test.features, batchSize: 8)
        live.append(AlignedBuffer.liveByteCount)
      }
      precondition(live[9] == live[199], "\(live[9]) bytes, later \(live[199])")
    }
  }
}
