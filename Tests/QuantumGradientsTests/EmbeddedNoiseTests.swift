import Circuits
import Compute
import QuantumGradients
import Simulation
import TestSupport
import Testing

/// Circuits that start from inputs, in the engines of noise and where plans are pruned.
@Suite("Amplitudes in, through noise") struct EmbeddedNoiseTests {
  /// Some forty gates, angles with coefficients to 3, observables of norm 3.
  private static let tolerance = 1e-10
  /// Truncation h²/6 · f‴ with h = 1e-4 and third derivatives up to some hundred.
  private static let differenceTolerance = 2e-5

  private func noise() throws -> NoiseModel {
    var noise = NoiseModel()
    noise.add(try .amplitudeDamping(0.07), after: nil)
    noise.add(try .depolarizing(mixing: 0.05, qubits: 2), after: nil)
    return noise
  }

  /// Qubits in any order, the last amplitude a padding where there are more than two, the first input at 1.
  private func embedded(
    _ qubitCount: Int, _ random: inout RandomCircuits
  ) -> (embedding: AmplitudeEmbedding, circuit: Circuit) {
    var order = Array(0..<qubitCount)
    order.shuffle(using: &random.stream)
    let count = min(2, 1 + random.below(qubitCount))
    let embedding = AmplitudeEmbedding(
      qubits: Array(order.prefix(count)), inputs: count == 1 ? 2 : 3, paddedWith: 0.4,
      inputsFrom: 1)
    return (embedding, random.circuit([.ry, .rx, .crx, .cx, .u], count: 4 + 2 * qubitCount))
  }

  private func measurement(
    _ number: Int, _ qubitCount: Int, _ random: inout RandomCircuits
  ) -> Measurement {
    switch number % 3 {
    case 0: .probabilities(of: [random.below(qubitCount)])
    case 1: .covariances([random.observable(terms: 2), random.observable(terms: 1)])
    default: .expectations([random.observable(terms: 2), random.observable(terms: 1)])
    }
  }

  @Test("give density matrices without noise what dense vectors give", arguments: 2...3)
  func pure(_ qubitCount: Int) throws {
    var random = RandomCircuits(seed: 51, qubitCount: qubitCount)
    var numbers = RandomOperations(seed: 51, qubitCount: qubitCount)
    for number in 0..<9 {
      let (embedding, circuit) = embedded(qubitCount, &random)
      let measured = measurement(number, qubitCount, &random)
      let embedded = try EmbeddedCase(
        embedding, then: circuit, measured, samples: 1 + number % 3, &numbers)
      let batch = embedded.batch
      let (outputs, gradients, _) = embedded.reference()
      let engine = try DensityMatrixEngine(embedded.function.circuit, measuring: measured)
      let found = try engine.outputs(
        weights: batch.weights, inputs: batch.inputs, count: batch.count)
      #expect(zip(found, outputs).allSatisfy { abs($0 - $1) < Self.tolerance })
      let own = try engine.vectorJacobianProduct(
        weights: batch.weights, inputs: batch.inputs, count: batch.count,
        cotangents: embedded.cotangents)
      #expect(gradients.distance(own.weights, own.inputs) < Self.tolerance, "\(circuit)")
      guard number % 3 != 1 else { continue }
      // One trajectory without channels is the pure state.
      let drawn = try TrajectoryEngine<Double>(
        embedded.function.circuit, measuring: measured, trajectories: 1, seed: 2)
      let values = try drawn.outputs(
        weights: batch.weights, inputs: batch.inputs, count: batch.count)
      #expect(zip(values, outputs).allSatisfy { abs($0 - $1) < Self.tolerance })
    }
  }

  @Test("have one gradient by the engine, by shifts and by differences", arguments: 2...3)
  func noisy(_ qubitCount: Int) throws {
    var random = RandomCircuits(seed: 52, qubitCount: qubitCount)
    for number in 0..<6 {
      let (embedding, circuit) = embedded(qubitCount, &random)
      let measured = measurement(number, qubitCount, &random)
      var engine = try DensityMatrixEngine(
        Circuit(qubits: qubitCount) {
          embedding
          circuit
        }, noise: noise(), measuring: measured)
      let samples = 1 + number % 2
      let batch = SampleBatch(
        weights: random.numbers(engine.circuit.weightCount),
        inputs: random.numbers(samples * engine.circuit.inputCount), count: samples)
      let cotangents = random.numbers(samples * measured.outputCount)
      let own = try engine.vectorJacobianProduct(
        weights: batch.weights, inputs: batch.inputs, count: samples, cotangents: cotangents)
      let shift = try ParameterShift().vectorJacobianProduct(
        of: engine, at: batch, cotangents: cotangents)
      let differences = try CentralDifferences(step: 1e-4).vectorJacobianProduct(
        of: engine, at: batch, cotangents: cotangents)
      #expect(distance(own, shift) < Self.tolerance, "\(circuit)")
      #expect(distance(own, differences) < Self.differenceTolerance, "\(circuit)")
      // Few states kept: segments are made again from the start.
      engine.keptBytesLimit = 0
      let again = try engine.vectorJacobianProduct(
        weights: batch.weights, inputs: batch.inputs, count: samples, cotangents: cotangents)
      #expect(again.weights == own.weights && again.inputs == own.inputs)
    }
  }

  @Test("have unbiased gradients on trajectories, the same where few states are kept")
  func trajectories() throws {
    var random = RandomCircuits(seed: 53, qubitCount: 3)
    let (embedding, circuit) = embedded(3, &random)
    let whole = Circuit(qubits: 3) {
      embedding
      circuit
    }
    let measured = Measurement.expectations([random.observable(terms: 2)])
    let exact = try DensityMatrixEngine(whole, noise: noise(), measuring: measured)
    let weights = random.numbers(whole.weightCount)
    let inputs = random.numbers(whole.inputCount)
    let expected = try exact.vectorJacobianProduct(
      weights: weights, inputs: inputs, count: 1, cotangents: [1])
    let output = try exact.outputs(weights: weights, inputs: inputs, count: 1)[0]
    var engine = try TrajectoryEngine<Double>(
      whole, noise: noise(), measuring: measured, trajectories: 6000, seed: 4)
    let estimate = try engine.estimates(weights: weights, inputs: inputs, count: 1)[0]
    #expect(abs(estimate.mean - output) < 4 * estimate.standardError)
    let found = try engine.gradientEstimates(
      weights: weights, inputs: inputs, count: 1, cotangents: [1])
    for (estimate, exact) in zip(
      found.weights + found.inputs, expected.weights + expected.inputs)
    {
      #expect(abs(estimate.mean - exact) <= 4 * estimate.standardError + Self.tolerance)
    }
    #expect(expected.inputs.dropFirst().contains { abs($0) > 1e-2 })
    engine.keptBytesLimit = 0
    let again = try engine.gradientEstimates(
      weights: weights, inputs: inputs, count: 1, cotangents: [1])
    #expect(again.inputs.map(\.mean) == found.inputs.map(\.mean))
  }

  @Test("leave prepared qubits in pruned plans, and their gates as they are")
  func pruned() throws {
    var random = RandomOperations(seed: 54, qubitCount: 6)
    // Qubits 3 and 4 are prepared; 4 and 5 are not seen by what is measured, 0 stays 0 before its gates.
    let circuit = Circuit(qubits: 6) {
      RZ(.weight(0), 0)
      RZ(.weight(1), 3)
      CRX(.weight(2), 3, 1)
      RX(.weight(0), 3)
      CX(0, 1)
      RY(.weight(1), 1)
      RY(.input(1), 4)
      RX(0.3, 5)
      CX(3, 2)
    }
    let embedding = AmplitudeEmbedding(qubits: [4, 3], inputs: 3, paddedWith: -0.5)
    for measured in [Measurement.expectations([.z(1) + .x(3)]), .probabilities(of: [1, 2])] {
      for samples in [1, 20] {
        let embedded = try EmbeddedCase(
          embedding, then: circuit, measured, samples: samples, &random)
        let pruned = try #require(embedded.function.plan).pruned
        #expect(pruned.qubitCount < 6)
        #expect(pruned.initialState?.qubits.count == 2)
        #expect(pruned.operations.count < 9)
        let (outputs, gradients, _) = embedded.reference()
        let found = try Adjoint().evaluate(embedded.function, at: embedded.batch)
        #expect(zip(found.outputs, outputs).allSatisfy { abs($0 - $1) < Self.tolerance })
        let own = try found.pullback(embedded.cotangents)
        #expect(gradients.distance(from: own) < Self.tolerance)
        let shift = try ParameterShift().vectorJacobianProduct(
          of: embedded.function, at: embedded.batch, cotangents: embedded.cotangents)
        #expect(gradients.distance(from: shift) < Self.tolerance)
      }
    }
  }

  @Test("are refused where they have no norm, and amplitudes of mixtures always")
  func faults() throws {
    let circuit = Circuit(qubits: 2) { AmplitudeEmbedding() }
    let engine = try DensityMatrixEngine(circuit, measuring: .expectations([.z(0)]))
    let inputs: [Double] = [1, 0, 0, 0, 0, 0, 0, 0]
    #expect(throws: SimulationError.inputNorm(sample: 1, norm: 0)) {
      try engine.outputs(weights: [], inputs: inputs, count: 2)
    }
    #expect(throws: GradientError.simulation(.inputNorm(sample: 1, norm: 0))) {
      try ParameterShift().vectorJacobianProduct(
        of: engine, at: SampleBatch(weights: [], inputs: inputs, count: 2), cotangents: [1, 1])
    }
    // A norm of double precision alone.
    let drawn = try TrajectoryEngine<Float>(
      circuit, measuring: .expectations([.z(0)]), trajectories: 1, seed: 1)
    #expect(throws: SimulationError.inputNorm(sample: 0, norm: 0)) {
      try drawn.outputs(weights: [], inputs: [1e-60, 0, 0, 0], count: 1)
    }
    #expect(throws: SimulationError.amplitudesUnsupported(engine: "DensityMatrixEngine")) {
      try DensityMatrixEngine(circuit, measuring: .amplitudes(of: [0]))
    }
    #expect(throws: SimulationError.amplitudesUnsupported(engine: "TrajectoryEngine")) {
      try TrajectoryEngine<Double>(
        circuit, measuring: .amplitudes(of: [0]), trajectories: 1, seed: 1)
    }
  }
}
