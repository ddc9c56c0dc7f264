import Hilbert

/// A circuit with measurements in the middle, resets or conditions: it has counts of its classical bits.
struct SampledRun: FinishedRun {
  let sampler: CircuitSampler
  /// Why there is no one state in the end.
  private let reason: StateRefusal
  let seconds = (plan: 0.0, simulate: 0.0)

  init(_ circuit: Circuit, _ method: RunMethod, _ request: RunRequest) throws {
    reason = StateRefusal(circuit)
    if request.isOpen { throw reason.failure(nil) }
    sampler = try CircuitSampler(
      circuit, noise: request.noise ?? NoiseModel(),
      method: method == .stabilizer ? .stabilizer : method == .auto ? .automatic : .stateVector,
      precision: request.precision, roundLimit: request.roundLimit, policy: request.policy,
      budget: request.budget)
  }

  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)] {
    guard observables.isEmpty else { throw reason.failure("--expect") }
    return []
  }

  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws {
    throw reason.failure("--probabilities")
  }

  func counts(shots: Int, seed: UInt64) throws -> [String: Int] {
    sampler.keys.counts(try sampler.counts(shots: shots, seed: seed))
  }

  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws {
    throw reason.failure(nil)
  }

  func amplitudes(_ count: Int) throws -> [RunReport.Amplitude] {
    throw reason.failure("--amplitudes")
  }

  func writeState(to path: String) throws { throw reason.failure("--state-out") }
}
