import Circuits
import Compute
public import Simulation

/// Simultaneous perturbation (SPSA): differences along random directions, two evaluations whatever the number of
/// weights and inputs.
///
/// A repetition draws signs Δᵢ = ±1, each with probability 1/2, and estimates ∂f/∂xᵢ by
/// (f(x + cΔ) - f(x - cΔ)) / (2c) · Δᵢ; the estimate is the mean over ``repetitions``. Its mean is the gradient up to
/// O(c²); the variance of component i over R repetitions is (Σ_{j≠i} (∂f/∂xⱼ)²) / R, besides that of shots. It is an
/// estimate: take it where two evaluations a step are all that can be paid, not where ``Adjoint`` is at hand.
///
/// Source: Spall, "Multivariate stochastic approximation using a simultaneous perturbation gradient approximation",
/// IEEE Transactions on Automatic Control 37, 332 (1992).
///
/// - Complexity: 2R forward passes of each sample, run as one batch.
public struct SimultaneousPerturbation: GradientMethod {
  /// "simultaneous perturbation".
  public let name = "simultaneous perturbation"
  /// The step c along each direction, in radians.
  public let step: Double
  /// The directions R that the estimate is the mean of.
  public let repetitions: Int
  /// What decides the directions.
  public let seed: UInt64
  /// How the outputs are estimated; nil where they are exact.
  public let shots: Shots?

  private static let directions = RandomPurpose("directions of simultaneous perturbation")
  private static let mixing = RandomPurpose("seeds of simultaneous perturbation")
  /// The draws of shots share nothing with those of the outputs at the same seed.
  private static let perturbedShots = RandomPurpose("shots at perturbed angles")
  /// The most numbers of one batch.
  private static let numberLimit = 1 << 22

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - step: The step c; positive. Small ones have little bias, and with shots much noise.
  ///   - repetitions: The directions R.
  ///   - seed: What decides the directions.
  ///   - shots: How the outputs are estimated; nil for exact ones.
  /// - Precondition: There is at least one repetition.
  public init(
    step: Double = 0.1, repetitions: Int = 1, seed: UInt64 = 0, shots: Shots? = nil
  ) {
    require(repetitions >= 1, "repetitions: found \(repetitions), expected at least 1")
    self.step = step
    self.repetitions = repetitions
    self.seed = seed
    self.shots = shots
  }

  /// The method with directions, and outcomes, of the step's own.
  public func advanced(to step: UInt64) -> SimultaneousPerturbation {
    SimultaneousPerturbation(
      step: self.step, repetitions: repetitions, seed: seed &+ step &* 0x9E37_79B9_7F4A_7C15,
      shots: shots?.advanced(to: step))
  }

  /// The method with directions, and outcomes, that `other` decides too.
  public func mixed(with other: UInt64) -> SimultaneousPerturbation {
    var stream = RandomStream(seed: seed, purpose: Self.mixing, index: other)
    return SimultaneousPerturbation(
      step: step, repetitions: repetitions, seed: stream.next(), shots: shots?.mixed(with: other))
  }

  /// The estimated gradients of a loss.
  ///
  /// - Throws: ``GradientError/badStep(_:)``, ``GradientError/simulation(_:)``, or
  ///   ``GradientError/amplitudesWithShots``.
  public func vectorJacobianProduct<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    try jacobian(ofMomentsOf: function, at: batch, combinations: cotangents, rows: 1)
      .summed(weightCount: function.weightCount)
  }

  /// The estimated derivatives of combinations of moments: all of them from the same runs.
  ///
  /// - Throws: As the vector-Jacobian product.
  public func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    guard step > 0, step.isFinite else { throw .badStep(step) }
    let (weightCount, inputCount) = (function.weightCount, function.inputCount)
    var result = CircuitJacobian<Scalar>(
      zeros: batch.count, rows: rows, weightCount: weightCount, inputCount: inputCount)
    let width = weightCount + inputCount
    guard width > 0 else { return result }
    let evaluate = try evaluation(of: function, at: batch)
    let chunk = max(1, Self.numberLimit / (2 * width))
    let momentCount = function.momentCount
    for sample in 0..<batch.count {
      let point = batch.weights + batch.row(sample).map { Double($0) }
      for first in stride(from: 0, to: repetitions, by: chunk) {
        let numbers = first..<min(first + chunk, repetitions)
        let signs = numbers.map { direction(sample * repetitions + $0, count: width) }
        var points: [Scalar] = []
        points.reserveCapacity(2 * signs.count * width)
        for sign in signs {
          for side in [step, -step] {
            for (value, sign) in zip(point, sign) { points.append(Scalar(value + side * sign)) }
          }
        }
        let outputs = try evaluate(points, Array(repeating: sample, count: 2 * signs.count))
        for (pair, sign) in signs.enumerated() {
          for row in 0..<rows {
            let place = sample * rows + row
            var slope = 0.0
            for moment in 0..<momentCount {
              let difference =
                Double(outputs[2 * pair * momentCount + moment])
                - Double(outputs[(2 * pair + 1) * momentCount + moment])
              slope += Double(combinations[place * momentCount + moment]) * difference
            }
            slope /= 2 * step * Double(repetitions)
            for (index, sign) in sign.enumerated() {
              if index < weightCount {
                result.weights[place * weightCount + index] += slope * sign
              } else {
                result.inputs[place * inputCount + index - weightCount] += Scalar(slope * sign)
              }
            }
          }
        }
      }
    }
    return result
  }

  /// The signs of one repetition.
  private func direction(_ number: Int, count: Int) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: Self.directions, index: UInt64(number))
    var bits: UInt64 = 0
    return (0..<count).map { place in
      if place.isMultiple(of: 64) { bits = stream.next() }
      defer { bits >>= 1 }
      return bits & 1 == 0 ? 1 : -1
    }
  }

  /// The moments at rows of weights and inputs, exact or estimated.
  private func evaluation<Scalar: StateScalar>(
    of function: CircuitFunction, at batch: SampleBatch<Scalar>
  ) throws(GradientError) -> EvaluatedRows<Scalar> {
    let moments = function.measurement.moments
    var estimate: ShotEstimate?
    if let shots {
      estimate = try ShotEstimate(shots, of: moments, for: Self.perturbedShots)
    }
    var row = 0
    func estimated(_ exact: [Scalar], _ count: Int) -> [Scalar] {
      defer { row += count }
      return estimate?.outputs(exact: exact, count: count, firstRow: row) ?? exact
    }
    if let engine = function.engine(at: batch) {
      let rows = try engine.rows(
        running: engine.circuit.readingInputs(), measuring: estimate?.measured ?? moments)
      return { (points, samples) throws(GradientError) in
        let exact = try rows(points.map { Double($0) }, samples)
        return estimated(exact.map { Scalar($0) }, samples.count)
      }
    }
    let plan = try plan(of: function, measuring: estimate?.measured)
    return { (points, samples) throws(GradientError) in
      let exact = try function.outputs(
        of: plan, weights: [], inputs: points, count: samples.count)
      return estimated(exact, samples.count)
    }
  }

  private func plan(
    of function: CircuitFunction, measuring terms: Measurement?
  ) throws(GradientError) -> Plan {
    guard let terms else { return try function.planOfAllInputs() }
    return try function.derivedPlan("all inputs, terms") { () throws(SimulationError) in
      try Plan(function.circuit.readingInputs(), measuring: terms)
    }
  }
}

extension GradientMethod where Self == SimultaneousPerturbation {
  /// Simultaneous perturbation along `repetitions` directions, on exact outputs.
  public static func simultaneousPerturbation(
    repetitions: Int = 1, seed: UInt64 = 0
  ) -> SimultaneousPerturbation {
    SimultaneousPerturbation(repetitions: repetitions, seed: seed)
  }
}
