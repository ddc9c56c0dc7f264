import Circuits
import Compute
import QuantumGradients
import RealModule
import Simulation
import Testing

@Suite("Gradient methods") struct AgreementTests {
  /// 200 circuits of some 15 gates; rounding grows with gates and with the coefficients of angles.
  private static let circuitCount = 200
  private static let doubleTolerance = 1e-10
  /// Truncation h²/6 · f‴ with h = 1e-4 and third derivatives up to some hundred.
  private static let differenceTolerance = 2e-5
  /// Single precision: 1e-7 a gate and output, times cotangents, coefficients and samples.
  private static let singleTolerance = 2e-3
  /// Rounding of outputs, 1e-6 a gate and cotangent, over 2h with h = 0.02.
  private static let singleDifferenceTolerance = 5e-3

  @Test(
    "agree on 200 random circuits that hold every gate, for every kind of observable",
    arguments: 1...8)
  func agree(_ qubitCount: Int) throws {
    var random = RandomCircuits(seed: 11, qubitCount: qubitCount)
    let fitting = Gate.all.filter { $0.qubitCount <= qubitCount }
    for number in 0..<Self.circuitCount {
      let start = number * 6 % fitting.count
      let circuit = random.circuit(
        fitting[start..<min(start + 6, fitting.count)], count: min(4 + qubitCount, 10))
      let measurement = random.measurement(number)
      try check(circuit, measurement, samples: 1 + number / 6 % 3, &random)
    }
    #expect(random.used.isSuperset(of: fitting.map(\.name)))
    let modifiers = RandomCircuits.Modifier.allCases.filter { $0.leastQubits <= qubitCount }
    #expect(random.modifiers.isSuperset(of: modifiers))
  }

  private func check(
    _ circuit: Circuit, _ measurement: Measurement, samples: Int, _ random: inout RandomCircuits
  ) throws {
    let function = try CircuitFunction(circuit, measuring: measurement, policy: .serial)
    let batch = SampleBatch(
      weights: random.numbers(function.weightCount),
      inputs: random.numbers(samples * function.inputCount), count: samples)
    let cotangents = random.numbers(samples * function.outputCount)
    let adjoint = try Adjoint().vectorJacobianProduct(
      of: function, at: batch, cotangents: cotangents)
    let shift = try ParameterShift().vectorJacobianProduct(
      of: function, at: batch, cotangents: cotangents)
    let differences = try CentralDifferences(step: 1e-4).vectorJacobianProduct(
      of: function, at: batch, cotangents: cotangents)
    #expect(distance(adjoint, shift) < Self.doubleTolerance, "\(circuit)")
    #expect(distance(adjoint, differences) < Self.differenceTolerance, "\(circuit)")

    let single = SampleBatch(
      weights: batch.weights, inputs: batch.inputs.map { Float($0) }, count: samples)
    let singleCotangents = cotangents.map { Float($0) }
    let singleAdjoint = try Adjoint().vectorJacobianProduct(
      of: function, at: single, cotangents: singleCotangents)
    let singleShift = try ParameterShift().vectorJacobianProduct(
      of: function, at: single, cotangents: singleCotangents)
    #expect(distance(adjoint, singleAdjoint) < Self.singleTolerance, "\(circuit)")
    #expect(distance(adjoint, singleShift) < Self.singleTolerance, "\(circuit)")
    // Against those in double precision with the same step, so that truncation is the same too.
    let coarse = CentralDifferences(step: 0.02)
    let doubleDifferences = try coarse.vectorJacobianProduct(
      of: function, at: batch, cotangents: cotangents)
    let singleDifferences = try coarse.vectorJacobianProduct(
      of: function, at: single, cotangents: singleCotangents)
    #expect(
      distance(doubleDifferences, singleDifferences) < Self.singleDifferenceTolerance,
      "\(circuit)")
  }

  private func distance<A: StateScalar, B: StateScalar>(
    _ a: CircuitGradients<A>, _ b: CircuitGradients<B>
  ) -> Double {
    let weights = zip(a.weights, b.weights).map { abs($0 - $1) }
    let inputs = zip(a.inputs, b.inputs).map { abs(Double($0) - Double($1)) }
    #expect(a.weights.count == b.weights.count && a.inputs.count == b.inputs.count)
    return (weights + inputs).max() ?? 0
  }

  @Test("converge to the exact derivative with shots")
  func shots() throws {
    var random = RandomCircuits(seed: 12, qubitCount: 3)
    let circuit = random.circuit([], count: 6)
    let function = try CircuitFunction(
      circuit, measuring: .expectations([random.observable(terms: 2)]))
    let batch = SampleBatch(weights: random.numbers(3), inputs: random.numbers(2))
    let exact = try Adjoint().vectorJacobianProduct(of: function, at: batch, cotangents: [1.0])
    // The mean of 400 estimates of 100 shots; the spread of the estimates gives the standard error.
    let estimates = try (0..<400).map { seed in
      try ParameterShift(shots: Shots(100, seed: UInt64(seed))).vectorJacobianProduct(
        of: function, at: batch, cotangents: [1.0]
      ).weights[0]
    }
    let mean = estimates.reduce(0, +) / 400
    let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
    #expect(variance > 0)
    #expect(abs(mean - exact.weights[0]) < 5 * (variance / 400).squareRoot())
  }

  @Test("have an unbiased gradient with shots where the loss is not linear in the outputs")
  func shotsOfSquares() throws {
    // The loss is f² with f = ⟨Z⟩ = cos w. Two independent estimates of f and of f' give 2 f f' in the
    // mean; estimates that share draws give something else.
    var circuit = Circuit(qubits: 1)
    circuit.append(.rx, angles: [.weight(0)], to: [0])
    let function = try CircuitFunction(circuit, measuring: .expectations([.z(0)]))
    let weight = 0.54
    let batch = SampleBatch<Double>(weights: [weight], inputs: [])
    let estimates = try (0..<40_000).map { seed in
      let evaluation = try ParameterShift(shots: Shots(1, seed: 5)).advanced(to: UInt64(seed))
        .evaluate(function, at: batch)
      return try evaluation.pullback(evaluation.outputs.map { 2 * $0 }).weights[0]
    }
    let count = Double(estimates.count)
    let mean = estimates.reduce(0, +) / count
    let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let exact = -Double.sin(2 * weight)
    #expect(abs(mean - exact) < 4 * (variance / count).squareRoot())
  }

  @Test("repeat with the same seed and differ with another")
  func shotSeeds() throws {
    var random = RandomCircuits(seed: 13, qubitCount: 2)
    let circuit = random.circuit([], count: 5)
    for measurement in [Measurement.probabilities(of: [0, 1]), .expectations([.z(0)])] {
      let function = try CircuitFunction(circuit, measuring: measurement)
      let batch = SampleBatch(weights: random.numbers(3), inputs: random.numbers(4), count: 2)
      let first = try function.outputs(at: batch, shots: Shots(50, seed: 1))
      #expect(try function.outputs(at: batch, shots: Shots(50, seed: 1)) == first)
      #expect(try function.outputs(at: batch, shots: Shots(50, seed: 2)) != first)
    }
  }

  @Test("refuse wrong counts and steps")
  func faults() throws {
    var random = RandomCircuits(seed: 14, qubitCount: 2)
    let function = try CircuitFunction(
      random.circuit([], count: 5), measuring: .expectations([.z(0)]))
    #expect(throws: GradientError.simulation(.weightCount(found: 1, expected: 3))) {
      try function.outputs(at: SampleBatch(weights: [1], inputs: [1.0, 2.0]))
    }
    #expect(throws: GradientError.simulation(.inputCount(found: 1, expected: 2))) {
      try function.outputs(at: SampleBatch(weights: [1, 2, 3], inputs: [1.0]))
    }
    #expect(throws: GradientError.badStep(0)) {
      try CentralDifferences(step: 0).vectorJacobianProduct(
        of: function, at: SampleBatch(weights: [1, 2, 3], inputs: [1.0, 2.0]), cotangents: [1])
    }
  }
}
