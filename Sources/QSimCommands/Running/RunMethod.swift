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
    // Shots of a circuit that measures in the middle choose their engine themselves.
    guard self == .auto, !circuit.isDynamic else { return self }
    let fits = circuit.qubitCount <= request.device.qubitLimit(request.precision)
    if fits || request.needsAmplitudes || !circuit.isClifford() { return .statevector }
    return .stabilizer
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
  var precision: Precision
  var policy: LoopPolicy
  var budget: MemoryBudget

  /// Whether nothing but the state itself is asked for.
  var isOpen: Bool {
    shots == nil && !probabilities && amplitudes == nil && observables.isEmpty
  }
  /// Whether more than expectation values is asked for.
  var wantsState: Bool { isOpen || shots != nil || probabilities || amplitudes != nil }
  /// Whether only a state vector answers.
  var needsAmplitudes: Bool { amplitudes != nil || isOpen }
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
  /// How often each outcome came.
  func counts(shots: Int, seed: UInt64) throws -> [BitString: Int]
  /// The most probable amplitudes.
  func amplitudes(_ count: Int) throws -> [RunReport.Amplitude]
  /// How the bits of an outcome are read.
  var bitOrder: String { get }
  /// A counted outcome as it is printed; probabilities are always those of qubits.
  func text(_ outcome: BitString) -> String
  /// Puts into a report what shows the state itself, at most `entries` lines of it, those above a floor.
  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws
}

/// How bits are read that stand for qubits.
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

  var bitOrder: String { BitOrder.qubits }

  func text(_ outcome: BitString) -> String { BitOrder.text(ofQubits: outcome) }

  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws {
    var found: [(bits: BitString, probability: Double)] = []
    try forEachProbability(above: floor) { found.append(($0, $1)) }
    found.sort { ($1.probability, $0.bits) < ($0.probability, $1.bits) }
    report.probabilities = found.prefix(entries).map {
      (BitOrder.text(ofQubits: $0.bits), $0.probability)
    }
  }
}
