public import ArgumentParser
public import Hilbert

extension Precision: ExpressibleByArgument {}

/// How results are written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// `qsim run`: simulates circuit files and prints what was asked for.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Simulate circuit files.",
    discussion: """
      Files are OpenQASM 2, OpenQASM 3, qsim or JSON; - reads standard input. Bit strings are printed with qubit 0 \
      rightmost. Without --shots, --probabilities, --amplitudes or --expect, the 8 most probable amplitudes are \
      shown. A file that measures, resets or asks 'if' in the middle has counts alone: ask for --shots. Counts are \
      keyed by the classical registers, the last one leftmost, where the file writes a bit; else by all qubits.

      Methods: statevector keeps 2^n amplitudes; density 4^n numbers; trajectories takes means over runs; \
      stabilizer runs Clifford circuits of up to 4096 qubits. auto is statevector, and stabilizer for \
      Clifford circuits that do not fit the memory; under noise it is density where that fits, else trajectories.

      Of several files the results come one after another; a file that fails is told on standard error, and the \
      exit code is that of the first one that does.

      Example:
        qsim run circuits/ising.qasm --expect "Z0*Z1 + 0.5*X0" --format json
      """)

  @Argument(help: ArgumentHelp("The circuit files.", valueName: "file"), completion: .file())
  var files: [String]
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @Option(parsing: .unconditional, help: "Run this many times and count the outcomes.")
  var shots: Int?
  @Option(parsing: .unconditional, help: "What decides the outcomes of --shots.") var seed: UInt64 =
    0
  @Option(help: "What the circuit runs on.") var method: RunMethod = .auto
  @Option(
    parsing: .unconditional,
    help: "The runs over which --method trajectories takes means, 1000 by default.")
  var trajectories: Int?
  @Option(
    help: ArgumentHelp("A JSON file of channels that follow gates.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var noise: String?
  @Option(
    parsing: .unconditional,
    help:
      "The rounds that a loop may take in a shot, \(CircuitSampler.defaultRoundLimit) by default.")
  var maxRounds: Int?
  @Option(help: "The precision of amplitudes.") var precision: Precision = .double
  @Flag(help: "Print the probabilities above 1e-12, before the final measurements.")
  var probabilities = false
  @Option(parsing: .unconditional, help: "Print this many of the most probable amplitudes.")
  var amplitudes: Int?
  @Option(
    parsing: .unconditionalSingleValue,
    help: "Print the expectation value of an observable, as \"0.5*Z0*Z1 - X2\"; may be repeated.")
  var expect: [String] = []
  @Option(
    help: ArgumentHelp(
      "Write the final state vector as complex128 in NumPy's format.", valueName: "file.npy"),
    completion: .file(extensions: ["npy"]))
  var stateOut: String?
  @Option(
    help: ArgumentHelp("Write the counts, as JSON or CSV by the name's end.", valueName: "file"),
    completion: .file(extensions: ["json", "csv"]))
  var countsOut: String?
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @Flag(help: "Print more than 2^20 entries if there are.") var all = false
  @OptionGroup(title: "Engine") var engine: EngineFlags

  static let name = "qsim run"
  private static let trajectoryLimit = 1 << 32

  func validate() throws {
    if let shots, !(1...CircuitSampler.shotLimit).contains(shots) {
      throw ValidationError(
        "found --shots \(shots), expected 1 to \(CircuitSampler.shotLimit).")
    }
    if let trajectories {
      guard (1...Self.trajectoryLimit).contains(trajectories) else {
        throw ValidationError(
          "found --trajectories \(trajectories), expected 1 to \(Self.trajectoryLimit).")
      }
      guard method == .trajectories else {
        throw ValidationError(
          "found --trajectories with --method \(method.rawValue), expected --method trajectories.")
      }
    }
    if let maxRounds, maxRounds < 1 {
      throw ValidationError("found --max-rounds \(maxRounds), expected at least 1.")
    }
    if let amplitudes, amplitudes < 1 {
      throw ValidationError("found --amplitudes \(amplitudes), expected at least 1.")
    }
    if countsOut != nil, shots == nil {
      throw ValidationError("found --counts-out alone, expected --shots with it.")
    }
    if let countsOut, !countsOut.hasSuffix(".json"), !countsOut.hasSuffix(".csv") {
      throw ValidationError(
        "found --counts-out \(countsOut), expected a name that ends in .json or .csv.")
    }
    for (flag, path) in [("--state-out", stateOut), ("--counts-out", countsOut)]
    where path != nil && files.count > 1 {
      throw ValidationError("found \(flag) with \(files.count) files, expected one file.")
    }
    if files.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("found - twice, expected standard input once.")
    }
  }

  func run() throws {
    Interruption.handle()
    try ResultFile.check([stateOut, countsOut], of: Self.name)
    let observables = try expect.map { text throws(ExitCode) in
      try ObservableFlag(text, of: Self.name)
    }
    let noise = try noise.map { path throws(ExitCode) in
      try NoiseFile(path: path, command: Self.name).model()
    }
    let progress = ProgressLine(Self.name)
    defer { progress.finish() }
    var results: [JSONValue] = []
    var failure: (any Error)?
    for (place, file) in files.enumerated() {
      progress.update(
        files.count > 1 ? Double(place) / Double(files.count) : nil, "\(Self.name) \(file)")
      do {
        let report = try report(of: file, observables, noise)
        progress.hide()
        if format == .json {
          results.append(report.value)
          // Text has been written by then.
          if files.count > 1 {
            let text = JSONValue.array(results).text()
            Interruption.whenInterrupted { try? StandardOutput.write(text) }
          }
        } else {
          try StandardOutput.write((place > 0 ? "\n" : "") + report.text)
        }
      } catch {
        guard files.count > 1 else { throw error }
        failure = failure ?? error
      }
    }
    Interruption.whenInterrupted(nil)
    if format == .json {
      try StandardOutput.write(
        files.count == 1 ? results[0].text() : JSONValue.array(results).text())
    }
    if let failure { throw failure }
  }

  /// Runs one file; what goes wrong is written to standard error.
  private func report(
    of file: String, _ observables: [ObservableFlag], _ noise: NoiseModel?
  ) throws -> RunReport {
    let clock = ContinuousClock()
    let start = clock.now
    let document = try reading.closedDocument(file, of: Self.name)
    let circuit = document.circuit
    let parse = (clock.now - start) / .seconds(1)
    for observable in observables { try observable.check(qubitCount: circuit.qubitCount) }
    let source = CircuitFile(path: file, command: Self.name)
    do {
      let run = CircuitRun(
        file: source.label, request: request(observables, noise), observables: observables,
        method: method, all: all, stateOut: stateOut)
      var report = try run.report(of: circuit)
      report.seconds.parse = parse
      if let countsOut, let counts = report.counts {
        try CountsFile(counts: counts).write(to: countsOut, of: Self.name)
      }
      return report
    } catch let exit as ExitCode {
      throw exit
    } catch {
      throw CommandFailure.simulation(
        error, of: source.name, qubitCount: circuit.qubitCount, Self.name)
    }
  }

  private func request(_ observables: [ObservableFlag], _ noise: NoiseModel?) -> RunRequest {
    RunRequest(
      shots: shots, seed: seed, probabilities: probabilities, amplitudes: amplitudes,
      observables: observables.map(\.observable), trajectories: trajectories ?? 1000,
      roundLimit: maxRounds ?? CircuitSampler.defaultRoundLimit, precision: precision,
      policy: engine.policy, budget: engine.budget, noise: noise, keepsState: stateOut != nil)
  }
}
