import Hilbert

/// A circuit with measurements in the middle, resets or conditions: it has counts of its classical bits.
struct SampledRun: FinishedRun {
  let sampler: CircuitSampler
  let seconds = (plan: 0.0, simulate: 0.0)

  init(_ circuit: Circuit, _ method: RunMethod, _ request: RunRequest) throws {
    if request.isOpen { throw Self.refusal(nil) }
    sampler = try CircuitSampler(
      circuit,
      method: method == .stabilizer ? .stabilizer : method == .auto ? .automatic : .stateVector,
      precision: request.precision, policy: request.policy, budget: request.budget)
  }

  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)] {
    guard observables.isEmpty else { throw Self.refusal("--expect") }
    return []
  }

  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws {
    throw Self.refusal("--probabilities")
  }

  func counts(shots: Int, seed: UInt64) throws -> [BitString: Int] {
    try sampler.counts(shots: shots, seed: seed)
  }

  var bitOrder: String {
    sampler.circuit.bitCount > 0 ? BitOrder.registers : BitOrder.qubits
  }

  /// The bits of the circuit's registers, as Qiskit prints them.
  func text(_ outcome: BitString) -> String {
    outcome.text(registers: sampler.circuit.bitCount > 0 ? sampler.circuit.registers : [])
  }

  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws {
    throw Self.refusal(nil)
  }

  private static func refusal(_ flag: String?) -> any Error {
    CommandFailure.usage(
      "qsim run: \(flag.map { "\($0): " } ?? "")the circuit measures in the middle, so that its final state "
        + "differs from shot to shot; ask for --shots, or for means over the outcomes with --method density"
    )
  }
}
