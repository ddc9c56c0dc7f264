import Circuits
import Compute
public import Simulation

/// The parameter-shift rule: derivatives as sums of outputs at shifted angles, as a quantum computer can
/// measure them.
///
/// Every symbolic parameter of every gate is shifted by the rule of its own gate: two terms for rotations
/// and phases, four for controlled rotations, what the spectrum of the generator asks for otherwise; see
/// ``ShiftRule``. The chain rule through the angle's expression gives the derivatives with respect to weights
/// and inputs. Exact outputs give exact derivatives; with shots the derivatives are unbiased estimates.
///
/// - Complexity: For each sample two forward passes for each two-term parameter, four for a four-term one, run
///   as one batch. Training on exact outputs is faster by ``Adjoint``.
public struct ParameterShift: GradientMethod {
  /// "parameter-shift".
  public let name = "parameter-shift"
  /// How the outputs are estimated; nil where they are exact.
  public let shots: Shots?

  /// The draws at shifted angles share nothing with those of the outputs at the same seed: a loss that is
  /// not linear in the outputs would have a biased gradient otherwise.
  private static let shiftedShots = RandomPurpose("shots at shifted angles")
  /// The most rows of one batch.
  private static let rowLimit = 8192

  /// Creates the method, with exact outputs or with a number of shots.
  public init(shots: Shots? = nil) { self.shots = shots }

  /// The method with outcomes of the step's own.
  public func advanced(to step: UInt64) -> ParameterShift {
    ParameterShift(shots: shots?.advanced(to: step))
  }

  /// The method with outcomes that `seed` decides too.
  public func mixed(with seed: UInt64) -> ParameterShift {
    ParameterShift(shots: shots?.mixed(with: seed))
  }

  /// The gradients of a loss, from moments at shifted angles.
  ///
  /// - Throws: ``GradientError/simulation(_:)``.
  public func vectorJacobianProduct<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    try jacobian(ofMomentsOf: function, at: batch, combinations: cotangents, rows: 1)
      .summed(weightCount: function.plan.weightCount)
  }

  /// The derivatives of combinations of moments: all of them from the same runs at shifted angles.
  ///
  /// - Throws: ``GradientError/simulation(_:)``.
  public func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    let lifted = LiftedCircuit(function.circuit)
    let occurrences = lifted.occurrences
    let estimate = shots.map {
      ShotEstimate($0, of: function.plan.measurement, for: Self.shiftedShots)
    }
    let plan = try function.derivedPlan(shots == nil ? "lifted" : "lifted terms") {
      () throws(SimulationError) in
      try Plan(
        lifted.operations, qubitCount: function.circuit.qubitCount, weightCount: 0,
        inputCount: occurrences.count, measuring: estimate?.measured ?? function.plan.measurement)
    }
    var result = CircuitJacobian<Scalar>(zerosFor: function, count: batch.count, rows: rows)
    var shiftedRows: [Scalar] = []
    var evaluations: [Evaluation] = []
    var row = 0
    for sample in 0..<batch.count {
      let inputs = batch.row(sample).map { Double($0) }
      let angles = occurrences.map {
        Scalar($0.angle.value(weights: batch.weights, inputs: inputs))
      }
      for (place, occurrence) in occurrences.enumerated() {
        for term in occurrence.rule.terms {
          for sign in [1.0, -1.0] {
            var shifted = angles
            shifted[place] += Scalar(sign * term.shift)
            shiftedRows += shifted
            evaluations.append(
              Evaluation(
                sample: sample, occurrence: place, coefficient: sign * term.coefficient))
          }
        }
      }
      if evaluations.count >= Self.rowLimit || sample == batch.count - 1 {
        let exact = try function.outputs(
          of: plan, weights: [], inputs: shiftedRows, count: evaluations.count)
        let moments =
          estimate?.outputs(exact: exact, count: evaluations.count, firstRow: row) ?? exact
        let slopes = slopes(
          evaluations, moments, combinations, rows, occurrences.count, function.plan.outputCount)
        for (sample, slopes) in slopes {
          add(slopes, occurrences, sample, batch, function, to: &result)
        }
        row += evaluations.count
        shiftedRows = []
        evaluations = []
      }
    }
    return result
  }

  /// A row of the batch, and what its outputs count.
  private struct Evaluation {
    let sample: Int
    let occurrence: Int
    let coefficient: Double
  }

  /// d combination / d angle of the samples evaluated: `[rows, occurrences]` for each.
  private func slopes<Scalar: StateScalar>(
    _ evaluations: [Evaluation], _ moments: [Scalar], _ combinations: [Scalar], _ rows: Int,
    _ occurrenceCount: Int, _ momentCount: Int
  ) -> [Int: [Double]] {
    var slopes: [Int: [Double]] = [:]
    for (place, evaluation) in evaluations.enumerated() {
      let first = evaluation.sample * rows
      for row in 0..<rows {
        var sum = 0.0
        for moment in 0..<momentCount {
          let weight = combinations[(first + row) * momentCount + moment]
          if weight != 0 {
            sum += Double(weight) * Double(moments[place * momentCount + moment])
          }
        }
        slopes[
          evaluation.sample, default: Array(repeating: 0, count: rows * occurrenceCount)][
            row * occurrenceCount + evaluation.occurrence] += evaluation.coefficient * sum
      }
    }
    return slopes
  }

  /// The chain rule through the angles of one sample.
  private func add<Scalar: StateScalar>(
    _ slopes: [Double], _ occurrences: [Occurrence], _ sample: Int, _ batch: SampleBatch<Scalar>,
    _ function: CircuitFunction, to result: inout CircuitJacobian<Scalar>
  ) {
    let (weightCount, inputCount) = (function.plan.weightCount, function.plan.inputCount)
    let inputs = batch.row(sample).map { Double($0) }
    let rows = result.outputCount
    for (place, occurrence) in occurrences.enumerated() {
      for weight in occurrence.weights {
        let derivative = weight.derivative.value(weights: batch.weights, inputs: inputs)
        for row in 0..<rows {
          result.weights[(sample * rows + row) * weightCount + weight.index] +=
            slopes[row * occurrences.count + place] * derivative
        }
      }
      for input in occurrence.inputs {
        let derivative = input.derivative.value(weights: batch.weights, inputs: inputs)
        for row in 0..<rows {
          result.inputs[(sample * rows + row) * inputCount + input.index] += Scalar(
            slopes[row * occurrences.count + place] * derivative)
        }
      }
    }
  }
}

extension GradientMethod where Self == ParameterShift {
  /// The parameter-shift rule on exact outputs.
  public static var parameterShift: ParameterShift { ParameterShift() }

  /// The parameter-shift rule on outputs that `count` shots estimate.
  public static func parameterShift(shots count: Int, seed: UInt64 = 0) -> ParameterShift {
    ParameterShift(shots: Shots(count, seed: seed))
  }
}
