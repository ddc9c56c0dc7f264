import ArgumentParser
import Hilbert

/// `qsim draw`: shows a circuit file as text or as SVG.
struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw a circuit file as text or as SVG.",
    discussion: """
      Text goes to standard output, folded to the width of the terminal, or to --width columns. --svg writes a \
      picture instead.

      Example:
        qsim draw circuits/qft.qasm --svg qft.svg
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @Option(
    help: ArgumentHelp("Write a picture.", valueName: "file.svg"),
    completion: .file(extensions: ["svg"]))
  var svg: String?
  @Option(
    parsing: .unconditional,
    help:
      "The width: columns of text, the terminal's or 100 by default; pixels of a picture, 1100 by default."
  )
  var width: Int?
  @OptionGroup(title: "Reading") var reading: ReadingFlags

  static let name = "qsim draw"
  /// A drawing has a cell for each instruction and qubit.
  private static let cellLimit = 1 << 24

  func validate() throws {
    let range = svg == nil ? 20...100_000 : 100...100_000
    if let width, !range.contains(width) {
      throw ValidationError(
        "found --width \(width), expected \(range.lowerBound) to \(range.upperBound).")
    }
  }

  func run() throws {
    Interruption.handle()
    try ResultFile.check([svg], of: Self.name)
    let document = try reading.document(file, of: Self.name)
    let source = CircuitFile(path: file, command: Self.name).name
    let circuit = document.circuit
    let (cells, overflow) = circuit.instructions.count.multipliedReportingOverflow(
      by: circuit.qubitCount)
    guard !overflow, cells <= Self.cellLimit else {
      throw CommandFailure.usage(
        "\(Self.name): \(source): found \(circuit.instructions.count) instructions on \(circuit.qubitCount) qubits, "
          + "expected at most \(Self.cellLimit) of one times the other: nobody could read the drawing"
      )
    }
    let options = DrawingOptions(
      parameterNames: document.parameterNames,
      qubitNames: DrawingOptions.names(
        ofRegisters: document.qubitRegisters.map { ($0.name, $0.size) }))
    guard let svg else {
      return try StandardOutput.write(
        circuit.drawing(width: width ?? Terminal.outputWidth ?? 100, options: options))
    }
    let figure = circuit.figure(title: source, width: Double(width ?? 1100), options: options)
    try ResultFile.write(figure.svg, to: svg, of: Self.name)
  }
}
