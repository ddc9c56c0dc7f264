public import Circuits
import ComplexModule
import RealModule

/// Derivatives of dense states, by carrying them along: the product rule at every operation.
extension DenseOperations {
  /// The final state of a list of operations, and its derivatives by every weight, then every input.
  ///
  /// It starts from |0…0⟩, or from a state that depends on inputs as the derivatives by their indices say.
  public static func runWithDerivatives(
    _ operations: [ElementaryOperation], qubitCount: Int, weights: [Double], inputs: [Double],
    from start: (state: Vector, derivatives: [Int: Vector])? = nil
  ) -> (state: Vector, derivatives: [Vector]) {
    var state = start?.state ?? zeroState(qubitCount)
    let zero = Vector(repeating: .zero, count: state.count)
    var derivatives = Array(repeating: zero, count: weights.count + inputs.count)
    for (input, derivative) in start?.derivatives ?? [:] {
      derivatives[weights.count + input] = derivative
    }
    for operation in operations {
      let angle = value(operation.angle, weights: weights, inputs: inputs)
      state = apply(operation, angle: angle, to: state)
      derivatives = derivatives.map { apply(operation, angle: angle, to: $0) }
      let slopes = slopes(operation.angle, weights: weights, inputs: inputs)
      guard slopes.contains(where: { $0 != 0 }) else { continue }
      let turned = generated(operation, state)
      for (index, slope) in slopes.enumerated() where slope != 0 {
        derivatives[index] = zip(derivatives[index], turned).map { $0 + Complex(slope) * $1 }
      }
    }
    return (state, derivatives)
  }

  /// The derivatives of an angle by every weight, then every input.
  public static func slopes(_ angle: Angle, weights: [Double], inputs: [Double]) -> [Double] {
    var slopes = [Double](repeating: 0, count: weights.count + inputs.count)
    for term in angle.terms {
      let places = term.weights + term.inputs.map { $0 + weights.count }
      let values = term.weights.map { weights[$0] } + term.inputs.map { inputs[$0] }
      for left in places.indices {
        let others = values.indices.filter { $0 != left }
        slopes[places[left]] += others.reduce(term.coefficient) { $0 * values[$1] }
      }
    }
    return slopes
  }

  /// The image of a state under a Pauli sum.
  public static func apply(_ observable: PauliSum, to state: Vector) -> Vector {
    observable.terms.reduce(Vector(repeating: .zero, count: state.count)) { sum, term in
      zip(sum, apply(term.string, to: state)).map { $0 + Complex(term.coefficient) * $1 }
    }
  }

  /// The derivative of an operation by its angle, given the state after it.
  private static func generated(_ operation: ElementaryOperation, _ state: Vector) -> Vector {
    let image: Vector
    switch operation.kind {
    case .rotation(let string): image = apply(string, to: state).map { Complex(0, -0.5) * $0 }
    case .phase: image = state.map { .i * $0 }
    case .pauli, .swap, .matrix: return Vector(repeating: .zero, count: state.count)
    }
    return state.indices.map { basis in
      UInt64(basis) & operation.controls.mask == operation.controls.value ? image[basis] : .zero
    }
  }
}
