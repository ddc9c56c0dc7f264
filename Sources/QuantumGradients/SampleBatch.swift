import Compute
public import Simulation

/// Where a circuit's outputs are taken: weights that all samples share, and a row of inputs for each.
public struct SampleBatch<Scalar: StateScalar>: Sendable {
  /// The weights, in radians or what the angles make of them.
  public var weights: [Double]
  /// The inputs, `[count, inputs]`, row by row.
  public var inputs: [Scalar]
  /// The number of samples.
  public var count: Int
  /// The number of the evaluation in a training: a device that draws takes draws of its own for each.
  public var evaluation: UInt64 = 0

  /// Creates a batch of `count` samples.
  ///
  /// - Precondition: `inputs` holds as many numbers for each sample.
  public init(weights: [Double], inputs: [Scalar], count: Int) {
    require(
      count >= 0 && (count == 0 ? inputs.isEmpty : inputs.count % count == 0),
      "\(inputs.count) inputs do not make \(count) rows")
    self.weights = weights
    self.inputs = inputs
    self.count = count
  }

  /// Creates the batch of one sample.
  public init(weights: [Double], inputs: [Scalar]) {
    self.init(weights: weights, inputs: inputs, count: 1)
  }

  /// The same batch in double precision, in which engines of devices take it.
  var doubles: SampleBatch<Double> {
    var batch = SampleBatch<Double>(
      weights: weights, inputs: inputs.map { Double($0) }, count: count)
    batch.evaluation = evaluation
    return batch
  }

  /// The inputs of a sample.
  func row(_ sample: Int) -> ArraySlice<Scalar> {
    let width = count == 0 ? 0 : inputs.count / count
    return inputs[(sample * width)..<((sample + 1) * width)]
  }
}

/// The gradients of a real loss that depends on a circuit's outputs.
public struct CircuitGradients<Scalar: StateScalar>: Sendable, Equatable {
  /// d loss / d weights, summed over the batch.
  public var weights: [Double]
  /// d loss / d inputs, `[count, inputs]`.
  public var inputs: [Scalar]
}
