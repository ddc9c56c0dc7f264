import Hilbert

/// Expectation values estimated from shots: every Pauli product of every observable is measured by itself.
///
/// The estimate of Σ c P is Σ c m, with m the mean of S outcomes ±1 of P; its standard error is
/// √(Σ c² (1 - m²) / (S - 1)), which is an estimate too. Products that occur in several observables are measured for
/// each of them.
struct PauliEstimates {
  let values: [(value: Double, error: Double)]

  /// Draws the outcomes.
  ///
  /// - Throws: `SimulationError` or `GradientError`, if the circuit is not for the device.
  init(
    of circuit: Circuit, _ observables: [PauliSum], on device: any Device, shots: Shots
  ) throws {
    let terms = observables.map { $0.terms.filter { $0.string != .identity } }
    let strings = terms.flatMap { $0.map { PauliSum($0.string) } }
    var means: [Double] = []
    if !strings.isEmpty {
      let function = try CircuitFunction(circuit, measuring: .expectations(strings), on: device)
      means = try function.outputs(
        at: SampleBatch<Double>(weights: [], inputs: []), shots: shots)
    }
    var place = 0
    // One shot says nothing of its error.
    let degrees = Double(shots.count - 1)
    values = zip(observables, terms).map { observable, terms in
      var value = observable.terms.reduce(0.0) {
        $1.string == .identity ? $0 + $1.coefficient : $0
      }
      var variance = 0.0
      for term in terms {
        let mean = means[place]
        value += term.coefficient * mean
        let spread = degrees == 0 ? .infinity : (1 - mean * mean) / degrees
        variance += term.coefficient * term.coefficient * spread
        place += 1
      }
      return (value, variance.squareRoot())
    }
  }
}
