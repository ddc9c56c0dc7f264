import Circuits
import ComplexModule
import LinearAlgebra

/// Writes circuits as JSON, in the form that docs/circuit-files.md describes.
///
/// Whatever a circuit holds is written, and reads back to an equal circuit: numbers are written so that they read back
/// to the same bits.
struct CircuitJSONWriter {
  private let document: CircuitDocument

  /// The name of rotations about Pauli strings.
  static let pauliRotation = "rpauli"
  /// The name of matrices.
  static let unitary = "unitary"
  /// How far an entry of `U·U†` may be from the identity's without being said.
  static let matrixTolerance = 1e-9

  init(_ document: CircuitDocument) { self.document = document }

  /// The whole file: a key a line, and an instruction a line.
  func text() throws(CircuitPrintError) -> String {
    let circuit = document.circuit
    var lines = [
      "\"\(CircuitJSONReader.versionKey)\": \(CircuitJSONReader.version)",
      "\"qubits\": \(circuit.qubitCount)", "\"bits\": \(circuit.bitCount)",
      "\"weights\": \(circuit.weightCount)", "\"inputs\": \(circuit.inputCount)",
    ]
    if !document.parameterNames.isEmpty {
      lines.append("\"names\": \(list(document.parameterNames.map(Self.quoted)))")
    }
    if !document.qubitRegisters.isEmpty {
      let registers = document.qubitRegisters.map {
        "{\"name\": \(Self.quoted($0.name)), \"size\": \($0.size)}"
      }
      lines.append("\"qubitRegisters\": \(list(registers))")
    }
    if !circuit.declaredRegisters.isEmpty {
      let registers = circuit.declaredRegisters.map {
        "{\"name\": \(Self.quoted($0.name)), \"first\": \($0.bits.lowerBound), \"size\": \($0.bits.count)}"
      }
      lines.append("\"registers\": \(list(registers))")
    }
    if let state = circuit.initialState { lines.append("\"initialState\": \(text(state))") }
    if !document.pragmas.isEmpty {
      lines.append("\"pragmas\": \(list(document.pragmas.map(Self.quoted)))")
    }
    if !document.annotations.isEmpty {
      let annotations = document.annotations.map {
        "{\"text\": \(Self.quoted($0.text)), \"place\": \($0.place)}"
      }
      lines.append("\"annotations\": \(list(annotations))")
    }
    var instructions: [String] = []
    for (place, instruction) in circuit.instructions.enumerated() {
      instructions.append(try text(instruction, place: place))
    }
    let body =
      instructions.isEmpty ? "[]" : "[\n    \(instructions.joined(separator: ",\n    "))\n  ]"
    lines.append("\"instructions\": \(body)")
    return "{\n  " + lines.joined(separator: ",\n  ") + "\n}\n"
  }

  private func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }

  private func list(_ numbers: [Int]) -> String { list(numbers.map(String.init)) }

  private func pair(_ number: Complex<Double>) -> String { "[\(number.real), \(number.imaginary)]" }

  private func text(_ matrix: ComplexMatrix) -> String {
    list(
      (0..<matrix.rows).map { row in
        list((0..<matrix.columns).map { pair(matrix[row, $0]) })
      })
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private func text(_ state: InitialState) -> String {
    let qubits = "\"qubits\": \(list(state.qubits))"
    switch state.source {
    case .inputs(let inputs, let padding):
      let range = "{\"first\": \(inputs.lowerBound), \"count\": \(inputs.count)}"
      return "{\(qubits), \"inputs\": \(range), \"padding\": \(padding)}"
    case .amplitudes(let amplitudes):
      return "{\(qubits), \"amplitudes\": \(list(amplitudes.map(pair)))}"
    }
  }

  // MARK: Instructions

  private func text(
    _ instruction: Instruction, place: Int
  ) throws(CircuitPrintError) -> String {
    func body(_ instructions: [Instruction]) throws(CircuitPrintError) -> String {
      list(
        try instructions.map { (inner) throws(CircuitPrintError) in
          try text(inner, place: place)
        })
    }
    switch instruction {
    case .gate(let application): return try text(application, place: place)
    case .barrier(let qubits): return "{\"barrier\": \(list(qubits))}"
    case .channel(let channel, let qubits): return text(channel, on: qubits)
    case .measure(let qubit, let bit): return "{\"measure\": \(qubit), \"bit\": \(bit)}"
    case .reset(let qubit): return "{\"reset\": \(qubit)}"
    case .conditional(let condition, let then, let otherwise):
      let last = otherwise.isEmpty ? "" : ", \"else\": \(try body(otherwise))"
      return "{\"if\": \(text(condition)), \"then\": \(try body(then))\(last)}"
    case .assign(let bit, let condition):
      return "{\"assign\": \(bit), \"value\": \(text(condition))}"
    case .loop(let condition, let inner):
      return "{\"while\": \(text(condition)), \"body\": \(try body(inner))}"
    }
  }

  private func text(_ condition: ClassicalCondition) -> String {
    switch condition {
    case .bit(let bit): "{\"bit\": \(bit)}"
    case .register(let bits, let number): "{\"register\": \(list(bits)), \"equals\": \(number)}"
    case .not(let inner): "{\"not\": \(text(inner))}"
    case .and(let first, let second): "{\"and\": \(list([text(first), text(second)]))}"
    case .or(let first, let second): "{\"or\": \(list([text(first), text(second)]))}"
    case .exclusiveOr(let first, let second): "{\"xor\": \(list([text(first), text(second)]))}"
    }
  }

  /// A channel by its name and parameters where those give it to the last bit, else with its Kraus operators.
  private func text(_ channel: Channel, on qubits: [Int]) -> String {
    var parts = ["\"channel\": \(Self.quoted(channel.name))"]
    if !channel.parameters.isEmpty {
      parts.append("\"parameters\": \(list(channel.parameters.map { "\($0)" }))")
    }
    let named = try? Channel.named(
      channel.name, parameters: channel.parameters, qubitCount: channel.qubitCount)
    if named != channel { parts.append("\"kraus\": \(list(channel.operators.map(text)))") }
    parts.append("\"qubits\": \(list(qubits))")
    return "{\(parts.joined(separator: ", "))}"
  }

  // MARK: Gates

  private func text(
    _ application: GateApplication, place: Int
  ) throws(CircuitPrintError) -> String {
    let gate = application.gate
    var parts = ["\"gate\": \(Self.quoted(gate.name))"]
    if Gate.named(gate.name) != gate { parts.append(try text(ofForeign: gate, place: place)) }
    if !application.angles.isEmpty {
      parts.append("\"angles\": \(list(application.angles.map(text)))")
    }
    if !application.qubits.isEmpty { parts.append("\"qubits\": \(list(application.qubits))") }
    if !application.controls.isEmpty {
      let controls = application.controls.map {
        $0.state ? "\($0.qubit)" : "{\"qubit\": \($0.qubit), \"state\": 0}"
      }
      parts.append("\"controls\": \(list(controls))")
    }
    if application.exponent != 1 {
      // The inverse of a fractional power may have its parts in another order than the power of the inverse.
      let isInverse = !isPower(application)
      let exponent = isInverse ? -application.exponent : application.exponent
      let isWhole = exponent == exponent.rounded()
      parts.append("\"power\": \(isWhole ? "\(Int(exponent))" : "\(exponent)")")
      if isInverse { parts.append("\"inverse\": true") }
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// Whether the application is its gate to its exponent, to the last bit.
  private func isPower(_ application: GateApplication) -> Bool {
    let plain = GateApplication(
      application.gate, angles: application.angles, on: application.qubits,
      controls: application.controls)
    return (try? plain.power(application.exponent)) == application
  }

  /// What tells a gate that has no name: its Pauli string, or its matrix.
  private func text(ofForeign gate: Gate, place: Int) throws(CircuitPrintError) -> String {
    let factor = gate.factors.count == 1 ? gate.factors[0] : nil
    switch factor?.kind {
    case .rotation(let string) where Gate.pauliRotation(string) == gate:
      return "\"string\": \(Self.quoted(string.letters(count: string.qubitCount)))"
    case .phase where Gate.pauliRotation(.identity) == gate: return "\"string\": \"\""
    case .matrix(let matrix, let targets)
    where gate.name == Self.unitary && targets == Array(0..<gate.qubitCount):
      let product = matrix * matrix.adjoint()
      let difference = product.maximumDifference(from: .identity(matrix.rows))
      let tolerance =
        difference > Self.matrixTolerance ? "\"tolerance\": \(2 * difference), " : ""
      return "\(tolerance)\"matrix\": \(text(matrix))"
    default: throw .foreignGate(gate: gate.name, place: place)
    }
  }

  /// A number, or a list of products.
  private func text(_ angle: Angle) -> String {
    if let value = angle.constantValue { return "\(value)" }
    return list(
      angle.terms.map { term in
        var parts = ["\"coefficient\": \(term.coefficient)"]
        if !term.weights.isEmpty { parts.append("\"weights\": \(list(term.weights))") }
        if !term.inputs.isEmpty { parts.append("\"inputs\": \(list(term.inputs))") }
        return "{\(parts.joined(separator: ", "))}"
      })
  }
}
