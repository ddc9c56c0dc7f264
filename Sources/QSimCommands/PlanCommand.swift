import ArgumentParser
import Hilbert

/// `qsim plan`: shows what the planner makes of a circuit file, and what each pass over the state costs.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show how a circuit file is simulated, and what that costs.",
    discussion: """
      Before a circuit is run, it is planned: operations that cannot change the result are left out, X, CNOT and \
      SWAP become a renumbering of amplitudes, everything else becomes real rotations of pairs of amplitudes \
      (turns) and tables of phases (diagonals), and as many of those as possible are done in one pass over the state.

      The time of each pass is predicted from what this machine can do at most, and measured. Without \
      --expect the state itself is wanted, and nothing is left out. With --gradient every angle of the file is taken \
      as a weight to be trained, and values are made up.

      Example:
        qsim plan circuits/brickwork.qasm --expect "Z0*Z1"
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @Option(
    parsing: .unconditionalSingleValue,
    help: "An observable that is measured, as \"0.5*Z0*Z1 - X2\"; may be repeated.")
  var expect: [String] = []
  @Option(help: "The precision of amplitudes.") var precision: Precision = .double
  @Option(
    parsing: .unconditional, help: "Plan a batch of this many samples; small ones run as tiles.")
  var batch: Int?
  @Flag(help: "Plan the way back too, for the gradient of what --expect measures.")
  var gradient = false
  @Flag(
    help:
      "Time neither the machine nor the circuit: also for what does not fit the memory, to 63 qubits."
  )
  var noMeasure = false
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Engine") var engine: EngineFlags

  private static let name = "qsim plan"

  private var source: CircuitFile { CircuitFile(path: file, command: Self.name) }

  func validate() throws {
    if let batch, !(1...1_000_000).contains(batch) {
      throw ValidationError("found --batch \(batch), expected 1 to 1000000.")
    }
    if gradient, expect.isEmpty {
      throw ValidationError("found --gradient alone, expected --expect with what is measured.")
    }
  }

  func run() throws {
    Interruption.handle()
    let progress = ProgressLine("\(Self.name) \(source.name)")
    defer { progress.finish() }
    let observables = try expect.map { text throws(ExitCode) in
      try ObservableFlag(text, of: Self.name)
    }
    // Inputs without a value are weights of the plan, which depends on no values.
    let circuit = try reading.document(file, of: Self.name).circuit
    for observable in observables { try observable.check(qubitCount: circuit.qubitCount) }
    do {
      try requireMasks(circuit.qubitCount)
      var report = try PlanReport(
        gradient ? circuit.withTrainableAngles() : circuit,
        measuring: observables.map(\.observable), task)
      if !noMeasure {
        try report.measure()
        report.predict()
      }
      let table = PlanTable(
        report: report, file: source.label,
        depth: circuit.depth, measured: observables.map(\.text))
      try StandardOutput.write(format == .json ? table.value.text() : table.text)
    } catch let exit as ExitCode {
      throw exit
    } catch SimulationError.memory(let error) {
      throw CommandFailure.memory(
        "\(Self.name): \(error)\(noMeasure ? "" : "; --no-measure plans without it")")
    } catch SimulationError.dynamicCircuit(let place, let text) {
      throw CommandFailure.badCircuit(
        "\(Self.name): \(source.name): instruction \(place), \(text): plans are of circuits that measure in the end; "
          + "qsim run --shots draws from this one")
    } catch let error as SimulationError {
      throw CommandFailure.badCircuit("\(Self.name): \(source.name): \(error)")
    } catch {
      throw CommandFailure.internal("\(Self.name): \(error)")
    }
  }

  /// A plan has masks of qubits: what has more is not planned, whatever is measured and left out.
  private func requireMasks(_ qubitCount: Int) throws(ExitCode) {
    let limit = PauliString.qubitLimit
    guard qubitCount > limit else { return }
    throw CommandFailure.memory(
      "\(Self.name): \(source.name): found \(qubitCount) qubits, expected at most \(limit), also with --no-measure "
        + "and where --expect sees few of them; \(WideCircuit.remedy("qsim run --method stabilizer"))"
    )
  }

  private var task: PlanReport.Task {
    var task = PlanReport.Task()
    task.precision = precision
    task.batch = batch
    task.wantsGradient = gradient
    task.policy = engine.policy
    task.budget = engine.budget
    return task
  }
}

extension Circuit {
  /// The circuit with a weight of its own in place of every angle.
  fileprivate func withTrainableAngles() -> Circuit {
    var result = Circuit(qubits: qubitCount, bits: bitCount)
    var count = 0
    for instruction in instructions {
      guard case .gate(let gate) = instruction else {
        result.append(instruction)
        continue
      }
      result.append(
        .gate(
          gate.with(
            angles: gate.angles.map { _ in
              defer { count += 1 }
              return .weight(count)
            })))
    }
    return result
  }
}
