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
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    try jacobian(ofMomentsOf: function, at: batch, combinations: cotangents, rows: 1)
      .summed(weightCount: function.weightCount)
  }

  /// The derivatives of combinations of moments, from two evaluations for each weight and input.
  ///
  /// - Throws: ``GradientError/badStep(_:)`` or ``GradientError/simulation(_:)``.
  public func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    if let engine = function.engine(at: batch) {
      let moments = function.measurement.moments
      return try jacobian(
        at: batch.doubles, combinations: combinations.map { Double($0) }, rows: rows,
        outputCount: moments.outputCount,
        engine.rows(running: engine.circuit.readingInputs(), measuring: moments)
      ).converted()
    }
    let plan = try function.planOfAllInputs()
    return try jacobian(
      at: batch, combinations: combinations, rows: rows, outputCount: plan.outputCount
    ) { (rows, samples) throws(GradientError) in
      try function.outputs(of: plan, weights: [], inputs: rows, count: samples.count)
    }
  }

  /// The gradients of a loss through any engine, noise among what it runs.
  ///
  /// Where outputs are drawn, all runs of a sample share their random numbers; operators whose probabilities depend on
  /// the angles are then drawn otherwise at some shifts, and the error grows as the step shrinks: take
  /// ``ParameterShift`` or the engine's own gradient there.
  ///
  /// - Parameters:
  ///   - engine: What runs the circuit.
  ///   - batch: Where the derivatives are taken.
  ///   - cotangents: d loss / d outputs, `[count, outputs]`, row by row.
  /// - Returns: The gradients with respect to weights, summed over the batch, and to inputs.
  /// - Throws: ``GradientError/badStep(_:)`` or ``GradientError/simulation(_:)``.
  public func vectorJacobianProduct(
    of engine: some CircuitEngine, at batch: SampleBatch<Double>, cotangents: [Double]
  ) throws(GradientError) -> CircuitGradients<Double> {
    let combinations = try engine.momentCotangents(batch, cotangents)
    let moments = engine.measurement.moments
    return try jacobian(
      at: batch, combinations: combinations, rows: 1, outputCount: moments.outputCount,
      engine.rows(running: engine.circuit.readingInputs(), measuring: moments)
    ).summed(weightCount: batch.weights.count)
  }

  private func jacobian<Scalar: StateScalar>(
    at batch: SampleBatch<Scalar>, combinations: [Scalar], rows: Int, outputCount: Int,
    _ evaluate: EvaluatedRows<Scalar>
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    guard step > 0, step.isFinite else { throw .badStep(step) }
    let weightCount = batch.weights.count
    let inputCount = batch.inputs.count / max(batch.count, 1)
    var result = CircuitJacobian<Scalar>(
      zeros: batch.count, rows: rows, weightCount: weightCount, inputCount: inputCount)
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
      let outputs = try evaluate(shifted, Array(repeating: sample, count: 2 * point.count))
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
