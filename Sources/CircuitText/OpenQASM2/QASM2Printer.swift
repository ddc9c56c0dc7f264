import Circuits

/// Writes a circuit as an OpenQASM 2 file.
struct QASM2Printer {
  private let circuit: Circuit
  private var lines: [String] = []
  /// The place and the gate being written, for errors.
  private(set) var place = 0
  private(set) var gateName = ""
  /// The circuit's qubits that the operations being written call 0, 1, ...
  private var places: [Int] = []

  /// The classical registers that are written.
  private let registers: [ClassicalRegister]
  /// The registers of qubits that are written.
  private let qubitRegisters: [QubitRegister]
  /// The qubits as the file calls them.
  private let qubitNames: [String]

  init(_ circuit: Circuit, qubitRegisters: [QubitRegister] = []) {
    self.circuit = circuit
    let registers = Self.registers(of: circuit)
    self.registers = registers
    var taken = Set(registers.map(\.name))
    self.qubitRegisters = qubitRegisters.covering(
      circuit.qubitCount, else: taken.contains("q") ? "qubits" : "q"
    ) { !$0.isEmpty }.map {
      QubitRegister(name: Self.name(like: $0.name, taken: &taken), size: $0.size)
    }
    qubitNames = self.qubitRegisters.qubitNames
  }

  var qubitCount: Int { circuit.qubitCount }

  /// The whole file.
  mutating func text() throws(CircuitPrintError) -> String {
    guard circuit.initialState == nil else { throw .initialState }
    lines = ["OPENQASM 2.0;", "include \"qelib1.inc\";"]
    for register in qubitRegisters { lines.append("qreg \(register.name)[\(register.size)];") }
    for register in registers { lines.append("creg \(register.name)[\(register.bits.count)];") }
    for (place, instruction) in circuit.instructions.enumerated() {
      self.place = place
      try write(instruction)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func write(_ instruction: Instruction) throws(CircuitPrintError) {
    gateName = instruction.name
    switch instruction {
    case .gate(let application): try write(application)
    case .barrier(let qubits):
      if !qubits.isEmpty { write("barrier", [], onCircuit: qubits) }
    case .channel: throw .channel(name: gateName, place: place)
    case .measure(let qubit, let bit):
      lines.append("measure \(qubitNames[qubit]) -> \(name(ofBit: bit));")
    case .reset(let qubit): write("reset", [], onCircuit: [qubit])
    case .conditional(let condition, let then, let otherwise):
      try write(condition, then, otherwise)
    case .assign(_, let condition): throw .assignment(text: "\(condition)", place: place)
    case .loop(let condition, _): throw .loop(text: "\(condition)", place: place)
    }
  }

  /// Writes each operation of a branch on the condition; the condition must not change meanwhile.
  private mutating func write(
    _ condition: ClassicalCondition, _ then: [Instruction], _ otherwise: [Instruction]
  ) throws(CircuitPrintError) {
    guard let (register, number) = comparison(condition), otherwise.isEmpty,
      then.dropLast().allSatisfy({ $0.bits.allSatisfy { !register.bits.contains($0) } })
    else { throw .condition(text: "\(condition)", place: place) }
    for instruction in then {
      switch instruction {
      case .conditional: throw .condition(text: "\(condition)", place: place)
      case .barrier: continue
      case .gate, .channel, .measure, .reset, .assign, .loop: break
      }
      let first = lines.count
      try write(instruction)
      for line in first..<lines.count {
        lines[line] = "if(\(register.name)==\(number)) " + lines[line]
      }
    }
  }

  /// The register that a condition compares with a number, and the number.
  private func comparison(
    _ condition: ClassicalCondition
  ) -> (register: ClassicalRegister, number: UInt64)? {
    func register(of bits: [Int]) -> ClassicalRegister? {
      registers.first { Array($0.bits) == bits }
    }
    switch condition {
    case .register(let bits, let number): return register(of: bits).map { ($0, number) }
    case .bit(let bit): return register(of: [bit]).map { ($0, 1) }
    case .not(.bit(let bit)): return register(of: [bit]).map { ($0, 0) }
    case .not, .and, .or, .exclusiveOr: return nil
    }
  }

  /// A bit as the file calls it.
  private func name(ofBit bit: Int) -> String {
    let register = registers.first { $0.bits.contains(bit) }
    return "\(register?.name ?? "c")[\(bit - (register?.bits.lowerBound ?? 0))]"
  }

  /// The circuit's registers, if they follow each other, with names of a file; else one of all bits.
  private static func registers(of circuit: Circuit) -> [ClassicalRegister] {
    var registers: [ClassicalRegister] = []
    var taken: Set<String> = []
    var next = 0
    for register in circuit.registers {
      guard register.bits.lowerBound == next else { break }
      next = register.bits.upperBound
      registers.append(
        ClassicalRegister(name: name(like: register.name, taken: &taken), bits: register.bits))
    }
    guard next != circuit.bitCount else { return registers }
    return [ClassicalRegister(name: "c", bits: 0..<circuit.bitCount)]
  }

  /// A free name of the language that is no word of it and no gate, as near to `name` as can be: it begins with a small
  /// letter, what is no letter and no digit is `_`, and lines stand behind it until it is free.
  private static func name(like name: String, taken: inout Set<String>) -> String {
    let small: Set<Character> = Set("abcdefghijklmnopqrstuvwxyz")
    let word = small.union("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
    var found = String(name.map { word.contains($0) ? $0 : "_" })
    if let first = found.first, !small.contains(first) {
      found = first.isLetter ? first.lowercased() + found.dropFirst() : "r" + found
    }
    while SyntaxParser.words2.contains(found) || gateNames.contains(found)
      || !taken.insert(found).inserted
    {
      found += "_"
    }
    return found
  }

  /// The names of gates in qelib1.inc.
  private static let gateNames = Set(
    Gate.names(in: .openQASM2) + GateLibrary.manyControls.map(\.name))

  /// Writes a gate by name on qubits of the operation being written.
  mutating func write(_ name: String, _ angles: [Double], _ qubits: [Int]) {
    write(name, angles, onCircuit: qubits.map { places[$0] })
  }

  /// Writes a gate by name on qubits of the circuit.
  mutating func write(_ name: String, _ angles: [Double], onCircuit qubits: [Int]) {
    let parameters =
      angles.isEmpty ? "" : "(\(angles.map(Self.text(of:)).joined(separator: ",")))"
    let operands = qubits.map { qubitNames[$0] }.joined(separator: ",")
    lines.append("\(name)\(parameters) \(operands);")
  }

  /// A number that reads back to the same double; short fractions of π by name.
  private static func text(of value: Double) -> String {
    if value == 0 { return "0" }
    let size = Angle.text(ofPositive: value.magnitude, pi: "pi", times: "*")
    return value < 0 ? "-\(size)" : size
  }

  private mutating func write(_ application: GateApplication) throws(CircuitPrintError) {
    let angles = application.angles.compactMap(\.constantValue)
    guard angles.count == application.angles.count else {
      throw .symbolicAngle(gate: gateName, place: place)
    }
    if application.exponent == 1, application.controls.allSatisfy(\.state),
      let name = Self.name(of: application.gate, controls: application.controls.count)
    {
      write(name, angles, onCircuit: application.controls.map(\.qubit) + application.qubits)
      return
    }
    let (compacted, qubits) = application.compacted
    places = qubits
    for operation in compacted.lowered() { try write(operation) }
  }

  /// The name in qelib1.inc of a gate under leading controls on 1; nil if it has none there.
  private static func name(of gate: Gate, controls: Int) -> String? {
    guard controls > 0 else { return qelib1Name(of: gate) }
    if let many = GateLibrary.manyControls.first(where: {
      $0.gate == gate && $0.controls == controls
    }) {
      return many.name
    }
    // The gate of the catalogue with the same kernel form, if there is one.
    let shifted = GateApplication(
      gate, angles: gate.parameterNames.indices.map { .weight($0) },
      on: Array(controls..<(controls + gate.qubitCount)),
      controls: (0..<controls).map { Control($0) }
    ).lowered()
    return Gate.all.lazy.filter {
      $0.controlCount == gate.controlCount + controls && $0.factors == shifted
        && $0.parameterCount == gate.parameterCount
    }.compactMap(qelib1Name).first
  }

  private static func qelib1Name(of gate: Gate) -> String? {
    guard Gate.named(gate.name) == gate else { return nil }
    return gate.aliases.first { $0.format == .openQASM2 }?.name
  }

  func tooManyControls(_ count: Int) -> CircuitPrintError {
    .tooManyControls(gate: gateName, place: place, qubitCount: count)
  }
}
