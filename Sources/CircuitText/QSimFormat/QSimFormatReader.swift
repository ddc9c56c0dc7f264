import Circuits

/// Reads files in qsim's text format: the number of qubits, then a time, a gate and its qubits on each line.
///
/// As strict as qsim itself about blanks, times and numbers; every line is looked at, so that all faults are told at
/// once. What qsim's own page does not say: `p`, `sw` and `cx` are gates, empty lines and lines that begin with `#`
/// are passed over, and behind the number of qubits anything may stand.
struct QSimFormatReader {
  private let source: SourceText
  private let options: ReadingOptions
  private var circuit = Circuit(qubits: 0)
  /// The time of the last operation on each qubit; -1 before the first.
  private var times: [Int] = []
  /// The largest time of an operation, and of a measurement.
  private var latest = 0
  private var measured = 0
  private var count = 0

  /// Reads a file.
  ///
  /// - Throws: ``CircuitParseError`` with the faults of all lines.
  static func read(
    _ source: SourceText, options: ReadingOptions
  ) throws(CircuitParseError) -> CircuitDocument {
    var reader = QSimFormatReader(source: source, options: options)
    return CircuitDocument(language: .qsim, circuit: try reader.read())
  }

  private init(source: SourceText, options: ReadingOptions) {
    self.source = source
    self.options = options
  }

  private mutating func read() throws(CircuitParseError) -> Circuit {
    let bytes = source.bytes
    var faults: [CircuitFault] = []
    var hasQubits = false
    var number = 0
    // A byte-order mark is no part of the text.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      do throws(QSimFormatLine.Fault) {
        if hasQubits {
          guard try operation(line) else { break }
        } else {
          try begin(line)
          hasQubits = true
        }
      } catch {
        guard faults.count < ReadingLimits.faults else {
          throw CircuitParseError(faults, isCut: true)
        }
        faults.append(
          source.fault(
            error.reason, at: SourceLocation(line: number, column: error.column)))
        // Without qubits nothing can be said of the lines, past the limit nothing need be.
        if !hasQubits { break }
        if case .tooManyInstructions = error.reason { break }
      }
    }
    guard faults.isEmpty else { throw CircuitParseError(faults) }
    guard hasQubits else {
      throw CircuitParseError([
        source.fault(
          .unexpected(found: "the end of the file", expected: "the number of qubits"),
          at: SourceLocation(line: number + 1, column: 1))
      ])
    }
    return circuit
  }

  /// Reads the number of qubits; what stands behind it is not looked at.
  private mutating func begin(_ bytes: ArraySlice<UInt8>) throws(QSimFormatLine.Fault) {
    let blanks = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    let rest = bytes.dropFirst(blanks)
    let first = rest.prefix { $0 > 0x20 }
    let word = QSimFormatLine.Word(
      text: String(decoding: first, as: UTF8.self), column: blanks + 1)
    guard let digits = word.digits, let qubits = Int(digits), 1...ReadingLimits.qubits ~= qubits
    else {
      throw QSimFormatLine.Fault(
        column: word.column,
        .invalidQubitCount(
          found: word.text.isEmpty ? "a line of blanks" : word.found,
          limit: ReadingLimits.qubits))
    }
    circuit = Circuit(qubits: qubits)
    times = Array(repeating: -1, count: qubits)
  }

  /// Reads one operation.
  ///
  /// - Returns: Whether reading goes on; false past the last time that is asked for.
  private mutating func operation(
    _ bytes: ArraySlice<UInt8>
  ) throws(QSimFormatLine.Fault) -> Bool {
    var line = try QSimFormatLine(bytes)
    let limit = Int(UInt32.max)
    let timeText = "a time from 0 to \(limit)"
    let timeWord = try line.take(timeText)
    guard let digits = timeWord.digits, let time = Int(digits), time <= limit else {
      throw QSimFormatLine.Fault(
        column: timeWord.column, found: timeWord.found, expected: timeText)
    }
    let name = try line.take("the name of a gate")
    if let last = options.lastTime, time > last { return false }
    let instructions =
      name.text == "m"
      ? try measurements(&line, name) : try gates(&line, name)
    if let extra = line.next {
      throw QSimFormatLine.Fault(
        column: extra.column, found: extra.found, expected: "the end of the line")
    }
    let qubits = Set(instructions.flatMap(\.qubits))
    try check(time, on: qubits, isMeasurement: name.text == "m", at: timeWord)
    for qubit in qubits { times[qubit] = time }
    latest = max(latest, time)
    if name.text == "m" { measured = time }
    for instruction in instructions { try append(instruction, at: name) }
    return true
  }

  private func check(
    _ time: Int, on qubits: Set<Int>, isMeasurement: Bool, at word: QSimFormatLine.Word
  ) throws(QSimFormatLine.Fault) {
    let earliest = isMeasurement ? latest : measured
    guard time >= earliest else {
      throw QSimFormatLine.Fault(
        column: word.column, .acrossMeasurement(time: time, expected: earliest))
    }
    if let qubit = qubits.sorted().first(where: { time <= times[$0] }) {
      throw QSimFormatLine.Fault(
        column: word.column, .outOfTimeOrder(qubit: qubit, time: time, last: times[qubit]))
    }
  }

  private mutating func append(
    _ instruction: Instruction, at word: QSimFormatLine.Word
  ) throws(QSimFormatLine.Fault) {
    count += 1
    guard count <= options.limits.instructions else {
      throw QSimFormatLine.Fault(
        column: word.column, .tooManyInstructions(limit: options.limits.instructions))
    }
    do throws(CircuitError) {
      // Bits are called by the qubits that are measured into them.
      if case .measure = instruction, circuit.bitCount == 0 {
        try circuit.declare(
          checking: ClassicalRegister(name: "m", bits: 0..<circuit.qubitCount))
      }
      try circuit.append(checking: instruction)
    } catch {
      throw QSimFormatLine.Fault(column: word.column, .circuit(error))
    }
  }

  // MARK: Operations

  private func measurements(
    _ line: inout QSimFormatLine, _ name: QSimFormatLine.Word
  ) throws(QSimFormatLine.Fault) -> [Instruction] {
    var qubits = [try qubit(&line, of: name)]
    while line.next != nil { try takeQubit(&line, of: name, to: &qubits) }
    return qubits.map { .measure(qubit: $0, bit: $0) }
  }

  private func gates(
    _ line: inout QSimFormatLine, _ first: QSimFormatLine.Word
  ) throws(QSimFormatLine.Fault) -> [Instruction] {
    var (name, touched) = (first, [Int]())
    if first.text == "c" {
      repeat { try takeQubit(&line, of: first, to: &touched) } while line.next?.digits != nil
      name = try line.take("the name of a gate")
      guard name.text != "m" else {
        throw QSimFormatLine.Fault(
          column: name.column, found: "'m'", expected: "a gate: measurements have no controls")
      }
    }
    let controls = touched.map { Control($0) }
    if name.text == Self.pairIdentity {
      for _ in 0..<2 { try takeQubit(&line, of: name, to: &touched) }
      return try touched.suffix(2).map { (qubit) throws(QSimFormatLine.Fault) in
        try application(.id, [], [qubit], controls, name)
      }
    }
    guard let (gate, alias) = Gate.alias(name.text, in: .qsim) else {
      let names = Gate.names(in: .qsim) + [Self.pairIdentity, "m", "c"]
      throw QSimFormatLine.Fault(
        column: name.column,
        .unknownGate(
          String(name.found.dropFirst().dropLast()),
          suggestion: NearestName.nearest(to: name.text, among: names)))
    }
    for _ in 0..<gate.qubitCount { try takeQubit(&line, of: name, to: &touched) }
    var parameters: [Double] = []
    for _ in 0..<alias.parameterCount {
      let (value, word) = try line.takeNumber(
        "\(alias.parameterCount == 1 ? "the angle" : "an angle") of '\(name.text)'")
      guard value.isFinite else { throw QSimFormatLine.Fault(column: word.column, .notFinite) }
      parameters.append(value)
    }
    let angles = alias.angles.map { Angle($0.value(weights: parameters, inputs: [])) }
    return [
      try application(gate, angles, Array(touched.dropFirst(controls.count)), controls, name)
    ]
  }

  /// The identity of two qubits, which is read as one of each.
  private static let pairIdentity = "id2"

  private func application(
    _ gate: Gate, _ angles: [Angle], _ qubits: [Int], _ controls: [Control],
    _ name: QSimFormatLine.Word
  ) throws(QSimFormatLine.Fault) -> Instruction {
    do throws(CircuitError) {
      return .gate(
        try GateApplication(checking: gate, angles: angles, on: qubits, controls: controls))
    } catch {
      throw QSimFormatLine.Fault(column: name.column, .circuit(error))
    }
  }

  /// Takes a qubit that is not among `qubits` yet.
  private func takeQubit(
    _ line: inout QSimFormatLine, of name: QSimFormatLine.Word, to qubits: inout [Int]
  ) throws(QSimFormatLine.Fault) {
    let column = line.next?.column ?? line.end
    let qubit = try qubit(&line, of: name)
    guard !qubits.contains(qubit) else {
      throw QSimFormatLine.Fault(column: column, .repeatedQubit("\(qubit)"))
    }
    qubits.append(qubit)
  }

  private func qubit(
    _ line: inout QSimFormatLine, of name: QSimFormatLine.Word
  ) throws(QSimFormatLine.Fault) -> Int {
    let what = name.text == "c" ? "a control qubit" : "a qubit of '\(name.text)'"
    let expected = "\(what), from 0 to \(circuit.qubitCount - 1)"
    let word = try line.take(expected)
    guard let digits = word.digits, let qubit = Int(digits), qubit < circuit.qubitCount else {
      throw QSimFormatLine.Fault(column: word.column, found: word.found, expected: expected)
    }
    return qubit
  }
}
