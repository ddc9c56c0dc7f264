import Hilbert

/// A circuit run as a density matrix.
final class DensityRun: FinishedRun {
  let state: DensityMatrix
  let seconds: (plan: Double, simulate: Double)
  private let keys: OutcomeKeys

  init(_ circuit: Circuit, _ request: RunRequest) throws {
    let clock = ContinuousClock()
    let start = clock.now
    keys = OutcomeKeys(circuit)
    state = try DensityMatrix(
      running: circuit, noise: request.noise ?? NoiseModel(), policy: request.policy,
      budget: request.budget)
    seconds = (0, (clock.now - start) / .seconds(1))
  }

  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)] {
    try observables.map { (try state.expectation(of: $0), nil) }
  }

  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws {
    for (basis, probability) in state.probabilities().enumerated() where probability > floor {
      body(BitString(basis: basis, count: state.qubitCount), probability)
    }
  }

  func counts(shots: Int, seed: UInt64) throws -> [String: Int] {
    guard keys.areToldByQubits else {
      throw CommandFailure.usage(
        "qsim run: --shots: a density matrix is the mean over all outcomes of what the circuit measures in the "
          + "middle; run with --method statevector")
    }
    return keys.counts(ofBasisStates: state.counts(shots: shots, seed: seed))
  }
}
