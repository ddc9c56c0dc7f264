import ArgumentParser
import Foundation
import Hilbert

/// How the circuit files of a command are read: one group for all commands that take one.
struct ReadingFlags: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The value of an input, as theta=0.3 or phi=0.1,0.2; may be repeated.",
      valueName: "name=value"))
  var assignments: [ParameterAssignment] = []
  @Option(
    name: .customLong("param-file"),
    help: ArgumentHelp(
      "A JSON file with the values of inputs, as {\"theta\": 0.3, \"phi\": [0.1, 0.2]}.",
      valueName: "file"), completion: .file(extensions: ["json"]))
  var parameterFile: String?
  @Option(
    name: .customLong("include"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A folder in which included files are looked for, after the file's own; may be repeated.",
      valueName: "folder"), completion: .directory)
  var includeFolders: [String] = []
  @Option(help: "The language of the file; told from its text by default.")
  var language: FileLanguage?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Read gates up to this time of a qsim file.", valueName: "time"))
  var maxTime: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most instructions of a circuit, loops and calls expanded.", valueName: "count"))
  var maxInstructions: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most steps that reading a file may take.", valueName: "count"))
  var maxSteps: Int?

  func validate() throws {
    for (name, value, least) in [
      ("max-time", maxTime, 0), ("max-instructions", maxInstructions, 1),
      ("max-steps", maxSteps, 1),
    ] {
      if let value, value < least {
        throw ValidationError("found --\(name) \(value), expected at least \(least).")
      }
    }
  }

  /// The values given: those of the file first, then those of the command line, which win.
  ///
  /// - Throws: The exit code of a parameter file that cannot be read, or is none.
  func values(of command: String) throws(ExitCode) -> [String: [Double]] {
    var values: [String: [Double]] = [:]
    if let parameterFile {
      values = try ParameterFile(path: parameterFile, command: command).values()
    }
    for assignment in assignments { values[assignment.name] = assignment.values }
    return values
  }

  /// Reads a circuit file; "-" is standard input.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - command: The command that reads it, as messages name it.
  ///   - keepsParameters: Whether inputs that are real numbers stay weights of the circuit, with a value or not.
  ///   - tellsNotes: Whether what the file says without effect is told on standard error.
  /// - Returns: The circuit with its names and notes.
  /// - Throws: The exit code of a file that cannot be read, or is no circuit.
  func document(
    _ path: String, of command: String, keepsParameters: Bool = false, tellsNotes: Bool = true
  ) throws(ExitCode) -> CircuitDocument {
    var limits = ReadingLimits()
    if let maxInstructions { limits.instructions = maxInstructions }
    if let maxSteps { limits.steps = maxSteps }
    let values = try values(of: command)
    let options = ReadingOptions(
      values: values, keepsParameters: keepsParameters, includeFolders: includeFolders,
      limits: limits, lastTime: maxTime)
    let file = CircuitFile(path: path, command: command)
    let document = try file.document(as: language?.format, options)
    if maxTime != nil, document.language != .qsim {
      throw CommandFailure.usage(
        "\(command): --max-time: \(file.name) is \(document.language.rawValue), expected a qsim file: "
          + "only those have times")
    }
    if document.language == .qsim, let name = values.keys.sorted().first {
      throw CommandFailure.usage(
        "\(command): \(file.name): found a value for '\(name)', expected none: files in "
          + "\(document.language.rawValue) have no inputs")
    }
    if tellsNotes { Self.tell(document.notes) }
    return document
  }

  /// The most notes that are told.
  private static let noteLimit = 20

  private static func tell(_ notes: [CircuitNote]) {
    var lines = notes.prefix(noteLimit).map(\.description)
    let rest = notes.count - lines.count
    if rest > 0 { lines.append("and \(RunReport.counted(rest, "further note"))") }
    for line in lines { StandardError.write(line + "\n") }
  }

  /// Reads a circuit file whose inputs all have values.
  ///
  /// - Throws: The exit code of a file that cannot be read or is no circuit, or of an input without a value.
  func closedDocument(_ path: String, of command: String) throws(ExitCode) -> CircuitDocument {
    let document = try document(path, of: command)
    let names = InputNames(document.parameterNames)
    guard document.circuit.weightCount == 0, document.circuit.inputCount == 0 else {
      guard !names.groups.isEmpty else {
        throw CommandFailure.usage(
          "\(command): \(CircuitFile(path: path, command: command).name): found weights or inputs without names, "
            + "expected a circuit without them, or names for --set")
      }
      let missing = names.groups.map { "'\($0.name)'" }
      throw CommandFailure.usage(
        "\(command): \(CircuitFile(path: path, command: command).name): found no value for "
          + "\(missing.count == 1 ? "input" : "inputs") \(missing.joined(separator: ", ")), expected "
          + "\(example(for: document) ?? "--set") or --param-file")
    }
    return document
  }

  /// The flag that gives the first open input a value; nil where none has a name.
  func example(for document: CircuitDocument) -> String? {
    InputNames(document.parameterNames).groups.first.map { group in
      "--set \(group.name)=" + (group.isArray ? "0.1,0.2,…" : "0.3")
    }
  }
}

/// The languages of circuit files, as flags name them.
enum FileLanguage: String, ExpressibleByArgument, CaseIterable {
  case openqasm2, openqasm3, qsim, json

  var format: CircuitFormat {
    switch self {
    case .openqasm2: .openQASM2
    case .openqasm3: .openQASM3
    case .qsim: .qsim
    case .json: .json
    }
  }
}
