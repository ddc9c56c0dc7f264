public import Circuits
public import Compute

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

  /// Creates `count` trajectories of a circuit.
  ///
  /// - Throws: ``SimulationError/noise(_:)`` if the model does not fit the circuit.
  /// - Precondition: There is at least one trajectory.
  public init(
    of circuit: Circuit, noise: NoiseModel = NoiseModel(), count: Int, seed: UInt64,
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    require(count >= 1, "a number of trajectories is at least 1: found \(count)")
    self.circuit = try circuit.noisy(by: noise)
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
    try TrajectoryEngine<Scalar>(
      circuit, measuring: measurement, trajectories: count, seed: seed, policy: policy,
      budget: budget, kernels: kernels
    ).estimates(weights: weights, inputs: inputs, count: 1)
  }
}
