import ArgumentParser
import Hilbert

/// `qsim convert`: writes a circuit file in another language.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a circuit file in another language.",
    discussion: """
      What the other language cannot say is refused. Inputs stay open where that language has them; elsewhere give \
      them values with --set or --param-file.

      Example:
        qsim convert circuits/bell.qasm --to openqasm3 --out bell3.qasm
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @Option(help: "The language that is written.") var to: FileLanguage
  @Option(
    name: [.customLong("out"), .customShort("o")],
    help: ArgumentHelp("Where it is written; standard output by default.", valueName: "file"),
    completion: .file())
  var output: String?
  @OptionGroup(title: "Reading") var reading: ReadingFlags

  static let name = "qsim convert"

  func run() throws {
    Interruption.handle()
    try ResultFile.check([output], of: Self.name)
    let document = try reading.document(file, of: Self.name)
    let source = CircuitFile(path: file, command: Self.name).name
    let text: String
    do throws(CircuitPrintError) {
      text = try document.text(as: to.format)
    } catch {
      if case .symbolicAngle = error, let example = reading.example(for: document) {
        throw CommandFailure.usage(
          "\(Self.name): \(source): found inputs without a value, expected numbers in a file of "
            + "\(to.format.rawValue); give them by \(example) or --param-file")
      }
      throw CommandFailure.badCircuit("\(Self.name): \(source): \(error)")
    }
    if let output {
      try ResultFile.write(text.hasSuffix("\n") ? text : text + "\n", to: output, of: Self.name)
    } else {
      try StandardOutput.write(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
  }
}
