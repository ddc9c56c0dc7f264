import Circuits
import ComplexModule
import QuantumGradients
import Simulation
import TestSupport

/// The outputs of measurements and their derivatives, by the definition, from images of dense states.
///
/// Variances and covariances come from images Aψ and Bψ, and never from a product of observables.
struct DenseReadout {
  /// The outputs.
  private(set) var outputs: [Double] = []
  /// The derivatives of each output, by every weight, then every input.
  private(set) var jacobian: [[Double]] = []

  /// At values of the weights and inputs, from |0…0⟩ or from a state that depends on inputs.
  init(
    _ function: CircuitFunction, weights: [Double], inputs: [Double],
    from start: (state: [Complex<Double>], derivatives: [Int: [Complex<Double>]])? = nil
  ) {
    let circuit = function.circuit
    let (state, derivatives) = DenseOperations.runWithDerivatives(
      circuit.lowered(), qubitCount: circuit.qubitCount, weights: weights, inputs: inputs,
      from: start)
    switch function.measurement {
    case .expectations(let observables):
      for observable in observables { addMean(of: observable, state, derivatives) }
    case .variances(let observables):
      for observable in observables { addCovariance(observable, observable, state, derivatives) }
    case .covariances(let observables):
      for row in observables {
        for column in observables { addCovariance(row, column, state, derivatives) }
      }
    case .amplitudes(let states):
      for basis in states {
        outputs += [state[basis].real, state[basis].imaginary]
        jacobian += [derivatives.map(\.[basis].real), derivatives.map(\.[basis].imaginary)]
      }
    case .probabilities(let qubits):
      for outcome in 0..<(1 << qubits.count) {
        let chosen = state.indices.filter { basis in
          qubits.enumerated().allSatisfy {
            basis / (1 << $0.element) % 2 == outcome / (1 << $0.offset) % 2
          }
        }
        outputs.append(chosen.reduce(0) { $0 + state[$1].lengthSquared })
        jacobian.append(
          derivatives.map { derivative in
            chosen.reduce(0) { $0 + 2 * (state[$1].conjugate * derivative[$1]).real }
          })
      }
    }
  }

  private typealias Vector = DenseOperations.Vector

  private static func product(_ a: Vector, _ b: Vector) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0.conjugate * $1.1).real }
  }

  private mutating func addMean(of a: PauliSum, _ state: Vector, _ derivatives: [Vector]) {
    let image = DenseOperations.apply(a, to: state)
    outputs.append(Self.product(state, image))
    jacobian.append(derivatives.map { 2 * Self.product($0, image) })
  }

  /// Re ⟨Aψ|Bψ⟩ - ⟨A⟩⟨B⟩ by the product rule.
  private mutating func addCovariance(
    _ a: PauliSum, _ b: PauliSum, _ state: Vector, _ derivatives: [Vector]
  ) {
    let (left, right) = (
      DenseOperations.apply(a, to: state), DenseOperations.apply(b, to: state)
    )
    let (meanA, meanB) = (Self.product(state, left), Self.product(state, right))
    outputs.append(Self.product(left, right) - meanA * meanB)
    jacobian.append(
      derivatives.map { derivative in
        Self.product(DenseOperations.apply(a, to: derivative), right)
          + Self.product(left, DenseOperations.apply(b, to: derivative))
          - 2 * Self.product(derivative, left) * meanB
          - 2 * meanA * Self.product(derivative, right)
      })
  }
}
