package import Circuits
import Compute

extension Circuit {
  /// The circuit with the channels of a noise model.
  ///
  /// - Throws: ``SimulationError/noise(_:)`` if the model does not fit the circuit.
  func noisy(by noise: NoiseModel) throws(SimulationError) -> Circuit {
    do throws(ChannelError) {
      return try noise.applied(to: self)
    } catch {
      throw .noise(error)
    }
  }

  /// Checks `count` rows of inputs and the weights that they share, and gives the rows.
  ///
  /// - Throws: ``SimulationError`` if their numbers are not the circuit's or one is not finite.
  func requireRows(
    weights: [Double], inputs: [Double], count: Int
  ) throws(SimulationError) -> [[Double]] {
    require(count >= 0, "a number of samples is not negative: found \(count)")
    guard inputs.count == count * inputCount else {
      throw .inputCount(found: inputs.count / max(count, 1), expected: inputCount)
    }
    try requireWeights(weights)
    for value in inputs where !value.isFinite { throw .angleNotFinite(value: value) }
    let rows = (0..<count).map { Array(inputs[($0 * inputCount)..<(($0 + 1) * inputCount)]) }
    for (sample, row) in rows.enumerated() {
      try initialState?.requireNorm(sample: sample) { row[$0] }
    }
    return rows
  }

  /// Checks values of the weights and inputs before the circuit is run with them.
  ///
  /// - Throws: ``SimulationError`` if their numbers are not the circuit's or one is not finite.
  func requireValues(weights: [Double], inputs: [Double]) throws(SimulationError) {
    try requireWeights(weights)
    guard inputs.count == inputCount else {
      throw .inputCount(found: inputs.count, expected: inputCount)
    }
    for value in inputs where !value.isFinite { throw .angleNotFinite(value: value) }
    try initialState?.requireNorm(sample: 0) { inputs[$0] }
  }

  private func requireWeights(_ weights: [Double]) throws(SimulationError) {
    guard weights.count == weightCount else {
      throw .weightCount(found: weights.count, expected: weightCount)
    }
    for value in weights where !value.isFinite { throw .angleNotFinite(value: value) }
  }
}

extension InitialState {
  /// Whether its amplitudes are inputs.
  var readsInputs: Bool { inputCount > 0 }

  /// Checks that the inputs of a sample can become amplitudes.
  ///
  /// - Throws: ``SimulationError/inputNorm(sample:norm:)``.
  package func requireNorm(sample: Int, _ input: (Int) -> Double) throws(SimulationError) {
    let squared = squaredNorm(input)
    guard squared.isNormal else { throw .inputNorm(sample: sample, norm: squared.squareRoot()) }
  }
}
