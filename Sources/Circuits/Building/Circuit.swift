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
  /// What it starts from; nil for |0…0⟩.
  public private(set) var initialState: InitialState?
  /// The steps, first applied first.
  public private(set) var instructions: [Instruction] = []
  /// The number of trainable weights: one more than the largest index that occurs, or more.
  public private(set) var weightCount = 0
  /// The number of data inputs: one more than the largest index that occurs, or more.
  public private(set) var inputCount = 0
  /// The number of classical bits: one more than the largest index that is measured into, read or declared, or
  /// more.
  public private(set) var bitCount: Int
  /// The registers that have been declared, in order.
  package private(set) var declaredRegisters: [ClassicalRegister] = []
  /// The place of the first instruction that makes the circuit dynamic.
  private(set) var dynamicPlace: Int?
  /// The qubits measured so far, on no condition.
  private(set) var measured: Set<Int> = []
  /// The classical bits measured into so far, on no condition.
  private var writtenBits: Set<Int> = []

  /// The largest number of qubits; what an engine reaches is its own matter.
  public static let qubitLimit = 4096
  /// The largest number of classical bits.
  public static let bitLimit = 1 << 20

  /// Creates a circuit without instructions.
  ///
  /// - Parameters:
  ///   - qubits: The number of qubits.
  ///   - bits: The number of classical bits, if more than the measurements need.
  /// - Precondition: `qubits` is in `0...4096` and `bits` in `0...1_048_576`.
  public init(qubits: Int, bits: Int = 0) {
    require(
      0...Self.qubitLimit ~= qubits,
      "circuit: found \(qubits) qubits, expected 0 to \(Self.qubitLimit)")
    require(
      0...Self.bitLimit ~= bits,
      "circuit: found \(bits) classical bits, expected 0 to \(Self.bitLimit)")
    qubitCount = qubits
    bitCount = bits
  }

  /// Appends an instruction; input from outside is checked this way.
  ///
  /// - Throws: ``CircuitError`` if a qubit is out of range or repeated, a channel takes another number of qubits,
  ///   a classical bit is out of range, or conditions and loops are nested too deeply; what they hold is checked
  ///   too.
  public mutating func append(checking instruction: Instruction) throws(CircuitError) {
    try check(instruction, depthLeft: ClassicalCondition.depthLimit)
    if dynamicPlace == nil, makesDynamic(instruction) { dynamicPlace = instructions.count }
    switch instruction {
    case .barrier, .channel, .reset, .assign: break
    case .gate, .conditional, .loop:
      for angle in instruction.angles { note(angle) }
    case .measure(let qubit, let bit):
      measured.insert(qubit)
      writtenBits.insert(bit)
    }
    for bit in instruction.bits { bitCount = max(bitCount, bit + 1) }
    instructions.append(instruction)
  }

  private mutating func note(_ angle: Angle) {
    weightCount = max(weightCount, angle.weightCount)
    inputCount = max(inputCount, angle.inputCount)
  }

  private func check(_ instruction: Instruction, depthLeft: Int) throws(CircuitError) {
    switch instruction {
    case .conditional(let condition, let then, let otherwise):
      try check(condition, in: instruction.name, depthLeft: depthLeft)
      for inner in then { try check(inner, depthLeft: depthLeft - 1) }
      for inner in otherwise { try check(inner, depthLeft: depthLeft - 1) }
      return
    case .loop(let condition, let body):
      try check(condition, in: instruction.name, depthLeft: depthLeft)
      for inner in body { try check(inner, depthLeft: depthLeft - 1) }
      return
    case .assign(let bit, let condition):
      try check(bit: bit, in: instruction.name)
      try check(condition, in: instruction.name, depthLeft: depthLeft)
      return
    case .gate, .barrier, .channel, .measure, .reset: break
    }
    if let fault = CircuitError.fault(
      ofQubits: instruction.qubits, in: instruction.name, qubitCount: qubitCount)
    {
      throw fault
    }
    switch instruction {
    case .channel(let channel, let qubits) where qubits.count != channel.qubitCount:
      throw .wrongQubitCount(
        gate: "\(channel)", found: qubits.count, expected: channel.qubitCount)
    case .measure(_, let bit): try check(bit: bit, in: instruction.name)
    case .gate, .barrier, .channel, .reset, .conditional, .assign, .loop: break
    }
  }

  private func check(
    _ condition: ClassicalCondition, in name: String, depthLeft: Int
  ) throws(CircuitError) {
    guard depthLeft > 0, !condition.isDeeper(than: ClassicalCondition.depthLimit) else {
      throw .nestedTooDeeply(limit: ClassicalCondition.depthLimit)
    }
    for bit in condition.bits { try check(bit: bit, in: name) }
  }

  private func check(bit: Int, in name: String) throws(CircuitError) {
    guard 0..<Self.bitLimit ~= bit else {
      throw .bitOutOfRange(instruction: name, bit: bit, limit: Self.bitLimit)
    }
  }

  /// Lets the circuit start from a state instead of |0…0⟩; input from outside is checked this way.
  ///
  /// - Throws: ``CircuitError`` if a qubit of the state is out of range or an instruction has touched it, or the
  ///   circuit has an initial state already.
  public mutating func prepare(checking state: InitialState) throws(CircuitError) {
    guard initialState == nil else { throw .secondInitialState }
    if let fault = CircuitError.fault(
      ofQubits: state.qubits, in: InitialState.name, qubitCount: qubitCount)
    {
      throw fault
    }
    let touched = instructions.reduce(into: Set<Int>()) { qubits, instruction in
      if case .barrier = instruction { return }
      qubits.formUnion(instruction.qubits)
    }
    if let qubit = state.qubits.first(where: touched.contains) {
      throw .initialStateTooLate(qubit: qubit)
    }
    initialState = state
    inputCount = max(inputCount, state.inputCount)
  }

  /// Whether the instruction is one that a circuit of gates and final measurements cannot hold here.
  private func makesDynamic(_ instruction: Instruction) -> Bool {
    switch instruction {
    case .barrier: false
    case .gate, .channel: !measured.isEmpty && instruction.qubits.contains(where: measured.contains)
    case .measure(let qubit, let bit): measured.contains(qubit) || writtenBits.contains(bit)
    case .reset(let qubit): isTouched(qubit)
    case .conditional, .assign, .loop: true
    }
  }

  /// Whether a qubit may be in another state than |0⟩: resets of those that are not change nothing.
  private func isTouched(_ qubit: Int) -> Bool {
    if initialState?.qubits.contains(qubit) == true { return true }
    return instructions.contains { instruction in
      switch instruction {
      case .barrier, .reset: false
      case .gate, .channel, .measure, .conditional, .assign, .loop:
        instruction.qubits.contains(qubit)
      }
    }
  }

  /// The gates, in order; those that depend on conditions are left out.
  public var gates: [GateApplication] {
    instructions.compactMap { instruction in
      guard case .gate(let application) = instruction else { return nil }
      return application
    }
  }

  /// The first noise channel and its place among the instructions, where there is one; also on a condition.
  public var firstChannel: (place: Int, channel: Channel)? {
    for (place, instruction) in instructions.enumerated() {
      if let channel = instruction.firstChannel { return (place, channel) }
    }
    return nil
  }

  /// The operations of the gates that depend on no condition, first applied first; all else gives none.
  ///
  /// - Precondition: The circuit's gates touch qubits below ``PauliString/qubitLimit`` only.
  public func lowered() -> [ElementaryOperation] { instructions.flatMap { $0.lowered() } }

  /// Declares at least so many weights and inputs, used or not.
  package mutating func reserve(weights: Int = 0, inputs: Int = 0) {
    weightCount = max(weightCount, weights)
    inputCount = max(inputCount, inputs)
  }

  /// Declares at least so many weights, used or not.
  package mutating func reserveWeights(_ count: Int) { reserve(weights: count) }

  /// Declares a register that has been checked.
  mutating func add(_ register: ClassicalRegister) {
    declaredRegisters.append(register)
    bitCount = max(bitCount, register.bits.upperBound)
  }

  /// A circuit without instructions that has this one's initial state, bits, registers, weights and inputs; `qubits`
  /// is the number of qubits where it is another.
  func emptied(qubits: Int? = nil) -> Circuit {
    var result = Circuit(qubits: qubits ?? qubitCount, bits: bitCount)
    result.initialState = initialState
    result.declaredRegisters = declaredRegisters
    result.reserve(weights: weightCount, inputs: inputCount)
    return result
  }
}
