import QuantumGradients
import Testing

/// The largest difference between an engine's gradients and those of a gradient method, which have as many numbers.
func distance(
  _ found: (weights: [Double], inputs: [Double]), _ other: CircuitGradients<Double>
) -> Double {
  #expect(found.weights.count == other.weights.count && found.inputs.count == other.inputs.count)
  return zip(found.weights + found.inputs, other.weights + other.inputs)
    .map { abs($0 - $1) }.max() ?? 0
}
