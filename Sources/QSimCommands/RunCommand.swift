public import ArgumentParser
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
      The file is OpenQASM 2. Bit strings are printed with qubit 0 rightmost. Without --shots, \
      --probabilities, --amplitudes or --expect, the 8 most probable amplitudes are shown. A file that \
      measures, resets or asks 'if' in the middle has counts of its classical bits: ask for --shots.

      Methods: statevector keeps 2^n amplitudes; density 4^n numbers; trajectories takes means over runs; \
      stabilizer runs Clifford circuits of up to 4096 qubits. auto is statevector, and stabilizer for \
      Clifford circuits that do not fit the memory.

      Example:
        qsim run circuits/ising.qasm --expect "Z0*Z1 + 0.5*X0" --format json
      """)

  @Argument(help: "The circuit file.") var file: String
  @Option(
    parsing: .unconditional, help: "Measure all qubits this many times and count the outcomes.")
  var shots: Int?
  @Option(parsing: .unconditional, help: "What decides the outcomes of --shots.") var seed: UInt64 =
    0
  @Option(help: "What the circuit runs on.") var method: RunMethod = .auto
  @Option(
    parsing: .unconditional,
    help: "The runs over which --method trajectories takes means, 1000 by default.")
  var trajectories: Int?
  @Option(help: "The precision of amplitudes.") var precision: Precision = .double
  @Option(parsing: .unconditional, help: "The number of threads; all cores by default.")
  var threads: Int?
  @Flag(help: "Print the probabilities above 1e-12, before the final measurements.")
  var probabilities = false
  @Option(parsing: .unconditional, help: "Print this many of the most probable amplitudes.")
  var amplitudes: Int?
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
  private static let shotLimit = CircuitSampler.shotLimit
  private static let trajectoryLimit = 1 << 32
  /// Bytes that drawing a shot takes: its number, its place in the order, its outcome, work space.
  private static let shotBytes = 40
  /// Bytes that an entry takes on its way to the output: its value, its members, the text.
  private static let entryBytes = 384
  private static let amplitudeBytes = 900
  /// Entries whose bytes are counted with those of the program itself.
  private static let freeEntries = 1 << 12

  func validate() throws {
    if let shots, !(1...Self.shotLimit).contains(shots) {
      throw ValidationError("found --shots \(shots), expected 1 to \(Self.shotLimit).")
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
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("found --threads \(threads), expected 1 to 1024.")
    }
    if let amplitudes, amplitudes < 1 {
      throw ValidationError("found --amplitudes \(amplitudes), expected at least 1.")
    }
  }

  func run() throws {
    let clock = ContinuousClock()
    let observables = try expect.map { text throws(ExitCode) in
      try ObservableFlag(text, of: "qsim run")
    }
    let start = clock.now
    let circuit = try CircuitFile(path: file, command: "qsim run").circuit()
    let parse = (clock.now - start) / .seconds(1)
    for observable in observables { try observable.check(qubitCount: circuit.qubitCount) }
    do {
      var report = try simulate(circuit, observables)
      report.seconds.parse = parse
      try StandardOutput.write(format == .json ? report.json : report.text)
    } catch let exit as ExitCode {
      throw exit
    } catch let error as MemoryBudgetError {
      throw CommandFailure.memory("qsim run: \(error)")
    } catch SimulationError.memory(let error) {
      throw CommandFailure.memory("qsim run: \(error)")
    } catch let error as SimulationError {
      if let text = error.probabilityText(qubitCount: circuit.qubitCount) {
        throw CommandFailure.usage("qsim run: \(text)")
      }
      throw CommandFailure.badCircuit("qsim run: \(file): \(error.commandText)")
    } catch {
      throw CommandFailure.internal("qsim run: \(error)")
    }
  }

  /// The limit given, but never more than the machine has.
  private var budget: MemoryBudget {
    let machine = MemoryBudget.machine.limit
    return MemoryBudget(limit: min(memoryLimit?.bytes ?? machine, machine))
  }

  /// Runs the circuit and reads off what was asked for.
  private func simulate(_ circuit: Circuit, _ observables: [ObservableFlag]) throws -> RunReport {
    let request = RunRequest(
      shots: shots, seed: seed, probabilities: probabilities, amplitudes: amplitudes,
      observables: observables.map(\.observable), trajectories: trajectories ?? 1000,
      precision: precision, policy: threads.map { .threads($0) } ?? .automatic, budget: budget)
    let method = method.chosen(for: circuit, asking: request)
    if let shots { try budget.require(shots * Self.shotBytes, for: "\(shots) shots") }
    let run = try finished(circuit, method, request)
    let clock = ContinuousClock()
    let finished = clock.now
    var report = RunReport(
      file: file, qubitCount: circuit.qubitCount, instructionCount: circuit.instructions.count,
      depth: circuit.depth, method: method.rawValue,
      precision: method.hasAmplitudes ? precision : nil,
      bitOrder: run.bitOrder,
      seconds: (0, run.seconds.plan, run.seconds.simulate))
    let values = try run.expectations(of: request.observables)
    report.expectations = zip(observables, values).map { ($0.text, $1.value, $1.error) }
    try fill(&report, from: run, of: circuit, request)
    // What draws runs while it is read off.
    if report.seconds.simulate == 0 {
      report.seconds.simulate = (clock.now - finished) / .seconds(1)
    }
    return report
  }

  private func finished(
    _ circuit: Circuit, _ method: RunMethod, _ request: RunRequest
  ) throws -> any FinishedRun {
    switch method {
    case .auto, .statevector, .stabilizer:
      if circuit.isDynamic { return try SampledRun(circuit, method, request) }
      if method == .stabilizer { return try StabilizerRun(circuit, request) }
      if let amplitudes {
        let count = min(amplitudes, 1 << min(circuit.qubitCount, 62))
        try check(
          count, "amplitudes", bytes: Self.amplitudeBytes,
          beside: precision.bytesPerAmplitude << min(circuit.qubitCount, 58))
      }
      return try StateVectorRun(circuit, request)
    case .density: return try DensityRun(circuit, request)
    case .trajectories: return TrajectoryRun(circuit, request)
    }
  }

  private func fill(
    _ report: inout RunReport, from run: any FinishedRun, of circuit: Circuit,
    _ request: RunRequest
  ) throws {
    if let shots {
      let counts = try run.counts(shots: shots, seed: seed)
      try check(counts.count, "counts")
      report.shots = shots
      report.seed = seed
      report.counts = counts.sorted { $0.key < $1.key }.map { (run.text($0.key), $0.value) }
    }
    if probabilities { report.probabilities = try entries(of: run) }
    if let shown = amplitudes ?? (request.isOpen && format == .text ? 8 : nil) {
      if request.isOpen {
        try run.describe(&report, entries: shown, floor: Self.probabilityFloor)
      } else {
        report.amplitudes = try run.amplitudes(shown)
      }
    }
  }

  /// The probabilities above the floor; they are counted before any is kept.
  private func entries(
    of run: any FinishedRun
  ) throws -> [(bits: String, probability: Double)] {
    var count = 0
    try run.forEachProbability(above: Self.probabilityFloor) { _, _ in count += 1 }
    try check(count, "probabilities")
    var entries: [(bits: String, probability: Double)] = []
    entries.reserveCapacity(count)
    try run.forEachProbability(above: Self.probabilityFloor) { bits, probability in
      entries.append((BitOrder.text(ofQubits: bits), probability))
    }
    return entries
  }

  /// Refuses more entries than anyone reads, and more than fit the memory beside what lives already, and `state` bytes
  /// that will.
  private func check(
    _ count: Int, _ what: String, bytes: Int = Self.entryBytes, beside state: Int = 0
  ) throws {
    guard count <= Self.entryLimit || all else {
      throw CommandFailure.usage(
        "qsim run: found \(count) \(what), expected at most \(Self.entryLimit); "
          + "add --all to print them")
    }
    guard count > Self.freeEntries else { return }
    let (product, overflow) = count.multipliedReportingOverflow(by: bytes)
    let (sum, isTooLarge) = product.addingReportingOverflow(state)
    try budget.require(
      overflow || isTooLarge ? .max : sum, for: "printing \(count) \(what) beside the state")
  }
}
