import ArgumentParser
import Hilbert

/// `qsim gates`: the catalogue, or one gate with its matrix and its names.
struct GatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gates", abstract: "The gates of the catalogue, or one of them.",
    discussion: """
      Without a name, a line for each gate. With one: what it is, the operations it is made of, its names in files, \
      and its matrix at --angles, 0.5 each by default. Qubit 0 of a gate is the first one named and the least \
      significant bit of the matrix.

      Example:
        qsim gates rx --angles pi/2
      """)

  @Argument(help: "The name of a gate.", completion: .list(Gate.all.map(\.name))) var gate: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The angles of the matrix, as 0.3,pi/2.", valueName: "angles"))
  var angles: String?
  @Option(help: "How the results are written.") var format: OutputFormat = .text

  static let name = "qsim gates"

  func validate() throws {
    if angles != nil, gate == nil {
      throw ValidationError("found --angles alone, expected the name of a gate with it.")
    }
  }

  func run() throws {
    guard let gate else {
      return try StandardOutput.write(format == .json ? Self.catalogue.text() : Self.list)
    }
    let found = Gate.named(gate) ?? Gate.all.first { $0.aliases.contains { $0.name == gate } }
    guard let found else {
      throw CommandFailure.usage(
        "\(Self.name): found '\(gate)', expected the name of a gate; qsim gates lists them")
    }
    var values = Array(repeating: 0.5, count: found.parameterCount)
    if let angles {
      guard let assignment = ParameterAssignment(argument: "angles=" + angles),
        assignment.values.count == found.parameterCount
      else {
        throw CommandFailure.usage(
          "\(Self.name): found --angles \(angles), expected \(RunReport.counted(found.parameterCount, "number")) for "
            + "\(found.name)")
      }
      values = assignment.values
    }
    let page = GatePage(gate: found, angles: values)
    try StandardOutput.write(
      format == .json ? JSONValue.result(of: "gates", page.members).text() : page.text)
  }

  private static var catalogue: JSONValue {
    .result(
      of: "gates",
      [("gates", .array(Gate.all.map { .object(GatePage.summary(of: $0)) }))])
  }

  private static var list: String {
    var table = TextTable(words: [0, 1, 3])
    table.append(["gate", "parameters", "qubits", "what it is"])
    for gate in Gate.all {
      table.append([
        gate.name, gate.parameterNames.joined(separator: ", "), "\(gate.qubitCount)", gate.summary,
      ])
    }
    return table.lines.map { String($0.dropFirst(2)) }.joined(separator: "\n")
  }
}

/// What is shown of one gate.
struct GatePage {
  let gate: Gate
  let angles: [Double]

  /// Name, parameters, qubits, summary and names in files.
  static func summary(of gate: Gate) -> [(String, JSONValue)] {
    [
      ("name", .string(gate.name)),
      ("parameters", .array(gate.parameterNames.map { .string($0) })),
      ("qubits", .integer(gate.qubitCount)), ("controls", .integer(gate.controlCount)),
      ("summary", .string(gate.summary)),
      (
        "names",
        .object(
          CircuitFormat.allCases.compactMap { format -> (String, JSONValue)? in
            let names = gate.aliases.filter { $0.format == format }.map(\.name)
            return names.isEmpty ? nil : (format.rawValue, .array(names.map { .string($0) }))
          })
      ),
    ]
  }

  var members: [(String, JSONValue)] {
    let matrix = gate.matrix(angles)
    return Self.summary(of: gate) + [
      ("operations", .array(operations.map { .string($0) })),
      ("angles", .array(angles.map { .number($0) })),
      (
        "matrix",
        .array(
          (0..<matrix.rows).map { row in
            .array(
              (0..<matrix.columns).map { column in
                .array([
                  .number(matrix[row, column].real), .number(matrix[row, column].imaginary),
                ])
              })
          })
      ),
    ]
  }

  private var operations: [String] {
    gate.factors.map { $0.text { gate.parameterNames[$0] } }
  }

  var text: String {
    let parameters =
      gate.parameterNames.isEmpty
      ? "" : "(" + gate.parameterNames.joined(separator: ", ") + ")"
    var lines = [
      "\(gate.name)\(parameters) on \(RunReport.counted(gate.qubitCount, "qubit"))"
        + (gate.controlCount > 0
          ? ", \(gate.controlCount == 1 ? "the first a control" : "the first \(gate.controlCount) controls")"
          : ""),
      gate.summary, "",
    ]
    lines.append(
      "operations: " + (operations.isEmpty ? "none" : operations.joined(separator: ", then ")))
    for format in CircuitFormat.allCases {
      let names = gate.aliases.filter { $0.format == format }.map(description(of:))
      if !names.isEmpty { lines.append("\(format.rawValue): \(names.joined(separator: ", "))") }
    }
    let values = zip(gate.parameterNames, angles).map { "\($0) = \($1)" }
    lines += ["", "matrix" + (values.isEmpty ? "" : " at " + values.joined(separator: ", "))]
    let matrix = gate.matrix(angles)
    var table = TextTable(words: [])
    for row in 0..<matrix.rows {
      table.append((0..<matrix.columns).map { Self.text(of: matrix[row, $0]) })
    }
    return (lines + table.lines).joined(separator: "\n")
  }

  /// The name, and what its numbers a, b, … mean where they are not the gate's own parameters.
  private func description(of alias: GateAlias) -> String {
    let own = (0..<gate.parameterCount).map { Angle.weight($0) }
    guard alias.angles != own else { return alias.name }
    let letters = Array("abcdefgh")
    func letter(_ place: Int) -> String { "\(letters[min(place, letters.count - 1)])" }
    let meanings = zip(gate.parameterNames, alias.angles).map { name, angle in
      "\(name) = \(angle.text(weight: letter) { "x[\($0)]" })"
    }
    let numbers = (0..<alias.parameterCount).map(letter)
    return alias.name + (numbers.isEmpty ? "" : "(\(numbers.joined(separator: ", ")))")
      + " with \(meanings.joined(separator: ", "))"
  }

  /// A complex number with six decimals, without parts that are 0.
  private static func text(of value: Complex<Double>) -> String {
    let real = RunReport.fixed(value.real, digits: 6)
    let imaginary = RunReport.fixed(abs(value.imaginary), digits: 6)
    let zero = RunReport.fixed(0, digits: 6)
    if imaginary == zero { return real == zero ? "0" : real }
    let sign = value.imaginary < 0 ? "-" : "+"
    return real == zero
      ? (sign == "-" ? "-" : "") + imaginary + "i" : "\(real) \(sign) \(imaginary)i"
  }
}
