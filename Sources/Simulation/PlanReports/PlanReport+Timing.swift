import CQuantumKernels
import Circuits
import Compute

/// Predicted and measured times.
extension PlanReport {
  /// The threads that work at the same time: a block is done by one, tiles and samples are shared.
  package var workingThreads: Int {
    switch layout {
    case .tiles(_, let count): min(count, task.policy.threadCount)
    case .block: min(task.batch ?? 1, task.policy.threadCount)
    case .passes: task.policy.threadCount
    }
  }

  /// Measures the limits of the machine, and predicts from them what each pass takes at least.
  ///
  /// A pass waits for memory, for its caches or for its arithmetic: the longest of bytes / bandwidth of the memory
  /// that holds the state, bytes / bandwidth of the one that holds a block, and operations / rate.
  ///
  /// - Complexity: A second.
  package mutating func predict() {
    let threads = workingThreads
    let share = Int(min(stateBytes, 0x1p40)) / threads
    let ladder = MachineLadder(policy: threads == 1 ? .serial : .threads(threads))
    let limits = Limits(
      threads: threads, memoryBandwidth: ladder.bandwidth(of: share),
      cacheBandwidth: ladder.bandwidth(of: Int(blockBytes)),
      operationsPerSecond: ladder.operationsPerSecond[task.precision] ?? .infinity)
    self.limits = limits
    for index in passes.indices {
      let pass = passes[index]
      passes[index].predicted = max(
        pass.memoryBytes / limits.memoryBandwidth, pass.cacheBytes / limits.cacheBandwidth,
        pass.operations / limits.operationsPerSecond)
    }
  }

  /// What all passes of a direction take at least, once it is predicted.
  package func predictedSeconds(_ direction: PlanPass.Direction) -> Double? {
    passes.filter { $0.direction == direction }.reduce(0) { sum, pass in
      sum.flatMap { sum in pass.predicted.map { sum + $0 } }
    }
  }

  /// Runs the plan some times and keeps the medians.
  ///
  /// Passes of one state over memory are timed one by one; otherwise the whole way forward, and the whole way back.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` if the states do not fit; nothing has been allocated then.
  package mutating func measure() throws(SimulationError) {
    let values = (0..<plan.weightCount).map { 0.1 + 0.7 * Double($0 % 9) }
    if task.batch == nil && !task.wantsGradient {
      try measureState(values)
    } else if task.precision == .single {
      try measureBatch(BatchEngine<Float>(plan, policy: task.policy, budget: task.budget), values)
    } else {
      try measureBatch(BatchEngine<Double>(plan, policy: task.policy, budget: task.budget), values)
    }
  }

  private mutating func measureState(_ values: [Double]) throws(SimulationError) {
    try StateVector.requireMemory(plan.qubitCount, task.precision, task.budget)
    let engine = StateEngine(
      plan, precision: task.precision, policy: task.policy, budget: task.budget, table: .best)
    let coefficients = try engine.bind(values)
    let state = try engine.buffer(engine.stateBytes, "the state")
    guard program.passCount > 0 else {
      forwardSeconds = try Self.median { () throws(SimulationError) in
        try engine.run(coefficients, values, state: state)
      }
      if passes.count == 1 { passes[0].measured = forwardSeconds }
      return
    }
    let clock = ContinuousClock()
    var times: [[Double]] = Array(repeating: [], count: program.passCount)
    forwardSeconds = try Self.median { () throws(SimulationError) in
      engine.start(values, state: state)
      for index in 0..<program.passCount {
        let start = clock.now
        try engine.runPass(index, coefficients, state: state)
        times[index].append((clock.now - start) / .seconds(1))
      }
    }
    for index in times.indices { passes[index].measured = Self.median(of: times[index]) }
  }

  private mutating func measureBatch<Scalar: StateScalar>(
    _ engine: BatchEngine<Scalar>, _ weights: [Double]
  ) throws(SimulationError) {
    let batch = task.batch ?? 1
    let count = max(1, batch * plan.outputCount)
    var outputs = [Scalar](repeating: 0, count: count)
    let inputs = [Scalar](repeating: 0.3, count: max(1, batch * plan.inputCount))
    var states: BatchEngine<Scalar>.States?
    forwardSeconds = try Self.median { () throws(SimulationError) in
      states = unsafe try engine.forward(
        weights: weights, inputs: inputs, batch: batch, outputs: &outputs,
        keepingStates: task.wantsGradient)
    }
    if passes.count == 1 { passes[0].measured = forwardSeconds }
    guard task.wantsGradient else { return }
    let cotangents = [Scalar](repeating: 1, count: count)
    backwardSeconds = try Self.median { () throws(SimulationError) in
      _ = unsafe try engine.backward(
        weights: weights, inputs: inputs, batch: batch, states: states, cotangents: cotangents,
        inputGradients: nil)
    }
  }

  /// The median of the seconds of some runs: at least five, in half a second at most; fewer of a long one.
  private static func median(
    _ body: () throws(SimulationError) -> Void
  ) throws(SimulationError) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    var times: [Double] = []
    repeat {
      let began = clock.now
      try body()
      times.append((clock.now - began) / .seconds(1))
      let elapsed = clock.now - start
      if elapsed > .seconds(4) || elapsed > .milliseconds(500) && times.count >= 5 { break }
    } while times.count < 200
    return median(of: times)
  }

  private static func median(of times: [Double]) -> Double {
    times.sorted()[times.count / 2]
  }
}
