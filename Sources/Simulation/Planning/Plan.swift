public import Circuits
import Compute
import Synchronization

/// A circuit and its measurement, compiled: made once for a structure, run with any weights and inputs.
///
/// A plan depends on the circuit's structure, literal angles among it, and never on the values that
/// weights and inputs take.
public final class Plan: Sendable {
  /// The number of qubits.
  public let qubitCount: Int
  /// The numbers that all samples share.
  public let weightCount: Int
  /// The numbers that each sample brings.
  public let inputCount: Int
  /// What the circuit starts from; nil for |0…0⟩.
  public let initialState: InitialState?
  /// What engines read off the state: what was asked for or, of variances and covariances, their
  /// ``Measurement/moments``.
  public let measurement: Measurement
  /// The operations that engines run, in the circuit's order.
  package let operations: [ElementaryOperation]
  /// The noise channels that stand between them, in order; only trajectories have any.
  let channels: [ChannelStep]

  /// Whether operations are written as turns and diagonals; otherwise they are run as they are, which tests
  /// compare with.
  let isReduced: Bool

  /// A channel, and how many operations stand before it.
  struct ChannelStep: Sendable {
    let position: Int
    let channel: Channel
    let qubits: [Int]
  }

  /// The numbers that engines read off each sample.
  public var outputCount: Int { measurement.outputCount }

  /// The most qubits of a dense matrix.
  package static let matrixQubitLimit = 6
  /// The most Kraus operators of a channel on a trajectory.
  static let operatorLimit = 64

  /// Few layouts are ever asked for: looking through them is faster than hashing.
  private let programs = Mutex<[Program]>([])
  /// What is left of the plan where outputs alone are wanted, once that was asked for.
  private let prunedPlan = Mutex<Pruned?>(nil)

  /// Whether the plan was made of another one by pruning.
  private let isPruned: Bool

  private enum Pruned {
    case same
    case other(Plan)
  }

  /// Compiles a circuit; barriers and final measurements change nothing.
  ///
  /// - Throws: ``SimulationError`` if the circuit is dynamic or has more than 63 qubits, the measurement names a qubit that
  ///   is not there, or a matrix is too large.
  public convenience init(
    _ circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) {
    if let (place, channel) = circuit.firstChannel {
      throw .channelInPureState(name: channel.name, place: place)
    }
    try circuit.requireFinalMeasurements()
    // Lowering makes masks of qubits.
    try Self.requireMasks(circuit.qubitCount)
    try self.init(
      circuit.lowered(), qubitCount: circuit.qubitCount, weightCount: circuit.weightCount,
      inputCount: circuit.inputCount, measuring: measurement, startingFrom: circuit.initialState)
  }

  /// Compiles a circuit with noise channels, for trajectories; measurements in the middle and resets are channels
  /// too.
  ///
  /// - Throws: ``SimulationError`` as ``init(_:measuring:)``, and if a channel has too many operators.
  package convenience init(
    trajectoriesOf circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) {
    try Self.requireMasks(circuit.qubitCount)
    var operations: [ElementaryOperation] = []
    var channels: [ChannelStep] = []
    for instruction in try circuit.asMixture().instructions {
      operations += instruction.lowered()
      guard case .channel(let channel, let qubits) = instruction else { continue }
      guard channel.operators.count <= Self.operatorLimit else {
        throw .tooManyOperators(
          channel: channel.name, found: channel.operators.count, limit: Self.operatorLimit)
      }
      channels.append(
        ChannelStep(position: operations.count, channel: channel, qubits: qubits))
    }
    try self.init(
      operations, channels: channels, qubitCount: circuit.qubitCount,
      weightCount: circuit.weightCount, inputCount: circuit.inputCount, measuring: measurement,
      startingFrom: circuit.initialState)
  }

  private init(
    _ operations: [ElementaryOperation], channels: [ChannelStep], qubitCount: Int,
    weightCount: Int, inputCount: Int, measuring measurement: Measurement,
    startingFrom initialState: InitialState?, isReduced: Bool = true, isPruned: Bool = false
  ) throws(SimulationError) {
    try Self.requireMasks(qubitCount)
    try measurement.validate(qubitCount: qubitCount)
    let measurement = measurement.moments
    for case .matrix(_, let targets) in operations.map(\.kind)
    where targets.count > Self.matrixQubitLimit {
      throw .matrixTooLarge(qubits: targets.count, limit: Self.matrixQubitLimit)
    }
    if let qubit = initialState?.qubits.first(where: { $0 >= qubitCount }) {
      throw .qubitOutOfRange(qubit: qubit, qubitCount: qubitCount)
    }
    self.initialState = initialState
    self.operations = operations
    self.channels = channels
    self.isReduced = isReduced
    self.isPruned = isPruned
    self.qubitCount = qubitCount
    self.weightCount = weightCount
    self.inputCount = inputCount
    self.measurement = measurement
  }

  /// Compiles a list of operations.
  ///
  /// - Throws: ``SimulationError`` as ``init(_:measuring:)``.
  package convenience init(
    _ operations: [ElementaryOperation], qubitCount: Int, weightCount: Int, inputCount: Int,
    measuring measurement: Measurement, startingFrom initialState: InitialState? = nil,
    isReduced: Bool = true
  ) throws(SimulationError) {
    try self.init(
      operations, channels: [], qubitCount: qubitCount, weightCount: weightCount,
      inputCount: inputCount, measuring: measurement, startingFrom: initialState,
      isReduced: isReduced)
  }

  private static func requireMasks(_ qubitCount: Int) throws(SimulationError) {
    guard qubitCount <= PauliString.qubitLimit else {
      throw .tooManyQubits(found: qubitCount, limit: PauliString.qubitLimit)
    }
  }

  /// The plan that gives the same outputs and gradients with what the measurement can see of the circuit.
  ///
  /// It may have fewer qubits. A plan that measures nothing is there for its state and stays as it is, and so do one
  /// of amplitudes, whose phase counts, and one with channels, which draw their operators in order.
  package var pruned: Plan {
    if isPruned { return self }
    let found = prunedPlan.withLock { pruned in
      let found = pruned ?? makePruned()
      pruned = found
      return found
    }
    return if case .other(let plan) = found { plan } else { self }
  }

  private func makePruned() -> Pruned {
    guard isReduced, channels.isEmpty, measurement != .expectations([]) else { return .same }
    if case .amplitudes = measurement { return .same }
    let pruning = Pruning(
      operations, qubitCount: qubitCount, measuring: measurement, startingFrom: initialState)
    guard !pruning.isTrivial else { return .same }
    do throws(SimulationError) {
      return .other(
        try Plan(
          pruning.operations, channels: [], qubitCount: pruning.qubits.count,
          weightCount: weightCount, inputCount: inputCount, measuring: pruning.measurement,
          startingFrom: pruning.initialState, isPruned: true))
    } catch {
      stop("a part of a circuit that was planned cannot be planned: \(error)")
    }
  }

  /// The program for a layout, compiled when first asked for.
  func program(_ layout: Program.Layout) -> Program {
    programs.withLock { programs in
      for program in programs where program.layout == layout { return program }
      let program = ProgramBuilder.program(of: self, layout: layout)
      programs.append(program)
      return program
    }
  }
}
