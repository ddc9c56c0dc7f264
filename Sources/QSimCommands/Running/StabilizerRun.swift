import Hilbert

/// A Clifford circuit run as a stabilizer tableau.
struct StabilizerRun: FinishedRun {
  let state: StabilizerState
  let seconds: (plan: Double, simulate: Double)
  private let keys: OutcomeKeys

  init(_ circuit: Circuit, _ request: RunRequest) throws {
    let clock = ContinuousClock()
    let start = clock.now
    keys = OutcomeKeys(circuit)
    state = try StabilizerState(
      running: circuit, policy: request.policy, budget: request.budget)
    seconds = (0, (clock.now - start) / .seconds(1))
  }

  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)] {
    try state.expectations(of: observables).map { ($0, nil) }
  }

  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws {
    for (basis, probability) in try state.probabilities().enumerated() where probability > floor {
      body(BitString(basis: basis, count: state.qubitCount), probability)
    }
  }

  func counts(shots: Int, seed: UInt64) throws -> [String: Int] {
    keys.counts(ofQubits: try state.bitStringCounts(shots: shots, seed: seed))
  }

  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws {
    report.generators = state.generators
  }
}
