import ArgumentParser
import Hilbert

/// Where a training begins that has not been told.
enum InitialValues: String, ExpressibleByArgument, CaseIterable {
  case random, zero
}

/// `qsim train`: minimises an expectation value over the inputs of a file.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Minimise an observable over the inputs of a circuit file.",
    discussion: """
      Every number of every 'input float' and 'input angle' of an OpenQASM 3 file is moved against its gradient. A \
      training begins at the values of --set and --param-file; others are random in -pi to pi, after --seed, or 0 \
      with --initial zero.

      It ends after --steps, or earlier where --tolerance is given and the value has changed by less in each of ten \
      steps. Ctrl-C ends it with what was reached, and exit code 130. --checkpoint writes a file from which \
      --resume goes on, to the same bits as a training that was not interrupted.

      Example:
        qsim train circuits/variational/ising-chain.qasm "Z0*Z1 + X0" --steps 200 --csv run.csv --svg run.svg
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @OptionGroup(title: "Observables") var observables: ObservableFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Optimizer") var optimizer: OptimizerFlags
  @OptionGroup(title: "Learning rate") var schedule: ScheduleFlags
  @OptionGroup(title: "Gradients") var gradients: GradientFlags
  @Option(parsing: .unconditional, help: "The steps of the training.") var steps = 200
  @Option(
    parsing: .unconditional,
    help: "End where the value has changed by less than this in each of ten steps.")
  var tolerance: Double?
  @Flag(name: [.customLong("maximise"), .customLong("maximize")], help: "Maximise instead.")
  var maximise = false
  @Option(help: "The values of inputs that are not given.") var initial: InitialValues = .random
  @Option(
    help: ArgumentHelp("A JSON file of channels that follow gates.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var noise: String?
  @Option(
    help: ArgumentHelp("Write each step as a line of CSV.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var csv: String?
  @Option(
    help: ArgumentHelp("Draw value and learning rate by step.", valueName: "file.svg"),
    completion: .file(extensions: ["svg"]))
  var svg: String?
  @Option(
    help: ArgumentHelp("Write what is needed to go on, again and again.", valueName: "file"),
    completion: .file())
  var checkpoint: String?
  @Option(
    parsing: .unconditional, help: "The steps between two checkpoints; one a second by default.")
  var checkpointEvery: Int?
  @Option(help: ArgumentHelp("Go on from a checkpoint.", valueName: "file"), completion: .file())
  var resume: String?
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @OptionGroup(title: "Engine") var engine: EngineFlags

  static let name = "qsim train"

  func validate() throws {
    guard (0...ScheduleFlags.stepLimit).contains(steps) else {
      throw ValidationError("found --steps \(steps), expected 0 to \(ScheduleFlags.stepLimit).")
    }
    if let tolerance, !(tolerance > 0 && tolerance.isFinite) {
      throw ValidationError("found --tolerance \(tolerance), expected a positive number.")
    }
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError("found --checkpoint-every \(checkpointEvery), expected at least 1.")
    }
  }

  func run() throws {
    Interruption.handle(isPatient: true)
    try ResultFile.check([csv, svg, checkpoint], of: Self.name)
    let flags = try observables.read(of: Self.name)
    guard flags.count == 1 else {
      throw CommandFailure.usage(
        "\(Self.name): found \(flags.count) observables, expected the one to be minimised")
    }
    let noiseModel = try noise.map { path throws(ExitCode) in
      try NoiseFile(path: path, command: Self.name).model()
    }
    let source = CircuitFile(path: file, command: Self.name).name
    let open = try OpenCircuit(
      reading, file, of: Self.name,
      otherwise: {
        initial == .random ? gradients.randomWeight($0) : 0
      })
    try flags[0].check(qubitCount: open.circuit.qubitCount)
    do {
      // Resets and measurements that nobody reads are channels of a density matrix.
      let isMixed =
        noiseModel != nil || open.circuit.firstChannel != nil || open.circuit.isDynamic
      let function = try CircuitFunction(
        open.circuit, measuring: .expectations([flags[0].observable]),
        on: engine.device(noise: isMixed ? noiseModel ?? NoiseModel() : nil))
      var training = TrainingRun(
        function: function, method: gradients.gradientMethod, names: open.names,
        weights: open.weights, maximises: maximise,
        settings: try settings(flags[0], open)
      ) { optimizer.made($0, learningRate: schedule.made(steps: steps)) }
      if let resume {
        try training.resume(from: try Checkpoint(path: resume, command: Self.name), Self.name)
      }
      try training.run(
        steps: steps, tolerance: tolerance, checkpoint: checkpoint, every: checkpointEvery,
        command: Self.name)
      try show(training, flags[0])
    } catch {
      throw CommandFailure.simulation(
        error, of: source, qubitCount: open.circuit.qubitCount, Self.name)
    }
    if Interruption.isRequested { throw ExitCode(Interruption.code) }
  }

  /// What two trainings must have in common for one to go on where the other stopped.
  private func settings(
    _ observable: ObservableFlag, _ open: OpenCircuit
  ) throws(ExitCode) -> [String: String] {
    // As JSON a circuit has all its digits, matrices and channels.
    var text: String
    do throws(CircuitPrintError) {
      text = try open.circuit.text(as: .json)
    } catch {
      throw CommandFailure.internal("\(Self.name): \(error)")
    }
    if let noise {
      let bytes = try CircuitFile(path: noise, command: Self.name).bytes()
      text += String(decoding: bytes, as: UTF8.self)
    }
    return [
      "circuit":
        "\(open.circuit.qubitCount) qubits, \(open.circuit.instructions.count) instructions, "
        + Checkpoint.fingerprint(of: text),
      "observable": "\(maximise ? "maximise" : "minimise") \(observable.observable)",
      "optimizer": optimizer.description, "learning rate": schedule.made(steps: steps).description,
      "gradients": "\(gradients.gradientMethod.name), "
        + "\(gradients.shots.map { "\($0) shots" } ?? "exact"), step \(gradients.differenceStep ?? 0), "
        + "\(gradients.repetitions ?? 1) repetitions",
      "seed": "\(gradients.seed)",
    ]
  }

  private func show(
    _ training: TrainingRun, _ observable: ObservableFlag
  ) throws(ExitCode) {
    let report = TrainReport(
      file: CircuitFile(path: file, command: Self.name).label, observable: observable,
      training: training)
    try StandardOutput.write(format == .json ? report.value.text() : report.text)
    if let csv { try ResultFile.write(report.csv, to: csv, of: Self.name) }
    if let svg { try ResultFile.write(report.figure.svg, to: svg, of: Self.name) }
  }
}
