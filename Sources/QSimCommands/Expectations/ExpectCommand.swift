import ArgumentParser
import Hilbert

/// `qsim expect`: expectation values and variances of observables, exact or estimated from shots.
struct ExpectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expect", abstract: "Expectation values of observables after a circuit file.",
    discussion: """
      Observables are sums of products of Pauli letters with their qubits, such as "0.5*Z0*Z1 - X2". With --shots \
      every Pauli product of them is measured by so many shots of its own, and values come with their standard \
      errors. Without, values are exact; those of --method trajectories are means over --trajectories runs.

      Example:
        qsim expect circuits/ising.qasm "Z0*Z1" "X0 + X1" --variance
      """)

  @Argument(help: "The circuit file.", completion: .file()) var file: String
  @OptionGroup(title: "Observables") var observables: ObservableFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @Flag(help: "Print the variance ⟨O²⟩ - ⟨O⟩² too.") var variance = false
  @Option(parsing: .unconditional, help: "Estimate from so many shots of every Pauli product.")
  var shots: Int?
  @Option(parsing: .unconditional, help: "What decides the outcomes of shots and trajectories.")
  var seed: UInt64 = 0
  @Option(help: "What the circuit runs on.") var method: RunMethod = .auto
  @Option(
    parsing: .unconditional,
    help: "The runs over which --method trajectories takes means, 1000 by default.")
  var trajectories: Int?
  @Option(
    help: ArgumentHelp("A JSON file of channels that follow gates.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var noise: String?
  @Option(help: "The precision of amplitudes.") var precision: Precision = .double
  @Option(help: "How the results are written.") var format: OutputFormat = .text
  @OptionGroup(title: "Engine") var engine: EngineFlags

  static let name = "qsim expect"

  func validate() throws {
    if let shots, !(1...CircuitSampler.shotLimit).contains(shots) {
      throw ValidationError("found --shots \(shots), expected 1 to \(CircuitSampler.shotLimit).")
    }
    if let trajectories {
      guard (1...1 << 32).contains(trajectories) else {
        throw ValidationError("found --trajectories \(trajectories), expected 1 to \(1 << 32).")
      }
      guard method == .trajectories else {
        throw ValidationError(
          "found --trajectories with --method \(method.rawValue), expected --method trajectories.")
      }
    }
    if shots != nil, method == .trajectories || method == .stabilizer {
      throw ValidationError(
        "found --shots with --method \(method.rawValue), expected auto, statevector or density.")
    }
    if shots != nil, variance {
      throw ValidationError(
        "found --variance with --shots, expected one of them: variances are exact.")
    }
  }

  func run() throws {
    Interruption.handle()
    let observables = try observables.read(of: Self.name)
    let noise = try noise.map { path throws(ExitCode) in
      try NoiseFile(path: path, command: Self.name).model()
    }
    let circuit = try reading.closedDocument(file, of: Self.name).circuit
    for observable in observables { try observable.check(qubitCount: circuit.qubitCount) }
    let source = CircuitFile(path: file, command: Self.name).name
    let progress = ProgressLine("\(Self.name) \(source)")
    do {
      let report = try report(
        of: circuit, CircuitFile(path: file, command: Self.name).label, observables, noise)
      progress.finish()
      try StandardOutput.write(format == .json ? report.value.text() : report.text)
    } catch {
      progress.finish()
      throw CommandFailure.simulation(error, of: source, qubitCount: circuit.qubitCount, Self.name)
    }
  }

  /// ⟨O²⟩ - ⟨O⟩² from the values of all observables, then of all without the identity, then of their squares.
  private static func variance(
    _ place: Int, of count: Int, _ values: [(value: Double, error: Double?)]
  ) -> Double {
    let (mean, square) = (values[count + place].value, values[2 * count + place].value)
    let variance = square - mean * mean
    // Rounding may leave a variance of 0 a little below; what is no number stays none.
    return variance < 0 ? 0 : variance
  }

  /// A state vector of a circuit that has one in the end.
  private func stateVector(
    _ circuit: Circuit, _ request: RunRequest
  ) throws -> any FinishedRun {
    try requireState(of: circuit, isNoisy: request.isNoisy(circuit))
    return try StateVectorRun(circuit, request)
  }

  /// Refuses a state vector of a circuit that ends in no one state.
  private func requireState(of circuit: Circuit, isNoisy: Bool) throws {
    guard circuit.isDynamic || isNoisy else { return }
    // Where something depends on outcomes there are no means either, which is told with its place.
    if let (place, text) = circuit.firstConditional {
      throw SimulationError.conditionInMixture(place: place, text: text)
    }
    throw CommandFailure.usage(
      "\(Self.name): the circuit \(circuit.isDynamic ? "measures in the middle" : "is noisy"), so that its final "
        + "state differs from shot to shot; ask for means over the outcomes with --method density"
    )
  }

  private func report(
    of circuit: Circuit, _ source: String, _ flags: [ObservableFlag], _ noise: NoiseModel?
  ) throws -> ExpectReport {
    var report = ExpectReport(
      file: source, qubitCount: circuit.qubitCount, method: "", shots: shots,
      seed: shots != nil || method == .trajectories ? seed : nil)
    if let shots {
      let isNoisy = noise != nil || circuit.firstChannel != nil
      let isMixed = method == .density || method == .auto && isNoisy
      if !isMixed { try requireState(of: circuit, isNoisy: isNoisy) }
      let device = engine.device(noise: isMixed ? noise ?? NoiseModel() : nil)
      report.method = device.name
      let estimates = try PauliEstimates(
        of: circuit, flags.map(\.observable), on: device, shots: Shots(shots, seed: seed))
      report.values = zip(flags, estimates.values).map { ($0, $1.value, $1.error, nil) }
      return report
    }
    // A multiple of the identity changes no variance, and could take all digits of the squares.
    let centred = variance ? flags.map { $0.observable.traceless } : []
    let request = RunRequest(
      shots: nil, seed: seed, probabilities: false, amplitudes: nil,
      observables: flags.map(\.observable) + centred + centred.map { $0.squared() },
      trajectories: trajectories ?? 1000,
      roundLimit: CircuitSampler.defaultRoundLimit, precision: precision, policy: engine.policy,
      budget: engine.budget, noise: noise)
    let method = method.chosen(for: circuit, asking: request)
    report.method = method.rawValue
    let run: any FinishedRun =
      switch method {
      case .density: try DensityRun(circuit, request)
      case .trajectories: TrajectoryRun(circuit, request)
      case .stabilizer: try StabilizerRun(circuit, request)
      case .auto, .statevector:
        try stateVector(circuit, request)
      }
    let values = try run.expectations(of: request.observables)
    report.values = flags.enumerated().map { place, flag in
      let (value, error) = values[place]
      return (flag, value, error, variance ? Self.variance(place, of: flags.count, values) : nil)
    }
    return report
  }
}
