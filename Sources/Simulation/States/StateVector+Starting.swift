public import Circuits
public import ComplexModule
public import Compute
public import RealModule

/// States that are given.
extension StateVector {
  /// Creates a state of given amplitudes; they are divided by their norm.
  ///
  /// - Parameters:
  ///   - amplitudes: 2ⁿ numbers, by number of the basis state.
  ///   - normalizing: Whether any finite norm but 0 is taken; otherwise it is 1 to
  ///     ``Circuits/InitialState/normTolerance``.
  ///   - precision: The precision that the amplitudes are kept in.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  ///   - kernels: The kernels to use.
  /// - Throws: ``SimulationError/initialState(_:)`` with the number or the norm that was found, or
  ///   ``SimulationError/memory(_:)``.
  public init(
    amplitudes: [Complex<Double>], normalizing: Bool = false, precision: Precision = .double,
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    // The largest power of two that is not larger.
    let qubits = max(0, Int.bitWidth - 1 - amplitudes.count.leadingZeroBitCount)
    try self.init(
      running: Circuit(qubits: qubits), from: amplitudes, normalizing: normalizing,
      precision: precision, policy: policy, budget: budget, kernels: kernels)
  }

  /// Runs a circuit on a state of given amplitudes, which are divided by their norm.
  ///
  /// - Throws: ``SimulationError`` as ``init(running:weights:inputs:precision:policy:budget:kernels:)`` and
  ///   ``init(amplitudes:normalizing:precision:policy:budget:kernels:)``, and ``SimulationError/initialState(_:)``
  ///   if the circuit has an initial state of its own.
  public init(
    running circuit: Circuit, from amplitudes: [Complex<Double>], normalizing: Bool = false,
    weights: [Double] = [], inputs: [Double] = [], precision: Precision = .double,
    policy: LoopPolicy = .automatic, budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    let size = circuit.qubitCount < 62 ? 1 << circuit.qubitCount : Int.max
    guard amplitudes.count == size else {
      throw .initialState(.amplitudeCount(found: amplitudes.count, expected: size))
    }
    let norm = amplitudes.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
    guard norm.isNormal, normalizing || abs(norm - 1) <= InitialState.normTolerance else {
      throw .initialState(.amplitudeNorm(found: norm))
    }
    let scale = Complex(1 / norm)
    try self.init(
      running: circuit, weights, inputs, precision, policy, budget, kernels
    ) { amplitudes[$0] * scale }
  }

  /// Runs a circuit on a state.
  ///
  /// - Throws: ``SimulationError`` as ``init(running:weights:inputs:precision:policy:budget:kernels:)``, and
  ///   ``SimulationError/initialState(_:)`` if the state has another number of qubits or the circuit has an initial
  ///   state of its own.
  public init(
    running circuit: Circuit, from state: borrowing StateVector, weights: [Double] = [],
    inputs: [Double] = [], precision: Precision = .double, policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process, kernels: KernelTable = .best
  ) throws(SimulationError) {
    guard state.qubitCount == circuit.qubitCount else {
      throw .initialState(
        .amplitudeCount(
          found: 1 << state.qubitCount,
          expected: circuit.qubitCount < 62 ? 1 << circuit.qubitCount : .max))
    }
    let reader = state.reader
    try self.init(running: circuit, weights, inputs, precision, policy, budget, kernels) {
      reader[$0]
    }
  }

  /// Runs a circuit on the state with the amplitudes `amplitude`.
  private init(
    running circuit: Circuit, _ weights: [Double], _ inputs: [Double], _ precision: Precision,
    _ policy: LoopPolicy, _ budget: MemoryBudget, _ kernels: KernelTable,
    from amplitude: (Int) -> Complex<Double>
  ) throws(SimulationError) {
    guard circuit.initialState == nil else { throw .initialState(.secondInitialState) }
    try circuit.requireValues(weights: weights, inputs: inputs)
    try self.init(
      running: try Plan(circuit, measuring: .expectations([])), parameters: weights + inputs,
      startsAtZero: false, precision: precision, policy: policy, budget: budget, kernels: kernels
    ) { engine, state in
      engine.lay(count: 1 << circuit.qubitCount, amplitude, into: state)
    }
  }

  /// Runs the circuit of a plan without weights and inputs on the state, in its place.
  ///
  /// - Throws: ``SimulationError/memory(_:)``.
  /// - Precondition: The plan has as many qubits as the state, no parameters and no initial state.
  package mutating func run(
    _ plan: Plan, budget: MemoryBudget = .process
  ) throws(SimulationError) {
    require(
      plan.qubitCount == qubitCount && plan.initialState == nil
        && plan.weightCount + plan.inputCount == 0,
      "a plan of other qubits, or with parameters, on a state of \(qubitCount) qubits")
    let engine = StateEngine(
      plan, precision: precision, policy: policy, budget: budget, table: kernels,
      startsAtZero: false)
    try engine.proceed(try engine.bind([]), state: buffer)
  }
}
