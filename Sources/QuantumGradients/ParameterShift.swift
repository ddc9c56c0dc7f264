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

  /// The gradients of a loss, from outputs at shifted angles.
  ///
  /// - Throws: ``GradientError/simulation(_:)``.
  public func vectorJacobianProduct<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    let lifted = LiftedCircuit(function.circuit)
    let occurrences = lifted.occurrences
    let estimate = shots.map {
      ShotEstimate($0, of: function.measurement, for: Self.shiftedShots)
    }
    let plan = try function.derivedPlan(shots == nil ? "lifted" : "lifted terms") {
      () throws(SimulationError) in
      try Plan(
        lifted.operations, qubitCount: function.circuit.qubitCount, weightCount: 0,
        inputCount: occurrences.count, measuring: estimate?.measured ?? function.measurement)
    }
    var result = CircuitGradients(
      weights: [Double](repeating: 0, count: function.plan.weightCount),
      inputs: [Scalar](repeating: 0, count: batch.inputs.count))
    var rows: [Scalar] = []
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
            rows += shifted
            evaluations.append(
              Evaluation(
                sample: sample, occurrence: place, coefficient: sign * term.coefficient))
          }
        }
      }
      if evaluations.count >= Self.rowLimit || sample == batch.count - 1 {
        let exact = try function.outputs(
          of: plan, weights: [], inputs: rows, count: evaluations.count)
        let outputs =
          estimate?.outputs(exact: exact, count: evaluations.count, firstRow: row) ?? exact
        add(evaluations, outputs, cotangents, occurrences, batch, function, to: &result)
        row += evaluations.count
        rows = []
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

  private func add<Scalar: StateScalar>(
    _ evaluations: [Evaluation], _ outputs: [Scalar], _ cotangents: [Scalar],
    _ occurrences: [Occurrence], _ batch: SampleBatch<Scalar>,
    _ function: CircuitFunction, to result: inout CircuitGradients<Scalar>
  ) {
    let outputCount = function.plan.outputCount
    let inputCount = function.plan.inputCount
    // d loss / d angle, by sample and occurrence.
    var slopes: [Int: [Double]] = [:]
    for (row, evaluation) in evaluations.enumerated() {
      var sum = 0.0
      for output in 0..<outputCount {
        sum +=
          Double(cotangents[evaluation.sample * outputCount + output])
          * Double(outputs[row * outputCount + output])
      }
      slopes[evaluation.sample, default: [Double](repeating: 0, count: occurrences.count)][
        evaluation.occurrence] += evaluation.coefficient * sum
    }
    for (sample, slopes) in slopes.sorted(by: { $0.key < $1.key }) {
      let inputs = batch.row(sample).map { Double($0) }
      for (slope, occurrence) in zip(slopes, occurrences) {
        for weight in occurrence.weights {
          result.weights[weight.index] +=
            slope * weight.derivative.value(weights: batch.weights, inputs: inputs)
        }
        for input in occurrence.inputs {
          result.inputs[sample * inputCount + input.index] += Scalar(
            slope * input.derivative.value(weights: batch.weights, inputs: inputs))
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
