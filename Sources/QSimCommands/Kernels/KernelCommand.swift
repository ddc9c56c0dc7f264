import ArgumentParser
import Hilbert

/// `qsim kernel`: the Gram matrix of an encoding circuit over samples.
struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "The kernel matrix of an encoding circuit over samples.",
    discussion: """
      The inputs of the file are the features, in the order in which they are declared; those that --set or \
      --param-file give a value are no features. The entries are the fidelities |⟨ψ(a)|ψ(b)⟩|² of the states that \
      the circuit makes of the samples a and b. With a second file of samples the matrix has a row for each sample \
      of the first and a column for each of the second.

      Samples are rows of a CSV file of numbers, with the names of the columns first if wished, or an array of \
      NumPy's format. Columns that are named as the inputs are taken by their names, others in their order. The matrix is written to --out, by its name's end as .npy (float64) or .csv, or as CSV to \
      standard output.

      Example:
        qsim kernel encoding.qasm train.csv --out gram.npy
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @Argument(
    help: "The samples: a .csv or .npy file.", completion: .file(extensions: ["csv", "npy"]))
  var samples: String
  @Argument(
    help: "Other samples, for the columns of the matrix.",
    completion: .file(extensions: ["csv", "npy"]))
  var others: String?
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @Option(
    name: [.customLong("out"), .customShort("o")],
    help: ArgumentHelp("Where the matrix is written, .npy or .csv.", valueName: "file"),
    completion: .file(extensions: ["npy", "csv"]))
  var output: String?
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @OptionGroup(title: "Engine") var engine: EngineFlags

  static let name = "qsim kernel"

  func validate() throws {
    if let output, !output.hasSuffix(".npy"), !output.hasSuffix(".csv") {
      throw ValidationError("found --out \(output), expected a name that ends in .npy or .csv.")
    }
  }

  func run() throws {
    Interruption.handle()
    try ResultFile.check([output], of: Self.name)
    let source = CircuitFile(path: file, command: Self.name).name
    let open = try OpenCircuit(reading, file, of: Self.name) { _ in 0 }
    let circuit = open.readingFeatures()
    let features = open.featureNames
    let rows = try SampleFile(path: samples, command: Self.name).table().ordered(by: features)
    let columns = try others.map { path throws(ExitCode) in
      try SampleFile(path: path, command: Self.name).table().ordered(by: features)
    }
    for (path, table) in [(samples, rows), (others ?? "", columns ?? rows)]
    where table.features.shape[1] != circuit.inputCount {
      throw CommandFailure.usage(
        "\(Self.name): \(path): found \(table.features.shape[1]) columns, expected \(circuit.inputCount), one for each "
          + "open input of \(source)")
    }
    let progress = ProgressLine("\(Self.name) \(source)")
    do {
      let kernel = try FidelityKernel(circuit, policy: engine.policy, budget: engine.budget)
      let clock = ContinuousClock()
      let start = clock.now
      let matrix =
        if let columns {
          try kernel.matrix(rows.features, columns.features)
        } else {
          try kernel.matrix(rows.features)
        }
      progress.finish()
      try write(matrix, source, seconds: (clock.now - start) / .seconds(1))
    } catch {
      progress.finish()
      throw CommandFailure.simulation(
        error, of: source, qubitCount: open.circuit.qubitCount, Self.name)
    }
  }

  private func write(_ matrix: NDArray, _ source: String, seconds: Double) throws(ExitCode) {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    if let output {
      let bytes =
        output.hasSuffix(".npy")
        ? NumPyFile.bytes(of: matrix) : Array((Self.csv(matrix) + "\n").utf8)
      try ResultFile.write(bytes, to: output, of: Self.name)
    }
    switch format {
    case .json:
      var members: [(String, JSONValue)] = [
        ("file", .string(CircuitFile(path: file, command: Self.name).label)),
        ("rows", .integer(rows)), ("columns", .integer(columns)),
      ]
      if let output {
        members.append(("out", .string(output)))
      } else {
        let numbers = matrix.doubles()
        members.append(
          (
            "matrix",
            .array(
              (0..<rows).map { row in
                .array((0..<columns).map { .number(numbers[row * columns + $0]) })
              })
          ))
      }
      members.append(("seconds", .number(seconds)))
      try StandardOutput.write(JSONValue.result(of: "kernel", members).text())
    case .text:
      try StandardOutput.write(
        output.map {
          "\(source): kernel matrix of \(rows) x \(columns) samples in \($0), "
            + "\(RunReport.fixed(seconds * 1e3, digits: 3)) ms"
        } ?? Self.csv(matrix))
    }
  }

  /// A line for each row.
  private static func csv(_ matrix: NDArray) -> String {
    let numbers = matrix.doubles()
    let width = matrix.shape[1]
    return (0..<matrix.shape[0]).map { row in
      (0..<width).map { "\(numbers[row * width + $0])" }.joined(separator: ",")
    }.joined(separator: "\n")
  }
}

extension OpenCircuit {
  /// The names of the variables that have no value.
  fileprivate var featureNames: [String] {
    names.filter { !given.contains(String($0.prefix { $0 != "[" })) }
  }

  /// The circuit whose inputs are the variables that have no value, in their order; the others are bound.
  fileprivate func readingFeatures() -> Circuit {
    var next = 0
    let values = names.enumerated().map { place, name -> Angle in
      if given.contains(String(name.prefix { $0 != "[" })) { return Angle(weights[place]) }
      defer { next += 1 }
      return .input(next)
    }
    return circuit.substituting(weights: values, inputCount: next)
  }
}
