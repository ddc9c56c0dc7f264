public import Circuits
public import Compute

/// The outputs of a noisy circuit as a function of its weights and inputs, exact, with exact derivatives.
///
/// What does not depend on the values of weights and inputs is planned once: which qubits a pass takes, and the
/// matrices of channels and of constant gates. Qubit 0 is the least significant bit; numbers are in double precision.
///
/// ```swift
/// let engine = try DensityMatrixEngine(circuit, noise: noise, measuring: .expectations([.z(0)]))
/// let values = try engine.outputs(weights: w, inputs: x, count: 32)
/// let slopes = try engine.vectorJacobianProduct(weights: w, inputs: x, count: 32, cotangents: c)
/// ```
public struct DensityMatrixEngine: Sendable {
  /// The circuit with the channels of its noise model.
  public let circuit: Circuit
  /// What is read off; readout errors are not in it.
  public let measurement: Measurement
  /// The threads that may be used; results do not depend on them.
  public let policy: LoopPolicy
  /// What may be allocated.
  public let budget: MemoryBudget
  /// The way back keeps all states it needs while they take at most this much.
  package var keptBytesLimit = 256 << 20
  let kernels: KernelTable
  let plan: TransferPlan
  /// What is linear in ρ, and what the outputs are of it.
  let moments: Measurement
  let readout: Readout

  /// Plans a circuit.
  ///
  /// - Parameters:
  ///   - circuit: The circuit; noise channels may stand in it. Barriers and final measurements change nothing.
  ///   - noise: Channels that follow its gates.
  ///   - measurement: What is read off.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  ///   - kernels: The kernels to use.
  /// - Throws: ``SimulationError`` if a gate has more than three qubits, the measurement names a qubit that is not
  ///   there or amplitudes, the model does not fit the circuit, or 8 · 4ⁿ bytes do not fit `budget`.
  public init(
    _ circuit: Circuit, noise: NoiseModel = NoiseModel(), measuring measurement: Measurement,
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    try DensityMatrix.plannedBytes(states: 1, of: circuit.qubitCount, budget)
    try measurement.validate(qubitCount: circuit.qubitCount)
    if case .amplitudes = measurement {
      throw .amplitudesUnsupported(engine: "DensityMatrixEngine")
    }
    self.circuit = try circuit.noisy(by: noise)
    plan = try TransferPlan(self.circuit)
    self.measurement = measurement
    moments = measurement.moments
    readout = Readout(measurement)
    self.policy = policy
    self.budget = budget
    self.kernels = kernels
  }

  /// The outputs of `count` samples, `[count, outputs]`, row by row.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[count, inputs]`, row by row.
  ///   - count: The number of samples.
  /// - Returns: The outputs, `[count, outputs]`.
  /// - Throws: ``SimulationError`` if the counts do not fit, a value is not finite, or memory does not suffice.
  /// - Complexity: O(gates · 4ⁿ) time a sample, 8 · 4ⁿ bytes; up to 6 qubits as often as there are threads.
  public func outputs(
    weights: [Double], inputs: [Double], count: Int
  ) throws(SimulationError) -> [Double] {
    let rows = try circuit.requireRows(weights: weights, inputs: inputs, count: count)
    return readout.outputs(of: try momentRows(weights, rows))
  }

  /// The moments of samples, row by row.
  func momentRows(_ weights: [Double], _ rows: [[Double]]) throws(SimulationError) -> [Double] {
    let count = rows.count
    let workers = workers(count)
    let buffer = try DensityMatrix.buffer(states: workers, of: circuit.qubitCount, budget)
    let width = moments.outputCount
    var outputs = [Double](repeating: 0, count: count * width)
    unsafe outputs.withUnsafeMutableBufferPointer { outputs in
      nonisolated(unsafe) let outputs = unsafe outputs
      forEachSample(count, workers) { sample, worker, policy in
        let state = state(worker, in: buffer)
        let bound = BoundTransfers(plan, weights: weights, inputs: rows[sample])
        state.start(from: circuit.initialState, inputs: rows[sample], policy)
        for (step, matrix) in zip(plan.steps, bound.matrices) {
          state.apply(matrix, on: step.qubits, policy, kernels)
        }
        for (output, value) in state.moments(moments).enumerated() {
          unsafe outputs[sample * width + output] = value
        }
      }
    }
    return outputs
  }

  /// Whether a pass over a state is too short to be shared by threads, which then take samples.
  private var isSmall: Bool { PauliComponents.bits(qubitCount: circuit.qubitCount) < 14 }

  /// The samples that are done at the same time.
  func workers(_ count: Int) -> Int { isSmall ? max(1, min(count, policy.threadCount)) : 1 }

  /// Calls `body` with every sample, the number of a work space that no other call has meanwhile, and the threads
  /// that it may use.
  func forEachSample(_ count: Int, _ workers: Int, _ body: (Int, Int, LoopPolicy) -> Void) {
    guard isSmall else {
      for sample in 0..<count { body(sample, 0, policy) }
      return
    }
    policy.forEach(count: workers) { worker in
      for sample in stride(from: worker, to: count, by: workers) { body(sample, worker, .serial) }
    }
  }

  /// The components that a place of a buffer holds.
  func state(_ place: Int, in buffer: AlignedBuffer) -> PauliComponents {
    let bytes = PauliComponents.byteCount(qubitCount: circuit.qubitCount)
    return unsafe PauliComponents(
      buffer.pointer + place * bytes, qubitCount: circuit.qubitCount)
  }
}
