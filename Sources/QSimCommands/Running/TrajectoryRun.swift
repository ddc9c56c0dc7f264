import Hilbert

/// A circuit run as trajectories: means over `--trajectories` of them, and one for each shot.
struct TrajectoryRun: FinishedRun {
  let circuit: Circuit
  let request: RunRequest
  /// The work is done where results are read.
  let seconds = (plan: 0.0, simulate: 0.0)

  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)] {
    guard !observables.isEmpty else { return [] }
    let estimates =
      switch request.precision {
      case .single: try runs(Float.self).expectations(of: observables)
      case .double: try runs(Double.self).expectations(of: observables)
      }
    return estimates.map { ($0.mean, $0.standardError) }
  }

  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws {
    let qubits = Array(0..<circuit.qubitCount)
    let estimates =
      switch request.precision {
      case .single: try runs(Float.self).probabilities(of: qubits)
      case .double: try runs(Double.self).probabilities(of: qubits)
      }
    for (basis, estimate) in estimates.enumerated() where estimate.mean > floor {
      body(BitString(basis: basis, count: circuit.qubitCount), estimate.mean)
    }
  }

  /// Of the classical bits where the circuit measures in the middle; without that all trajectories are one.
  func counts(shots: Int, seed: UInt64) throws -> [BitString: Int] {
    try counting.counts(shots: shots, seed: seed)
  }

  var bitOrder: String { circuit.isDynamic ? BitOrder.registers : BitOrder.qubits }

  func text(_ outcome: BitString) -> String {
    circuit.isDynamic ? outcome.text(registers: circuit.registers) : outcome.description
  }

  private var counting: any FinishedRun {
    get throws {
      circuit.isDynamic
        ? try SampledRun(circuit, .trajectories, request) : try StateVectorRun(circuit, request)
    }
  }

  private func runs<Scalar: StateScalar>(_: Scalar.Type) throws -> Trajectories<Scalar> {
    try Trajectories<Scalar>(
      of: circuit, count: request.trajectories, seed: request.seed, policy: request.policy,
      budget: request.budget)
  }
}
