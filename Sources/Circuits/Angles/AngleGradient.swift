/// The derivatives of an angle with respect to the weights and inputs that it reads, made once.
///
/// The chain rule through angle expressions: with s = d loss / d angle, d loss / d w gains s · ∂angle/∂w.
package struct AngleGradient: Sendable {
  private let weights: [(index: Int, derivative: Angle)]
  private let inputs: [(index: Int, derivative: Angle)]

  /// Takes the derivatives of `angle`.
  package init(_ angle: Angle) {
    weights = Set(angle.terms.flatMap(\.weights)).sorted().map {
      ($0, angle.derivative(withRespectToWeight: $0))
    }
    inputs = Set(angle.terms.flatMap(\.inputs)).sorted().map {
      ($0, angle.derivative(withRespectToInput: $0))
    }
  }

  /// Adds what a slope with respect to the angle gives to those with respect to weights and inputs.
  package func add(
    _ slope: Double, weights values: [Double], inputs row: [Double],
    toWeights weightGradients: inout [Double], toInputs inputGradients: inout [Double]
  ) {
    for weight in weights {
      weightGradients[weight.index] += slope * weight.derivative.value(weights: values, inputs: row)
    }
    for input in inputs {
      inputGradients[input.index] += slope * input.derivative.value(weights: values, inputs: row)
    }
  }
}
