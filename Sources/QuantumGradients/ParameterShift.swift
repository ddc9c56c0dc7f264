import Circuits
import Compute
public import Simulation

/// The parameter-shift rule: derivatives as sums of outputs at shifted angles, as a quantum computer can
/// measure them.
///
/// Every symbolic parameter of every gate is shifted by the rule of its own gate: two terms for rotations
/// and phases, four for controlled rotations, what the spectrum of the generator asks for otherwise; see
/// ``ShiftRule``. The chain rule through the angle's expression gives the derivatives with respect to weights
/// and inputs. Inputs that are amplitudes have a rule of their own: an output times a power of their norm is a form of
/// degree one or two in them, of which differences are exact. Exact outputs give exact derivatives; with shots the
/// derivatives are unbiased estimates.
///
/// - Complexity: For each sample one forward pass for each parameter of one rotation or phase, whose state serves both
///   shifts (ψ(θ ± π/2) = (ψ(θ) ± ψ(θ + π)) / √2), and four for a four-term one; on other engines than state vectors, and
///   for amplitudes, one for each shift. Where samples run as tiles, as many parameters as a tile has lanes are shifted
///   in one run, and what depends on the others is computed once. Training on exact outputs is faster by ``Adjoint``.
public struct ParameterShift: GradientMethod {
  /// "parameter-shift".
  public let name = "parameter-shift"
  /// How the outputs are estimated; nil where they are exact.
  public let shots: Shots?

  /// The draws at shifted angles share nothing with those of the outputs at the same seed: a loss that is
  /// not linear in the outputs would have a biased gradient otherwise.
  private static let shiftedShots = RandomPurpose("shots at shifted angles")
  /// The most rows that are evaluated at a time.
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
  /// - Throws: ``GradientError/simulation(_:)``, or ``GradientError/amplitudesWithShots``.
  public func vectorJacobianProduct<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, cotangents: [Scalar]
  ) throws(GradientError) -> CircuitGradients<Scalar> {
    try jacobian(ofMomentsOf: function, at: batch, combinations: cotangents, rows: 1)
      .summed(weightCount: function.weightCount)
  }

  /// The derivatives of combinations of moments: all of them from the same runs at shifted angles.
  ///
  /// - Throws: ``GradientError/simulation(_:)``, or ``GradientError/amplitudesWithShots``.
  public func jacobian<Scalar: StateScalar>(
    ofMomentsOf function: CircuitFunction, at batch: SampleBatch<Scalar>, combinations: [Scalar],
    rows: Int
  ) throws(GradientError) -> CircuitJacobian<Scalar> {
    let moments = function.measurement.moments
    let estimate = try estimate(of: moments)
    let embedding = EmbeddedInputs(function.circuit, measuring: function.measurement)
    if let engine = function.engine(at: batch) {
      let shift = ShiftedRows(
        lifted: function.lifted, batch: batch.doubles, combinations: Self.doubles(combinations),
        rowCount: rows, weightCount: function.weightCount, embedding: embedding,
        estimate: estimate)
      return try shift.jacobian(
        engine.rows(
          running: function.lifted.circuit, measuring: estimate?.measured ?? moments)
      ).converted()
    }
    let occurrences = function.lifted.occurrences
    let chunks = try ShiftedChunk.all(
      of: function, embedding: embedding, measuring: estimate?.measured, Scalar.self)
    let rowCount = chunks.reduce(0) { $0 + $1.shifts.count }
    var result = CircuitJacobian<Scalar>(
      zeros: batch.count, rows: rows, weightCount: function.weightCount,
      inputCount: function.inputCount)
    let weights = Self.doubles(combinations)
    let samplesAtOnce = max(1, Self.rowLimit / max(rowCount, 1))
    let outputCount = chunks.first?.plan.outputCount ?? 0
    do throws(SimulationError) {
      // The outputs of each run, of all, and in double precision.
      try function.budget.require(
        all: [
          (
            min(samplesAtOnce, batch.count) * rowCount * outputCount,
            2 * MemoryLayout<Scalar>.stride + MemoryLayout<Double>.stride
          )
        ], for: "the outputs of \(rowCount) shifted angles a sample")
    } catch {
      throw .simulation(error)
    }
    for first in stride(from: 0, to: batch.count, by: samplesAtOnce) {
      let samples = first..<min(first + samplesAtOnce, batch.count)
      let angles = samples.map { sample in
        let inputs = batch.row(sample).map { Double($0) }
        return occurrences.map { $0.angle.value(weights: batch.weights, inputs: inputs) }
      }
      let exact: [Scalar] = try ShiftedChunk.outputs(
        of: chunks, at: angles, embedded: samples.map { embedding.values(of: batch.row($0)) },
        function)
      require(
        exact.count == samples.count * rowCount * outputCount, "a row of outputs for each shift")
      let moments = Self.doubles(
        estimate?.outputs(
          exact: exact, count: samples.count * rowCount, firstRow: first * rowCount) ?? exact)
      for sample in samples {
        let start = (sample - first) * rowCount * function.momentCount
        let slopes = slopes(
          chunks, moments[start...], weights, sample * rows..<(sample + 1) * rows,
          occurrences.count, function.momentCount)
        add(slopes, occurrences, sample, batch, function, to: &result)
      }
    }
    var row = batch.count * rowCount
    try embedding.addGradients(at: batch, combinations, rows: rows, to: &result) {
      (sample, points) throws(GradientError) in
      let inputs = batch.row(sample).map { Double($0) }
      let exact = try function.outputs(
        of: try function.planOfEmbeddedInputs(embedding, measuring: estimate?.measured),
        weights: occurrences.map { $0.angle.value(weights: batch.weights, inputs: inputs) },
        inputs: points.flatMap { $0 }, count: points.count)
      defer { row += points.count }
      return estimate?.outputs(exact: exact, count: points.count, firstRow: row) ?? exact
    }
    return result
  }

  /// d combination / d angle of one sample, whose moments at all shifts are given: `[rows, occurrences]`.
  private func slopes(
    _ chunks: [ShiftedChunk], _ moments: ArraySlice<Double>, _ weights: [Double],
    _ rows: Range<Int>, _ occurrenceCount: Int, _ momentCount: Int
  ) -> [Double] {
    var slopes = [Double](repeating: 0, count: rows.count * occurrenceCount)
    var start = moments.startIndex
    for chunk in chunks {
      for shift in chunk.shifts {
        for row in rows {
          var sum = 0.0
          for moment in 0..<momentCount {
            sum += weights[row * momentCount + moment] * moments[start + moment]
          }
          slopes[(row - rows.lowerBound) * occurrenceCount + shift.occurrence] +=
            shift.coefficient * sum
        }
        start += momentCount
      }
    }
    return slopes
  }

  /// The numbers in double precision; conversions of a type that is known are many times faster than of any.
  private static func doubles<Scalar: StateScalar>(_ values: [Scalar]) -> [Double] {
    if let same = values as? [Double] { return same }
    if let singles = values as? [Float] { return singles.map { Double($0) } }
    return values.map { Double($0) }
  }

  /// The chain rule through the angles of one sample.
  private func add<Scalar: StateScalar>(
    _ slopes: [Double], _ occurrences: [Occurrence], _ sample: Int, _ batch: SampleBatch<Scalar>,
    _ function: CircuitFunction, to result: inout CircuitJacobian<Scalar>
  ) {
    let (weightCount, inputCount) = (function.weightCount, function.inputCount)
    let inputs = batch.row(sample).map { Double($0) }
    for row in 0..<result.outputCount {
      var weightGradients = [Double](repeating: 0, count: weightCount)
      var inputGradients = [Double](repeating: 0, count: inputCount)
      for (place, occurrence) in occurrences.enumerated() {
        occurrence.gradient.add(
          slopes[row * occurrences.count + place], weights: batch.weights, inputs: inputs,
          toWeights: &weightGradients, toInputs: &inputGradients)
      }
      let target = sample * result.outputCount + row
      for (index, value) in weightGradients.enumerated() {
        result.weights[target * weightCount + index] = value
      }
      for (index, value) in inputGradients.enumerated() {
        result.inputs[target * inputCount + index] = Scalar(value)
      }
    }
  }

  /// The gradients of a loss through any engine, noise among what it runs.
  ///
  /// The gates that are shifted are those of the engine's circuit, noise channels staying in their places. Where
  /// outputs are drawn, all shifted runs of a sample share their random numbers, so that the errors of a pair with both
  /// signs cancel for the most part; the derivatives are unbiased then too.
  ///
  /// - Parameters:
  ///   - engine: What runs the circuit.
  ///   - batch: Where the derivatives are taken.
  ///   - cotangents: d loss / d outputs, `[count, outputs]`, row by row.
  /// - Returns: The gradients with respect to weights, summed over the batch, and to inputs.
  /// - Throws: ``GradientError/simulation(_:)``.
  /// - Complexity: As the method of a function, with the engine's forward passes.
  public func vectorJacobianProduct(
    of engine: some CircuitEngine, at batch: SampleBatch<Double>, cotangents: [Double]
  ) throws(GradientError) -> CircuitGradients<Double> {
    let combinations = try engine.momentCotangents(batch, cotangents)
    let moments = engine.measurement.moments
    let lifted = LiftedCircuit(engine.circuit)
    let estimate = try estimate(of: moments)
    let shift = ShiftedRows(
      lifted: lifted, batch: batch, combinations: combinations, rowCount: 1,
      weightCount: batch.weights.count,
      embedding: EmbeddedInputs(engine.circuit, measuring: moments), estimate: estimate)
    return try shift.jacobian(
      engine.rows(running: lifted.circuit, measuring: estimate?.measured ?? moments)
    ).summed(weightCount: batch.weights.count)
  }

  private func estimate(of measurement: Measurement) throws(GradientError) -> ShotEstimate? {
    guard let shots else { return nil }
    return try ShotEstimate(shots, of: measurement, for: Self.shiftedShots)
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
