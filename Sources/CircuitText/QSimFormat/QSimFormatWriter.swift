import Circuits

/// Writes a circuit in qsim's text format: a time, a gate and its qubits on each line.
///
/// Every gate stands at the earliest time at which its qubits are free, and the lines are in the order of their times,
/// so that a reader that stops at a time has seen all that comes before it.
struct QSimFormatWriter {
  private let circuit: Circuit
  private var lines: [(time: Int, text: String)] = []
  /// The time of the last line of each qubit; -1 where there is none.
  private var times: [Int]
  /// The place and the gate being written, for errors.
  private(set) var place = 0
  private(set) var gateName = ""
  /// The circuit's qubits that the operations being written call 0, 1, ...
  private var places: [Int] = []
  /// The global phase that the operations of a gate leave, written behind them.
  private var phase = 0.0

  init(_ circuit: Circuit) {
    self.circuit = circuit
    times = Array(repeating: -1, count: circuit.qubitCount)
  }

  /// The whole file.
  mutating func text() throws(CircuitPrintError) -> String {
    guard circuit.qubitCount > 0 else { throw .emptyCircuit(.qsim) }
    guard circuit.initialState == nil else { throw .initialState }
    try checkMeasurements()
    for (place, instruction) in circuit.instructions.enumerated() {
      self.place = place
      try write(instruction)
    }
    // Of one time, in the order of the circuit.
    let order = lines.indices.sorted { (lines[$0].time, $0) < (lines[$1].time, $1) }
    var text = "\(circuit.qubitCount)\n"
    var place = 0
    while place < order.count {
      let (time, line) = lines[order[place]]
      text += "\(time) \(line)"
      place += 1
      // Measurements of one time are one line.
      while line.hasPrefix("m "), place < order.count, lines[order[place]].time == time,
        lines[order[place]].text.hasPrefix("m ")
      {
        text += lines[order[place]].text.dropFirst(1)
        place += 1
      }
      text += "\n"
    }
    return text
  }

  /// Checks that no result is lost where bits are called by the qubits that are measured into them.
  private func checkMeasurements() throws(CircuitPrintError) {
    var bits: [Int: Int] = [:]
    var qubits: [Int: Int] = [:]
    for (place, instruction) in circuit.instructions.enumerated() {
      guard case .measure(let qubit, let bit) = instruction else { continue }
      guard bits[qubit] ?? bit == bit, qubits[bit] ?? qubit == qubit else {
        throw .measuredAgain(qubit: qubit, bit: bit, place: place)
      }
      bits[qubit] = bit
      qubits[bit] = qubit
    }
  }

  private mutating func write(_ instruction: Instruction) throws(CircuitPrintError) {
    gateName = instruction.name
    switch instruction {
    case .gate(let application): try write(application)
    case .barrier(let qubits):
      let last = qubits.map { times[$0] }.max() ?? -1
      for qubit in qubits { times[qubit] = last }
    case .channel: throw .channel(name: gateName, place: place)
    case .measure(let qubit, _): add("m \(qubit)", on: [qubit])
    case .reset, .conditional, .assign, .loop:
      throw .noWord(instruction: gateName, place: place, format: .qsim)
    }
  }

  /// Adds a line on qubits of the circuit at the earliest time; without qubits, at the time of the line before it.
  private mutating func add(_ text: String, on qubits: [Int]) {
    guard !qubits.isEmpty else {
      lines.append((lines.last?.time ?? 0, text))
      return
    }
    let time = qubits.reduce(0) { max($0, times[$1] + 1) }
    for qubit in qubits { times[qubit] = time }
    lines.append((time, text))
  }

  private mutating func write(_ application: GateApplication) throws(CircuitPrintError) {
    guard application.angles.allSatisfy({ $0.constantValue != nil }) else {
      throw .symbolicAngle(gate: gateName, place: place)
    }
    // Controls of a gate without qubits are phases of their states.
    if application.exponent == 1, application.controls.isEmpty || !application.qubits.isEmpty,
      let spelling = GateSpelling(
        application.gate, angles: application.angles, in: .qsim)
    {
      let own = application.qubits.prefix(spelling.controlCount).map { Control($0) }
      places = Array(0..<circuit.qubitCount)
      write(
        spelling.name, spelling.parameters.map { $0.constantValue ?? .nan },
        Array(application.qubits.dropFirst(spelling.controlCount)),
        controls: application.controls + own)
      return
    }
    // An identity leaves no operation.
    let (compacted, qubits) = application.compacted
    places = qubits
    phase = 0
    for operation in compacted.lowered() { try write(operation) }
    if phase != 0 { write("p", [phase], []) }
  }

  /// Takes a global phase to be written behind the gate.
  mutating func add(phase angle: Double) { phase += angle }

  /// Writes a gate by name on qubits of the operation being written; X stand around controls on 0.
  mutating func write(
    _ name: String, _ angles: [Double], _ qubits: [Int], controls: [Control] = []
  ) {
    let flipped = controls.filter { !$0.state }.map { places[$0.qubit] }
    for qubit in flipped { add("x \(qubit)", on: [qubit]) }
    let outer = controls.map { places[$0.qubit] }
    let own = qubits.map { places[$0] }
    var words = [name] + own.map(String.init) + angles.map { "\($0)" }
    if !outer.isEmpty { words = ["c"] + outer.map(String.init) + words }
    add(words.joined(separator: " "), on: outer + own)
    for qubit in flipped { add("x \(qubit)", on: [qubit]) }
  }
}
