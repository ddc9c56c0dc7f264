public import ArgumentParser
import Foundation
public import Hilbert

extension Precision: ExpressibleByArgument {}

/// How results are written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// `qsim run`: simulates a circuit file and prints what was asked for.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Simulate a circuit file.",
    discussion: """
      The file is OpenQASM 2: gates, barriers and final measurements. Bit strings are printed with qubit 0 \
      rightmost. Without --shots, --probabilities, --amplitudes or --expect, the 8 most probable \
      amplitudes are shown.

      qsim run circuits/ising.qasm --expect "Z0*Z1 + 0.5*X0" --format json
      """)

  @Argument(help: "The circuit file.") var file: String
  @Option(help: "Measure all qubits this many times and count the outcomes.") var shots: Int?
  @Option(help: "What decides the outcomes of --shots.") var seed: UInt64 = 0
  @Option(help: "The precision of amplitudes.") var precision: Precision = .double
  @Option(help: "The number of threads; all cores by default.") var threads: Int?
  @Flag(help: "Print the probabilities above 1e-12, before the final measurements.")
  var probabilities = false
  @Option(help: "Print this many of the most probable amplitudes.") var amplitudes: Int?
  @Option(
    parsing: .unconditionalSingleValue,
    help: "Print the expectation value of an observable, as \"0.5*Z0*Z1 - X2\"; may be repeated.")
  var expect: [String] = []
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @Option(help: "The most memory to use, as 512M or 16G; the machine's by default.")
  var memoryLimit: MemorySize?
  @Flag(help: "Print more than 2^20 entries if there are.") var all = false

  /// Entries beyond this number are refused without --all.
  private static let entryLimit = 1 << 20
  private static let probabilityFloor = 1e-12

  func validate() throws {
    if let shots, shots < 1 { throw ValidationError("--shots must be positive, found \(shots).") }
    if let shots, shots > 1 << 32 {
      throw ValidationError("--shots: at most 2^32, found \(shots).")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be 1 to 1024, found \(threads).")
    }
    if let amplitudes, amplitudes < 1 {
      throw ValidationError("--amplitudes must be positive, found \(amplitudes).")
    }
  }

  func run() throws {
    let clock = ContinuousClock()
    let observables = try expect.map(observable)
    let start = clock.now
    let circuit = try readCircuit()
    let parse = (clock.now - start) / .seconds(1)
    do {
      var report = try simulate(circuit, observables)
      report.seconds.parse = parse
      print(format == .json ? report.json : report.text)
    } catch let error as SimulationError {
      throw failure(error)
    }
  }

  /// Plans and runs the circuit and reads off what was asked for.
  private func simulate(_ circuit: Circuit, _ observables: [PauliSum]) throws -> RunReport {
    let clock = ContinuousClock()
    let start = clock.now
    let budget = memoryLimit.map { MemoryBudget(limit: $0.bytes) } ?? .process
    try StateVector.require(circuit.qubitCount, precision, budget)
    let plan = try Plan(circuit, measuring: .expectations(observables))
    let planned = clock.now
    let state = try StateVector(
      running: plan, precision: precision, policy: threads.map { .threads($0) } ?? .automatic,
      budget: budget)
    let simulated = clock.now
    var report = RunReport(
      file: file, qubitCount: circuit.qubitCount, instructionCount: circuit.instructions.count,
      depth: circuit.depth, precision: precision,
      seconds: (0, (planned - start) / .seconds(1), (simulated - planned) / .seconds(1)))
    let values = try state.expectations(of: observables)
    report.expectations = zip(expect, values).map { ($0, $1) }
    try fill(&report, from: state)
    return report
  }

  private func fill(_ report: inout RunReport, from state: borrowing StateVector) throws {
    if let shots {
      report.shots = shots
      report.seed = seed
      report.counts = state.counts(shots: shots, seed: seed).sorted { $0.key < $1.key }
        .map { ($0.key, $0.value) }
      try check(report.counts?.count ?? 0, "counts")
    }
    if probabilities {
      var entries: [(basis: Int, probability: Double)] = []
      for basis in 0..<(1 << state.qubitCount) {
        let probability = state.probability(of: basis)
        if probability > Self.probabilityFloor { entries.append((basis, probability)) }
      }
      try check(entries.count, "probabilities")
      report.probabilities = entries
    }
    let isNothingAsked = shots == nil && !probabilities && amplitudes == nil && expect.isEmpty
    let shown = amplitudes ?? (isNothingAsked && format == .text ? 8 : nil)
    if let shown {
      let number = min(shown, 1 << state.qubitCount)
      try check(number, "amplitudes")
      let amplitudes = state.mostProbable(number).map {
        RunReport.Amplitude(basis: $0, value: state.amplitude(of: $0))
      }
      report.amplitudes =
        isNothingAsked
        ? amplitudes.filter { $0.probability > Self.probabilityFloor } : amplitudes
    }
  }

  private func check(_ count: Int, _ what: String) throws {
    guard count > Self.entryLimit, !all else { return }
    throw CommandFailure.usage(
      "qsim run: \(count) \(what) are more than \(Self.entryLimit); add --all to print them")
  }

  private func observable(_ text: String) throws -> PauliSum {
    do throws(ObservableParseError) {
      return try PauliSum(text)
    } catch {
      throw CommandFailure.usage("qsim run: --expect:\n\(error)")
    }
  }

  private func readCircuit() throws -> Circuit {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
    guard exists, !isFolder.boolValue, let bytes = FileManager.default.contents(atPath: file) else {
      let reason =
        !exists
        ? "there is no such file" : isFolder.boolValue ? "it is a folder" : "permission denied"
      throw CommandFailure.unreadable("qsim run: \(file) cannot be read: \(reason)")
    }
    do throws(CircuitParseError) {
      return try Circuit(openQASM2: Array(bytes), file: file)
    } catch {
      throw CommandFailure.badCircuit("\(error)")
    }
  }

  private func failure(_ error: SimulationError) -> ExitCode {
    switch error {
    case .memory: CommandFailure.memory("qsim run: \(error)")
    case .qubitOutOfRange: CommandFailure.usage("qsim run: --expect: \(error)")
    case .matrixTooLarge, .weightCount, .inputCount, .angleNotFinite, .repeatedQubit,
      .tooManyOutputs:
      CommandFailure.badCircuit("\(file): \(error)")
    }
  }
}
