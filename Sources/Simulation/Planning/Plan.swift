public import Circuits
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
  /// What is read off the state.
  public let measurement: Measurement
  /// The operations that engines run, in the circuit's order.
  package let operations: [ElementaryOperation]

  /// The numbers that each sample gives.
  public var outputCount: Int { measurement.outputCount }

  /// The most qubits of a dense matrix.
  package static let matrixQubitLimit = 6

  private let programs = Mutex<[Program.Layout: Program]>([:])

  /// Compiles a circuit; barriers and final measurements change nothing.
  ///
  /// - Throws: ``SimulationError`` if the circuit has more than 63 qubits, the measurement names a qubit that
  ///   is not there, or a matrix is too large.
  public convenience init(
    _ circuit: Circuit, measuring measurement: Measurement
  ) throws(SimulationError) {
    // Lowering makes masks of qubits.
    try Self.requireMasks(circuit.qubitCount)
    try self.init(
      circuit.lowered(), qubitCount: circuit.qubitCount, weightCount: circuit.weightCount,
      inputCount: circuit.inputCount, measuring: measurement)
  }

  /// Compiles a list of operations.
  ///
  /// - Throws: ``SimulationError`` as ``init(_:measuring:)``.
  package init(
    _ operations: [ElementaryOperation], qubitCount: Int, weightCount: Int, inputCount: Int,
    measuring measurement: Measurement
  ) throws(SimulationError) {
    try Self.requireMasks(qubitCount)
    try measurement.validate(qubitCount: qubitCount)
    for case .matrix(_, let targets) in operations.map(\.kind)
    where targets.count > Self.matrixQubitLimit {
      throw .matrixTooLarge(qubits: targets.count, limit: Self.matrixQubitLimit)
    }
    self.operations = operations
    self.qubitCount = qubitCount
    self.weightCount = weightCount
    self.inputCount = inputCount
    self.measurement = measurement
  }

  private static func requireMasks(_ qubitCount: Int) throws(SimulationError) {
    guard qubitCount <= PauliString.qubitLimit else {
      throw .tooManyQubits(found: qubitCount, limit: PauliString.qubitLimit)
    }
  }

  /// The program for a layout, compiled when first asked for.
  func program(_ layout: Program.Layout) -> Program {
    programs.withLock { programs in
      if let program = programs[layout] { return program }
      let program = ProgramBuilder.program(of: self, layout: layout)
      programs[layout] = program
      return program
    }
  }
}
