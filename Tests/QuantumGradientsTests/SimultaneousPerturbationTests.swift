import Circuits
import Compute
import QuantumGradients
import Simulation
import Testing

@Suite("Simultaneous perturbation") struct SimultaneousPerturbationTests {
  /// Estimates lie within six of their standard deviations.
  private static let deviations = 6.0

  @Test("agrees with the adjoint method within its variance, for every kind of measurement")
  func agreement() throws {
    var random = RandomCircuits(seed: 21, qubitCount: 3)
    for number in 0..<12 {
      let circuit = random.circuit(Gate.all.filter { $0.qubitCount <= 3 }.prefix(8), count: 8)
      let measurement = random.measurement(number)
      let function = try CircuitFunction(circuit, measuring: measurement, policy: .serial)
      let samples = 1 + number % 2
      let batch = SampleBatch(
        weights: random.numbers(function.weightCount),
        inputs: random.numbers(samples * function.inputCount), count: samples)
      let cotangents = random.numbers(samples * function.outputCount)
      let exact = try Adjoint().vectorJacobianProduct(
        of: function, at: batch, cotangents: cotangents)
      let repetitions = 2000
      // Of so small a step the bias does not count.
      let estimate = try SimultaneousPerturbation(
        step: 1e-4, repetitions: repetitions, seed: UInt64(number)
      ).vectorJacobianProduct(of: function, at: batch, cotangents: cotangents)
      #expect(estimate.weights.count == exact.weights.count)
      #expect(estimate.inputs.count == exact.inputs.count)
      // A bound of every component: the squares of all derivatives of all samples, weights counted by the sums.
      let squares = try Adjoint().jacobian(of: function, at: batch)
      let norm =
        (squares.weights + squares.inputs).reduce(0) { $0 + $1 * $1 }
        * cotangents.reduce(0) { $0 + $1 * $1 }
      let bound = Self.deviations * (norm / Double(repetitions)).squareRoot() + 1e-6
      for (a, b) in zip(exact.weights + exact.inputs, estimate.weights + estimate.inputs) {
        #expect(abs(a - b) <= bound, "\(a) and \(b)")
      }
    }
  }

  @Test("has the variance that its documentation says")
  func variance() throws {
    // f = 3 sin a + 4 sin b at 0: the gradient is (3, 4), an estimate of the first is 3 ± 4.
    let circuit = Circuit(qubits: 2) {
      RX(.weight(0), 0)
      RX(.weight(1), 1)
    }
    let function = try CircuitFunction(
      circuit, measuring: .expectations([-3 * .y(0) - 4 * .y(1)]))
    let batch = SampleBatch<Double>(weights: [0, 0], inputs: [])
    let estimates = try (0..<400).map { seed in
      try SimultaneousPerturbation(step: 1e-3, seed: UInt64(seed)).vectorJacobianProduct(
        of: function, at: batch, cotangents: [1]
      ).weights[0]
    }
    #expect(estimates.allSatisfy { abs(abs($0 - 3) - 4) < 1e-4 })
    let mean = estimates.reduce(0, +) / 400
    #expect(abs(mean - 3) < Self.deviations * 4 / 20)
  }

  @Test("depends on the seed and the evaluation alone")
  func seeds() throws {
    var random = RandomCircuits(seed: 22, qubitCount: 3)
    let function = try CircuitFunction(
      random.circuit([], count: 8), measuring: .expectations([.z(0)]))
    let batch = SampleBatch(weights: random.numbers(3), inputs: random.numbers(2))
    func slopes(_ method: SimultaneousPerturbation) throws -> [Double] {
      try method.vectorJacobianProduct(of: function, at: batch, cotangents: [1]).weights
    }
    let method = SimultaneousPerturbation(repetitions: 3, seed: 7)
    let first = try slopes(method)
    #expect(try slopes(method) == first)
    #expect(try slopes(method.advanced(to: 1)) != first)
    #expect(try slopes(method.mixed(with: 1)) != first)
    #expect(try slopes(SimultaneousPerturbation(repetitions: 3, seed: 8)) != first)
  }

  @Test("estimates without bias from shots")
  func shots() throws {
    var circuit = Circuit(qubits: 1)
    circuit.append(.rx, angles: [.weight(0)], to: [0])
    let function = try CircuitFunction(circuit, measuring: .expectations([.z(0)]))
    let batch = SampleBatch<Double>(weights: [0.8], inputs: [])
    let estimates = try (0..<400).map { seed in
      try SimultaneousPerturbation(step: 0.2, seed: 3, shots: Shots(100, seed: 1))
        .advanced(to: UInt64(seed)).vectorJacobianProduct(of: function, at: batch, cotangents: [1])
        .weights[0]
    }
    let mean = estimates.reduce(0, +) / 400
    let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
    // One weight: the difference over its step is -sin w · sin c / c, whatever the sign.
    let expected = -0.717356090899523 * 0.198669330795061 / 0.2
    #expect(variance > 0)
    #expect(abs(mean - expected) < Self.deviations * (variance / 400).squareRoot())
  }

  @Test("differentiates noisy circuits")
  func noise() throws {
    var noise = NoiseModel()
    noise.add(try .amplitudeDamping(0.1), after: nil)
    let circuit = Circuit(qubits: 2) {
      RX(.weight(0), 0)
      CX(0, 1)
      RY(.input(0), 1)
    }
    let function = try CircuitFunction(
      circuit, measuring: .expectations([.z(1)]), on: .densityMatrix(noise: noise))
    let batch = SampleBatch<Double>(weights: [0.4], inputs: [0.9])
    let exact = try Adjoint().vectorJacobianProduct(of: function, at: batch, cotangents: [1])
    let estimate = try SimultaneousPerturbation(step: 1e-4, repetitions: 1000)
      .vectorJacobianProduct(of: function, at: batch, cotangents: [1])
    #expect(abs(exact.weights[0] - estimate.weights[0]) < Self.deviations / 1000.0.squareRoot())
    #expect(abs(exact.inputs[0] - estimate.inputs[0]) < Self.deviations / 1000.0.squareRoot())
  }

  @Test("refuses a step that is none")
  func badStep() throws {
    let function = try CircuitFunction(
      Circuit(qubits: 1) { RX(.weight(0), 0) }, measuring: .expectations([.z(0)]))
    #expect(throws: GradientError.badStep(0)) {
      try SimultaneousPerturbation(step: 0).vectorJacobianProduct(
        of: function, at: SampleBatch<Double>(weights: [1], inputs: []), cotangents: [1])
    }
  }
}
