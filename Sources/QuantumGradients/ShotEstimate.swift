import Circuits
import Compute
public import Simulation

/// Outputs as a finite number of measurements estimates them.
///
/// Every Pauli term of an observable is measured by itself: the mean of S outcomes ±1 is drawn from its
/// exact distribution, 2·Binomial(S, (1 + ⟨P⟩) / 2) / S - 1. Probabilities are frequencies of S outcomes. The
/// draws of a row depend on the seed, the purpose and the row's number alone.
struct ShotEstimate {
  let shots: Shots
  /// Tells the draws of different uses of one seed apart.
  let purpose: RandomPurpose
  /// Exact values that the estimate starts from: all terms of all observables, or the probabilities.
  let measured: Measurement
  private let groups: [[(coefficient: Double, value: Int)]]
  private let isProbability: Bool

  /// - Throws: ``GradientError/amplitudesWithShots``.
  init(
    _ shots: Shots, of measurement: Measurement, for purpose: RandomPurpose
  ) throws(GradientError) {
    self.shots = shots
    self.purpose = purpose
    switch measurement {
    case .amplitudes: throw .amplitudesWithShots
    case .probabilities:
      measured = measurement
      groups = []
      isProbability = true
    case .expectations, .variances, .covariances:
      var strings: [PauliSum] = []
      groups = measurement.measuredObservables.map { observable in
        observable.terms.map { term in
          strings.append(PauliSum(term.string))
          return (term.coefficient, strings.count - 1)
        }
      }
      measured = .expectations(strings)
      isProbability = false
    }
  }

  /// The outputs of rows whose exact values are given; `firstRow` numbers the streams.
  func outputs<Scalar: StateScalar>(exact: [Scalar], count: Int, firstRow: Int = 0) -> [Scalar] {
    let width = measured.outputCount
    var result: [Scalar] = []
    for row in 0..<count {
      var stream = RandomStream(
        seed: shots.seed, purpose: purpose, index: UInt64(firstRow + row))
      let values = exact[(row * width)..<((row + 1) * width)].map { Double($0) }
      if isProbability {
        result += frequencies(values, &stream).map { Scalar($0) }
      } else {
        let means = values.map { mean($0, &stream) }
        result += groups.map { group in
          Scalar(group.reduce(0) { $0 + $1.coefficient * means[$1.value] })
        }
      }
    }
    return result
  }

  private func mean(_ expectation: Double, _ stream: inout RandomStream) -> Double {
    let probability = (1 + expectation) / 2
    var ones = 0
    for _ in 0..<shots.count where stream.nextUniform() < probability { ones += 1 }
    return Double(2 * ones - shots.count) / Double(shots.count)
  }

  private func frequencies(_ probabilities: [Double], _ stream: inout RandomStream) -> [Double] {
    var counts = [Double](repeating: 0, count: probabilities.count)
    var sums: [Double] = []
    var total = 0.0
    for probability in probabilities {
      total += max(probability, 0)
      sums.append(total)
    }
    for _ in 0..<shots.count {
      let point = stream.nextUniform() * total
      var low = 0
      var high = sums.count - 1
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > point { high = middle } else { low = middle + 1 }
      }
      counts[low] += 1 / Double(shots.count)
    }
    return counts
  }
}

extension CircuitFunction {
  /// The outputs of every sample as `shots` measurements estimate them: `[count, outputs]`.
  ///
  /// The standard error of an observable Σ c P is at most √(Σ c² / shots). Variances and covariances are read off
  /// moments, every string of A, B and (AB + BA)/2 being estimated by shots of its own: a variance is too small on
  /// average by that of the estimate of ⟨A⟩, at most Σ c² / shots; covariances of different outputs are unbiased.
  ///
  /// - Throws: ``GradientError/simulation(_:)``, or ``GradientError/amplitudesWithShots``.
  public func outputs<Scalar: StateScalar>(
    at batch: SampleBatch<Scalar>, shots: Shots?
  ) throws(GradientError) -> [Scalar] {
    readout.outputs(of: try moments(at: batch, shots: shots))
  }

  /// The moments of every sample, exact or as `shots` measurements estimate them: `[count, moments]`.
  func moments<Scalar: StateScalar>(
    at batch: SampleBatch<Scalar>, shots: Shots?
  ) throws(GradientError) -> [Scalar] {
    guard let shots else { return try moments(at: batch) }
    let estimate = try ShotEstimate(shots, of: measurement.moments, for: .shots)
    guard engine == nil else {
      let exact = try engineOutputs(running: estimate.measured, at: batch)
      return estimate.outputs(exact: exact, count: batch.count)
    }
    let plan = try derivedPlan("terms") { () throws(SimulationError) in
      try Plan(circuit, measuring: estimate.measured)
    }
    let exact = try outputs(
      of: plan, weights: batch.weights, inputs: batch.inputs, count: batch.count)
    return estimate.outputs(exact: exact, count: batch.count)
  }
}
