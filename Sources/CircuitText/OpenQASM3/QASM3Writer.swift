import Circuits

/// Writes a circuit as an OpenQASM 3 file.
struct QASM3Writer {
  private let circuit: Circuit
  private let pragmas: [String]
  /// The annotations by the place of the instruction that they stand before.
  private let annotations: [Int: [String]]
  private(set) var names: QASM3Names
  /// The statements so far.
  private var lines: [String] = []
  /// How many blocks are open.
  private var depth = 0
  /// The place and the gate being written, for errors.
  private var place = 0
  private var gateName = ""
  /// The gates that the file defines: their names, and the definitions in order.
  private var defined: [Gate: String] = [:]
  private var definitions: [String] = []

  init(_ document: CircuitDocument) {
    circuit = document.circuit
    pragmas = document.pragmas
    annotations = document.annotations.reduce(into: [:]) {
      $0[$1.place, default: []].append(Self.oneLine($1.text))
    }
    names = QASM3Names(document)
  }

  /// The whole file.
  mutating func text() throws(CircuitPrintError) -> String {
    guard circuit.initialState == nil else { throw .initialState }
    for (place, instruction) in circuit.instructions.enumerated() {
      self.place = place
      lines += annotations[place] ?? []
      try write(instruction)
    }
    var head = ["OPENQASM 3.0;", "include \"stdgates.inc\";"]
    head += pragmas.map { "pragma \(Self.oneLine($0))" }
    head += names.declarations
    head += definitions
    head += names.qubitRegisters.map { "qubit[\($0.size)] \($0.name);" }
    for register in names.registers where !register.bits.isEmpty {
      // With outputs, other bits are not shown.
      let isOutput = !names.hidden.isEmpty && !names.hidden.contains(register.name)
      head.append("\(isOutput ? "output " : "")bit[\(register.bits.count)] \(register.name);")
    }
    return (head + lines).joined(separator: "\n") + "\n"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private mutating func add(_ line: String) {
    lines.append(String(repeating: "  ", count: depth) + line)
  }

  private mutating func write(_ instruction: Instruction) throws(CircuitPrintError) {
    gateName = instruction.name
    switch instruction {
    case .gate(let application): try write(application)
    case .barrier(let qubits):
      if !qubits.isEmpty { add("barrier \(qubits.map(names.qubit).joined(separator: ", "));") }
    case .channel: throw .channel(name: gateName, place: place)
    case .measure(let qubit, let bit):
      add("\(names.bit(bit)) = measure \(names.qubit(qubit));")
    case .reset(let qubit): add("reset \(names.qubit(qubit));")
    case .conditional(let condition, let then, let otherwise):
      add("if (\(names.text(condition))) {")
      try block(then)
      if !otherwise.isEmpty {
        add("} else {")
        try block(otherwise)
      }
      add("}")
    case .assign(let bit, let condition):
      add("\(names.bit(bit)) = \(names.text(condition));")
    case .loop(let condition, let body):
      add("while (\(names.text(condition))) {")
      try block(body)
      add("}")
    }
  }

  private mutating func block(_ body: [Instruction]) throws(CircuitPrintError) {
    depth += 1
    for instruction in body { try write(instruction) }
    depth -= 1
  }

  // MARK: Gates

  private mutating func write(_ application: GateApplication) throws(CircuitPrintError) {
    if application.gate.isWrittenOut { return try writeLowered(application) }
    let spelling = GateSpelling(application.gate, angles: application.angles, in: .openQASM3)
    var modifiers = QASM3Operations.modifiers(application.controls.map(\.state))
    let exponent = application.exponent
    if exponent == -1, spelling.map({ $0.controlCount > 0 }) ?? true {
      modifiers.append("inv")
    } else if exponent != 1 {
      let isWhole = exponent == exponent.rounded()
      modifiers.append("pow(\(isWhole ? "\(Int(exponent))" : "\(exponent)"))")
    }
    if spelling?.isInverse ?? false { modifiers.append("inv") }
    modifiers += QASM3Operations.modifiers(
      Array(repeating: true, count: spelling?.controlCount ?? 0))
    let name: String
    if let spelling { name = spelling.name } else { name = try defining(application.gate) }
    let angles = (spelling?.parameters ?? application.angles).map(names.text)
    let parameters = angles.isEmpty ? "" : "(\(angles.joined(separator: ", ")))"
    let qubits = (application.controls.map(\.qubit) + application.qubits).map(names.qubit)
    let operands = qubits.isEmpty ? "" : " " + qubits.joined(separator: ", ")
    add(modifiers.map { $0 + " @ " }.joined() + name + parameters + operands + ";")
  }

  /// Writes a gate as the operations that it lowers to.
  private mutating func writeLowered(
    _ application: GateApplication
  ) throws(CircuitPrintError) {
    let (compacted, qubits) = application.compacted
    let fileNames = names
    var operations = QASM3Operations(
      qubit: { fileNames.qubit(qubits[$0]) }, angle: { fileNames.text($0) })
    for operation in compacted.lowered() { try write(operation, to: &operations) }
    for line in operations.lines { add(line) }
  }

  private func write(
    _ operation: ElementaryOperation, to operations: inout QASM3Operations
  ) throws(CircuitPrintError) {
    guard operations.write(operation) else {
      throw .matrix(
        gate: gateName, place: place, qubitCount: operation.targetMask.nonzeroBitCount)
    }
  }

  /// The name of a gate that stdgates.inc lacks, defined in front of the circuit by what it is made of.
  private mutating func defining(_ gate: Gate) throws(CircuitPrintError) -> String {
    if let name = defined[gate] { return name }
    // Some readers hand parameters over in the order of their names.
    let isOrdered = gate.parameterNames == gate.parameterNames.sorted()
    let parameters =
      isOrdered ? gate.parameterNames : gate.parameterNames.indices.map { "p\($0)" }
    var body = QASM3Operations(
      qubit: { "q\($0)" },
      angle: {
        $0.text(weight: { parameters[$0] }, input: { "x\($0)" }, pi: "pi", times: "*")
      })
    for factor in gate.factors { try write(factor, to: &body) }
    let name = names.free(gate.definitionName)
    let list = parameters.isEmpty ? "" : "(\(parameters.joined(separator: ", ")))"
    let qubits = (0..<gate.qubitCount).map { "q\($0)" }.joined(separator: ", ")
    definitions.append("gate \(name)\(list) \(qubits) {")
    definitions += body.lines.map { "  " + $0 } + ["}"]
    defined[gate] = name
    return name
  }
}

extension Gate {
  /// Whether the gate is written as what it is made of: one given matrix, or a phase without qubits.
  fileprivate var isWrittenOut: Bool {
    guard Gate.named(name) != self else { return false }
    if qubitCount == 0 { return true }
    guard factors.count == 1, case .matrix = factors[0].kind else { return false }
    return true
  }

  /// What a definition of the gate is called: rotations about Pauli strings with their letters, qubit 0 rightmost.
  fileprivate var definitionName: String {
    guard factors.count == 1, case .rotation(let string) = factors[0].kind,
      Gate.named(name) != self
    else { return name }
    return "\(name)_\(string.letters(count: qubitCount).lowercased())"
  }
}
