import Circuits
import Compute
import QuantumGradients
import RealModule
import Simulation
import TestSupport
import Testing

@Suite("Gradient methods through noise") struct NoisyGradientTests {
  /// Some twenty gates, and coefficients of angles.
  private static let tolerance = 1e-10
  /// Truncation h²/6 · f‴ with h = 1e-4 and third derivatives up to some hundred.
  private static let differenceTolerance = 2e-5

  private func noise() throws -> NoiseModel {
    var noise = NoiseModel()
    noise.add(try .amplitudeDamping(0.07), after: nil)
    noise.add(try .depolarizing(mixing: 0.05, qubits: 2), after: nil)
    noise.add(try .phaseDamping(0.1), after: [.u, .rx, .crx])
    return noise
  }

  @Test("agree on random circuits that hold every gate of up to three qubits", arguments: 1...3)
  func agree(_ qubitCount: Int) throws {
    var random = RandomCircuits(seed: 21, qubitCount: qubitCount)
    let fitting = Gate.all.filter { $0.qubitCount <= qubitCount }
    for number in 0..<12 {
      let start = number * 6 % fitting.count
      let circuit = random.circuit(
        fitting[start..<min(start + 6, fitting.count)], count: 4 + qubitCount)
      let measurement: Measurement =
        switch number % 4 {
        case 0: .probabilities(of: [random.below(qubitCount)])
        case 1: .covariances([random.observable(terms: 2), random.observable(terms: 1)])
        default: .expectations([random.observable(terms: 2), random.observable(terms: 1)])
        }
      let engine = try DensityMatrixEngine(circuit, noise: noise(), measuring: measurement)
      let samples = 1 + number % 3
      let batch = SampleBatch(
        weights: random.numbers(circuit.weightCount),
        inputs: random.numbers(samples * circuit.inputCount), count: samples)
      let cotangents = random.numbers(samples * measurement.outputCount)
      let own = try engine.vectorJacobianProduct(
        weights: batch.weights, inputs: batch.inputs, count: samples, cotangents: cotangents)
      let shift = try ParameterShift().vectorJacobianProduct(
        of: engine, at: batch, cotangents: cotangents)
      let differences = try CentralDifferences(step: 1e-4).vectorJacobianProduct(
        of: engine, at: batch, cotangents: cotangents)
      #expect(distance(own, shift) < Self.tolerance, "\(circuit)")
      #expect(distance(own, differences) < Self.differenceTolerance, "\(circuit)")
    }
    #expect(random.used.isSuperset(of: fitting.map(\.name)))
  }

  @Test("shift a gate factor by factor and put its noise behind the last")
  func factors() throws {
    // The square of a gate whose factors do not commute is shifted factor by factor.
    var circuit = Circuit(qubits: 2)
    circuit.append(.ry, angles: [0.4], to: [0])
    let gate = GateApplication(
      .u, angles: [.weight(0), .input(0), .weight(1) * .input(1)], on: [1],
      controls: [Control(0, state: false)])
    circuit.append(.gate(try gate.power(2)))
    let engine = try DensityMatrixEngine(
      circuit, noise: noise(), measuring: .expectations([.x(1), .y(0) * .y(1)]))
    let batch = SampleBatch(weights: [0.8, -1.1], inputs: [0.5, 1.7])
    let own = try engine.vectorJacobianProduct(
      weights: batch.weights, inputs: batch.inputs, count: 1, cotangents: [1, -0.6])
    let shift = try ParameterShift().vectorJacobianProduct(
      of: engine, at: batch, cotangents: [1, -0.6])
    #expect(distance(own, shift) < Self.tolerance)
    #expect(own.weights.allSatisfy { abs($0) > 1e-3 })
  }

  @Test(
    "share draws where trajectories are shifted, so that what does not depend on an angle cancels")
  func commonDraws() throws {
    var circuit = Circuit(qubits: 2)
    circuit.append(.rx, angles: [.weight(0)], to: [0])
    circuit.append(try .bitFlip(0.3), on: 1)
    let engine = try TrajectoryEngine<Double>(
      circuit, measuring: .expectations([.z(0) + .z(1)]), trajectories: 64, seed: 9)
    let estimate = try engine.estimates(weights: [0.7], inputs: [], count: 1)[0]
    #expect(estimate.standardError > 0.05)
    let found = try ParameterShift().vectorJacobianProduct(
      of: engine, at: SampleBatch(weights: [0.7], inputs: []), cotangents: [1])
    #expect(abs(found.weights[0] + Double.sin(0.7)) < 1e-12)
  }

  @Test("are unbiased on trajectories and with shots")
  func unbiased() throws {
    var random = RandomCircuits(seed: 22, qubitCount: 2)
    let circuit = random.circuit([.crx, .fsim, .ry], count: 4)
    let measurement = Measurement.expectations([random.observable(terms: 2)])
    let batch = SampleBatch(
      weights: random.numbers(circuit.weightCount), inputs: random.numbers(circuit.inputCount))
    let exact = try DensityMatrixEngine(circuit, noise: noise(), measuring: measurement)
    let expected = try exact.vectorJacobianProduct(
      weights: batch.weights, inputs: batch.inputs, count: 1, cotangents: [1])
    func check(_ gradient: (UInt64) throws -> CircuitGradients<Double>) throws {
      let estimates = try (0..<40).map { try gradient($0).weights[0] }
      let mean = estimates.reduce(0, +) / 40
      let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
      #expect(variance > 0)
      #expect(abs(mean - expected.weights[0]) < 4 * (variance / 40).squareRoot())
    }
    try check { seed in
      let engine = try TrajectoryEngine<Double>(
        circuit, noise: noise(), measuring: measurement, trajectories: 100, seed: seed)
      return try ParameterShift().vectorJacobianProduct(of: engine, at: batch, cotangents: [1])
    }
    try check { seed in
      try ParameterShift(shots: Shots(100, seed: seed)).vectorJacobianProduct(
        of: exact, at: batch, cotangents: [1])
    }
  }

  @Test("refuse counts that do not fit, and a bad step")
  func faults() throws {
    var circuit = Circuit(qubits: 1)
    circuit.append(.rx, angles: [.weight(0)], to: [0])
    let engine = try DensityMatrixEngine(circuit, measuring: .expectations([.z(0)]))
    #expect(throws: GradientError.simulation(.weightCount(found: 2, expected: 1))) {
      try ParameterShift().vectorJacobianProduct(
        of: engine, at: SampleBatch(weights: [1, 2], inputs: []), cotangents: [1])
    }
    #expect(throws: GradientError.simulation(.inputCount(found: 1, expected: 0))) {
      try CentralDifferences().vectorJacobianProduct(
        of: engine, at: SampleBatch(weights: [1], inputs: [1]), cotangents: [1])
    }
    #expect(throws: GradientError.badStep(.infinity)) {
      try CentralDifferences(step: .infinity).vectorJacobianProduct(
        of: engine, at: SampleBatch(weights: [1], inputs: []), cotangents: [1])
    }
  }
}
