import Hilbert

/// A circuit run as a state vector.
final class StateVectorRun: FinishedRun {
  let state: StateVector
  let seconds: (plan: Double, simulate: Double)
  /// What of the state is measured: on fewer qubits than the circuit's where only those are seen.
  private let measurement: Measurement
  private let keys: OutcomeKeys

  /// Runs a circuit; where only expectation values are asked for, on the qubits that they see.
  init(_ circuit: Circuit, _ request: RunRequest) throws {
    let clock = ContinuousClock()
    let start = clock.now
    keys = OutcomeKeys(circuit)
    if request.wantsState || circuit.qubitCount > PauliString.qubitLimit {
      try Self.requireMemory(circuit.qubitCount, request)
    }
    let whole = try Plan(circuit, measuring: .expectations(request.observables))
    let plan = request.wantsState ? whole : whole.pruned
    let planned = clock.now
    state = try StateVector(
      running: plan, precision: request.precision, policy: request.policy, budget: request.budget)
    measurement = plan.measurement
    seconds = ((planned - start) / .seconds(1), (clock.now - planned) / .seconds(1))
  }

  /// Checks that the amplitudes fit the memory; past all memory, says what else runs.
  private static func requireMemory(_ qubitCount: Int, _ request: RunRequest) throws {
    do {
      try StateVector.requireMemory(qubitCount, request.precision, request.budget)
    } catch {
      guard qubitCount > PauliString.qubitLimit else { throw error }
      let cone =
        request.wantsState
        ? ""
        : "; what --expect does not see is left out of at most \(PauliString.qubitLimit) qubits"
      throw CommandFailure.memory(
        "qsim run: \(error)\(cone); \(WideCircuit.remedy("--method stabilizer"))")
    }
  }

  func expectations(of observables: [PauliSum]) throws -> [(value: Double, error: Double?)] {
    guard case .expectations(let measured) = measurement else { return [] }
    return try state.expectations(of: measured).map { ($0, nil) }
  }

  func forEachProbability(above floor: Double, _ body: (BitString, Double) -> Void) throws {
    for basis in 0..<(1 << state.qubitCount) {
      let probability = state.probability(of: basis)
      if probability > floor { body(BitString(basis: basis, count: state.qubitCount), probability) }
    }
  }

  func counts(shots: Int, seed: UInt64) throws -> [String: Int] {
    keys.counts(ofBasisStates: state.counts(shots: shots, seed: seed))
  }

  func amplitudes(_ count: Int) throws -> [RunReport.Amplitude] {
    state.mostProbable(min(count, 1 << state.qubitCount)).map { basis in
      RunReport.Amplitude(
        bits: BitOrder.text(ofQubits: BitString(basis: basis, count: state.qubitCount)),
        value: state.amplitude(of: basis))
    }
  }

  func writeState(to path: String) throws {
    try StateFile.write(qubitCount: state.qubitCount, to: path, of: RunCommand.name) {
      state.amplitude(of: $0)
    }
  }

  func describe(_ report: inout RunReport, entries: Int, floor: Double) throws {
    report.amplitudes = try amplitudes(entries).filter { $0.probability > floor }
  }
}
