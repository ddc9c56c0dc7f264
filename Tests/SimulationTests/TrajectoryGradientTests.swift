import Circuits
import Compute
import Simulation
import TestSupport
import Testing

@Suite("Gradients of trajectories") struct TrajectoryGradientTests {
  /// Noisy circuits whose channels are drawn with probabilities that depend on the state, and change populations.
  private func circuits() throws -> [(circuit: Circuit, source: NoisyCircuits)] {
    let gates = Gate.all.filter { $0.qubitCount >= 1 && $0.parameterCount > 0 }
    return try (0..<6).map { number in
      let qubitCount = 1 + number % 4
      var source = try NoisyCircuits(seed: UInt64(60 + number), qubitCount: qubitCount)
      let fitting = gates.filter { $0.qubitCount <= min(qubitCount, 3) }
      let start = number * 5 % fitting.count
      var circuit = source.circuit(fitting[start..<min(start + 5, fitting.count)], from: number)
      for qubit in 0..<qubitCount {
        circuit.append(try .amplitudeDamping(0.3), on: qubit)
        circuit.append(.ry, angles: [.weight(qubit % 3) * 0.7], to: [qubit])
        circuit.append(
          try .generalizedAmplitudeDamping(0.4, excited: 0.2), on: qubit)
      }
      return (circuit, source)
    }
  }

  /// Four standard errors; where all trajectories agree, rounding is left.
  ///
  /// With some 80 components one is missed by chance in 1 of 200 choices of the seed, and the seed is fixed.
  private func agree(_ estimate: TrajectoryEstimate, _ exact: Double, rounding: Double) -> Bool {
    abs(estimate.mean - exact) < 4 * estimate.standardError + rounding
  }

  private func check<Scalar: StateScalar>(
    _: Scalar.Type, _ circuit: Circuit, _ source: NoisyCircuits, rounding: Double
  ) throws {
    var random = source.random
    let measurement = Measurement.expectations(
      [random.observable(terms: 2), random.observable(terms: 3)])
    let weights = random.numbers(circuit.weightCount)
    let inputs = random.numbers(2 * circuit.inputCount)
    let cotangents = random.numbers(4)
    let exact = try DensityMatrixEngine(circuit, measuring: measurement).vectorJacobianProduct(
      weights: weights, inputs: inputs, count: 2, cotangents: cotangents)
    let engine = try TrajectoryEngine<Scalar>(
      circuit, measuring: measurement, trajectories: 6000, seed: 3)
    let found = try engine.gradientEstimates(
      weights: weights, inputs: inputs, count: 2, cotangents: cotangents)
    for (estimate, value) in zip(found.weights + found.inputs, exact.weights + exact.inputs) {
      #expect(agree(estimate, value, rounding: rounding), "\(estimate), \(value), \(circuit)")
    }
    // A spread that says nothing would pass whatever the mean.
    #expect(found.weights.allSatisfy { $0.standardError < 1 })
  }

  @Test("agree with those of density matrices within their errors, in both precisions")
  func densityMatrix() throws {
    for (circuit, source) in try circuits() {
      try check(Double.self, circuit, source, rounding: 1e-11)
      try check(Float.self, circuit, source, rounding: 2e-4)
    }
  }

  @Test("of probabilities agree too, and outputs of batches")
  func probabilities() throws {
    let (circuit, source) = try circuits()[2]
    var random = source.random
    let weights = random.numbers(circuit.weightCount)
    let inputs = random.numbers(2 * circuit.inputCount)
    let measurement = Measurement.probabilities(of: [1, 0])
    let cotangents = random.numbers(8)
    let exact = try DensityMatrixEngine(circuit, measuring: measurement)
    let drawn = try TrajectoryEngine<Double>(
      circuit, measuring: measurement, trajectories: 8000, seed: 8)
    let slopes = try exact.vectorJacobianProduct(
      weights: weights, inputs: inputs, count: 2, cotangents: cotangents)
    let found = try drawn.gradientEstimates(
      weights: weights, inputs: inputs, count: 2, cotangents: cotangents)
    for (estimate, value) in zip(found.weights + found.inputs, slopes.weights + slopes.inputs) {
      #expect(agree(estimate, value, rounding: 1e-11))
    }
    for (estimate, value) in zip(
      try drawn.estimates(weights: weights, inputs: inputs, count: 2),
      try exact.outputs(weights: weights, inputs: inputs, count: 2))
    {
      #expect(agree(estimate, value, rounding: 1e-11))
    }
  }

  @Test("are those of the adjoint method, every trajectory's, where there is no noise")
  func pure() throws {
    var source = try NoisyCircuits(seed: 5, qubitCount: 3)
    let circuit = source.circuit(
      Gate.all.filter { $0.qubitCount == 2 }.prefix(6), noise: false, from: 0)
    let weights = source.random.numbers(circuit.weightCount)
    let inputs = source.random.numbers(circuit.inputCount)
    let measurement = Measurement.expectations([source.random.observable(terms: 3)])
    let exact = try DensityMatrixEngine(circuit, measuring: measurement).vectorJacobianProduct(
      weights: weights, inputs: inputs, count: 1, cotangents: [1])
    let found = try TrajectoryEngine<Double>(
      circuit, measuring: measurement, trajectories: 9, seed: 1
    ).gradientEstimates(weights: weights, inputs: inputs, count: 1, cotangents: [1])
    for (estimate, value) in zip(found.weights + found.inputs, exact.weights + exact.inputs) {
      #expect(abs(estimate.mean - value) < 1e-10 && estimate.standardError < 1e-10)
    }
  }

  @Test("are the same bits on any number of threads, and others with another seed")
  func determinism() throws {
    for (circuit, source) in try circuits().suffix(3) {
      var random = source.random
      let weights = random.numbers(circuit.weightCount)
      let inputs = random.numbers(circuit.inputCount)
      let observable = random.observable(terms: 2)
      func run(_ seed: UInt64, _ policy: LoopPolicy) throws -> [TrajectoryEstimate] {
        let found = try TrajectoryEngine<Double>(
          circuit, measuring: .expectations([observable]), trajectories: 100, seed: seed,
          policy: policy
        ).gradientEstimates(weights: weights, inputs: inputs, count: 1, cotangents: [1])
        return found.weights + found.inputs
      }
      let first = try run(1, .serial)
      #expect(try run(1, .threads(2)) == first)
      #expect(try run(1, .threads(3)) == first)
      #expect(try run(2, .serial) != first)
    }
  }

  @Test("are the same bits where states are made again")
  func remade() throws {
    for (circuit, source) in try circuits().suffix(3) {
      var random = source.random
      let weights = random.numbers(circuit.weightCount)
      let inputs = random.numbers(circuit.inputCount)
      let observable = random.observable(terms: 2)
      func run<Scalar: StateScalar>(_: Scalar.Type, _ limit: Int) throws -> [TrajectoryEstimate] {
        var engine = try TrajectoryEngine<Scalar>(
          circuit, measuring: .expectations([observable]), trajectories: 40, seed: 1)
        engine.keptBytesLimit = limit
        let found = try engine.gradientEstimates(
          weights: weights, inputs: inputs, count: 1, cotangents: [1])
        return found.weights + found.inputs
      }
      #expect(try run(Double.self, 0) == run(Double.self, .max))
      #expect(try run(Float.self, 0) == run(Float.self, .max))
    }
  }

  @Test("are refused with the bytes where the fewest states do not fit")
  func budget() throws {
    var circuit = Circuit(qubits: 16)
    circuit.append(.ry, angles: [.weight(0)], to: [0])
    let channel: Channel = try .amplitudeDamping(0.01)
    for _ in 0..<10_000 { circuit.append(channel, on: 0) }
    // 100 segments of 100 channels: 99 + 100 states of 8 lanes of 16 bytes · 2¹⁶.
    let needed = 199 * 128 << 16
    let engine = try TrajectoryEngine<Double>(
      circuit, measuring: .expectations([.z(0)]), trajectories: 8, seed: 1, policy: .serial,
      budget: MemoryBudget(limit: needed - 1))
    #expect {
      _ = try engine.gradientEstimates(weights: [1], inputs: [], count: 1, cotangents: [1])
    } throws: { error in
      guard case .memory(let fault)? = error as? SimulationError else { return false }
      // Beside them is work space for the tile alone.
      return fault.purpose.hasPrefix("states in front of channels of 16")
        && (needed...(needed + 16 * 128 << 16)).contains(fault.needed)
    }
  }

  @Test("refuse variances and covariances, which are not means over trajectories")
  func variances() {
    for measurement in [Measurement.variances([.z(0)]), .covariances([.z(0), .x(0)])] {
      #expect(throws: SimulationError.notMeans) {
        _ = try TrajectoryEngine<Double>(
          Circuit(qubits: 1), measuring: measurement, trajectories: 1, seed: 1)
      }
    }
  }
}
