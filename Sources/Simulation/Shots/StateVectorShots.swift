import CQuantumKernels
import Circuits
import ComplexModule
import Compute
import LinearAlgebra

/// Shots on state vectors.
struct StateVectorShots: ShotEngine {
  private let engines: [StateEngine]
  /// What depends on the angles, for each segment; nil where it is made anew each time, for want of room.
  private let bound: [AlignedBuffer?]
  private let channels: [SampledChannel]
  private let values: [Double]
  /// The qubits of the state: those of the circuit, and what fills a line or holds the targets of a matrix.
  private let qubitCount: Int
  private let whole: StateEngine
  private let lines: StateLines
  private let precision: Precision
  private let policy: LoopPolicy
  private let budget: MemoryBudget
  private let kernels: KernelTable
  private let keepsStates: Bool

  /// The bytes of coefficients and tables that are kept between uses.
  private static let boundLimit = 32 << 20
  /// A segment of fewer operations is run as it is.
  private static let reducedFrom = 5

  init(
    _ program: ShotProgram, weights: [Double], inputs: [Double], precision: Precision,
    policy: LoopPolicy, budget: MemoryBudget, kernels: KernelTable, keepsStates: Bool,
    beside shotBytes: Int = 0
  ) throws(SimulationError) {
    guard program.qubitCount <= PauliString.qubitLimit else {
      throw .tooManyQubits(found: program.qubitCount, limit: PauliString.qubitLimit)
    }
    try StateVector.requireMemory(program.qubitCount, precision, budget)
    let lowered = program.segments.map { $0.gates.flatMap { $0.lowered() } }
    let laneBits = KernelTable.lanes(precision).trailingZeroBitCount
    let padded = ProgramBuilder.paddedQubitCount(
      lowered.flatMap { $0 }, qubitCount: program.qubitCount, laneBits: laneBits)
    func engine(
      _ operations: [ElementaryOperation], _ measurement: Measurement = .expectations([]),
      startingFrom initialState: InitialState? = nil, isReduced: Bool, startsAtZero: Bool = false
    ) throws(SimulationError) -> StateEngine {
      let plan = try Plan(
        operations, qubitCount: padded, weightCount: weights.count, inputCount: inputs.count,
        measuring: measurement, startingFrom: initialState, isReduced: isReduced)
      return StateEngine(
        plan, precision: precision, policy: policy, budget: budget, table: kernels,
        startsAtZero: startsAtZero)
    }
    // States of more than one block are run in passes, which are made of reduced circuits.
    let isLarge = padded > BlockShape.ofCaches.lineBits + laneBits
    let startsAtZero = program.firstSegmentIsOnlyFirst && program.initialState == nil
    var engines: [StateEngine] = []
    for (number, operations) in lowered.enumerated() {
      let isFirst = startsAtZero && number == 0
      engines.append(
        try engine(
          operations, isReduced: isLarge || isFirst || operations.count >= Self.reducedFrom,
          startsAtZero: isFirst))
    }
    whole = try engine([], startingFrom: program.initialState, isReduced: isLarge)
    // One state, tables that are kept, and the most that a segment makes anew; copies of states are asked for one by
    // one.
    var room = Self.boundLimit
    var most = 0
    let isKept = engines.map { engine in
      let (bytes, scratch) = (engine.boundBytes, engine.scratchBytes(isReverse: false))
      guard bytes <= room else {
        most = max(most, bytes + scratch)
        return false
      }
      room -= bytes
      most = max(most, scratch)
      return true
    }
    try budget.require(
      all: [
        (1, whole.stateBytes), (1, Self.boundLimit - room), (1, most), (1, shotBytes),
        (1, StateSampler.tableBytes(qubitCount: padded)),
      ], for: "shots of \(program.qubitCount) qubits in \(precision) precision")
    values = weights + inputs
    bound = try zip(engines, isKept).map { [values] engine, isKept throws(SimulationError) in
      isKept ? try engine.bind(values) : nil
    }
    var channels: [SampledChannel] = []
    for use in program.channels {
      let sampled = SampledChannel(use)
      var prepared = sampled
      for matrix in sampled.matrices {
        prepared.engines.append(
          try matrix.map { matrix throws(SimulationError) in
            try engine(
              [ElementaryOperation(.matrix(matrix, targets: use.qubits))], isReduced: isLarge)
          })
      }
      if sampled.constantWeights == nil {
        prepared.strings = try engine(
          [], .expectations(sampled.observables), isReduced: isLarge)
      }
      channels.append(prepared)
    }
    self.engines = engines
    self.channels = channels
    qubitCount = padded
    lines = StateLines(
      lineBits: whole.lineBits, kernels: kernels.kernels(precision), policy: policy)
    self.precision = precision
    self.policy = policy
    self.budget = budget
    self.kernels = kernels
    self.keepsStates = keepsStates
  }

  private func allocate() throws(MemoryBudgetError) -> AlignedBuffer {
    try AlignedBuffer.allocate(
      byteCount: whole.stateBytes, for: "\(qubitCount) qubits in \(precision) precision",
      budget: budget)
  }

  func makeState() throws(SimulationError) -> AlignedBuffer {
    do throws(MemoryBudgetError) {
      let state = try allocate()
      whole.start(values, state: state)
      return state
    } catch {
      throw .memory(error)
    }
  }

  func requireRoom(states: Int) {}

  func copy(_ state: AlignedBuffer) -> AlignedBuffer? {
    guard keepsStates else { return nil }
    do throws(MemoryBudgetError) {
      let copy = try allocate()
      unsafe copy.pointer.copyMemory(from: state.pointer, byteCount: whole.stateBytes)
      return copy
    } catch {
      return nil
    }
  }

  func run(_ segment: Int, on state: inout AlignedBuffer) throws(SimulationError) {
    let engine = engines[segment]
    let coefficients = if let known = bound[segment] { known } else { try engine.bind(values) }
    try engine.proceed(coefficients, state: state)
  }

  func weights(
    of event: ShotEvent, in state: AlignedBuffer
  ) throws(SimulationError) -> [Double] {
    switch event {
    case .measurement(let qubit, _), .reset(let qubit): return lines.weights(of: qubit, in: state)
    case .channel(let number):
      let channel = channels[number]
      if let weights = channel.constantWeights { return weights }
      return channel.weights(try channel.strings?.expectations(of: state) ?? [])
    }
  }

  func take(
    _ outcome: Int, weight: Double, of event: ShotEvent, in state: inout AlignedBuffer
  ) throws(SimulationError) {
    switch event {
    case .measurement(let qubit, _):
      lines.project(qubit, from: outcome, to: outcome, factor: 1 / weight.squareRoot(), state)
    case .reset(let qubit):
      lines.project(qubit, from: outcome, to: 0, factor: 1 / weight.squareRoot(), state)
    case .channel(let number):
      guard let engine = channels[number].engines[outcome] else { return }
      try engine.proceed(try engine.bind(values), state: state)
      if channels[number].constantWeights == nil {
        lines.scale(by: 1 / weight.squareRoot(), state)
      }
    }
  }

  func draw(
    _ qubits: [Int], shots: [Int32], seed: UInt64, from state: AlignedBuffer
  ) -> [UInt64] {
    let sampler = StateSampler(
      state, precision: precision, qubitCount: qubitCount, policy: policy, kernels)
    return sampler.samples(points: ShotDraws(seed: seed).points(shots)).map { basis in
      var word: UInt64 = 0
      for (bit, qubit) in qubits.enumerated() { word |= UInt64(basis >> qubit & 1) << UInt64(bit) }
      return word
    }
  }

  func probabilities(of qubits: [Int], in state: AlignedBuffer) -> [Double] {
    AmplitudeReader(state, precision: precision).margins(qubits, qubitCount: qubitCount)
  }
}
