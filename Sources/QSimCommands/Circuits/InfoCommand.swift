import ArgumentParser
import Hilbert

/// `qsim info`: what a circuit file holds, and what running it takes.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "What a circuit file holds, and what running it takes.",
    discussion: """
      Qubits, bits, depth, gates by name, inputs, what the file says that has no effect, and the memory and time of \
      running it. The time is predicted from limits of this machine that are measured on the spot, which takes a \
      second; --no-time leaves it out.

      Example:
        qsim info circuits/adder.qasm
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @Flag(help: "Predict no time.") var noTime = false
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @OptionGroup(title: "Engine") var engine: EngineFlags

  static let name = "qsim info"

  func run() throws {
    Interruption.handle()
    let document = try reading.document(file, of: Self.name, tellsNotes: false)
    var report = CircuitInfo(
      file: CircuitFile(path: file, command: Self.name).label, document: document)
    if !noTime { report.seconds = predictedSeconds(document.circuit) }
    try StandardOutput.write(format == .json ? report.value.text() : report.text)
  }

  /// The predicted seconds of one state; nil where no state vector of the circuit can be run.
  private func predictedSeconds(_ circuit: Circuit) -> Double? {
    guard !circuit.isDynamic, circuit.firstChannel == nil, circuit.inputCount == 0,
      circuit.qubitCount <= PauliString.qubitLimit
    else { return nil }
    var task = PlanReport.Task()
    task.policy = engine.policy
    task.budget = engine.budget
    do {
      try StateVector.requireMemory(circuit.qubitCount, task.precision, task.budget)
      var plan = try PlanReport(circuit, measuring: [], task)
      plan.predict()
      return plan.predictedSeconds(.forward)
    } catch {
      return nil
    }
  }
}

/// What is told of a circuit file.
struct CircuitInfo {
  let file: String
  let document: CircuitDocument
  /// The predicted seconds of one state.
  var seconds: Double?
  private let counts: [(name: String, count: Int)]
  private let twoQubitCount: Int

  init(file: String, document: CircuitDocument) {
    self.file = file
    self.document = document
    var counter = GateCounter()
    counter.add(document.circuit.instructions)
    counts = counter.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, $0.value) }
    twoQubitCount = counter.twoQubitCount
  }

  private var circuit: Circuit { document.circuit }
  private var isClifford: Bool {
    circuit.weightCount == 0 && circuit.inputCount == 0 && circuit.isClifford()
  }

  /// Bytes of the state on each engine.
  private var bytes: [(name: String, value: Double)] {
    func power(_ bits: Int) -> Double { Double(sign: .plus, exponent: bits, significand: 1) }
    return [
      ("single", 8 * power(circuit.qubitCount)), ("double", 16 * power(circuit.qubitCount)),
      ("density", 8 * power(2 * circuit.qubitCount)),
    ]
  }

  var value: JSONValue {
    var members: [(String, JSONValue)] = [
      ("file", .string(file)), ("language", .string(document.language.rawValue)),
      ("qubits", .integer(circuit.qubitCount)), ("bits", .integer(circuit.bitCount)),
      (
        "qubitRegisters",
        .object(document.qubitRegisters.map { ($0.name, .integer($0.size)) })
      ),
      (
        "registers", .object(circuit.registers.map { ($0.name, .integer($0.bits.count)) })
      ),
      ("instructions", .integer(circuit.instructions.count)), ("depth", .integer(circuit.depth)),
      ("gates", .object(counts.map { ($0.name, .integer($0.count)) })),
      ("twoQubitGates", .integer(twoQubitCount)),
      ("parameters", .array(document.parameterNames.map { .string($0) })),
      ("dynamic", .boolean(circuit.isDynamic)), ("noisy", .boolean(circuit.firstChannel != nil)),
      ("clifford", .boolean(isClifford)),
      ("notes", .array(document.notes.map { .string($0.description) })),
      ("bytes", .object(bytes.map { ($0.name, .number($0.value)) })),
    ]
    if let seconds { members.append(("predictedSeconds", .number(seconds))) }
    return .result(of: "info", members)
  }

  var text: String {
    var table = TextTable(words: [0, 1])
    table.append(["language", document.language.rawValue])
    let qubits = document.qubitRegisters.map { "\($0.name)[\($0.size)]" }
    table.append(["qubits", Self.line(circuit.qubitCount, qubits)])
    let registers = circuit.registers.map { "\($0.name)[\($0.bits.count)]" }
    table.append(["classical bits", Self.line(circuit.bitCount, registers)])
    table.append(["instructions", "\(circuit.instructions.count)"])
    table.append(["depth", "\(circuit.depth)"])
    table.append(["two-qubit gates", "\(twoQubitCount)"])
    if !document.parameterNames.isEmpty {
      table.append([
        "parameters", Self.line(document.parameterNames.count, document.parameterNames),
      ])
    }
    table.append(["kind", kind])
    table.append([
      "memory",
      bytes.map { "\(PlanTable.bytes($0.value)) \($0.name)" }.joined(separator: ", "),
    ])
    if let seconds {
      table.append([
        "time", "\(PlanTable.time(seconds)) predicted for one state, double precision",
      ])
    }
    var lines = [file, ""] + table.lines
    if !counts.isEmpty {
      var table = TextTable()
      for entry in counts { table.append([entry.name, "\(entry.count)"]) }
      lines += ["", "instructions by name"] + table.lines
    }
    if !document.notes.isEmpty { lines += ["", "notes"] + document.notes.map { "  \($0)" } }
    return lines.joined(separator: "\n")
  }

  /// How many there are, and the first of their names.
  private static func line(_ count: Int, _ names: [String]) -> String {
    let shown = names.prefix(12).joined(separator: ", ")
    let rest = names.count - 12
    return "\(count)" + (names.isEmpty ? "" : ": " + shown)
      + (rest > 0 ? " and \(rest) more" : "")
  }

  private var kind: String {
    var words: [String] = []
    if circuit.isDynamic { words.append("measures or decides in the middle: counts alone") }
    if circuit.firstChannel != nil { words.append("noisy") }
    if isClifford { words.append("Clifford") }
    return words.isEmpty ? "gates and final measurements" : words.joined(separator: ", ")
  }
}

/// Counts instructions by name, those under conditions too.
struct GateCounter {
  private(set) var counts: [String: Int] = [:]
  /// Gates that touch two qubits.
  private(set) var twoQubitCount = 0

  mutating func add(_ instructions: [Instruction]) {
    for instruction in instructions {
      counts[Self.name(of: instruction), default: 0] += 1
      if case .gate(let gate) = instruction, gate.touchedQubits.count == 2 { twoQubitCount += 1 }
      switch instruction {
      case .conditional(_, let then, let otherwise):
        add(then)
        add(otherwise)
      case .loop(_, let body): add(body)
      case .gate, .barrier, .channel, .measure, .reset, .assign: break
      }
    }
  }

  /// The name, with the controls that are not the gate's own, and a power.
  private static func name(of instruction: Instruction) -> String {
    guard case .gate(let gate) = instruction else { return instruction.name }
    let extra = gate.touchedQubits.count - gate.gate.qubitCount
    let power = gate.exponent == 1 ? "" : "^\(gate.exponent)"
    return gate.gate.name + power
      + (extra > 0 ? " under \(RunReport.counted(extra, "control"))" : "")
  }
}
