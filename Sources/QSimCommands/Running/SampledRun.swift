import Hilbert

/// A circuit with measurements in the middle, resets or conditions: it has counts of its classical bits.
struct SampledRun: FinishedRun {
  let sampler: CircuitSampler
  /// Whether it is noise alone that makes shots differ.
  private let isNoisy: Bool
  let seconds = (plan: 0.0, simulate: 0.0)

  init(_ circuit: Circuit, _ method: RunMethod, _ request: RunRequest) throws {
    isNoisy = request.isNoisy(circuit) && !circuit.isDynamic
    if request.isOpen { throw Self.refusal(nil, isNoisy) }
    sampler = try CircuitSampler(
      circuit, noise: request.noise ?? NoiseModel(),
      method: method == .stabilizer ? .stabilizer : method == .auto ? .automatic : .stateVector,
      precision: request.precision, roundLimit: request.roundLimit, policy: request.policy,
      budget: request.budget)
  }

  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)] {
    guard observables.isEmpty else { throw Self.refusal("--expect", isNoisy) }
    return []
  }

  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws {
    throw Self.refusal("--probabilities", isNoisy)
  }

  func counts(shots: Int, seed: UInt64) throws -> [String: Int] {
    sampler.keys.counts(try sampler.counts(shots: shots, seed: seed))
  }

  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws {
    throw Self.refusal(nil, isNoisy)
  }

  private static func refusal(_ flag: String?, _ isNoisy: Bool) -> any Error {
    if isNoisy {
      return CommandFailure.usage(
        "qsim run: \(flag.map { "\($0): " } ?? "")under noise shots end in different states; ask for --shots, or for "
          + "means with --method density or --method trajectories")
    }
    return CommandFailure.usage(
      "qsim run: \(flag.map { "\($0): " } ?? "")the circuit measures in the middle, so that its final state "
        + "differs from shot to shot; ask for --shots, or for means over the outcomes with --method density"
    )
  }
}
