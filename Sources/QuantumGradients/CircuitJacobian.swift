public import Simulation

/// The derivatives of every output of every sample with respect to every weight and every input.
public struct CircuitJacobian<Scalar: StateScalar>: Sendable, Equatable {
  /// The number of outputs of a sample.
  public let outputCount: Int
  /// d outputs / d weights, `[count, outputs, weights]`, the last index running fastest.
  public var weights: [Double]
  /// d outputs / d inputs of the same sample, `[count, outputs, inputs]`.
  public var inputs: [Scalar]

  /// Creates a Jacobian from its numbers.
  public init(outputCount: Int, weights: [Double], inputs: [Scalar]) {
    self.outputCount = outputCount
    self.weights = weights
    self.inputs = inputs
  }

  /// Zeros for `count` samples.
  init(zeros count: Int, rows: Int, weightCount: Int, inputCount: Int) {
    self.init(
      outputCount: rows, weights: Array(repeating: 0, count: count * rows * weightCount),
      inputs: Array(repeating: 0, count: count * rows * inputCount))
  }

  /// The same numbers in another precision.
  func converted<Other: StateScalar>() -> CircuitJacobian<Other> {
    CircuitJacobian<Other>(
      outputCount: outputCount, weights: weights, inputs: inputs.map { Other(Double($0)) })
  }

  /// The gradients of the sum of the rows of every sample, where each has one.
  func summed(weightCount: Int) -> CircuitGradients<Scalar> {
    var sums = [Double](repeating: 0, count: weightCount)
    for (place, value) in weights.enumerated() { sums[place % weightCount] += value }
    return CircuitGradients(weights: sums, inputs: inputs)
  }
}

extension GradientMethod {
  /// The derivatives of every output of every sample with respect to every weight and every input.
  ///
  /// ```swift
  /// let jacobian = try Adjoint().jacobian(of: function, at: batch)
  /// let slope = jacobian.weights[(sample * function.outputCount + output) * weightCount + weight]
  /// ```
  ///
  /// - Returns: Arrays of the shapes `[count, outputs, weights]` and `[count, outputs, inputs]`.
  /// - Throws: ``GradientError`` if the circuit cannot be simulated, or the method cannot take its derivatives.
  /// - Complexity: By ``Adjoint`` one backward sweep for each output of each sample, those of small circuits as the
  ///   lanes of tiles, those of large ones after one forward pass; by ``ParameterShift`` and ``CentralDifferences``
  ///   the runs of one vector-Jacobian product.
  public func jacobian<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    try function.validate(batch)
    let rows = function.outputCount
    var units = [Scalar](repeating: 0, count: batch.count * rows * rows)
    for sample in 0..<batch.count {
      for row in 0..<rows { units[(sample * rows + row) * rows + row] = 1 }
    }
    let readout = function.readout
    let moments = readout.isIdentity ? [] : try function.moments(at: batch, shots: shots)
    return try jacobian(
      ofMomentsOf: function, at: batch,
      combinations: readout.pulledBack(units, at: moments, copies: rows), rows: rows)
  }

  /// The derivatives of every output with respect to every weight, for one sample: `[outputs, weights]`.
  ///
  /// - Throws: ``GradientError`` as ``jacobian(of:at:)``.
  public func jacobian(
    of function: CircuitFunction, weights: [Double], inputs: [Double]
  ) throws(GradientError) -> [[Double]] {
    let jacobian = try jacobian(
      of: function, at: SampleBatch(weights: weights, inputs: inputs))
    let width = function.weightCount
    return (0..<function.outputCount).map {
      Array(jacobian.weights[($0 * width)..<(($0 + 1) * width)])
    }
  }

  /// The derivatives of combinations of moments, by a vector-Jacobian product for each.
  ///
  /// - Throws: ``GradientError`` as the vector-Jacobian product.
  public func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    try jacobianOneByOne(
      ofMomentsOf: function, at: batch, combinations: combinations, rows: rows)
  }

  /// One evaluation for each sample, and a vector-Jacobian product for each combination.
  func jacobianOneByOne<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    let width = function.momentCount
    var result = CircuitJacobian<Scalar>(outputCount: rows, weights: [], inputs: [])
    for sample in 0..<batch.count {
      var single = SampleBatch(weights: batch.weights, inputs: Array(batch.row(sample)))
      single.evaluation = batch.evaluation
      let evaluation = try evaluateMoments(of: function, at: single)
      for row in (sample * rows)..<((sample + 1) * rows) {
        let gradients = try evaluation.pullback(
          Array(combinations[(row * width)..<((row + 1) * width)]))
        result.weights += gradients.weights
        result.inputs += gradients.inputs
      }
    }
    return result
  }
}
