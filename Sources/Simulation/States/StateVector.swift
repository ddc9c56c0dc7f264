public import Circuits
public import ComplexModule
public import Compute
public import RealModule

/// The 2ⁿ amplitudes of a pure state of n qubits.
///
/// Qubit 0 is the least significant bit of a basis state's number. The amplitudes are kept in single or
/// double precision; what is read from them comes in double.
public struct StateVector: ~Copyable, Sendable {
  /// The number of qubits n.
  public let qubitCount: Int
  /// The precision of the amplitudes.
  public let precision: Precision
  let buffer: AlignedBuffer
  let policy: LoopPolicy
  let kernels: KernelTable

  /// Runs a circuit on |0…0⟩, or on its initial state; barriers and final measurements change nothing.
  ///
  /// - Parameters:
  ///   - circuit: The circuit.
  ///   - weights: The values of the circuit's weights.
  ///   - inputs: The values of its inputs.
  ///   - precision: The precision of the amplitudes.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  ///   - kernels: The kernels to use.
  /// - Throws: ``SimulationError`` if the numbers of weights or inputs do not fit, an angle is not finite,
  ///   inputs that are amplitudes have no norm, or the state with its tables and work space does not fit `budget`;
  ///   then nothing has been allocated. Also if the system refuses what the budget allows; then all of it is given
  ///   back.
  /// - Complexity: O(operations · 2ⁿ) time, 2ⁿ⁺⁴ bytes in double precision.
  public init(
    running circuit: Circuit, weights: [Double] = [], inputs: [Double] = [],
    precision: Precision = .double, policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    try self.init(
      running: try Plan(circuit, measuring: .expectations([])), weights: weights, inputs: inputs,
      precision: precision, policy: policy, budget: budget, kernels: kernels)
  }

  /// Runs a plan's circuit.
  ///
  /// - Throws: ``SimulationError`` as ``init(running:weights:inputs:precision:policy:budget:kernels:)``.
  public init(
    running plan: Plan, weights: [Double] = [], inputs: [Double] = [],
    precision: Precision = .double, policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    guard weights.count == plan.weightCount else {
      throw .weightCount(found: weights.count, expected: plan.weightCount)
    }
    guard inputs.count == plan.inputCount else {
      throw .inputCount(found: inputs.count, expected: plan.inputCount)
    }
    let angles = inputs.isEmpty ? weights : weights + inputs
    for value in angles where !value.isFinite { throw .angleNotFinite(value: value) }
    try plan.initialState?.requireNorm(sample: 0) { inputs[$0] }
    try self.init(
      running: plan, parameters: angles, startsAtZero: true, precision: precision,
      policy: policy, budget: budget, kernels: kernels
    ) { engine, state in
      engine.start(angles, state: state)
    }
  }

  /// Runs a plan's circuit on the state that `start` makes.
  ///
  /// It is any, or that of the plan if `startsAtZero`. The parameters, weights and then inputs, have been checked.
  init(
    running plan: Plan, parameters: [Double], startsAtZero: Bool, precision: Precision,
    policy: LoopPolicy, budget: MemoryBudget, kernels: KernelTable,
    start: (_ engine: StateEngine, _ state: AlignedBuffer) -> Void
  ) throws(SimulationError) {
    try Self.requireMemory(plan.qubitCount, precision, budget)
    let engine = StateEngine(
      plan, precision: precision, policy: policy, budget: budget, table: kernels,
      startsAtZero: startsAtZero)
    try engine.requireMemory(
      for: "\(Self.purpose(plan.qubitCount, precision)), the circuit's tables and work space")
    let state: AlignedBuffer
    do throws(MemoryBudgetError) {
      state = try AlignedBuffer.allocate(
        byteCount: engine.stateBytes,
        for: Self.purpose(plan.qubitCount, precision), budget: budget)
    } catch {
      throw .memory(error)
    }
    start(engine, state)
    try engine.proceed(try engine.bind(parameters), state: state)
    buffer = state
    qubitCount = plan.qubitCount
    self.precision = precision
    self.policy = policy
    self.kernels = kernels
  }

  private static func purpose(_ qubits: Int, _ precision: Precision) -> String {
    "\(qubits) qubits in \(precision) precision"
  }

  /// Checks that a state of so many qubits fits a budget, before anything is made of it.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` with the bytes needed and the limit.
  public static func requireMemory(
    _ qubitCount: Int, _ precision: Precision, _ budget: MemoryBudget
  ) throws(SimulationError) {
    let (bytes, overflow) = precision.bytesPerAmplitude.multipliedReportingOverflow(
      by: qubitCount < 62 ? 1 << qubitCount : .max)
    do throws(MemoryBudgetError) {
      try budget.require(overflow ? .max : bytes, for: purpose(qubitCount, precision))
    } catch {
      throw .memory(error)
    }
  }

  /// Draws outcomes.
  var sampler: StateSampler {
    StateSampler(buffer, precision: precision, qubitCount: qubitCount, policy: policy, kernels)
  }

  var reader: AmplitudeReader { AmplitudeReader(buffer, precision: precision) }

  /// The amplitude ⟨basis|ψ⟩.
  ///
  /// - Precondition: `basis` is in `0..<2ⁿ`.
  public func amplitude(of basis: Int) -> Complex<Double> {
    require(
      (0..<(1 << qubitCount)).contains(basis),
      "basis state \(basis) of \(qubitCount) qubits: expected 0 to \((1 << qubitCount) - 1)")
    return reader[basis]
  }

  /// All 2ⁿ amplitudes, by number of the basis state.
  public func amplitudes() -> [Complex<Double>] {
    let reader = reader
    return (0..<(1 << qubitCount)).map { reader[$0] }
  }

  /// The probabilities of all basis states.
  public func probabilities() -> [Double] { probabilities(of: Array(0..<qubitCount)) }

  /// The probabilities of the outcomes of some qubits: the first one named is the least significant bit.
  ///
  /// - Precondition: The qubits are different and each is in `0..<n`.
  public func probabilities(of qubits: [Int]) -> [Double] {
    require(
      Set(qubits).count == qubits.count && qubits.allSatisfy { (0..<qubitCount).contains($0) },
      "qubits \(qubits): expected different ones in 0..<\(qubitCount)")
    return reader.margins(qubits, qubitCount: qubitCount)
  }

  /// The squared norm ⟨ψ|ψ⟩, which is 1 but for rounding.
  public var squaredNorm: Double {
    let reader = reader
    return (0..<(1 << qubitCount)).reduce(0) { $0 + reader.probability($1) }
  }

  /// The expectation value ⟨ψ|O|ψ⟩.
  ///
  /// - Throws: ``SimulationError/qubitOutOfRange(qubit:qubitCount:)`` if the observable names a qubit that
  ///   is not there, ``SimulationError/memory(_:)`` if the process's budget has no room for work space.
  /// - Complexity: O(terms · 2ⁿ).
  public func expectation(of observable: PauliSum) throws(SimulationError) -> Double {
    try expectations(of: [observable])[0]
  }

  /// The expectation values of several observables, in one pass for those that share exchanges.
  ///
  /// - Throws: ``SimulationError/qubitOutOfRange(qubit:qubitCount:)`` if an observable names a qubit that is
  ///   not there.
  public func expectations(of observables: [PauliSum]) throws(SimulationError) -> [Double] {
    let plan = try Plan(Circuit(qubits: qubitCount), measuring: .expectations(observables))
    let engine = StateEngine(
      plan, precision: precision, policy: policy, budget: .process, table: kernels)
    try MemoryBudget.process.require(
      all: [(1, engine.measuringBytes)],
      for: "work space for observables of \(Self.purpose(qubitCount, precision))")
    return try engine.expectations(of: buffer)
  }

  /// The variance ⟨O²⟩ − ⟨O⟩² of an observable.
  ///
  /// - Throws: ``SimulationError`` if the observable names a qubit that is not there, its square has too many terms, or
  ///   the process's budget has no room for work space.
  /// - Complexity: O(terms² · 2ⁿ).
  public func variance(of observable: PauliSum) throws(SimulationError) -> Double {
    try Measurement.variance(of: observable, qubitCount) { moments throws(SimulationError) in
      try expectations(of: moments)
    }
  }

  /// The covariance ⟨(AB + BA)/2⟩ − ⟨A⟩⟨B⟩ of two observables.
  ///
  /// - Throws: ``SimulationError`` if an observable names a qubit that is not there, or the product has too many
  ///   terms.
  /// - Complexity: O(terms of A · terms of B · 2ⁿ).
  public func covariance(of a: PauliSum, _ b: PauliSum) throws(SimulationError) -> Double {
    try Measurement.covariance(of: a, b, qubitCount) { moments throws(SimulationError) in
      try expectations(of: moments)
    }
  }
}
