public import Circuits
public import Compute
public import Simulation
import Synchronization

/// A circuit's outputs as a function of weights and inputs, and what its derivatives need.
///
/// On a ``Simulation/StateVectorDevice`` the function holds the compiled plan, and those that gradient methods derive
/// from it; on other devices an engine. Both are made once.
public final class CircuitFunction: Sendable {
  /// The circuit, without final measurements.
  public let circuit: Circuit
  /// What is read off the state.
  public let measurement: Measurement
  /// What the circuit runs on.
  public let device: any Device

  /// The compiled circuit, on state vectors; its outputs are the moments that this function's outputs are read off.
  public let plan: Plan?
  /// What computes the moments on other devices.
  let engine: (any CircuitEngine)?
  /// The threads that may be used on state vectors.
  let policy: LoopPolicy
  /// What state vectors may take.
  let budget: MemoryBudget

  /// From moments to outputs.
  let readout: Readout
  private let derived = Mutex<[String: Plan]>([:])
  private let liftedCircuit = Mutex<LiftedCircuit?>(nil)

  /// Creates the function of a circuit on a device.
  ///
  /// - Throws: ``Simulation/SimulationError`` if the circuit cannot be compiled, or asks for what the device cannot do.
  public init(
    _ circuit: Circuit, measuring measurement: Measurement, on device: any Device
  ) throws(SimulationError) {
    self.circuit = circuit.withoutMeasurements()
    self.measurement = measurement
    self.device = device
    readout = Readout(measurement)
    // Pure states have a way of their own: in the precision of the samples, with states kept for the way back.
    let states = device as? StateVectorDevice
    policy = states?.policy ?? .automatic
    budget = states?.budget ?? .process
    try device.requireAbilities(for: circuit, measuring: measurement)
    if states != nil {
      plan = try Plan(circuit, measuring: measurement)
      engine = nil
    } else {
      plan = nil
      engine = try device.engine(for: self.circuit, measuring: measurement.moments)
    }
  }

  /// Creates the function of a circuit on state vectors.
  ///
  /// - Throws: ``Simulation/SimulationError`` if the circuit cannot be compiled.
  public convenience init(
    _ circuit: Circuit, measuring measurement: Measurement, policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process
  ) throws(SimulationError) {
    try self.init(
      circuit, measuring: measurement, on: .stateVector(policy: policy, budget: budget))
  }

  /// The number of outputs of a sample.
  public var outputCount: Int { measurement.outputCount }
  /// The number of moments of a sample, which its outputs are read off; see ``Simulation/Measurement/moments``.
  public var momentCount: Int { measurement.moments.outputCount }
  /// The numbers that all samples share.
  public var weightCount: Int { circuit.weightCount }
  /// The numbers that each sample brings.
  public var inputCount: Int { circuit.inputCount }

  /// The outputs of every sample, exact but for rounding: `[count, outputs]`, row by row.
  ///
  /// - Throws: ``GradientError/simulation(_:)`` if the counts do not fit or memory does not suffice.
  public func outputs<Scalar: StateScalar>(
    at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> [Scalar] {
    readout.outputs(of: try moments(at: batch))
  }

  /// The moments of every sample, exact but for rounding: `[count, moments]`, row by row.
  func moments<Scalar: StateScalar>(
    at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> [Scalar] {
    guard let plan else {
      return try engineOutputs(running: nil, at: batch)
    }
    return try outputs(
      of: plan, weights: batch.weights, inputs: batch.inputs, count: batch.count)
  }

  /// The outputs of the device's engine, for this circuit and its moments or another measurement of it.
  func engineOutputs<Scalar: StateScalar>(
    running measurement: Measurement?, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> [Scalar] {
    do throws(SimulationError) {
      guard var engine = engine(at: batch) else { return [] }
      if let measurement {
        engine = try engine.running(engine.circuit, measuring: measurement)
      }
      return try engine.outputs(
        weights: batch.weights, inputs: batch.doubles.inputs, count: batch.count
      ).map { Scalar($0) }
    } catch {
      throw .simulation(error)
    }
  }

  /// The device's engine, with the draws of the batch's evaluation; nil on state vectors.
  func engine<Scalar: StateScalar>(at batch: SampleBatch<Scalar>) -> (any CircuitEngine)? {
    engine?.advanced(to: batch.evaluation)
  }

  /// Checks that a batch holds the weights and inputs of the circuit, and that those that are to be amplitudes have a
  /// norm.
  func validate<Scalar: StateScalar>(_ batch: SampleBatch<Scalar>) throws(GradientError) {
    guard batch.weights.count == weightCount else {
      throw .simulation(.weightCount(found: batch.weights.count, expected: weightCount))
    }
    guard batch.inputs.count == batch.count * inputCount else {
      throw .simulation(
        .inputCount(
          found: batch.inputs.count / max(batch.count, 1), expected: inputCount))
    }
    try circuit.requireNorms(of: batch)
  }

  /// The outputs of a plan that was derived from this function's.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func outputs<Scalar: StateScalar>(
    of plan: Plan, weights: [Double], inputs: [Scalar], count: Int
  ) throws(GradientError) -> [Scalar] {
    do throws(SimulationError) {
      guard inputs.count == count * plan.inputCount else {
        throw .inputCount(found: count == 0 ? 0 : inputs.count / count, expected: plan.inputCount)
      }
      var outputs = [Scalar](repeating: 0, count: count * plan.outputCount)
      let engine = BatchEngine<Scalar>(plan, policy: policy, budget: budget)
      _ = unsafe try engine.forward(
        weights: weights, inputs: inputs, batch: count, outputs: &outputs)
      return outputs
    } catch {
      throw .simulation(error)
    }
  }

  /// The circuit with an input for every angle that is shifted, made when first asked for.
  var lifted: LiftedCircuit {
    liftedCircuit.withLock { kept in
      if let kept { return kept }
      let isLinear = if case .amplitudes = measurement { true } else { false }
      let made = LiftedCircuit(engine?.circuit ?? circuit, forAmplitudes: isLinear)
      kept = made
      return made
    }
  }

  /// The plan of this circuit where weights are the first inputs, so that every row of a batch has its own.
  func planOfAllInputs() throws(GradientError) -> Plan {
    try derivedPlan("all inputs") { () throws(SimulationError) in
      try Plan(circuit.readingInputs(), measuring: measurement.moments)
    }
  }

  /// The plan called `name`, made by `make` when first asked for.
  func derivedPlan(
    _ name: String, _ make: () throws(SimulationError) -> Plan
  ) throws(GradientError) -> Plan {
    if let plan = derived.withLock({ $0[name] }) { return plan }
    do throws(SimulationError) {
      let plan = try make()
      derived.withLock { $0[name] = plan }
      return plan
    } catch {
      throw .simulation(error)
    }
  }
}
