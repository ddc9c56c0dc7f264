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
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func vectorJacobianProduct<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    guard let plan = function.plan else { return try function.sweepBack(cotangents, at: batch) }
    return try pullback(plan, function, batch, states: nil, cotangents)
  }

  /// The moments; the final states are kept for the backward sweep where they are not too large.
  ///
  /// - Throws: ``GradientError/simulation(_:)``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func evaluateMoments<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> CircuitEvaluation<Scalar> {
    guard let plan = function.plan else {
      return CircuitEvaluation(outputs: try function.moments(at: batch)) {
        (cotangents) throws(GradientError) in
        try function.sweepBack(cotangents, at: batch)
      }
    }
    do throws(SimulationError) {
      var outputs = [Scalar](repeating: 0, count: batch.count * plan.outputCount)
      let states = unsafe try engine(plan, function).forward(
        weights: batch.weights, inputs: batch.inputs, batch: batch.count, outputs: &outputs,
        keepingStates: true)
      return CircuitEvaluation(outputs: outputs) { (cotangents) throws(GradientError) in
        try pullback(plan, function, batch, states: states, cotangents)
      }
    } catch {
      throw .simulation(error)
    }
  }

  /// The derivatives of combinations of moments: the combinations are lanes of tiles or, of large circuits, share the
  /// forward pass of their sample.
  ///
  /// - Throws: ``GradientError/simulation(_:)``.
  public func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    var result = CircuitJacobian<Scalar>(outputCount: rows, weights: [], inputs: [])
    guard rows > 0 else { return result }
    guard let plan = function.plan else {
      return try jacobianOneByOne(
        ofMomentsOf: function, at: batch, combinations: combinations, rows: rows)
    }
    let samplesAtOnce = max(1, min(batch.count, Self.rowLimit / rows))
    let original: BatchEngine<Scalar> = engine(plan, function)
    guard original.runsAsTiles(batch: samplesAtOnce * rows) else {
      return try jacobianOneByOne(
        ofMomentsOf: function, at: batch, combinations: combinations, rows: rows)
    }
    for first in stride(from: 0, to: batch.count, by: samplesAtOnce) {
      let samples = first..<min(first + samplesAtOnce, batch.count)
      let inputs = samples.flatMap { sample in (0..<rows).flatMap { _ in batch.row(sample) } }
      let width = rows * plan.outputCount
      let cotangents = Array(
        combinations[(samples.lowerBound * width)..<(samples.upperBound * width)])
      do throws(SimulationError) {
        let gradients = try original.backwardByRow(
          weights: batch.weights, inputs: inputs, batch: samples.count * rows,
          cotangents: cotangents)
        result.weights += gradients.weights
        result.inputs += gradients.inputs
      } catch {
        throw .simulation(error)
      }
    }
    return result
  }

  /// The most lanes of one batch of combinations.
  private static let rowLimit = 8192

  private func engine<Scalar: StateScalar>(
    _ plan: Plan, _ function: CircuitFunction
  ) -> BatchEngine<Scalar> {
    BatchEngine(plan, policy: function.policy, budget: function.budget)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func pullback<Scalar: StateScalar>(
    _ plan: Plan, _ function: CircuitFunction, _ batch: SampleBatch<Scalar>,
    states: BatchEngine<Scalar>.States?, _ cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    var inputGradients = [Scalar](repeating: 0, count: batch.inputs.count)
    do throws(SimulationError) {
      let weights = unsafe try engine(plan, function).backward(
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
