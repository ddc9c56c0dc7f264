import Circuits
import Simulation

/// The inputs of a circuit that are amplitudes, and their derivatives from outputs at other inputs.
///
/// An output f is a function of x / ‖x‖, in which expectations and probabilities are quadratic, amplitudes linear: with
/// d = 2 or 1 the function h(x) = ‖x‖ᵈ f(x / ‖x‖) is a form of degree d, so that
/// ∂h/∂x_b = (h(x + s e_b) - h(x - s e_b)) / 2s exactly, for any s. Here s = ‖x‖ / 2, which keeps every row away from 0.
/// Then ∂f/∂x_b = (∂h/∂x_b) / ‖x‖ᵈ - d x_b f / ‖x‖².
struct EmbeddedInputs {
  /// Their indices.
  let indices: Range<Int>
  /// d: 1 for amplitudes, otherwise 2.
  let degree: Int
  private let state: InitialState?
  private let inputCount: Int

  /// The most numbers of one batch.
  private static let numberLimit = 1 << 22

  init(_ circuit: Circuit, measuring measurement: Measurement) {
    state = circuit.initialState
    indices = if case .inputs(let indices, _) = state?.source { indices } else { 0..<0 }
    degree = if case .amplitudes = measurement { 1 } else { 2 }
    inputCount = circuit.inputCount
  }

  /// The initial state of a circuit that reads them from `first` on.
  func state(readingFrom first: Int) -> InitialState? {
    state?.renumbered(inputsFrom: first - indices.lowerBound)
  }

  /// Their values in a row of all inputs.
  func values<Scalar>(of row: ArraySlice<Scalar>) -> ArraySlice<Scalar> {
    row[(row.startIndex + indices.lowerBound)..<(row.startIndex + indices.upperBound)]
  }

  /// Adds the derivatives of combinations of outputs with respect to them.
  ///
  /// - Parameters:
  ///   - batch: Where they are taken.
  ///   - combinations: What each output counts: `[count, rows, outputs]`.
  ///   - rows: The combinations of a sample.
  ///   - result: What is added to.
  ///   - outputs: The outputs of a sample at other values of them, at the sample's angles.
  /// - Throws: What `outputs` throws.
  func addGradients<Scalar: StateScalar>(
    at batch: SampleBatch<Scalar>, _ combinations: [Scalar], rows: Int,
    to result: inout CircuitJacobian<Scalar>,
    outputs: (_ sample: Int, _ points: [[Scalar]]) throws(GradientError) -> [Scalar]
  ) throws(GradientError) {
    guard let state, !indices.isEmpty else { return }
    let outputCount = combinations.count / max(batch.count * rows, 1)
    for sample in 0..<batch.count {
      let inputs = batch.row(sample).map { Double($0) }
      let center = Array(values(of: batch.row(sample)))
      let squared = state.squaredNorm { inputs[$0] }
      let step = squared.squareRoot() / 2
      func combined(_ outputs: [Scalar], _ point: Int, _ row: Int) -> Double {
        (0..<outputCount).reduce(0) { sum, output in
          sum + Double(combinations[row * outputCount + output])
            * Double(outputs[point * outputCount + output])
        }
      }
      let value = try outputs(sample, [center])
      let chunk = max(1, Self.numberLimit / (2 * max(1, center.count)))
      for start in stride(from: 0, to: center.count, by: chunk) {
        let places = start..<min(start + chunk, center.count)
        var points: [[Scalar]] = []
        // ‖x ± s e‖ᵈ / ‖x‖ᵈ over what the shift was after rounding.
        var factors: [Double] = []
        for place in places {
          let old = Double(center[place])
          let shifted = [Scalar(old + step), Scalar(old - step)]
          let distance = Double(shifted[0]) - Double(shifted[1])
          for (number, sign) in zip(shifted, [1.0, -1.0]) {
            var point = center
            point[place] = number
            points.append(point)
            let ratio = (squared - old * old + Double(number) * Double(number)) / squared
            factors.append(sign * (degree == 2 ? ratio : ratio.squareRoot()) / distance)
          }
        }
        let found = try outputs(sample, points)
        for (pair, place) in places.enumerated() {
          for row in (sample * rows)..<((sample + 1) * rows) {
            let derivative =
              factors[2 * pair] * combined(found, 2 * pair, row)
              + factors[2 * pair + 1] * combined(found, 2 * pair + 1, row)
              - Double(degree) * Double(center[place]) * combined(value, 0, row) / squared
            result.inputs[row * inputCount + indices.lowerBound + place] += Scalar(derivative)
          }
        }
      }
    }
  }
}

extension CircuitFunction {
  /// The plan whose weights are the angles that are shifted, and whose inputs are the embedded ones.
  func planOfEmbeddedInputs(
    _ embedding: EmbeddedInputs, measuring terms: Measurement?
  ) throws(GradientError) -> Plan {
    let lifted = lifted
    return try derivedPlan("embedded inputs\(terms == nil ? "" : ", terms")") {
      () throws(SimulationError) in
      try Plan(
        lifted.operations(shifting: 0..<0), qubitCount: circuit.qubitCount,
        weightCount: lifted.occurrences.count, inputCount: embedding.indices.count,
        measuring: terms ?? measurement.moments, startingFrom: embedding.state(readingFrom: 0))
    }
  }
}

extension Circuit {
  /// Checks that the inputs of a batch that are to be amplitudes have a norm.
  func requireNorms<Scalar: StateScalar>(
    of batch: SampleBatch<Scalar>
  ) throws(GradientError) {
    guard let initialState else { return }
    do throws(SimulationError) {
      for sample in 0..<batch.count {
        let row = batch.row(sample)
        try initialState.requireNorm(sample: sample) { Double(row[row.startIndex + $0]) }
      }
    } catch {
      throw .simulation(error)
    }
  }
}
