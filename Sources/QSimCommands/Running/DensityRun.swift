import Hilbert

/// A circuit run as a density matrix.
final class DensityRun: FinishedRun {
  let state: DensityMatrix
  let seconds: (plan: Double, simulate: Double)
  private let isDynamic: Bool

  init(_ circuit: Circuit, _ request: RunRequest) throws {
    let clock = ContinuousClock()
    let start = clock.now
    isDynamic = circuit.isDynamic
    state = try DensityMatrix(
      running: circuit, policy: request.policy, budget: request.budget)
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

  func counts(shots: Int, seed: UInt64) throws -> [BitString: Int] {
    guard !isDynamic else {
      throw CommandFailure.usage(
        "qsim run: --shots: a density matrix is the mean over all outcomes of what the circuit measures in the "
          + "middle; run with --method statevector")
    }
    var counts: [BitString: Int] = [:]
    for (basis, count) in state.counts(shots: shots, seed: seed) {
      counts[BitString(basis: basis, count: state.qubitCount)] = count
    }
    return counts
  }
}
