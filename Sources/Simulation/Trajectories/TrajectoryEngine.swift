import CQuantumKernels
public import Circuits
public import Compute

/// The outputs of a noisy circuit as a function of its weights and inputs, as means over trajectories, with unbiased
/// derivatives.
///
/// The circuit is compiled once. Sample s takes the trajectories s·N to s·N + N − 1, N being
/// ``trajectoryCount``: each draws from the stream of its number, so that results do not depend on threads, and samples
/// are independent. Outputs and gradients draw from different streams: in the gradient of a loss that is not linear in
/// the outputs, errors that both share would not cancel in the mean.
public struct TrajectoryEngine<Scalar: StateScalar>: Sendable {
  /// The circuit with the channels of its noise model.
  public let circuit: Circuit
  /// What is read off.
  public let measurement: Measurement
  /// The trajectories of every sample.
  public let trajectoryCount: Int
  /// What decides the draws.
  public internal(set) var seed: UInt64
  /// The threads that may be used; results do not depend on them.
  public let policy: LoopPolicy
  /// What may be allocated.
  public let budget: MemoryBudget
  /// The way back keeps all states in front of channels while they take at most this much.
  package var keptBytesLimit = 256 << 20
  let kernels: KernelTable
  /// Reads weights, then inputs, as its weights: all trajectories of a sample share its angles.
  ///
  /// The lane plan where inputs are amplitudes, which weights are not.
  private let sharedPlan: Plan
  /// Reads weights, then inputs, as its inputs: every trajectory has gradients of its own.
  let lanePlan: Plan

  /// The streams that outputs are drawn from.
  static var outputDraws: RandomPurpose { RandomPurpose("trajectories") }
  /// The streams that gradients are drawn from.
  static var gradientDraws: RandomPurpose { RandomPurpose("trajectories of gradients") }
  /// The streams that the seeds of a training's steps come from.
  static var steps: RandomPurpose { RandomPurpose("steps of trajectories") }
  /// The most trajectories of one pass: what they give is kept one by one until the pass ends.
  static var passLimit: Int { 4096 }

  /// Compiles a circuit.
  ///
  /// - Parameters:
  ///   - circuit: The circuit; noise channels may stand in it. Barriers and final measurements change nothing.
  ///   - noise: Channels that follow its gates; readout errors are not in the outputs.
  ///   - measurement: What is read off.
  ///   - trajectories: The trajectories of every sample.
  ///   - seed: What decides the draws.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  ///   - kernels: The kernels to use.
  /// - Throws: ``SimulationError`` if the circuit has more than 63 qubits, the measurement names a qubit that is not
  ///   there, a channel has more than 64 operators, the model does not fit the circuit, or variances, covariances or
  ///   amplitudes are asked for.
  /// - Precondition: There is at least one trajectory.
  public init(
    _ circuit: Circuit, noise: NoiseModel = NoiseModel(), measuring measurement: Measurement,
    trajectories: Int, seed: UInt64, policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    require(
      trajectories >= 1, "a number of trajectories is at least 1: found \(trajectories)")
    guard Readout(measurement).isIdentity else { throw .notMeans }
    if case .amplitudes = measurement { throw .amplitudesUnsupported(engine: "TrajectoryEngine") }
    self.circuit = try circuit.noisy(by: noise)
    self.measurement = measurement
    trajectoryCount = trajectories
    self.seed = seed
    self.policy = policy
    self.budget = budget
    self.kernels = kernels
    lanePlan = try Plan(trajectoriesOf: self.circuit.readingInputs(), measuring: measurement)
    sharedPlan =
      circuit.initialState?.readsInputs == true
      ? lanePlan
      : try Plan(trajectoriesOf: self.circuit.readingWeights(), measuring: measurement)
  }

  /// The means over trajectories of the outputs of `count` samples, `[count, outputs]`, row by row.
  ///
  /// - Throws: ``SimulationError`` as ``estimates(weights:inputs:count:)``.
  public func outputs(
    weights: [Double], inputs: [Double], count: Int
  ) throws(SimulationError) -> [Double] {
    try estimates(weights: weights, inputs: inputs, count: count).map(\.mean)
  }

  /// The outputs of `count` samples with their standard errors, `[count, outputs]`, row by row.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[count, inputs]`, row by row.
  ///   - count: The number of samples.
  /// - Returns: The estimates, `[count, outputs]`.
  /// - Throws: ``SimulationError`` if the counts do not fit, a value is not finite, or a tile's state, twice where the
  ///   circuit has CNOT or SWAP beside channels, does not fit the budget for every thread.
  /// - Complexity: O(count · trajectories · (gates + channels) · 2ⁿ).
  public func estimates(
    weights: [Double], inputs: [Double], count: Int
  ) throws(SimulationError) -> [TrajectoryEstimate] {
    try estimates(
      weights: weights, inputs: inputs, draws: Array(0..<max(count, 0)),
      for: Self.outputDraws)
  }

  /// As ``estimates(weights:inputs:count:)``, with the draws of the samples of given numbers; samples of one number
  /// have the same draws.
  func estimates(
    weights: [Double], inputs: [Double], draws: [Int], for purpose: RandomPurpose
  ) throws(SimulationError) -> [TrajectoryEstimate] {
    let rows = try circuit.requireRows(weights: weights, inputs: inputs, count: draws.count)
    let engine = BatchEngine<Scalar>(sharedPlan, policy: policy, budget: budget, kernels: kernels)
    let width = sharedPlan.outputCount
    guard !draws.isEmpty else { return [] }
    // The outputs of all trajectories of a pass, moments and estimates, beside the states.
    let size = min(Self.passLimit, trajectoryCount)
    let tiles = try Tiling(engine, batch: size, isForward: true)
    try budget.require(
      all: [
        (1, tiles.workBytes), (1, tiles.stateBytes),
        (size * (width + sharedPlan.inputCount), MemoryLayout<Scalar>.stride),
        (draws.count + 2, width * MemoryLayout<TrajectoryEstimate>.stride),
      ],
      for: "\(width) outputs of \(size) trajectories at a time of \(circuit.qubitCount) qubits in "
        + "\(Scalar.precision) precision")
    var result: [TrajectoryEstimate] = []
    for (row, number) in zip(rows, draws) {
      var moments = RunningMoments(width: width)
      for first in stride(from: 0, to: trajectoryCount, by: Self.passLimit) {
        let size = min(Self.passLimit, trajectoryCount - first)
        let source = DrawSource(
          seed: seed, purpose: purpose, first: number * trajectoryCount + first,
          channelCount: sharedPlan.channels.count)
        moments.add(try outputs(engine, at: weights + row, size, source), rows: size)
      }
      result += moments.estimates
    }
    return result
  }

  /// The outputs of every trajectory of a pass, row by row.
  private func outputs(
    _ engine: BatchEngine<Scalar>, at values: [Double], _ size: Int, _ source: DrawSource
  ) throws(SimulationError) -> [Scalar] {
    let isShared = engine.plan.inputCount == 0
    let width = engine.plan.outputCount
    let inputs =
      isShared ? [] : Array(repeating: values.map { Scalar($0) }, count: size).flatMap { $0 }
    var outputs = [Scalar](repeating: 0, count: size * width)
    let result = Result { () throws(SimulationError) in
      try unsafe inputs.withUnsafeBufferPointer { inputs throws(SimulationError) in
        let weights = isShared ? values : []
        // A norm may vanish in the precision of the trajectories.
        try unsafe engine.check(weights, inputs.baseAddress, batch: min(size, 1))
        let run = unsafe try TileRun(
          engine, weights: weights, inputs: inputs.baseAddress, batch: size, isForward: true)
        let states = try engine.buffer(run.workers * run.tileBytes, "the states of trajectories")
        unsafe outputs.withUnsafeMutableBufferPointer { outputs in
          nonisolated(unsafe) let outputs = unsafe outputs
          run.forEachTile { tile, worker in
            var call = unsafe run.call(tile, worker)
            unsafe call.state = states.pointer + worker * run.tileBytes
            unsafe call.outputs = UnsafeMutableRawPointer(
              outputs.baseAddress.map { unsafe $0 + tile * BatchEngine<Scalar>.lanes * width })
            let draws: [Double] = unsafe source.draws(
              tile: tile, samples: Int(call.samples), lanes: BatchEngine<Scalar>.lanes)
            unsafe draws.withUnsafeBufferPointer { draws in
              unsafe call.draws = draws.baseAddress
              unsafe run.kernels.forward(run.header, &call)
            }
          }
        }
      }
    }
    try result.get()
    return outputs
  }
}

/// The uniform numbers with which trajectories draw operators: those of a trajectory are its own stream's.
struct DrawSource {
  let seed: UInt64
  let purpose: RandomPurpose
  /// The number of the first trajectory of the first tile.
  let first: Int
  let channelCount: Int

  /// The numbers of a tile, `[channels, lanes]`.
  func draws(tile: Int, samples: Int, lanes: Int) -> [Double] {
    var draws = [Double](repeating: 0, count: max(channelCount, 1) * lanes)
    for lane in 0..<samples {
      var stream = RandomStream(
        seed: seed, purpose: purpose, index: UInt64(first + tile * lanes + lane))
      for channel in 0..<channelCount { draws[channel * lanes + lane] = stream.nextUniform() }
    }
    return draws
  }
}
