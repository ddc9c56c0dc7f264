import Circuits
import Simulation

/// The parameter-shift rule for a batch: rows of shifted angles, and the sums of what comes of them.
struct ShiftedRows<Scalar: StateScalar> {
  let lifted: LiftedCircuit
  let batch: SampleBatch<Scalar>
  /// What of the outputs is differentiated: `[count, rowCount, outputs]`.
  let combinations: [Scalar]
  let rowCount: Int
  let weightCount: Int
  /// The inputs that are amplitudes: they follow the angles.
  let embedding: EmbeddedInputs
  /// How outputs are estimated; nil where they are taken as they are.
  let estimate: ShotEstimate?

  /// The most rows of one batch.
  private static var rowLimit: Int { 8192 }

  /// A row of the batch, and what its outputs count.
  private struct Evaluation {
    let sample: Int
    let occurrence: Int
    let coefficient: Double
  }

  /// The derivatives of all combinations, from an engine's outputs at the lifted angles.
  func jacobian(
    _ outputs: EvaluatedRows<Scalar>
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    var result = CircuitJacobian<Scalar>(
      zeros: batch.count, rows: rowCount, weightCount: weightCount,
      inputCount: batch.inputs.count / max(batch.count, 1))
    var rows: [Scalar] = []
    var evaluations: [Evaluation] = []
    var row = 0
    for sample in 0..<batch.count {
      let angles = angles(of: sample)
      for (place, occurrence) in lifted.occurrences.enumerated() {
        for term in occurrence.rule.terms {
          for sign in [1.0, -1.0] {
            var shifted = angles
            shifted[place] += Scalar(sign * term.shift)
            rows += shifted + embedding.values(of: batch.row(sample))
            evaluations.append(
              Evaluation(
                sample: sample, occurrence: place, coefficient: sign * term.coefficient))
          }
        }
      }
      if evaluations.count >= Self.rowLimit || sample == batch.count - 1 {
        let exact = try outputs(rows, evaluations.map(\.sample))
        let values =
          estimate?.outputs(exact: exact, count: evaluations.count, firstRow: row) ?? exact
        add(evaluations, values, to: &result)
        row += evaluations.count
        rows = []
        evaluations = []
      }
    }
    try embedding.addGradients(at: batch, combinations, rows: rowCount, to: &result) {
      (sample, points) throws(GradientError) in
      let angles = angles(of: sample)
      let exact = try outputs(
        points.flatMap { angles + $0 }, Array(repeating: sample, count: points.count))
      defer { row += points.count }
      return estimate?.outputs(exact: exact, count: points.count, firstRow: row) ?? exact
    }
    return result
  }

  private func angles(of sample: Int) -> [Scalar] {
    let inputs = batch.row(sample).map { Double($0) }
    return lifted.occurrences.map {
      Scalar($0.angle.value(weights: batch.weights, inputs: inputs))
    }
  }

  private func add(
    _ evaluations: [Evaluation], _ outputs: [Scalar], to result: inout CircuitJacobian<Scalar>
  ) {
    let width = combinations.count / (batch.count * max(rowCount, 1))
    let inputCount = batch.inputs.count / batch.count
    // d combination / d angle, by sample, `[rowCount, occurrences]`.
    var slopes: [Int: [Double]] = [:]
    let occurrenceCount = lifted.occurrences.count
    for (place, evaluation) in evaluations.enumerated() {
      for row in 0..<rowCount {
        var sum = 0.0
        for output in 0..<width {
          let weight = combinations[(evaluation.sample * rowCount + row) * width + output]
          if weight != 0 { sum += Double(weight) * Double(outputs[place * width + output]) }
        }
        slopes[
          evaluation.sample, default: Array(repeating: 0, count: rowCount * occurrenceCount)][
            row * occurrenceCount + evaluation.occurrence] += evaluation.coefficient * sum
      }
    }
    for (sample, slopes) in slopes.sorted(by: { $0.key < $1.key }) {
      let inputs = batch.row(sample).map { Double($0) }
      for row in 0..<rowCount {
        var weightGradients = [Double](repeating: 0, count: weightCount)
        var inputGradients = [Double](repeating: 0, count: inputCount)
        for (place, occurrence) in lifted.occurrences.enumerated() {
          occurrence.gradient.add(
            slopes[row * occurrenceCount + place], weights: batch.weights, inputs: inputs,
            toWeights: &weightGradients, toInputs: &inputGradients)
        }
        let target = sample * rowCount + row
        for (index, value) in weightGradients.enumerated() {
          result.weights[target * weightCount + index] = value
        }
        for (index, value) in inputGradients.enumerated() {
          result.inputs[target * inputCount + index] = Scalar(value)
        }
      }
    }
  }
}
