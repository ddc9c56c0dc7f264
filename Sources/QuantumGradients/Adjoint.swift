import Compute
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
    try pullback(function, batch, states: nil, cotangents)
  }

  /// The outputs; the final states are kept for the backward sweep where they are not too large.
  ///
  /// - Throws: ``GradientError/simulation(_:)``.
  public func evaluate<Scalar: StateScalar>(
    _ function: CircuitFunction, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> CircuitEvaluation<Scalar> {
    let plan = function.plan
    do throws(SimulationError) {
      guard batch.inputs.count == batch.count * plan.inputCount else {
        throw .inputCount(
          found: batch.inputs.count / max(batch.count, 1), expected: plan.inputCount)
      }
      var outputs = [Scalar](repeating: 0, count: batch.count * plan.outputCount)
      let states = unsafe try engine(function).forward(
        weights: batch.weights, inputs: batch.inputs, batch: batch.count, outputs: &outputs,
        keepingStates: true)
      return CircuitEvaluation(outputs: outputs) { (cotangents) throws(GradientError) in
        try pullback(function, batch, states: states, cotangents)
      }
    } catch {
      throw .simulation(error)
    }
  }

  private func engine<Scalar: StateScalar>(_ function: CircuitFunction) -> BatchEngine<Scalar> {
    BatchEngine(function.plan, policy: function.policy, budget: function.budget)
  }

  private func pullback<Scalar: StateScalar>(
    _ function: CircuitFunction, _ batch: SampleBatch<Scalar>,
    states: BatchEngine<Scalar>.States?, _ cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    let expected = batch.count * function.plan.outputCount
    require(
      cotangents.count == expected, "expected \(expected) cotangents, found \(cotangents.count)")
    var inputGradients = [Scalar](repeating: 0, count: batch.inputs.count)
    do throws(SimulationError) {
      guard batch.inputs.count == batch.count * function.plan.inputCount else {
        throw .inputCount(
          found: batch.inputs.count / max(batch.count, 1), expected: function.plan.inputCount)
      }
      let weights = unsafe try engine(function).backward(
        weights: batch.weights, inputs: batch.inputs, batch: batch.count, states: states,
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
