import CQuantumKernels
public import Circuits
public import Compute

/// A mean over trajectories, and how far it may be off.
public struct TrajectoryEstimate: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The standard deviation of the mean: that of the trajectories over √count.
  public let standardError: Double
}

/// Noisy circuits by trajectories: pure states that draw one Kraus operator of every channel.
///
/// A trajectory draws operator K with probability |K ψ|² and goes on with K ψ / |K ψ|; the mean over trajectories
/// of an expectation value is that of the density matrix. The trajectories are the lanes of tiles, so that memory is
/// that of a few state vectors. What a trajectory draws depends on the seed and its number alone.
///
/// Source: Dalibard, Castin, Mølmer, "Wave-function approach to dissipative processes in quantum optics" (1992),
/// doi:10.1103/PhysRevLett.68.580.
public struct Trajectories<Scalar: StateScalar>: Sendable {
  /// The circuit with the channels of its noise model.
  public let circuit: Circuit
  /// The number of trajectories.
  public let count: Int
  /// What decides the draws.
  public let seed: UInt64
  private let policy: LoopPolicy
  private let budget: MemoryBudget
  private let kernels: KernelTable

  private static var draws: RandomPurpose { RandomPurpose("trajectories") }

  /// Creates `count` trajectories of a circuit.
  ///
  /// - Throws: ``SimulationError/noise(_:)`` if the model does not fit the circuit.
  /// - Precondition: There is at least one trajectory.
  public init(
    of circuit: Circuit, noise: NoiseModel = NoiseModel(), count: Int, seed: UInt64,
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    require(count >= 1, "a number of trajectories is at least 1: found \(count)")
    do throws(ChannelError) {
      self.circuit = try noise.applied(to: circuit)
    } catch {
      throw .noise(error)
    }
    self.count = count
    self.seed = seed
    self.policy = policy
    self.budget = budget
    self.kernels = kernels
  }

  /// The expectation values of observables.
  ///
  /// - Throws: ``SimulationError`` if an observable names a qubit that is not there, the numbers of weights or
  ///   inputs do not fit, an angle is not finite, or the states of the tiles do not fit the budget.
  /// - Complexity: O(count · (gates + channels) · 2ⁿ).
  public func expectations(
    of observables: [PauliSum], weights: [Double] = [], inputs: [Double] = []
  ) throws(SimulationError) -> [TrajectoryEstimate] {
    try estimates(.expectations(observables), weights, inputs)
  }

  /// The probabilities of the outcomes of some qubits, the first one named being the least significant bit.
  ///
  /// - Throws: ``SimulationError`` as ``expectations(of:weights:inputs:)``.
  public func probabilities(
    of qubits: [Int], weights: [Double] = [], inputs: [Double] = []
  ) throws(SimulationError) -> [TrajectoryEstimate] {
    try estimates(.probabilities(of: qubits), weights, inputs)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func estimates(
    _ measurement: Measurement, _ weights: [Double], _ inputs: [Double]
  ) throws(SimulationError) -> [TrajectoryEstimate] {
    try circuit.requireValues(weights: weights, inputs: inputs)
    let bound = circuit.bound(weights: weights, inputs: inputs)
    let plan = try Plan(trajectoriesOf: bound, measuring: measurement)
    let engine = BatchEngine<Scalar>(plan, policy: policy, budget: budget, kernels: kernels)
    let run = unsafe try TileRun(engine, weights: [], inputs: nil, batch: count)
    let outputs = try self.outputs(run, engine, plan)
    let width = plan.outputCount
    return (0..<width).map { output in
      let mean =
        (0..<count).reduce(0.0) { $0 + Double(outputs[$1 * width + output]) } / Double(count)
      let squares = (0..<count).reduce(0.0) { sum, row in
        let difference = Double(outputs[row * width + output]) - mean
        return sum + difference * difference
      }
      // One trajectory tells nothing of its spread.
      let error =
        count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : .infinity
      return TrajectoryEstimate(mean: mean, standardError: error)
    }
  }

  /// The outputs of every trajectory, row by row.
  private func outputs(
    _ run: TileRun<Scalar>, _ engine: BatchEngine<Scalar>, _ plan: Plan
  ) throws(SimulationError) -> [Scalar] {
    let states = try engine.buffer(run.workers * run.tileBytes, "the states of trajectories")
    let lanes = BatchEngine<Scalar>.lanes
    let channels = plan.channels.count
    var outputs = [Scalar](repeating: 0, count: count * plan.outputCount)
    unsafe outputs.withUnsafeMutableBufferPointer { outputs in
      nonisolated(unsafe) let outputs = unsafe outputs
      run.forEachTile { tile, worker in
        var call = unsafe run.call(tile, worker)
        unsafe call.state = states.pointer + worker * run.tileBytes
        unsafe call.outputs = UnsafeMutableRawPointer(
          outputs.baseAddress.map { unsafe $0 + tile * lanes * plan.outputCount })
        var draws = [Double](repeating: 0, count: max(channels, 1) * lanes)
        for lane in 0..<Int(unsafe call.samples) {
          var stream = RandomStream(
            seed: seed, purpose: Self.draws, index: UInt64(tile * lanes + lane))
          for channel in 0..<channels { draws[channel * lanes + lane] = stream.nextUniform() }
        }
        unsafe draws.withUnsafeBufferPointer { draws in
          unsafe call.draws = draws.baseAddress
          unsafe run.kernels.forward(run.header, &call)
        }
      }
    }
    return outputs
  }
}
