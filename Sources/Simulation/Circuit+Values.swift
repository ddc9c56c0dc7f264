import Circuits

extension Circuit {
  /// Checks values of the weights and inputs before the circuit is run with them.
  ///
  /// - Throws: ``SimulationError`` if their numbers are not the circuit's or one is not finite.
  func requireValues(weights: [Double], inputs: [Double]) throws(SimulationError) {
    guard weights.count == weightCount else {
      throw .weightCount(found: weights.count, expected: weightCount)
    }
    guard inputs.count == inputCount else {
      throw .inputCount(found: inputs.count, expected: inputCount)
    }
    for value in weights + inputs where !value.isFinite { throw .angleNotFinite(value: value) }
  }
}
