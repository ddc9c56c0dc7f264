import ArgumentParser
import Hilbert

/// `qsim grad`: the gradient of expectation values with respect to every input of a file.
struct GradCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grad",
    abstract: "The gradient of observables with respect to the inputs of a circuit file.",
    discussion: """
      Every number of every 'input float' and 'input angle' of an OpenQASM 3 file is a variable; --set and \
      --param-file say where the gradient is taken, 0 by default; with --check at random places in -pi to pi, after \
      --seed, since many derivatives vanish at 0.

      adjoint and parameter-shift are exact; finite-difference has an error of the square of its step; spsa, \
      simultaneous perturbation, estimates from two evaluations a repetition. --check takes the gradient by all of \
      them and ends with exit code 1 if they disagree.

      Example:
        qsim grad circuits/variational/encoding.qasm "Z0*Z1" --set x=0.3,0.1,0.2 --check
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @OptionGroup(title: "Observables") var observables: ObservableFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Gradients") var gradients: GradientFlags
  @Flag(help: "Compare all methods; exit code 1 if they disagree.") var check = false
  @Option(
    parsing: .unconditional,
    help:
      "By how much finite differences may differ in --check, relative to the largest value; 1e-6 by default."
  )
  var tolerance: Double?
  @Option(
    help: ArgumentHelp("A JSON file of channels that follow gates.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var noise: String?
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @OptionGroup(title: "Engine") var engine: EngineFlags

  static let name = "qsim grad"

  func validate() throws {
    if let tolerance, !(tolerance > 0 && tolerance.isFinite) {
      throw ValidationError("found --tolerance \(tolerance), expected a positive number.")
    }
    if tolerance != nil, !check {
      throw ValidationError("found --tolerance alone, expected --check with it.")
    }
    if check, gradients.shots != nil {
      throw ValidationError("found --check with --shots, expected exact values.")
    }
  }

  func run() throws {
    Interruption.handle()
    let flags = try observables.read(of: Self.name)
    let noise = try noise.map { path throws(ExitCode) in
      try NoiseFile(path: path, command: Self.name).model()
    }
    let source = CircuitFile(path: file, command: Self.name).name
    let open = try OpenCircuit(reading, file, of: Self.name) {
      check ? gradients.randomWeight($0) : 0
    }
    for flag in flags { try flag.check(qubitCount: open.circuit.qubitCount) }
    let progress = ProgressLine("\(Self.name) \(source)")
    do {
      // Resets and measurements that nobody reads are channels of a density matrix.
      let isMixed = noise != nil || open.circuit.firstChannel != nil || open.circuit.isDynamic
      let function = try CircuitFunction(
        open.circuit, measuring: .expectations(flags.map(\.observable)),
        on: engine.device(noise: isMixed ? noise ?? NoiseModel() : nil))
      let method = gradients.gradientMethod
      let batch = SampleBatch<Double>(weights: open.weights, inputs: [])
      var report = GradReport(
        file: CircuitFile(path: file, command: Self.name).label, names: open.names,
        point: open.weights, observables: flags,
        method: gradients.name.rawValue, shots: gradients.shots,
        values: try function.outputs(at: batch, shots: method.shots),
        gradients: try method.jacobian(of: function, weights: open.weights, inputs: []))
      if check {
        report.check = try GradientCheck(
          of: function, at: open.weights, observables: flags.map(\.observable),
          tolerance: tolerance ?? 1e-6, seed: gradients.seed)
      }
      progress.finish()
      try StandardOutput.write(format == .json ? report.value.text() : report.text)
      if let check = report.check, !check.isPassed {
        throw CommandFailure.check("\(Self.name): \(source): the gradients disagree")
      }
    } catch {
      progress.finish()
      throw CommandFailure.simulation(
        error, of: source, qubitCount: open.circuit.qubitCount, Self.name)
    }
  }
}

/// A circuit whose inputs are variables, and the point at which they are.
struct OpenCircuit {
  let circuit: Circuit
  /// The name of each variable.
  let names: [String]
  /// The value of each variable.
  var weights: [Double]
  /// The inputs that have been given a value.
  let given: Set<String>

  /// Reads a file; `otherwise` gives the values that neither --set nor --param-file say.
  ///
  /// - Throws: The exit code of a file that cannot be read, is no circuit, or has no inputs.
  init(
    _ reading: ReadingFlags, _ path: String, of command: String, otherwise: (Int) -> Double
  ) throws(ExitCode) {
    let document = try reading.document(path, of: command, keepsParameters: true)
    guard document.circuit.weightCount > 0 else {
      throw CommandFailure.usage(
        "\(command): \(CircuitFile(path: path, command: command).name): found no inputs, expected declarations "
          + "such as 'input float theta;' of OpenQASM 3")
    }
    circuit = document.circuit
    // Weights that the file has no names for are numbered.
    names = (0..<circuit.weightCount).map {
      document.parameterNames.indices.contains($0) ? document.parameterNames[$0] : "w[\($0)]"
    }
    let values = try reading.values(of: command)
    let known = Set(InputNames(names).groups.map(\.name))
    if let name = values.keys.sorted().first(where: { !known.contains($0) }),
      document.language == .json
    {
      let file = CircuitFile(path: path, command: command).name
      throw CommandFailure.usage(
        "\(command): \(file): found a value for '\(name)', expected the name of an input")
    }
    weights = try InputNames(names).weights(values, command: command, otherwise: otherwise)
    given = Set(values.keys)
  }
}
