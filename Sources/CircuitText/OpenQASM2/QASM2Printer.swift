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

  init(_ circuit: Circuit) { self.circuit = circuit }

  var qubitCount: Int { circuit.qubitCount }

  /// The whole file.
  mutating func text() throws(CircuitPrintError) -> String {
    lines = ["OPENQASM 2.0;", "include \"qelib1.inc\";"]
    if circuit.qubitCount > 0 { lines.append("qreg q[\(circuit.qubitCount)];") }
    if circuit.bitCount > 0 { lines.append("creg c[\(circuit.bitCount)];") }
    for (place, instruction) in circuit.instructions.enumerated() {
      self.place = place
      gateName = instruction.name
      switch instruction {
      case .gate(let application): try write(application)
      case .barrier(let qubits):
        if !qubits.isEmpty { write("barrier", [], onCircuit: qubits) }
      case .channel: throw .channel(name: gateName, place: place)
      case .measure(let qubit, let bit): lines.append("measure q[\(qubit)] -> c[\(bit)];")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes a gate by name on qubits of the operation being written.
  mutating func write(_ name: String, _ angles: [Double], _ qubits: [Int]) {
    write(name, angles, onCircuit: qubits.map { places[$0] })
  }

  /// Writes a gate by name on qubits of the circuit.
  mutating func write(_ name: String, _ angles: [Double], onCircuit qubits: [Int]) {
    let parameters =
      angles.isEmpty ? "" : "(\(angles.map(Self.text(of:)).joined(separator: ",")))"
    let operands = qubits.map { "q[\($0)]" }.joined(separator: ",")
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
    if let many = QASM2Names.manyControls.first(where: {
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
