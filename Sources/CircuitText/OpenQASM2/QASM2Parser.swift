import Circuits

/// Reads OpenQASM 2 files.
///
/// Definitions of gates are expanded where they are called. The grammar is that of Cross, Bishop,
/// Smolin and Gambetta, arXiv:1707.03429.
struct QASM2Parser {
  struct Register {
    let isQuantum: Bool
    let first: Int
    let size: Int
  }

  /// How many classical bits a file may declare.
  static let bitLimit = 4096

  private var lexer: QASM2Lexer
  private let file: String
  let instructionLimit: Int
  private(set) var token: QASM2Token
  var registers: [String: Register] = [:]
  /// The classical registers in the order in which they are declared.
  private var classicalRegisters: [ClassicalRegister] = []
  var gates: [String: QASM2Gate] = QASM2Names.builtIn
  var definitions: [QASM2Definition] = []
  /// The gates that the file itself defines.
  var definedNames: Set<String> = []
  private(set) var hasLibrary = false
  private var qubitCount = 0
  private var bitCount = 0
  var instructions: [(instruction: Instruction, location: SourceLocation)] = []
  /// What barriers count besides one each.
  private var barrierCost = 0
  /// The steps of expansion taken so far.
  var steps = 0

  init(_ bytes: [UInt8], file: String, instructionLimit: Int) throws(CircuitParseError) {
    lexer = QASM2Lexer(bytes, file: file)
    self.file = file
    self.instructionLimit = instructionLimit
    token = try lexer.next()
  }

  func fault(_ reason: CircuitParseError.Reason, at place: SourceLocation? = nil)
    -> CircuitParseError
  {
    CircuitParseError(file: file, location: place ?? token.location, reason: reason)
  }

  func unexpected(_ expected: String) -> CircuitParseError {
    fault(.unexpected(found: token.found, expected: expected))
  }

  mutating func advance() throws(CircuitParseError) { token = try lexer.next() }

  mutating func take(_ mark: String) throws(CircuitParseError) -> Bool {
    guard token.isMark(mark) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ mark: String, _ expected: String) throws(CircuitParseError) {
    guard try take(mark) else { throw unexpected(expected) }
  }

  static let reserved: Set<String> = [
    "OPENQASM", "include", "qreg", "creg", "gate", "opaque", "barrier", "measure", "reset", "if",
    "pi", "sin", "cos", "tan", "exp", "ln", "sqrt",
  ]

  /// Takes a name that is no word of the language.
  mutating func name(_ expected: String) throws(CircuitParseError) -> QASM2Token {
    guard token.kind == .identifier, !Self.reserved.contains(token.text) else {
      throw unexpected(expected)
    }
    let name = token
    try advance()
    return name
  }

  /// A qubit or a bit as the file calls it: `q[2]`.
  func element(_ place: Int, isQuantum: Bool) -> String {
    for (name, register) in registers where register.isQuantum == isQuantum {
      let range = register.first..<(register.first + register.size)
      if range.contains(place) {
        return "\(QASM2Token.clipped(name))[\(place - register.first)]"
      }
    }
    return "\(place)"
  }

  /// Parses the whole file.
  mutating func circuit() throws(CircuitParseError) -> Circuit {
    try header()
    while token.kind != .end { try statement() }
    var circuit = Circuit(qubits: qubitCount, bits: bitCount)
    // One register called c is what a circuit has without any.
    if classicalRegisters.map(\.name) != ["c"] {
      for register in classicalRegisters { circuit.declare(register) }
    }
    for (instruction, place) in instructions {
      do throws(CircuitError) {
        try circuit.append(checking: instruction)
      } catch {
        throw fault(.circuit(error), at: place)
      }
    }
    return circuit
  }

  private mutating func header() throws(CircuitParseError) {
    guard token.isWord("OPENQASM") else { throw unexpected("'OPENQASM 2.0;'") }
    try advance()
    guard token.kind == .real || token.kind == .integer, Double(token.text) == 2 else {
      throw unexpected("version 2.0")
    }
    try advance()
    try expect(";", "';'")
  }

  private mutating func statement() throws(CircuitParseError) {
    guard token.kind == .identifier else { throw unexpected("a statement") }
    switch token.text {
    case "include": try include()
    case "qreg", "creg": try register()
    case "gate": try definition()
    case "barrier": try barrier()
    case "measure": try measurement()
    case "reset": try reset()
    case "if": try conditional()
    case "opaque": throw fault(.notSupported("'\(token.text)'"))
    default: try application()
    }
  }

  private mutating func include() throws(CircuitParseError) {
    try advance()
    guard token.kind == .string else { throw unexpected("the name of a file in quotes") }
    guard token.text == "qelib1.inc" else { throw unexpected("\"qelib1.inc\"") }
    try advance()
    try expect(";", "';'")
    hasLibrary = true
  }

  private mutating func register() throws(CircuitParseError) {
    let isQuantum = token.text == "qreg"
    try advance()
    let name = try name("the name of a register")
    guard registers[name.text] == nil else {
      throw fault(.redefined(QASM2Token.clipped(name.text)), at: name.location)
    }
    try expect("[", "'['")
    guard token.kind == .integer else { throw unexpected("the size of the register") }
    let limit = isQuantum ? Circuit.qubitLimit : Self.bitLimit
    let first = isQuantum ? qubitCount : bitCount
    guard let size = Int(token.text), 1...limit ~= size, first + size <= limit else {
      throw fault(.registerSize(found: QASM2Token.clipped(token.text), limit: limit))
    }
    try advance()
    try expect("]", "']'")
    try expect(";", "';'")
    registers[name.text] = Register(isQuantum: isQuantum, first: first, size: size)
    if isQuantum {
      qubitCount += size
    } else {
      classicalRegisters.append(
        ClassicalRegister(name: name.text, bits: bitCount..<(bitCount + size)))
      bitCount += size
    }
  }

  /// Parses `name` or `name[index]` and gives the range of qubits or bits that it stands for.
  mutating func operand(isQuantum: Bool) throws(CircuitParseError) -> QASM2Operand {
    let kind = isQuantum ? "quantum" : "classical"
    let name = try name("a \(kind) register")
    guard let register = registers[name.text], register.isQuantum == isQuantum else {
      let names = registers.filter { $0.value.isQuantum == isQuantum }.keys
      let suggestion = NearestName.nearest(to: name.text, among: names)
      throw fault(
        .unknownRegister(
          QASM2Token.clipped(name.text), isQuantum: isQuantum, suggestion: suggestion),
        at: name.location)
    }
    guard try take("[") else {
      return QASM2Operand(
        first: register.first, count: register.size, isWhole: true, location: name.location)
    }
    guard token.kind == .integer else { throw unexpected("an index") }
    guard let index = Int(token.text), index < register.size else {
      throw fault(
        .indexOutOfRange(
          register: QASM2Token.clipped(name.text), index: QASM2Token.clipped(token.text),
          size: register.size))
    }
    try advance()
    try expect("]", "']'")
    return QASM2Operand(
      first: register.first + index, count: 1, isWhole: false, location: name.location)
  }

  private mutating func barrier() throws(CircuitParseError) {
    let place = token.location
    try advance()
    var qubits: [Int] = []
    var seen: Set<Int> = []
    repeat {
      let operand = try operand(isQuantum: true)
      for qubit in operand.range {
        guard seen.insert(qubit).inserted else {
          throw fault(
            .repeatedQubit(element(qubit, isQuantum: true)), at: operand.location)
        }
        qubits.append(qubit)
      }
    } while try take(",")
    try expect(";", "',' or ';'")
    try emit(.barrier(qubits), at: place)
  }

  mutating func measurement() throws(CircuitParseError) {
    let place = token.location
    try advance()
    let source = try operand(isQuantum: true)
    try expect("->", "'->'")
    let target = try operand(isQuantum: false)
    guard source.count == target.count else {
      throw fault(
        .sizesDiffer(found: target.count, expected: source.count), at: target.location)
    }
    try expect(";", "';'")
    for offset in 0..<source.count {
      try emit(.measure(qubit: source.first + offset, bit: target.first + offset), at: place)
    }
  }

  /// Takes back the instructions that have been added since there were `count`.
  mutating func takeInstructions(from count: Int) -> [Instruction] {
    let taken = instructions[count...].map(\.instruction)
    instructions.removeLast(instructions.count - count)
    return taken
  }

  /// Adds an instruction to the circuit.
  mutating func emit(
    _ instruction: Instruction, at place: SourceLocation
  ) throws(CircuitParseError) {
    // A barrier across thousands of qubits takes the memory of many instructions.
    if case .barrier(let qubits) = instruction { barrierCost += qubits.count / 63 }
    guard instructions.count + barrierCost < instructionLimit else {
      throw fault(.tooManyInstructions(limit: instructionLimit), at: place)
    }
    instructions.append((instruction, place))
  }
}

/// A register or one of its elements, as the place and number of its qubits or bits.
struct QASM2Operand {
  let first: Int
  let count: Int
  let isWhole: Bool
  let location: SourceLocation

  var range: Range<Int> { first..<(first + count) }
}
