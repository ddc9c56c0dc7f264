public import Simulation

/// Central differences: (f(θ + h) − f(θ − h)) / 2h for every weight and every input.
///
/// Meant as a check that shares nothing with the other methods. The truncation error is O(h²), the rounding
/// error O(ε / h): in double precision a step of 1e-5 leaves about 1e-10; in single precision take 1e-2.
///
/// - Complexity: Two forward passes for each weight and input of each sample, run as one batch.
public struct CentralDifferences: GradientMethod {
  /// "central differences".
  public let name = "central differences"
  /// The step h.
  public let step: Double

  /// Creates the method with a step.
  public init(step: Double = 1e-5) { self.step = step }

  /// The gradients of a loss, from two evaluations for each weight and input.
  ///
  /// - Throws: ``GradientError/badStep(_:)`` or ``GradientError/simulation(_:)``.
  public func vectorJacobianProduct<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    try jacobian(ofMomentsOf: function, at: batch, combinations: cotangents, rows: 1)
      .summed(weightCount: function.plan.weightCount)
  }

  /// The derivatives of combinations of moments, from two evaluations for each weight and input.
  ///
  /// - Throws: ``GradientError/badStep(_:)`` or ``GradientError/simulation(_:)``.
  public func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    guard step > 0, step.isFinite else { throw .badStep(step) }
    let weightCount = function.plan.weightCount
    let inputCount = function.plan.inputCount
    let outputCount = function.plan.outputCount
    let plan = try function.planOfAllInputs()
    var result = CircuitJacobian<Scalar>(zerosFor: function, count: batch.count, rows: rows)
    for sample in 0..<batch.count {
      let point = batch.weights.map { Scalar($0) } + batch.row(sample)
      guard !point.isEmpty else { continue }
      var shifted: [Scalar] = []
      for index in point.indices {
        for direction in [1.0, -1.0] {
          var row = point
          row[index] = Scalar(Double(point[index]) + direction * step)
          shifted += row
        }
      }
      let outputs = try function.outputs(
        of: plan, weights: [], inputs: shifted, count: 2 * point.count)
      for index in point.indices {
        // What the shift really was after rounding to the scalar's precision.
        let width =
          Double(shifted[2 * index * point.count + index])
          - Double(shifted[(2 * index + 1) * point.count + index])
        for row in (sample * rows)..<((sample + 1) * rows) {
          var derivative = 0.0
          for output in 0..<outputCount {
            let difference =
              Double(outputs[2 * index * outputCount + output])
              - Double(outputs[(2 * index + 1) * outputCount + output])
            derivative += Double(combinations[row * outputCount + output]) * difference / width
          }
          if index < weightCount {
            result.weights[row * weightCount + index] = derivative
          } else {
            result.inputs[row * inputCount + index - weightCount] = Scalar(derivative)
          }
        }
      }
    }
    return result
  }
}

extension GradientMethod where Self == CentralDifferences {
  /// Central differences with a step of 1e-5.
  public static var centralDifferences: CentralDifferences { CentralDifferences() }
}
