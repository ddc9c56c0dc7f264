import Arrays
import Autograd
import Compute
public import Datasets
import NeuralNetworks
public import Optimizers

extension Trainer {
  /// Trains the model on `train`, epoch by epoch.
  ///
  /// Each epoch goes through the samples in an order that depends on `seed` and on the number of the
  /// epoch; each batch gives one step. The model is left in evaluation.
  ///
  /// - Parameters:
  ///   - train: The samples to learn from; one at least.
  ///   - validation: Samples to measure on after each epoch; never learned from.
  ///   - epochs: The passes over the samples.
  ///   - batchSize: The samples of a step; the last step of an epoch takes what is left.
  ///   - seed: The seed of the orders.
  ///   - dropLast: Whether a last batch that is not full is left out.
  ///   - clipping: A bound on the gradients of each step.
  ///   - earlyStopping: A rule to end before the last epoch.
  ///   - progress: What is shown meanwhile; nothing by default.
  /// - Returns: Each step and each epoch.
  /// - Throws: ``TrainingError/notFinite(epoch:step:place:)`` where the loss or a gradient is infinite or
  ///   not a number: the step is not done, and the parameters are those before it.
  ///   ``TrainingError/memory(_:)`` before anything is allocated.
  /// - Precondition: Early stopping finds what it watches.
  @discardableResult
  public func fit(
    _ train: Dataset, validation: Dataset? = nil, epochs: Int, batchSize: Int, seed: UInt64 = 0,
    dropLast: Bool = false, clipping: GradientClipping? = nil,
    earlyStopping: EarlyStopping? = nil, progress: ProgressOutput = .none
  ) throws(TrainingError) -> History {
    require(epochs >= 0, "fit: expected a number of epochs, found \(epochs)")
    require(
      train.count > (dropLast ? batchSize - 1 : 0),
      "fit: expected samples for one batch at least, found \(train.count)")
    try requireMemory(for: train, batchSize: batchSize)
    var course = Course(
      self, stagnation: earlyStopping.map { stagnation(of: $0, hasValidation: validation != nil) },
      lastEpoch: epochCount + epochs, receive: progress.receiver())
    defer { model.eval() }
    for _ in 0..<epochs {
      let start = ContinuousClock.now
      let training = try pass(
        over: train.batches(of: batchSize, seed: seed, epoch: epochCount, dropLast: dropLast),
        clipping, &course)
      epochCount += 1
      let scores = validation.map { evaluate($0, batchSize: max(batchSize, 256)) }
      course.finish(
        History.Epoch(
          epoch: epochCount, training: training, validation: scores,
          learningRate: course.history.steps.last?.learningRate ?? 0,
          seconds: start.secondsUntilNow), of: model)
      if course.history.end == .stoppedEarly { break }
    }
    course.restoreBest()
    return course.history
  }

  /// One pass over `batches`, a step for each.
  private func pass(
    over batches: Batches, _ clipping: GradientClipping?, _ course: inout Course
  ) throws(TrainingError) -> History.Scores {
    model.train()
    let epoch = epochCount + 1
    var sums = ScoreSums(metrics)
    for (place, batch) in batches.enumerated() {
      let start = ContinuousClock.now
      let rate = optimizer.currentLearningRates[0]
      let value = try step(on: batch, epoch: epoch, clipping, &sums)
      course.history.steps.append(
        History.Step(
          epoch: epoch, step: stepCount, loss: value, learningRate: rate,
          sampleCount: batch.count, seconds: start.secondsUntilNow))
      course.report(epoch: epoch, step: place + 1, of: batches.count, sums.scores)
    }
    return sums.scores
  }

  /// One step: the loss of `batch`, its gradients, the move of the parameters.
  private func step(
    on batch: Batch, epoch: Int, _ clipping: GradientClipping?, _ sums: inout ScoreSums
  ) throws(TrainingError) -> Double {
    let output = model(batch.features)
    let loss = loss(output, batch.labels)
    let value = loss.item()
    guard value.isFinite else {
      throw .notFinite(epoch: epoch, step: stepCount + 1, place: placeOfFault(in: batch, loss))
    }
    optimizer.zeroGradients()
    model.zeroGradients()
    loss.backward()
    for (name, parameter) in model.namedParameters
    where !(parameter.gradient?.isFiniteEverywhere ?? true) {
      optimizer.zeroGradients()
      throw .notFinite(epoch: epoch, step: stepCount + 1, place: .gradient(parameter: name))
    }
    clipping?.apply(to: optimizer.parameters)
    optimizer.step()
    stepCount += 1
    sums.add(value, output.array, batch)
    return value
  }

  /// Where the fault of a loss that is not finite first appeared.
  private func placeOfFault(in batch: Batch, _ loss: Tensor) -> NonFinitePlace {
    for (index, row) in batch.rows.enumerated() {
      if !batch.features[index].isFiniteEverywhere { return .features(row: row) }
      if !batch.labels[index].isFiniteEverywhere { return .labels(row: row) }
    }
    for (name, parameter) in model.namedParameters where !parameter.array.isFiniteEverywhere {
      return .parameter(name: name)
    }
    // Once more under watch; where dropout draws another mask and the fault stays away, what the tape
    // of the first run still holds decides.
    let watched = Tensor.firstNonFiniteOperation {
      self.loss(model(batch.features), batch.labels)
    }
    return .operation(name: watched ?? loss.firstNonFiniteOperation() ?? self.loss.name)
  }

  /// Refuses before anything is allocated: gradients, the optimizer's state, the best parameters, and a
  /// batch with its gradient.
  private func requireMemory(for data: Dataset, batchSize: Int) throws(TrainingError) {
    let parameters = model.parameters.reduce(0) { $0 + $1.count * $1.dtype.byteCount }
    let sample = data.features.count / data.count * data.features.dtype.byteCount
    let bytes = 5 * parameters + 2 * min(batchSize, data.count) * sample
    do throws(MemoryBudgetError) {
      try MemoryBudget.process.require(
        bytes, for: "training \(model.parameterCount) parameters in batches of \(batchSize)")
    } catch {
      throw .memory(error)
    }
  }

  private func stagnation(of rule: EarlyStopping, hasValidation: Bool) -> Stagnation {
    require(
      hasValidation || !rule.needsValidation,
      "early stopping watches \(rule.quantity), and there are no validation data")
    guard let name = rule.metricName else {
      return Stagnation(rule: rule, isBetterWhenHigher: false)
    }
    guard let metric = metrics.first(where: { $0.name == name }) else {
      stop(
        "early stopping watches '\(name)'; the metrics are \(metrics.map(\.name))")
    }
    return Stagnation(rule: rule, isBetterWhenHigher: metric.isBetterWhenHigher)
  }
}

extension ContinuousClock.Instant {
  /// The seconds since this instant.
  var secondsUntilNow: Double { (ContinuousClock.now - self) / .seconds(1) }
}
