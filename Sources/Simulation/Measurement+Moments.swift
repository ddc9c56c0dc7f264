import Circuits

/// What single states say of observables beside their means, from the moments that ``Readout`` knows.
extension Measurement {
  /// The variance of an observable in a state of so many qubits that gives expectation values; rounding leaves none
  /// below zero.
  static func variance(
    of observable: PauliSum, _ qubitCount: Int,
    by expectations: ([PauliSum]) throws(SimulationError) -> [Double]
  ) throws(SimulationError) -> Double {
    let variance = try Measurement.variances([observable]).outputs(qubitCount, expectations)[0]
    // Rounding may leave a variance of 0 a little below; what is no number stays none.
    return variance < 0 ? 0 : variance
  }

  /// The covariance of two observables.
  static func covariance(
    of a: PauliSum, _ b: PauliSum, _ qubitCount: Int,
    by expectations: ([PauliSum]) throws(SimulationError) -> [Double]
  ) throws(SimulationError) -> Double {
    try Measurement.covariances([a, b]).outputs(qubitCount, expectations)[1]
  }

  private func outputs(
    _ qubitCount: Int, _ expectations: ([PauliSum]) throws(SimulationError) -> [Double]
  ) throws(SimulationError) -> [Double] {
    try validate(qubitCount: qubitCount)
    return Readout(self).outputs(of: try expectations(measuredObservables))
  }
}
