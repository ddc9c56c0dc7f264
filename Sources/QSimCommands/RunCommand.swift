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
      The file is OpenQASM 2: gates, barriers and final measurements. Bit strings are printed with qubit 0 \
      rightmost. Without --shots, --probabilities, --amplitudes or --expect, the 8 most probable \
      amplitudes are shown.

      Example:
        qsim run circuits/ising.qasm --expect "Z0*Z1 + 0.5*X0" --format json
      """)

  @Argument(help: "The circuit file.") var file: String
  @Option(
    parsing: .unconditional, help: "Measure all qubits this many times and count the outcomes.")
  var shots: Int?
  @Option(parsing: .unconditional, help: "What decides the outcomes of --shots.") var seed: UInt64 =
    0
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
  private static let shotLimit = 1 << 32
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
    } catch SimulationError.dynamicCircuit(let place, let text) {
      throw CommandFailure.badCircuit(
        "qsim run: \(file): instruction \(place), \(text): qsim runs final measurements only")
    } catch {
      throw CommandFailure.internal("qsim run: \(error)")
    }
  }

  /// The limit given, but never more than the machine has.
  private var budget: MemoryBudget {
    let machine = MemoryBudget.machine.limit
    return MemoryBudget(limit: min(memoryLimit?.bytes ?? machine, machine))
  }

  /// Plans and runs the circuit and reads off what was asked for.
  private func simulate(_ circuit: Circuit, _ observables: [ObservableFlag]) throws -> RunReport {
    let clock = ContinuousClock()
    let start = clock.now
    let plan = try plan(of: circuit, observables)
    if let shots { try budget.require(shots * Self.shotBytes, for: "\(shots) shots") }
    if let amplitudes {
      let count = min(amplitudes, 1 << circuit.qubitCount)
      try check(count, "amplitudes", bytes: Self.amplitudeBytes, beside: circuit.qubitCount)
    }
    let planned = clock.now
    let state = try StateVector(
      running: plan, precision: precision, policy: threads.map { .threads($0) } ?? .automatic,
      budget: budget)
    let simulated = clock.now
    var report = RunReport(
      file: file, qubitCount: circuit.qubitCount, instructionCount: circuit.instructions.count,
      depth: circuit.depth, precision: precision,
      seconds: (0, (planned - start) / .seconds(1), (simulated - planned) / .seconds(1)))
    let values: [Double] =
      if case .expectations(let measured) = plan.measurement {
        try state.expectations(of: measured)
      } else {
        []
      }
    report.expectations = zip(observables, values).map { ($0.text, $1) }
    try fill(&report, from: state)
    return report
  }

  /// The plan of what is asked for: of all qubits, or where only expectation values are, of those they see.
  ///
  /// Memory is asked for before anything is planned that could not be run.
  private func plan(of circuit: Circuit, _ observables: [ObservableFlag]) throws -> Plan {
    let wantsState = shots != nil || probabilities || amplitudes != nil || expect.isEmpty
    if wantsState || circuit.qubitCount > PauliString.qubitLimit {
      try requireMemory(circuit.qubitCount)
    }
    let plan = try Plan(circuit, measuring: .expectations(observables.map(\.observable)))
    return wantsState ? plan : plan.pruned
  }

  /// Checks that the amplitudes fit the memory; past all memory, says what else runs.
  private func requireMemory(_ qubitCount: Int) throws {
    let limit = PauliString.qubitLimit
    do {
      try StateVector.requireMemory(qubitCount, precision, budget)
    } catch {
      guard qubitCount > limit else { throw error }
      throw CommandFailure.memory(
        "qsim run: \(error); a Clifford circuit of more than \(limit) qubits runs with --method stabilizer"
      )
    }
  }

  private func fill(_ report: inout RunReport, from state: borrowing StateVector) throws {
    if let shots {
      let counts = state.counts(shots: shots, seed: seed)
      try check(counts.count, "counts", beside: state.qubitCount)
      report.shots = shots
      report.seed = seed
      report.counts = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    if probabilities { report.probabilities = try entries(of: state) }
    let isNothingAsked = shots == nil && !probabilities && amplitudes == nil && expect.isEmpty
    if let shown = amplitudes ?? (isNothingAsked && format == .text ? 8 : nil) {
      let found = state.mostProbable(min(shown, 1 << state.qubitCount)).map {
        RunReport.Amplitude(basis: $0, value: state.amplitude(of: $0))
      }
      report.amplitudes =
        isNothingAsked ? found.filter { $0.probability > Self.probabilityFloor } : found
    }
  }

  /// The probabilities above the floor; they are counted before any is kept.
  private func entries(
    of state: borrowing StateVector
  ) throws -> [(basis: Int, probability: Double)] {
    var count = 0
    for basis in 0..<(1 << state.qubitCount)
    where state.probability(of: basis) > Self.probabilityFloor {
      count += 1
    }
    try check(count, "probabilities", beside: state.qubitCount)
    var entries: [(basis: Int, probability: Double)] = []
    entries.reserveCapacity(count)
    for basis in 0..<(1 << state.qubitCount) {
      let probability = state.probability(of: basis)
      if probability > Self.probabilityFloor { entries.append((basis, probability)) }
    }
    return entries
  }

  /// Refuses more entries than anyone reads, and more than fit the memory beside the state.
  private func check(
    _ count: Int, _ what: String, bytes: Int = Self.entryBytes, beside qubitCount: Int
  ) throws {
    guard count <= Self.entryLimit || all else {
      throw CommandFailure.usage(
        "qsim run: found \(count) \(what), expected at most \(Self.entryLimit); "
          + "add --all to print them")
    }
    guard count > Self.freeEntries else { return }
    let state = precision.bytesPerAmplitude << qubitCount
    try budget.require(
      count * bytes + state, for: "printing \(count) \(what) beside the state")
  }
}
