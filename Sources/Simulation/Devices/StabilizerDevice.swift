public import Circuits
public import Compute

/// Clifford circuits on the strings that stabilize a state: exact, hundreds of qubits.
///
/// Weights and inputs may stand in angles as long as each gate is Clifford at their values; gates that are shifted by
/// multiples of π/2 then are too, so that the parameter-shift rule works for rotations.
public struct StabilizerDevice: Device {
  /// The threads that may be used; results do not depend on them.
  public var policy: LoopPolicy
  /// What may be allocated.
  public var budget: MemoryBudget

  /// Creates the device.
  public init(policy: LoopPolicy = .automatic, budget: MemoryBudget = .process) {
    self.policy = policy
    self.budget = budget
  }

  /// "stabilizer".
  public var name: String { BuiltInDevice.stabilizer.rawValue }
  /// Exact outputs of Clifford circuits.
  public var abilities: Set<DeviceAbility> { BuiltInDevice.stabilizer.abilities }
  /// ``Circuits/Circuit/qubitLimit``: the strings of so many qubits take eight megabytes.
  public func qubitLimit(_ precision: Precision) -> Int { Circuit.qubitLimit }

  /// Checks a circuit; its gates are read at each run's angles.
  ///
  /// - Throws: ``SimulationError``.
  public func engine(
    for circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> any CircuitEngine {
    try StabilizerEngine(circuit, measuring: measurement, on: self)
  }
}

extension Device where Self == StabilizerDevice {
  /// Clifford circuits of hundreds of qubits.
  public static var stabilizer: StabilizerDevice { StabilizerDevice() }
}

/// A circuit that is Clifford at the values it is run with.
public struct StabilizerEngine: CircuitEngine {
  /// The circuit.
  public let circuit: Circuit
  /// What is read off.
  public let measurement: Measurement
  private let device: StabilizerDevice

  /// Checks a circuit.
  ///
  /// - Throws: ``SimulationError`` if the circuit is noisy or measures in the middle, or the measurement does not fit it.
  public init(
    _ circuit: Circuit, measuring measurement: Measurement, on device: StabilizerDevice
  ) throws(SimulationError) {
    try device.requireAbilities(for: circuit, measuring: measurement)
    try measurement.validate(qubitCount: circuit.qubitCount)
    self.circuit = circuit
    self.measurement = measurement
    self.device = device
  }

  /// The same engine for another circuit.
  ///
  /// - Throws: ``SimulationError`` as ``init(_:measuring:on:)``.
  public func running(
    _ circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> StabilizerEngine {
    try StabilizerEngine(circuit, measuring: measurement, on: device)
  }

  /// The outputs of `count` samples, `[count, outputs]`, row by row.
  ///
  /// - Throws: ``SimulationError/device(_:)`` for the first gate that is not Clifford at a sample's values; further
  ///   ``SimulationError`` if the counts do not fit or memory does not suffice.
  /// - Complexity: A tableau for each sample.
  public func outputs(
    weights: [Double], inputs: [Double], count: Int
  ) throws(SimulationError) -> [Double] {
    let rows = try circuit.requireRows(weights: weights, inputs: inputs, count: count)
    let readout = Readout(measurement)
    var outputs: [Double] = []
    for row in rows { outputs += readout.outputs(of: try moments(weights, row)) }
    return outputs
  }

  private func moments(
    _ weights: [Double], _ inputs: [Double]
  ) throws(SimulationError) -> [Double] {
    do throws(SimulationError) {
      let state = try StabilizerState(
        running: circuit, weights: weights, inputs: inputs, policy: device.policy,
        budget: device.budget)
      switch measurement.moments {
      case .probabilities(let qubits): return try state.probabilities(of: qubits)
      case .amplitudes:
        throw SimulationError.device(DeviceRefusal(device: device.name, ability: .amplitudes))
      case .expectations, .variances, .covariances:
        return try state.expectations(of: measurement.measuredObservables)
      }
    } catch {
      guard case .notClifford(let instruction, let text, let reason) = error else { throw error }
      throw .device(
        DeviceRefusal(
          device: device.name, ability: .anyGate,
          place: "instruction \(instruction), \(text): \(reason)"))
    }
  }

  /// None: a tableau is not differentiable, the parameter-shift rule takes its place.
  ///
  /// - Throws: ``SimulationError/device(_:)``.
  public func vectorJacobianProduct(
    weights: [Double], inputs: [Double], count: Int, cotangents: [Double]
  ) throws(SimulationError) -> (weights: [Double], inputs: [Double]) {
    throw .device(DeviceRefusal(device: device.name, ability: .reverseSweep))
  }
}
