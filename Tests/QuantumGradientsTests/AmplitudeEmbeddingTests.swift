import Circuits
import Compute
import QuantumGradients
import Simulation
import TestSupport
import Testing

/// Values and gradients of circuits that start from inputs, and of amplitudes that are outputs.
@Suite("Amplitudes in and out") struct AmplitudeEmbeddingTests {
  /// Some forty gates, observables of norm 2, cotangents to 3, angles with coefficients to 3.
  private static let tolerance = 1e-10
  /// The same in single precision.
  private static let singleTolerance = 5e-3
  /// h²/6 times third derivatives up to some hundred, h = 1e-4.
  private static let differenceTolerance = 2e-5

  /// Expectations, probabilities, amplitudes and covariances in turn; two amplitudes are the same.
  private func measurement(
    _ number: Int, _ qubitCount: Int, _ random: inout RandomOperations
  ) -> Measurement {
    switch number % 4 {
    case 3: return .covariances([.z(random.below(qubitCount)), .x(0) + 0.5 * .y(qubitCount - 1)])
    case 0:
      let all = Array(0..<qubitCount)
      return .expectations([
        PauliSum(random.string(on: all)) + 0.5 * .z(random.below(qubitCount)),
        PauliSum(random.string(on: [random.below(qubitCount)])),
      ])
    case 1: return .probabilities(of: [random.below(qubitCount)])
    default:
      let first = random.below(1 << qubitCount)
      return .amplitudes(of: [first, random.below(1 << qubitCount), first, 0])
    }
  }

  /// Qubits in any order, with inputs that are fewer than amplitudes, and start at 0, 1 or 2.
  private func embedding(
    _ number: Int, _ qubitCount: Int, atMost limit: Int, _ random: inout RandomOperations
  ) -> AmplitudeEmbedding {
    var order = Array(0..<qubitCount)
    order.shuffle(using: &random.stream)
    let count = 1 + random.below(min(qubitCount, limit))
    let inputs = 1 + random.below(1 << count)
    return AmplitudeEmbedding(
      qubits: number % 4 == 0 ? nil : Array(order.prefix(count)),
      inputs: number % 4 == 0 || number % 2 == 1 ? nil : inputs,
      paddedWith: number % 3 == 0 ? 0 : 0.3, inputsFrom: number % 3)
  }

  private func check(_ embedded: EmbeddedCase, shifting: Bool) throws {
    let (function, batch) = (embedded.function, embedded.batch)
    let (outputs, gradients, jacobian) = embedded.reference()
    let found = try Adjoint().evaluate(function, at: batch)
    #expect(zip(found.outputs, outputs).allSatisfy { abs($0 - $1) < Self.tolerance })
    #expect(gradients.distance(from: try found.pullback(embedded.cotangents)) < Self.tolerance)
    let again = try Adjoint().vectorJacobianProduct(
      of: function, at: batch, cotangents: embedded.cotangents)
    #expect(gradients.distance(from: again) < Self.tolerance)

    let single = SampleBatch(
      weights: batch.weights, inputs: batch.inputs.map { Float($0) }, count: batch.count)
    let cotangents = embedded.cotangents.map { Float($0) }
    let evaluation = try Adjoint().evaluate(function, at: single)
    #expect(
      zip(evaluation.outputs, outputs).allSatisfy { abs(Double($0) - $1) < Self.singleTolerance })
    let scale = 1 + gradients.size
    #expect(
      gradients.distance(from: try evaluation.pullback(cotangents)) < Self.singleTolerance * scale)

    guard shifting else { return }
    #expect(
      jacobian.distance(from: try Adjoint().jacobian(of: function, at: batch)) < Self.tolerance)
    let shifted = try ParameterShift().jacobian(of: function, at: batch)
    #expect(jacobian.distance(from: shifted) < Self.tolerance * scale)
    for (method, tolerance) in [
      (ParameterShift() as any GradientMethod, Self.tolerance * scale),
      (CentralDifferences(step: 1e-4), Self.differenceTolerance * scale),
    ] {
      let other = try method.vectorJacobianProduct(
        of: function, at: batch, cotangents: embedded.cotangents)
      #expect(gradients.distance(from: other) < tolerance, "\(method.name)")
    }
  }

  @Test("equal dense vectors and their product rule, by every method", arguments: 1...6)
  func tiles(_ qubitCount: Int) throws {
    var circuits = RandomCircuits(seed: 81, qubitCount: qubitCount)
    var random = RandomOperations(seed: 82, qubitCount: qubitCount)
    let fitting = Gate.all.filter { $0.qubitCount <= qubitCount }
    for number in 0..<24 {
      let start = number * 5 % fitting.count
      let circuit = circuits.circuit(fitting[start..<min(start + 5, fitting.count)], count: 6)
      let embedded = try EmbeddedCase(
        embedding(number, qubitCount, atMost: 4, &random), then: circuit,
        measurement(number, qubitCount, &random), samples: [1, 3, 9, 17][number % 4], &random)
      try check(embedded, shifting: number % 3 == qubitCount % 3 || qubitCount < 4)
    }
  }

  /// Few gates on the lowest and the highest qubits, among them some that no layer takes.
  private func sparse(_ qubitCount: Int) -> Circuit {
    let (top, middle) = (qubitCount - 1, qubitCount / 2)
    return Circuit(qubits: qubitCount) {
      RX(.weight(0), top)
      H(0)
      CX(0, top)
      RY(.weight(1) * .input(0), middle)
      CX(top, 1)
      RZZ(.weight(2), middle, top)
      CRY(.input(1), 0, middle)
      CCX(0, middle, top)
      RX(.weight(0) + .input(0), 1)
      X(middle)
      RY(.input(1), top)
    }
  }

  @Test(
    "equal dense vectors one by one and on states of several blocks", arguments: [7, 12, 13, 16])
  func oneByOne(_ qubitCount: Int) throws {
    var random = RandomOperations(seed: 83, qubitCount: qubitCount)
    for number in 0..<3 {
      let qubits = [[qubitCount - 1, 1], [0, 4, qubitCount - 2], [qubitCount / 2]][number]
      let embedded = try EmbeddedCase(
        AmplitudeEmbedding(qubits: qubits, inputsFrom: number), then: sparse(qubitCount),
        measurement(number, qubitCount, &random), samples: qubitCount < 16 ? 2 : 1, &random)
      try check(embedded, shifting: qubitCount == 7)
    }
  }

  @Test("have the same bits on one and on two threads", arguments: [3, 12, 14, 16])
  func threads(_ qubitCount: Int) throws {
    for measurement in [Measurement.expectations([.x(0) + .z(1)]), .amplitudes(of: [0, 5])] {
      let embedding = AmplitudeEmbedding(inputsFrom: 2)
      let results = try [LoopPolicy.serial, .threads(2)].map { policy in
        var random = RandomOperations(seed: 84, qubitCount: qubitCount)
        let embedded = try EmbeddedCase(
          embedding, then: sparse(qubitCount), measurement, samples: 3, policy: policy, &random)
        let found = try Adjoint().evaluate(embedded.function, at: embedded.batch)
        return (found.outputs, try found.pullback(embedded.cotangents))
      }
      #expect(results[0].0 == results[1].0 && results[0].1 == results[1].1)
    }
  }

  @Test("have the derivative along any direction of all amplitudes of a large state")
  func allAmplitudes() throws {
    let qubitCount = 15
    var random = RandomOperations(seed: 85, qubitCount: qubitCount)
    let embedded = try EmbeddedCase(
      AmplitudeEmbedding(), then: sparse(qubitCount), .expectations([.z(0) + .x(14), .y(3)]),
      samples: 1, &random)
    let gradient = try Adjoint().vectorJacobianProduct(
      of: embedded.function, at: embedded.batch, cotangents: embedded.cotangents)
    let direction = random.numbers(embedded.batch.inputs.count)
    let sides = try [1e-5, -1e-5].map { step in
      var batch = embedded.batch
      for index in direction.indices { batch.inputs[index] += step * direction[index] }
      let outputs = try embedded.function.outputs(at: batch)
      return zip(outputs, embedded.cotangents).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let found = zip(gradient.inputs, direction).reduce(0) { $0 + $1.0 * $1.1 }
    // Truncation and rounding are both some 1e-9 of slopes up to 3.
    #expect(abs(found - (sides[0] - sides[1]) / 2e-5) < 1e-7)
  }

  @Test("have the states of a batch and the way back from them", arguments: [3, 13])
  func states(_ qubitCount: Int) throws {
    var random = RandomOperations(seed: 87, qubitCount: qubitCount)
    let embedded = try EmbeddedCase(
      AmplitudeEmbedding(qubits: [1, 2, 0]), then: sparse(qubitCount),
      .amplitudes(qubits: qubitCount), samples: 3, &random)
    let batch = embedded.batch
    let engine = BatchEngine<Double>(try #require(embedded.function.plan), policy: .serial)
    var rows = [Double](repeating: 0, count: embedded.cotangents.count)
    let states = unsafe try engine.states(
      weights: batch.weights, inputs: batch.inputs, batch: 3, rows: &rows)
    let found = try Adjoint().evaluate(embedded.function, at: batch)
    #expect(zip(rows, found.outputs).allSatisfy { abs($0 - $1) < 1e-13 })
    // d loss / d conj(amplitude) is half of d loss / d re + i d loss / d im.
    let cotangents = embedded.cotangents.map { $0 / 2 }
    var inputs = [Double](repeating: 0, count: batch.inputs.count)
    let weights = unsafe try engine.backwardFromStates(
      weights: batch.weights, inputs: batch.inputs, batch: 3, states: states,
      cotangents: cotangents, inputGradients: &inputs)
    let dense = DenseGradients(weights: weights, inputs: inputs)
    #expect(dense.distance(from: try found.pullback(embedded.cotangents)) < Self.tolerance)
    #expect(dense.size > 0.1)
  }

  @Test("are estimated without bias by shots, and refused where amplitudes are wanted")
  func shots() throws {
    var random = RandomOperations(seed: 86, qubitCount: 2)
    let circuit = Circuit(qubits: 2) {
      RY(.weight(0), 0)
      CX(0, 1)
    }
    let embedded = try EmbeddedCase(
      AmplitudeEmbedding(), then: circuit, .expectations([.z(1)]), samples: 1, &random)
    let exact = try Adjoint().vectorJacobianProduct(
      of: embedded.function, at: embedded.batch, cotangents: [1.0])
    let estimates = try (0..<400).map { seed in
      try ParameterShift(shots: Shots(100, seed: UInt64(seed))).vectorJacobianProduct(
        of: embedded.function, at: embedded.batch, cotangents: [1.0]
      ).inputs[2]
    }
    let mean = estimates.reduce(0, +) / 400
    let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
    #expect(variance > 0 && abs(mean - exact.inputs[2]) < 4 * (variance / 400).squareRoot())

    let amplitudes = try EmbeddedCase(
      AmplitudeEmbedding(), then: circuit, .amplitudes(qubits: 2), samples: 1, &random)
    #expect(throws: GradientError.amplitudesWithShots) {
      try amplitudes.function.outputs(at: amplitudes.batch, shots: Shots(10))
    }
    #expect(throws: GradientError.amplitudesWithShots) {
      try ParameterShift(shots: Shots(10)).vectorJacobianProduct(
        of: amplitudes.function, at: amplitudes.batch, cotangents: amplitudes.cotangents)
    }
  }

  @Test("refuse a row without a norm, by its number", arguments: [2, 13])
  func rowsWithoutNorm(_ qubitCount: Int) throws {
    let circuit = Circuit(qubits: qubitCount) { AmplitudeEmbedding(qubits: [1, 0]) }
    let function = try CircuitFunction(circuit, measuring: .expectations([.z(0)]))
    for (value, norm) in [(0.0, 0.0), (.infinity, .infinity)] {
      let batch = SampleBatch(
        weights: [], inputs: [1, 0, 0, 1] + [Double](repeating: value, count: 4), count: 2)
      let fault = GradientError.simulation(.inputNorm(sample: 1, norm: norm))
      #expect(throws: fault) { try function.outputs(at: batch) }
      for method in [Adjoint(), ParameterShift(), CentralDifferences()] as [any GradientMethod] {
        #expect(throws: fault) {
          try method.vectorJacobianProduct(of: function, at: batch, cotangents: [1, 1])
        }
      }
    }
    let nothing = SampleBatch<Float>(weights: [], inputs: [.nan, 0, 0, 1])
    #expect(throws: GradientError.self) { try function.outputs(at: nothing) }
  }
}
