import ArgumentParser
import Hilbert

/// The engines of `qsim run`.
enum RunMethod: String, ExpressibleByArgument, CaseIterable {
  /// The state vector where it fits the memory, stabilizers for larger Clifford circuits.
  case auto
  case statevector, density, trajectories, stabilizer

  /// Whether the engine keeps amplitudes, in a precision that can be chosen.
  var hasAmplitudes: Bool { self != .density && self != .stabilizer }

  /// The engine for a circuit that is asked for these results.
  func chosen(for circuit: Circuit, asking request: RunRequest) -> RunMethod {
    guard self == .auto else { return self }
    if request.isNoisy(circuit) { return chosenUnderNoise(for: circuit, asking: request) }
    // Shots of a circuit that measures in the middle choose their engine themselves.
    guard !circuit.isDynamic else { return self }
    let fits = circuit.qubitCount <= request.device.qubitLimit(request.precision)
    let isVector = request.amplitudes != nil || request.keepsState
    return fits || isVector || !circuit.isClifford() ? .statevector : .stabilizer
  }
}

extension RunMethod {
  /// Under noise counts alone are drawn shot by shot; all else is exact where 4^n numbers fit the memory, and a mean
  /// over trajectories elsewhere.
  private func chosenUnderNoise(for circuit: Circuit, asking request: RunRequest) -> RunMethod {
    let wantsMeans = request.isOpen || request.probabilities || !request.observables.isEmpty
    guard wantsMeans || request.needsAmplitudes else { return .auto }
    let device = DensityMatrixDevice(policy: request.policy, budget: request.budget)
    return circuit.qubitCount <= device.qubitLimit(.double) || request.needsAmplitudes
      ? .density : .trajectories
  }
}

/// What `qsim run` is asked for.
struct RunRequest {
  var shots: Int?
  var seed: UInt64
  var probabilities: Bool
  var amplitudes: Int?
  var observables: [PauliSum]
  /// Trajectories over which `--method trajectories` takes means.
  var trajectories: Int
  /// The rounds that a loop may take in a shot.
  var roundLimit: Int
  var precision: Precision
  var policy: LoopPolicy
  var budget: MemoryBudget
  /// Channels that follow gates.
  var noise: NoiseModel?
  /// Whether the state vector is written to a file.
  var keepsState = false

  /// Whether a circuit has noise, of its own or by the model.
  func isNoisy(_ circuit: Circuit) -> Bool { noise != nil || circuit.firstChannel != nil }
  /// Whether nothing but the state itself is asked for.
  var isOpen: Bool {
    shots == nil && !probabilities && amplitudes == nil && observables.isEmpty
  }
  /// Whether more than expectation values is asked for.
  var wantsState: Bool {
    isOpen || shots != nil || probabilities || amplitudes != nil || keepsState
  }
  /// Whether only a state vector answers.
  var needsAmplitudes: Bool { amplitudes != nil || isOpen || keepsState }
  /// The device whose memory decides.
  var device: StateVectorDevice { StateVectorDevice(policy: policy, budget: budget) }
}

/// A circuit that an engine has run, and what can be read off.
protocol FinishedRun {
  /// Seconds for planning and for simulating.
  var seconds: (plan: Double, simulate: Double) { get }
  /// The means of observables; with a standard error where they are estimates.
  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)]
  /// Calls `body` with the probabilities above a floor, in the order of the basis states.
  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws
  /// How often each outcome came, by the circuit's ``OutcomeKeys``.
  func counts(shots: Int, seed: UInt64) throws -> [String: Int]
  /// The most probable amplitudes.
  func amplitudes(_ count: Int) throws -> [RunReport.Amplitude]
  /// Writes the state vector to a file.
  func writeState(to path: String) throws
  /// Puts into a report what shows the state itself, at most `entries` lines of it, those above a floor.
  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws
}

/// How bits are read: those of counts stand for classical bits where the circuit writes some, all others for qubits.
enum BitOrder {
  static let registers = "classical registers, the last one leftmost, bit 0 of each rightmost"
  static let qubits = "qubit 0 is the least significant bit, printed rightmost"

  /// An outcome of all qubits; one bit at least, since a circuit without qubits has one outcome.
  static func text(ofQubits outcome: BitString) -> String {
    outcome.count == 0 ? "0" : outcome.description
  }
}

extension FinishedRun {
  func amplitudes(_ count: Int) throws -> [RunReport.Amplitude] {
    throw CommandFailure.usage(
      "qsim run: --amplitudes: amplitudes are those of a state vector; run with --method statevector"
    )
  }

  func writeState(to path: String) throws {
    throw CommandFailure.usage(
      "qsim run: --state-out: the state is no vector here; run with --method statevector"
    )
  }

  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws {
    var found: [(bits: BitString, probability: Double)] = []
    try forEachProbability(above: floor) { found.append(($0, $1)) }
    found.sort { ($1.probability, $0.bits) < ($0.probability, $1.bits) }
    report.probabilities = found.prefix(entries).map {
      (BitOrder.text(ofQubits: $0.bits), $0.probability)
    }
  }
}
