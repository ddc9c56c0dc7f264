import ArgumentParser
import Hilbert

/// A circuit run by the engine that is asked for, and what is read off.
struct CircuitRun {
  let file: String
  let request: RunRequest
  let observables: [ObservableFlag]
  let method: RunMethod
  /// Whether any number of entries is printed.
  let all: Bool
  /// Where the state vector is written.
  let stateOut: String?

  /// Entries beyond this number are refused without --all.
  private static let entryLimit = 1 << 20
  private static let probabilityFloor = 1e-12
  /// Bytes that drawing a shot takes: its number, its place in the order, its outcome, work space.
  private static let shotBytes = 40
  /// Bytes that an entry takes on its way to the output: its value, its members, the text.
  private static let entryBytes = 384
  private static let amplitudeBytes = 900
  /// Entries whose bytes are counted with those of the program itself.
  private static let freeEntries = 1 << 12

  /// Runs the circuit and reads off what was asked for.
  func report(of circuit: Circuit) throws -> RunReport {
    let method = method.chosen(for: circuit, asking: request)
    try requireState(of: circuit)
    if let shots = request.shots {
      try request.budget.require(shots * Self.shotBytes, for: "\(shots) shots")
    }
    let run = try finished(circuit, method)
    let clock = ContinuousClock()
    let finished = clock.now
    var report = RunReport(
      file: file, qubitCount: circuit.qubitCount, instructionCount: circuit.instructions.count,
      depth: circuit.depth, method: method.rawValue,
      precision: method.hasAmplitudes ? request.precision : nil,
      bitOrder: request.shots != nil && circuit.writesBits ? BitOrder.registers : BitOrder.qubits,
      seconds: (0, run.seconds.plan, run.seconds.simulate))
    let values = try run.expectations(of: request.observables)
    report.expectations = zip(observables, values).map { ($0.text, $1.value, $1.error) }
    try fill(&report, from: run, of: circuit)
    if let stateOut {
      try run.writeState(to: stateOut)
      report.stateFile = stateOut
    }
    // What draws runs while it is read off.
    if report.seconds.simulate == 0 {
      report.seconds.simulate = (clock.now - finished) / .seconds(1)
    }
    return report
  }

  /// Refuses amplitudes of a circuit that ends in no one state, before anything is run.
  private func requireState(of circuit: Circuit) throws {
    guard circuit.isDynamic || request.isNoisy(circuit) else { return }
    if request.amplitudes != nil { throw StateRefusal(circuit).failure("--amplitudes") }
    if request.keepsState { throw StateRefusal(circuit).failure("--state-out") }
  }

  private func finished(_ circuit: Circuit, _ method: RunMethod) throws -> any FinishedRun {
    switch method {
    case .auto, .statevector, .stabilizer:
      if circuit.isDynamic || request.isNoisy(circuit) {
        return try SampledRun(circuit, method, request)
      }
      if method == .stabilizer { return try StabilizerRun(circuit, request) }
      if let amplitudes = request.amplitudes {
        let count = min(amplitudes, 1 << min(circuit.qubitCount, 62))
        try check(
          count, "amplitudes", bytes: Self.amplitudeBytes,
          beside: request.precision.bytesPerAmplitude << min(circuit.qubitCount, 58))
      }
      return try StateVectorRun(circuit, request)
    case .density: return try DensityRun(circuit, request)
    case .trajectories: return TrajectoryRun(circuit, request)
    }
  }

  private func fill(
    _ report: inout RunReport, from run: any FinishedRun, of circuit: Circuit
  ) throws {
    if let shots = request.shots {
      let counts = try run.counts(shots: shots, seed: request.seed)
      try check(counts.count, "counts")
      report.shots = shots
      report.seed = request.seed
      report.counts = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    if request.probabilities { report.probabilities = try entries(of: run) }
    if let shown = request.amplitudes ?? (request.isOpen ? 8 : nil) {
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
    try request.budget.require(
      overflow || isTooLarge ? .max : sum, for: "printing \(count) \(what) beside the state")
  }
}
