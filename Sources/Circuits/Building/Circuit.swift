import Compute

/// A quantum circuit: a list of instructions on up to 4096 qubits.
///
/// It is a value and runs nothing. Engines that keep amplitudes, Pauli strings and controls reach 63 qubits; the
/// stabilizer engine runs Clifford circuits on all.
/// Qubit 0 is the least significant bit of a basis state's index and prints rightmost.
///
/// ```swift
/// let bell = Circuit(qubits: 2) {
///   H(0)
///   CX(0, 1)
/// }
/// ```
public struct Circuit: Hashable, Sendable {
  /// The number of qubits.
  public let qubitCount: Int
  /// The steps, first applied first; measurements only after the last gate of their qubit.
  public private(set) var instructions: [Instruction] = []
  /// The number of trainable weights: one more than the largest index that occurs, or more.
  public private(set) var weightCount = 0
  /// The number of data inputs: one more than the largest index that occurs, or more.
  public private(set) var inputCount = 0
  /// The number of classical bits: one more than the largest index measured into, or more.
  public private(set) var bitCount: Int
  /// The qubits measured so far.
  private var measured: Set<Int> = []
  /// The classical bits measured into so far.
  private var takenBits: Set<Int> = []

  /// The largest number of qubits; what an engine reaches is its own matter.
  public static let qubitLimit = 4096

  /// Creates a circuit without instructions.
  ///
  /// - Parameters:
  ///   - qubits: The number of qubits.
  ///   - bits: The number of classical bits, if more than the measurements need.
  /// - Precondition: `qubits` is in `0...4096` and `bits` is not negative.
  public init(qubits: Int, bits: Int = 0) {
    require(
      0...Self.qubitLimit ~= qubits,
      "circuit: found \(qubits) qubits, expected 0 to \(Self.qubitLimit)")
    require(bits >= 0, "circuit: found \(bits) classical bits, expected at least 0")
    qubitCount = qubits
    bitCount = bits
  }

  /// Appends an instruction; input from outside is checked this way.
  ///
  /// - Throws: ``CircuitError`` if a qubit is out of range, repeated, or has been measured, or if a
  ///   classical bit is measured into twice.
  public mutating func append(checking instruction: Instruction) throws(CircuitError) {
    let name = instruction.name
    if let fault = CircuitError.fault(
      ofQubits: instruction.qubits, in: name, qubitCount: qubitCount)
    {
      throw fault
    }
    switch instruction {
    case .barrier: break
    case .gate(let application):
      if let qubit = application.touchedQubits.first(where: measured.contains) {
        throw .afterMeasurement(instruction: name, qubit: qubit)
      }
      for angle in application.angles {
        weightCount = max(weightCount, angle.weightCount)
        inputCount = max(inputCount, angle.inputCount)
      }
    case .channel(let channel, let qubits):
      guard qubits.count == channel.qubitCount else {
        throw .wrongQubitCount(
          gate: "\(channel)", found: qubits.count, expected: channel.qubitCount)
      }
      if let qubit = qubits.first(where: measured.contains) {
        throw .afterMeasurement(instruction: name, qubit: qubit)
      }
    case .measure(let qubit, let bit):
      guard !measured.contains(qubit) else {
        throw .afterMeasurement(instruction: name, qubit: qubit)
      }
      guard bit >= 0, takenBits.insert(bit).inserted else { throw .bitNotFree(bit: bit) }
      measured.insert(qubit)
      bitCount = max(bitCount, bit + 1)
    }
    instructions.append(instruction)
  }

  /// The final measurements, in order.
  public var measurements: [(qubit: Int, bit: Int)] {
    guard !measured.isEmpty else { return [] }
    return instructions.compactMap { instruction in
      guard case .measure(let qubit, let bit) = instruction else { return nil }
      return (qubit, bit)
    }
  }

  /// The gates, in order, without barriers and measurements.
  public var gates: [GateApplication] {
    instructions.compactMap { instruction in
      guard case .gate(let application) = instruction else { return nil }
      return application
    }
  }

  /// The first noise channel and its place among the instructions, where there is one.
  public var firstChannel: (place: Int, channel: Channel)? {
    for (place, instruction) in instructions.enumerated() {
      if case .channel(let channel, _) = instruction { return (place, channel) }
    }
    return nil
  }

  /// The operations that engines of pure states run, first applied first; measurements, barriers and channels
  /// give none.
  ///
  /// - Precondition: The circuit's gates touch qubits below ``PauliString/qubitLimit`` only.
  public func lowered() -> [ElementaryOperation] { instructions.flatMap { $0.lowered() } }

  /// Declares at least so many weights and inputs, used or not.
  mutating func reserve(weights: Int = 0, inputs: Int = 0) {
    weightCount = max(weightCount, weights)
    inputCount = max(inputCount, inputs)
  }
}
