public import Circuits
public import Compute

/// Density matrices, exact under noise: 4ⁿ numbers.
public struct DensityMatrixDevice: Device {
  /// Channels that follow the gates of every circuit.
  public var noise: NoiseModel
  /// The threads that may be used; results do not depend on them.
  public var policy: LoopPolicy
  /// What may be allocated.
  public var budget: MemoryBudget

  /// Creates the device.
  public init(
    noise: NoiseModel = NoiseModel(), policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process
  ) {
    self.noise = noise
    self.policy = policy
    self.budget = budget
  }

  /// "density".
  public var name: String { BuiltInDevice.density.rawValue }
  /// All but amplitudes as outputs.
  public var abilities: Set<DeviceAbility> { BuiltInDevice.density.abilities }

  /// The qubits of which 8 · 4ⁿ bytes fit the budget; the precision is always double.
  public func qubitLimit(_ precision: Precision) -> Int {
    budget.doublings(of: 8, atMost: 2 * PauliString.qubitLimit) / 2
  }

  /// Plans a circuit with the device's noise.
  ///
  /// - Throws: ``SimulationError``.
  public func engine(
    for circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> any CircuitEngine {
    try requireAbilities(for: circuit, measuring: measurement)
    return try DensityMatrixEngine(
      circuit, noise: noise, measuring: measurement, policy: policy, budget: budget)
  }
}

extension Device where Self == DensityMatrixDevice {
  /// Density matrices, exact under noise.
  public static func densityMatrix(noise: NoiseModel = NoiseModel()) -> DensityMatrixDevice {
    DensityMatrixDevice(noise: noise)
  }
}

/// Means over trajectories: noise at the cost of pure states, with a standard error.
///
/// In the training of a layer every step draws trajectories of its own.
public struct TrajectoryDevice: Device {
  /// Channels that follow the gates of every circuit.
  public var noise: NoiseModel
  /// The trajectories of each sample.
  public var count: Int
  /// What decides the draws.
  public var seed: UInt64
  /// The precision of amplitudes.
  public var precision: Precision
  /// The threads that may be used; results do not depend on them.
  public var policy: LoopPolicy
  /// What may be allocated.
  public var budget: MemoryBudget

  /// Creates the device.
  ///
  /// - Precondition: There is at least one trajectory.
  public init(
    noise: NoiseModel = NoiseModel(), count: Int, seed: UInt64, precision: Precision = .single,
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process
  ) {
    require(count >= 1, "a number of trajectories is at least 1: found \(count)")
    self.noise = noise
    self.count = count
    self.seed = seed
    self.precision = precision
    self.policy = policy
    self.budget = budget
  }

  /// "trajectories".
  public var name: String { BuiltInDevice.trajectories.rawValue }
  /// All but exact outputs and amplitudes.
  public var abilities: Set<DeviceAbility> { BuiltInDevice.trajectories.abilities }

  /// The qubits of which a tile of states fits the budget.
  public func qubitLimit(_ precision: Precision) -> Int {
    budget.doublings(
      of: precision.bytesPerAmplitude * KernelTable.lanes(precision),
      atMost: PauliString.qubitLimit)
  }

  /// Plans a circuit with the device's noise.
  ///
  /// - Throws: ``SimulationError``.
  public func engine(
    for circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> any CircuitEngine {
    try requireAbilities(for: circuit, measuring: measurement)
    switch precision {
    case .single:
      return try TrajectoryEngine<Float>(
        circuit, noise: noise, measuring: measurement, trajectories: count, seed: seed,
        policy: policy, budget: budget)
    case .double:
      return try TrajectoryEngine<Double>(
        circuit, noise: noise, measuring: measurement, trajectories: count, seed: seed,
        policy: policy, budget: budget)
    }
  }
}

extension Device where Self == TrajectoryDevice {
  /// Means over `count` trajectories.
  public static func trajectories(
    _ count: Int, noise: NoiseModel = NoiseModel(), seed: UInt64 = 0
  ) -> TrajectoryDevice {
    TrajectoryDevice(noise: noise, count: count, seed: seed)
  }
}
