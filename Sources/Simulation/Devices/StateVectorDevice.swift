public import Circuits
public import Compute

/// Pure states, exact: tiles of samples for small circuits, one state split among threads for large ones.
public struct StateVectorDevice: Device {
  /// The threads that may be used; results do not depend on them.
  public var policy: LoopPolicy
  /// What may be allocated.
  public var budget: MemoryBudget

  /// Creates the device.
  public init(policy: LoopPolicy = .automatic, budget: MemoryBudget = .process) {
    self.policy = policy
    self.budget = budget
  }

  /// "statevector".
  public var name: String { BuiltInDevice.statevector.rawValue }
  /// All but noise and measurements within a circuit.
  public var abilities: Set<DeviceAbility> { BuiltInDevice.statevector.abilities }

  /// The qubits of which one state fits the budget: 2ⁿ⁺³ bytes in single, 2ⁿ⁺⁴ in double precision.
  public func qubitLimit(_ precision: Precision) -> Int {
    budget.doublings(of: precision.bytesPerAmplitude, atMost: PauliString.qubitLimit)
  }

  /// Plans a circuit.
  ///
  /// - Throws: ``SimulationError``.
  public func engine(
    for circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> any CircuitEngine {
    try StateVectorEngine(circuit, measuring: measurement, on: self)
  }
}

extension Device where Self == StateVectorDevice {
  /// Pure states, exact.
  public static var stateVector: StateVectorDevice { StateVectorDevice() }

  /// Pure states, exact, with threads and memory of one's choice.
  public static func stateVector(
    policy: LoopPolicy, budget: MemoryBudget = .process
  ) -> StateVectorDevice {
    StateVectorDevice(policy: policy, budget: budget)
  }
}

/// A circuit as a plan that the batch engine runs, in double precision.
public struct StateVectorEngine: CircuitEngine {
  /// The circuit.
  public let circuit: Circuit
  /// What is read off.
  public let measurement: Measurement
  private let readout: Readout
  private let engine: BatchEngine<Double>
  private let device: StateVectorDevice

  /// Plans a circuit.
  ///
  /// - Throws: ``SimulationError`` if the circuit is noisy or measures in the middle, or circuit and measurement do not
  ///   fit each other.
  public init(
    _ circuit: Circuit, measuring measurement: Measurement, on device: StateVectorDevice
  ) throws(SimulationError) {
    try device.requireAbilities(for: circuit, measuring: measurement)
    self.circuit = circuit
    self.measurement = measurement
    self.device = device
    readout = Readout(measurement)
    engine = BatchEngine(
      try Plan(circuit, measuring: measurement), policy: device.policy, budget: device.budget)
  }

  /// The same engine for another circuit.
  ///
  /// - Throws: ``SimulationError`` as ``init(_:measuring:on:)``.
  public func running(
    _ circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) -> StateVectorEngine {
    try StateVectorEngine(circuit, measuring: measurement, on: device)
  }

  /// The outputs of `count` samples, `[count, outputs]`, row by row.
  ///
  /// - Throws: ``SimulationError`` if the counts do not fit or memory does not suffice.
  public func outputs(
    weights: [Double], inputs: [Double], count: Int
  ) throws(SimulationError) -> [Double] {
    readout.outputs(of: try moments(weights, inputs, count))
  }

  /// From d loss / d outputs to d loss / d weights, summed over the samples, and d loss / d inputs.
  ///
  /// - Throws: ``SimulationError`` as ``outputs(weights:inputs:count:)``.
  public func vectorJacobianProduct(
    weights: [Double], inputs: [Double], count: Int, cotangents: [Double]
  ) throws(SimulationError) -> (weights: [Double], inputs: [Double]) {
    let expected = count * measurement.outputCount
    require(
      cotangents.count == expected, "expected \(expected) cotangents, found \(cotangents.count)")
    let slopes =
      readout.isIdentity
      ? cotangents : readout.pulledBack(cotangents, at: try moments(weights, inputs, count))
    try check(inputs, count)
    var inputGradients = [Double](repeating: 0, count: inputs.count)
    let gradients = unsafe try engine.backward(
      weights: weights, inputs: inputs, batch: count, states: nil, cotangents: slopes,
      inputGradients: &inputGradients)
    return (gradients, inputGradients)
  }

  private func moments(
    _ weights: [Double], _ inputs: [Double], _ count: Int
  ) throws(SimulationError) -> [Double] {
    try check(inputs, count)
    try device.budget.require(
      all: [(count, engine.plan.outputCount * 8)],
      for: "\(engine.plan.outputCount) outputs of \(count) samples")
    var moments = [Double](repeating: 0, count: count * engine.plan.outputCount)
    _ = unsafe try engine.forward(
      weights: weights, inputs: inputs, batch: count, outputs: &moments)
    return moments
  }

  private func check(_ inputs: [Double], _ count: Int) throws(SimulationError) {
    guard inputs.count == count * circuit.inputCount else {
      throw .inputCount(found: inputs.count / max(count, 1), expected: circuit.inputCount)
    }
  }
}
