import Circuits
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
    of function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    guard step > 0, step.isFinite else { throw .badStep(step) }
    let weightCount = function.plan.weightCount
    let inputCount = function.plan.inputCount
    let outputCount = function.plan.outputCount
    // Weights become inputs, so that shifted rows are samples of one batch.
    let plan = try function.derivedPlan("differences") { () throws(SimulationError) in
      try function.planReadingInputs(weightCount + inputCount) {
        $0.substituting(
          weight: { Angle.input($0) }, input: { Angle.input($0 + weightCount) })
      }
    }
    var result = CircuitGradients(
      weights: [Double](repeating: 0, count: weightCount),
      inputs: [Scalar](repeating: 0, count: batch.inputs.count))
    for sample in 0..<batch.count {
      let row = batch.weights.map { Scalar($0) } + batch.row(sample)
      guard !row.isEmpty else { continue }
      var rows: [Scalar] = []
      for index in row.indices {
        for direction in [1.0, -1.0] {
          var shifted = row
          shifted[index] = Scalar(Double(row[index]) + direction * step)
          rows += shifted
        }
      }
      let outputs = try function.outputs(
        of: plan, weights: [], inputs: rows, count: 2 * row.count)
      for index in row.indices {
        // What the shift really was after rounding to the scalar's precision.
        let width =
          Double(rows[2 * index * row.count + index])
          - Double(rows[(2 * index + 1) * row.count + index])
        var derivative = 0.0
        for output in 0..<outputCount {
          let difference =
            Double(outputs[2 * index * outputCount + output])
            - Double(outputs[(2 * index + 1) * outputCount + output])
          derivative += Double(cotangents[sample * outputCount + output]) * difference / width
        }
        if index < weightCount {
          result.weights[index] += derivative
        } else {
          result.inputs[sample * inputCount + index - weightCount] = Scalar(derivative)
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
