import Hilbert

/// A circuit run as trajectories: means over `--trajectories` of them, and one for each shot.
final class TrajectoryRun: FinishedRun {
  let circuit: Circuit
  let request: RunRequest
  /// The work is done where results are read.
  let seconds = (plan: 0.0, simulate: 0.0)
  /// The means of all probabilities, once they are asked for.
  private var means: [Double]?

  init(_ circuit: Circuit, _ request: RunRequest) {
    self.circuit = circuit
    self.request = request
  }

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
    if circuit.isDynamic && request.shots != nil {
      throw CommandFailure.usage(
        "qsim run: --probabilities are those of qubits, --shots those of the file's registers: ask for one of them"
      )
    }
    let means = try self.means ?? probabilities()
    self.means = means
    for (basis, mean) in means.enumerated() where mean > floor {
      body(BitString(basis: basis, count: circuit.qubitCount), mean)
    }
  }

  private func probabilities() throws -> [Double] {
    let qubits = Array(0..<circuit.qubitCount)
    switch request.precision {
    case .single: return try runs(Float.self).probabilities(of: qubits).map(\.mean)
    case .double: return try runs(Double.self).probabilities(of: qubits).map(\.mean)
    }
  }

  /// Shots of their own where the circuit measures in the middle; without that all trajectories are one.
  func counts(shots: Int, seed: UInt64) throws -> [String: Int] {
    try counting.counts(shots: shots, seed: seed)
  }

  private var counting: any FinishedRun {
    get throws {
      circuit.isDynamic || request.isNoisy(circuit)
        ? try SampledRun(circuit, .trajectories, request) : try StateVectorRun(circuit, request)
    }
  }

  private func runs<Scalar: StateScalar>(_: Scalar.Type) throws -> Trajectories<Scalar> {
    try Trajectories<Scalar>(
      of: circuit, noise: request.noise ?? NoiseModel(), count: request.trajectories,
      seed: request.seed, policy: request.policy,
      budget: request.budget)
  }
}
