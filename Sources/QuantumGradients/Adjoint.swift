public import Simulation

/// The adjoint method: one backward sweep for all weights, inputs and outputs.
///
/// With λ = Σ cotangent · O |ψ⟩ taken back through the circuit beside |ψ⟩, an operation exp(-iφP) adds
/// 2 Re⟨λ| -iP |ψ⟩ to d loss / dφ. Exact to rounding; needs exact outputs.
///
/// Sources: Jones, Gacon, "Efficient calculation of gradients in classical simulations of variational
/// quantum algorithms", arXiv:2009.02823; Luo et al., arXiv:1912.10877.
///
/// - Complexity: Some three forward passes and two states, whatever the number of weights.
public struct Adjoint: GradientMethod {
  /// "adjoint".
  public let name = "adjoint"

  /// Creates the method.
  public init() {}

  /// The gradients of a loss, by one backward sweep a sample.
  ///
  /// - Throws: ``GradientError/simulation(_:)``.
  public func vectorJacobianProduct<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    let engine = BatchEngine<Scalar>(
      function.plan, policy: function.policy, budget: function.budget)
    var inputGradients = [Scalar](repeating: 0, count: batch.inputs.count)
    do throws(SimulationError) {
      let weights = unsafe try engine.backward(
        weights: batch.weights, inputs: batch.inputs, batch: batch.count, states: nil,
        cotangents: cotangents, inputGradients: &inputGradients)
      return CircuitGradients(weights: weights, inputs: inputGradients)
    } catch {
      throw .simulation(error)
    }
  }
}

extension GradientMethod where Self == Adjoint {
  /// The adjoint method.
  public static var adjoint: Adjoint { Adjoint() }
}
