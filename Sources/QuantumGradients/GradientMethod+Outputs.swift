import Compute
public import Simulation

/// The chain rule from moments to outputs, for all methods.
extension GradientMethod {
  /// The gradients of a loss whose derivatives with respect to the outputs are `cotangents`.
  ///
  /// With shots, what variances and covariances need of the moments is estimated too, by draws that share nothing
  /// with those of the derivatives: the gradient is an unbiased estimate.
  ///
  /// - Parameters:
  ///   - function: The circuit and its measurement.
  ///   - batch: Where the derivatives are taken.
  ///   - cotangents: d loss / d outputs, `[count, outputs]`, row by row.
  /// - Returns: The gradients with respect to weights, summed over the batch, and to inputs.
  /// - Throws: ``GradientError`` if the circuit cannot be simulated, or the method cannot take its derivatives.
  public func vectorJacobianProduct<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    try function.validate(batch)
    guard function.readout.isIdentity else {
      return try evaluate(function, at: batch).pullback(cotangents)
    }
    requireCotangents(cotangents.count, function, batch.count)
    return try vectorJacobianProduct(ofMomentsOf: function, at: batch, cotangents: cotangents)
  }

  /// The outputs, exact or estimated as the method says, and the way back from derivatives with respect to them.
  ///
  /// - Throws: ``GradientError`` if the circuit cannot be simulated.
  public func evaluate<Scalar: StateScalar>(
    _ function: CircuitFunction, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> CircuitEvaluation<Scalar> {
    try function.validate(batch)
    let evaluation = try evaluateMoments(of: function, at: batch)
    let readout = function.readout
    return CircuitEvaluation(outputs: readout.outputs(of: evaluation.outputs)) {
      (cotangents) throws(GradientError) in
      requireCotangents(cotangents.count, function, batch.count)
      return try evaluation.pullback(readout.pulledBack(cotangents, at: evaluation.outputs))
    }
  }

  private func requireCotangents(_ found: Int, _ function: CircuitFunction, _ count: Int) {
    let expected = count * function.outputCount
    require(found == expected, "expected \(expected) cotangents, found \(found)")
  }
}
