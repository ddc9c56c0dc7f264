public import Circuits
public import Compute
public import Simulation
import Synchronization

/// A circuit's outputs as a function of weights and inputs, and what its derivatives need.
///
/// The function holds the compiled plan, and those that gradient methods derive from it; both are made
/// once.
public final class CircuitFunction: Sendable {
  /// The circuit, without final measurements.
  public let circuit: Circuit
  /// What is read off the state.
  public let measurement: Measurement
  /// The compiled circuit; its outputs are the moments that this function's outputs are read off.
  public let plan: Plan
  /// The threads that may be used.
  public let policy: LoopPolicy
  /// What may be allocated.
  public let budget: MemoryBudget

  /// From moments to outputs.
  let readout: Readout
  private let derived = Mutex<[String: Plan]>([:])
  private let liftedCircuit = Mutex<LiftedCircuit?>(nil)

  /// Creates the function of a circuit.
  ///
  /// - Throws: ``Simulation/SimulationError`` if the circuit cannot be compiled.
  public init(
    _ circuit: Circuit, measuring measurement: Measurement, policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process
  ) throws(SimulationError) {
    self.circuit = circuit.withoutMeasurements()
    self.measurement = measurement
    readout = Readout(measurement)
    self.policy = policy
    self.budget = budget
    plan = try Plan(circuit, measuring: measurement)
  }

  /// The number of outputs of a sample.
  public var outputCount: Int { measurement.outputCount }

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
    try outputs(of: plan, weights: batch.weights, inputs: batch.inputs, count: batch.count)
  }

  /// Checks that a batch holds the weights and inputs of the circuit.
  func validate<Scalar: StateScalar>(_ batch: SampleBatch<Scalar>) throws(GradientError) {
    guard batch.weights.count == plan.weightCount else {
      throw .simulation(.weightCount(found: batch.weights.count, expected: plan.weightCount))
    }
    guard batch.inputs.count == batch.count * plan.inputCount else {
      throw .simulation(
        .inputCount(
          found: batch.inputs.count / max(batch.count, 1), expected: plan.inputCount))
    }
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
      let made = LiftedCircuit(circuit)
      kept = made
      return made
    }
  }

  /// The plan of this circuit where weights are the first inputs, so that every row of a batch has its own.
  func planOfAllInputs() throws(GradientError) -> Plan {
    try derivedPlan("all inputs") { () throws(SimulationError) in
      try Plan(circuit.readingInputs(), measuring: plan.measurement)
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
