public import Simulation

/// A way to take derivatives of a circuit's outputs.
///
/// The vector-Jacobian product is the primitive: from d loss / d outputs to d loss / d weights and
/// d loss / d inputs, at a cost that need not depend on the number of outputs. A method differentiates moments, what is
/// linear in |ψ⟩⟨ψ|; the chain rule from there to outputs is applied once for all methods.
public protocol GradientMethod: Sendable {
  /// The name of the method, for people.
  var name: String { get }
  /// How outputs are estimated, by the forward pass too; nil where they are exact.
  var shots: Shots? { get }

  /// The gradients of a loss whose derivatives with respect to the moments of a function are `cotangents`.
  ///
  /// Moments are the linear measurement that outputs are read off; see ``Simulation/Measurement/moments``. For
  /// expectation values and probabilities they are the outputs.
  ///
  /// - Parameters:
  ///   - function: The circuit and its measurement.
  ///   - batch: Where the derivatives are taken.
  ///   - cotangents: d loss / d moments, `[count, function.momentCount]`, row by row.
  /// - Returns: The gradients with respect to weights, summed over the batch, and to inputs.
  /// - Throws: ``GradientError`` if the circuit cannot be simulated, or the method cannot take its
  ///   derivatives.
  func vectorJacobianProduct<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar>

  /// The derivatives of several combinations of the moments of every sample.
  ///
  /// - Parameters:
  ///   - function: The circuit and its measurement.
  ///   - batch: Where the derivatives are taken.
  ///   - combinations: What each moment counts, `[count, rows, function.momentCount]`.
  ///   - rows: The combinations of each sample.
  /// - Returns: The derivatives of the combinations; nothing is summed over samples.
  /// - Throws: ``GradientError`` as the vector-Jacobian product.
  func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar>

  /// The moments, exact or estimated as the method says, and the way back from derivatives with respect to them.
  ///
  /// - Throws: ``GradientError`` if the circuit cannot be simulated.
  func evaluateMoments<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> CircuitEvaluation<Scalar>

  /// The method for the evaluation number `step`: with shots, one that draws outcomes of its own.
  func advanced(to step: UInt64) -> Self

  /// The method for one of several users of one seed, as the layers of a model are: with shots, one that
  /// draws outcomes of its own.
  func mixed(with seed: UInt64) -> Self
}

/// The outputs of a circuit for a batch, and the vector-Jacobian product at the same place.
public struct CircuitEvaluation<Scalar: StateScalar> {
  /// The outputs, `[count, outputs]`, row by row.
  public let outputs: [Scalar]
  /// From d loss / d outputs to the gradients of weights and inputs.
  public let pullback: ([Scalar]) throws(GradientError) -> CircuitGradients<Scalar>

  /// Creates an evaluation.
  public init(
    outputs: [Scalar],
    pullback: @escaping ([Scalar]) throws(GradientError) -> CircuitGradients<Scalar>
  ) {
    self.outputs = outputs
    self.pullback = pullback
  }
}

extension GradientMethod {
  /// Exact outputs.
  public var shots: Shots? { nil }

  /// The method itself: exact outputs need no new outcomes.
  public func advanced(to step: UInt64) -> Self { self }

  /// The method itself: exact outputs need no outcomes.
  public func mixed(with seed: UInt64) -> Self { self }

  /// The moments, and the method's vector-Jacobian product.
  ///
  /// - Throws: ``GradientError`` if the circuit cannot be simulated.
  public func evaluateMoments<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> CircuitEvaluation<Scalar> {
    CircuitEvaluation(outputs: try function.moments(at: batch, shots: shots)) {
      (cotangents) throws(GradientError) in
      try vectorJacobianProduct(ofMomentsOf: function, at: batch, cotangents: cotangents)
    }
  }
}

extension Device {
  /// How gradients are taken on this device unless one says otherwise: by a backward sweep where it can, else by the
  /// parameter-shift rule.
  public var gradientMethod: any GradientMethod {
    abilities.contains(.reverseSweep) ? Adjoint() : ParameterShift()
  }
}
