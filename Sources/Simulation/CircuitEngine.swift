public import Circuits
import Compute

/// The outputs of one circuit as a function of its weights and inputs, and their derivatives.
///
/// Engines are values, made once for a circuit. Rows of inputs follow each other; all rows share the weights.
public protocol CircuitEngine: Sendable {
  /// The circuit that is run, noise channels in their places.
  var circuit: Circuit { get }
  /// What is read off.
  var measurement: Measurement { get }

  /// The same engine for another circuit, whose noise channels stand in it.
  ///
  /// - Throws: ``SimulationError`` as when the engine was made.
  func running(
    _ circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> Self

  /// The outputs of `count` samples, `[count, outputs]`, row by row.
  ///
  /// - Throws: ``SimulationError`` if the counts do not fit, a value is not finite, or memory does not suffice.
  func outputs(
    weights: [Double], inputs: [Double], count: Int
  ) throws(SimulationError) -> [Double]

  /// The outputs at inputs that a gradient method chose, one row for each of `draws`.
  ///
  /// An engine that draws takes the same random numbers in rows of the same number: in the difference of two such rows
  /// most of their errors cancel. They are not those of ``outputs(weights:inputs:count:)``. An exact engine pays no heed.
  ///
  /// - Throws: ``SimulationError`` as ``outputs(weights:inputs:count:)``.
  func outputs(
    weights: [Double], inputs: [Double], draws: [Int]
  ) throws(SimulationError) -> [Double]

  /// The engine for the evaluation number `step` of a training: one that draws takes draws of its own.
  func advanced(to step: UInt64) -> Self

  /// From d loss / d outputs to d loss / d weights, summed over the samples, and d loss / d inputs.
  ///
  /// - Throws: ``SimulationError`` as ``outputs(weights:inputs:count:)``, and where what the way back keeps does not
  ///   fit the memory.
  func vectorJacobianProduct(
    weights: [Double], inputs: [Double], count: Int, cotangents: [Double]
  ) throws(SimulationError) -> (weights: [Double], inputs: [Double])
}

extension CircuitEngine {
  /// The engine itself: one that is exact draws nothing.
  public func advanced(to step: UInt64) -> Self { self }

  /// The outputs, whatever the draws.
  ///
  /// - Throws: ``SimulationError`` as ``outputs(weights:inputs:count:)``.
  public func outputs(
    weights: [Double], inputs: [Double], draws: [Int]
  ) throws(SimulationError) -> [Double] {
    try outputs(weights: weights, inputs: inputs, count: draws.count)
  }
}

extension DensityMatrixEngine: CircuitEngine {
  /// The same engine for another circuit.
  ///
  /// - Throws: ``SimulationError`` as ``init(_:noise:measuring:policy:budget:kernels:)``.
  public func running(
    _ circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> DensityMatrixEngine {
    try DensityMatrixEngine(
      circuit, measuring: measurement, policy: policy, budget: budget, kernels: kernels)
  }
}

extension TrajectoryEngine: CircuitEngine {
  /// The same engine for another circuit: as many trajectories, the same seed.
  ///
  /// - Throws: ``SimulationError`` as ``init(_:noise:measuring:trajectories:seed:policy:budget:kernels:)``.
  public func running(
    _ circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> TrajectoryEngine {
    try TrajectoryEngine(
      circuit, measuring: measurement, trajectories: trajectoryCount, seed: seed, policy: policy,
      budget: budget, kernels: kernels)
  }

  /// The engine with draws of the step's own.
  public func advanced(to step: UInt64) -> TrajectoryEngine {
    var engine = self
    var stream = RandomStream(seed: seed, purpose: Self.steps, index: step)
    engine.seed = stream.next()
    return engine
  }

  /// The means over trajectories; rows of one number take the same draws, which are not those of the outputs.
  ///
  /// - Throws: ``SimulationError`` as ``estimates(weights:inputs:count:)``.
  public func outputs(
    weights: [Double], inputs: [Double], draws: [Int]
  ) throws(SimulationError) -> [Double] {
    try estimates(weights: weights, inputs: inputs, draws: draws, for: Self.gradientDraws)
      .map(\.mean)
  }
}
