import ArgumentParser
import Hilbert

/// A training of a circuit's inputs on its way.
struct TrainingRun {
  /// A step that has been done.
  struct Step: Codable, Equatable {
    /// The number of the step, from 1.
    let step: Int
    /// The value before the step.
    let value: Double
    let learningRate: Double
    /// The Euclidean norm of the gradient.
    let gradientNorm: Double
  }

  /// The best value that was seen, with the parameters that gave it.
  struct Best: Codable, Equatable {
    let value: Double
    /// The steps that had been done.
    let step: Int
    let weights: [Double]
  }

  /// Why a training ended.
  enum End: String {
    case completed, settled, interrupted
  }

  let names: [String]
  let settings: [String: String]
  private let function: CircuitFunction
  private let method: any GradientMethod
  private let maximises: Bool
  private let parameter: Parameter
  private let optimizer: any Optimizer

  /// The steps in order.
  private(set) var steps: [Step] = []
  private(set) var best: Best?
  private(set) var end = End.completed
  /// The value after the last step.
  private(set) var value = Double.nan
  /// The seconds of this run.
  private(set) var seconds = 0.0
  /// Steps in a row that have changed the value by less than the tolerance.
  private var settledSteps = 0

  /// The steps in a row after which a training has settled.
  static let patience = 10

  init(
    function: CircuitFunction, method: any GradientMethod, names: [String], weights: [Double],
    maximises: Bool, settings: [String: String], optimizer: (Parameter) -> any Optimizer
  ) {
    self.function = function
    self.method = method
    self.names = names
    self.maximises = maximises
    self.settings = settings
    parameter = Parameter(NDArray(weights))
    self.optimizer = optimizer(parameter)
  }

  /// The parameters as they are now.
  var weights: [Double] { parameter.array.doubles() }
  /// The steps that have been done.
  var stepCount: Int { steps.count }

  /// Goes on where a checkpoint was written.
  ///
  /// - Throws: The exit code of a checkpoint of another training.
  mutating func resume(from checkpoint: Checkpoint, _ command: String) throws(ExitCode) {
    for (name, setting) in settings.sorted(by: { $0.key < $1.key })
    where checkpoint.content.settings[name] != setting {
      throw CommandFailure.usage(
        "\(command): --resume: \(checkpoint.path): found \(name) '\(checkpoint.content.settings[name] ?? "")', "
          + "expected '\(setting)' as in this command")
    }
    let content = checkpoint.content
    if let fault = content.fault(names) {
      throw CommandFailure.usage("\(command): --resume: \(checkpoint.path): \(fault)")
    }
    parameter.array = NDArray(content.weights)
    do throws(OptimizerStateError) {
      try optimizer.restore(content.optimizer)
    } catch {
      throw CommandFailure.usage("\(command): --resume: \(checkpoint.path): \(error)")
    }
    steps = content.steps
    best = content.best
    settledSteps = content.settledSteps
  }

  /// Does steps until there are so many, the value has settled or Ctrl-C is pressed.
  ///
  /// - Throws: `GradientError`, or the exit code of a checkpoint that cannot be written or of parameters beyond all
  ///   numbers.
  mutating func run(
    steps count: Int, tolerance: Double?, checkpoint: String?, every interval: Int?,
    command: String
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    var written = start
    let progress = ProgressLine(command)
    defer { progress.finish() }
    end = .completed
    while stepCount < count {
      if Interruption.isRequested {
        end = .interrupted
        break
      }
      if tolerance != nil, settledSteps >= Self.patience {
        end = .settled
        break
      }
      try step(tolerance, command)
      progress.update(
        Double(stepCount) / Double(count),
        "step \(stepCount)/\(count)  value \(RunReport.fixed(steps[stepCount - 1].value, digits: 9))"
      )
      // A checkpoint holds all steps: written too often it would cost more than they do.
      let isDue =
        interval.map { stepCount % $0 == 0 } ?? (clock.now - written >= .seconds(1))
      if let checkpoint, isDue {
        written = clock.now
        try Checkpoint(path: checkpoint, content: content).write(command)
      }
    }
    value = try evaluation().outputs[0]
    note(value)
    if let checkpoint { try Checkpoint(path: checkpoint, content: content).write(command) }
    seconds = (clock.now - start) / .seconds(1)
  }

  private func evaluation() throws(GradientError) -> CircuitEvaluation<Double> {
    try method.advanced(to: UInt64(stepCount)).evaluate(
      function, at: SampleBatch<Double>(weights: weights, inputs: []))
  }

  /// One step: the value, its gradient, the move of the parameters.
  private mutating func step(_ tolerance: Double?, _ command: String) throws {
    let evaluation = try evaluation()
    let value = evaluation.outputs[0]
    let gradient = try evaluation.pullback([1]).weights
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if let tolerance, let last = steps.last {
      settledSteps = abs(value - last.value) < tolerance ? settledSteps + 1 : 0
    }
    note(value)
    let rate = optimizer.currentLearningRates[0]
    parameter.gradient = NDArray(maximises ? gradient.map { -$0 } : gradient)
    optimizer.step()
    guard norm.isFinite, weights.allSatisfy(\.isFinite) else {
      throw CommandFailure.usage(
        "\(command): step \(stepCount + 1): found parameters or a gradient that are no finite numbers; take a smaller "
          + "--learning-rate")
    }
    steps.append(
      Step(step: stepCount + 1, value: value, learningRate: rate, gradientNorm: norm))
  }

  /// Keeps a value that is better than all before.
  private mutating func note(_ value: Double) {
    if let best, maximises ? value <= best.value : value >= best.value { return }
    best = Best(value: value, step: stepCount, weights: weights)
  }

  private var content: Checkpoint.Content {
    Checkpoint.Content(
      schema: Checkpoint.schema, settings: settings, names: names, weights: weights,
      optimizer: optimizer.state, best: best, settledSteps: settledSteps, steps: steps)
  }
}
