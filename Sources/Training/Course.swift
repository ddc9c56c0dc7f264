import Arrays
import Autograd
import NeuralNetworks

/// A training on its way: its history, its reports, and the best parameters so far.
struct Course {
  var history = History()
  private var stagnation: Stagnation?
  private var best: [(parameter: Parameter, array: NDArray)] = []
  private let start = ContinuousClock.now
  private let lastEpoch: Int
  private let receive: (ProgressReport) -> Void
  private var lastPlace = (step: 0, count: 0)

  init(
    _ trainer: Trainer, stagnation: Stagnation?, lastEpoch: Int,
    receive: @escaping (ProgressReport) -> Void
  ) {
    history.metricNames = trainer.metrics.map(\.name)
    self.stagnation = stagnation
    self.lastEpoch = lastEpoch
    self.receive = receive
  }

  /// Reports one step.
  mutating func report(epoch: Int, step: Int, of count: Int, _ scores: History.Scores) {
    lastPlace = (step, count)
    send(epoch, scores, finished: nil)
  }

  /// Takes an epoch in: keeps the parameters if they are the best, and says in `history.end` whether to
  /// stop.
  mutating func finish(_ epoch: History.Epoch, of model: any Layer) {
    history.epochs.append(epoch)
    if let rule = stagnation?.rule {
      if stagnation?.observe(rule.value(in: epoch)) == true {
        history.bestEpoch = epoch.epoch
        if rule.restoresBest { best = model.parameters.map { ($0, $0.array) } }
      }
      if stagnation?.isReached == true { history.end = .stoppedEarly }
    }
    send(epoch.epoch, epoch.training, finished: epoch)
  }

  /// Puts the best parameters back, where they were kept.
  func restoreBest() {
    for (parameter, array) in best { parameter.array = array }
  }

  private func send(_ epoch: Int, _ scores: History.Scores, finished: History.Epoch?) {
    receive(
      ProgressReport(
        epoch: epoch, lastEpoch: lastEpoch, step: lastPlace.step, stepsPerEpoch: lastPlace.count,
        training: scores, metricNames: history.metricNames, finished: finished,
        isLast: finished != nil && (epoch == lastEpoch || history.end == .stoppedEarly),
        seconds: start.secondsUntilNow))
  }
}
