import Circuits
import Compute
import QuantumGradients
import RealModule
import Simulation
import Testing

@Suite("Outputs and Jacobians") struct JacobianTests {
  /// Rounding of some fifteen gates and of observables of a few units.
  private static let tolerance = 1e-11
  /// Truncation h²/6 · f‴ with h = 1e-4.
  private static let differenceTolerance = 2e-5
  /// Single precision: 1e-7 a gate and output, times coefficients of angles and observables.
  private static let singleTolerance = 1e-3

  @Test("agree with dense states for every kind of observable, by every method", arguments: 1...5)
  func dense(_ qubitCount: Int) throws {
    var random = RandomCircuits(seed: 31, qubitCount: qubitCount)
    let fitting = Gate.all.filter { $0.qubitCount <= qubitCount }
    for number in 0..<24 {
      let start = number * 6 % fitting.count
      let circuit = random.circuit(
        fitting[start..<min(start + 6, fitting.count)], count: 6)
      let function = try CircuitFunction(
        circuit, measuring: random.measurement(number), policy: .serial)
      let samples = 1 + number / 6 % 3
      let batch = SampleBatch(
        weights: random.numbers(function.weightCount),
        inputs: random.numbers(samples * function.inputCount), count: samples)
      try check(Adjoint(), function, batch, Self.tolerance)
      try check(ParameterShift(), function, batch, Self.tolerance)
      try check(CentralDifferences(step: 1e-4), function, batch, Self.differenceTolerance)
      let single = SampleBatch(
        weights: batch.weights, inputs: batch.inputs.map { Float($0) }, count: samples)
      try check(Adjoint(), function, single, Self.singleTolerance)
      try check(ParameterShift(), function, single, Self.singleTolerance)
    }
  }

  /// Outputs and the Jacobian of all samples against dense states.
  private func check<Scalar: StateScalar>(
    _ method: some GradientMethod, _ function: CircuitFunction, _ batch: SampleBatch<Scalar>,
    _ tolerance: Double
  ) throws {
    let (outputCount, weightCount) = (function.outputCount, function.weightCount)
    let inputCount = function.inputCount
    let outputs = try method.evaluate(function, at: batch).outputs
    let jacobian = try method.jacobian(of: function, at: batch)
    #expect(jacobian.outputCount == outputCount)
    #expect(jacobian.weights.count == batch.count * outputCount * weightCount)
    #expect(jacobian.inputs.count == batch.count * outputCount * inputCount)
    for sample in 0..<batch.count {
      let reference = DenseReadout(
        function, weights: batch.weights,
        inputs: (0..<inputCount).map { Double(batch.inputs[sample * inputCount + $0]) })
      for (output, expected) in reference.outputs.enumerated() {
        let row = sample * outputCount + output
        #expect(abs(Double(outputs[row]) - expected) < tolerance, "\(method.name)")
        let found =
          jacobian.weights[(row * weightCount)..<((row + 1) * weightCount)]
          + jacobian.inputs[(row * inputCount)..<((row + 1) * inputCount)].map { Double($0) }
        for (one, other) in zip(found, reference.jacobian[output]) {
          #expect(abs(one - other) < tolerance, "\(method.name), \(function.measurement)")
        }
      }
    }
  }

  @Test("are the vector-Jacobian products of unit vectors, on tiles and on large states")
  func products() throws {
    for (qubitCount, samples) in [(4, 30), (13, 2)] {
      var random = RandomCircuits(seed: 32, qubitCount: qubitCount)
      let function = try CircuitFunction(
        random.circuit([], count: 8), measuring: random.measurement(5))
      let batch = SampleBatch(
        weights: random.numbers(3), inputs: random.numbers(2 * samples), count: samples)
      let jacobian = try Adjoint().jacobian(of: function, at: batch)
      for output in 0..<function.outputCount {
        var cotangents = [Double](repeating: 0, count: samples * function.outputCount)
        for sample in 0..<samples { cotangents[sample * function.outputCount + output] = 1 }
        let product = try Adjoint().vectorJacobianProduct(
          of: function, at: batch, cotangents: cotangents)
        for weight in 0..<3 {
          let sum = (0..<samples).reduce(0.0) {
            $0 + jacobian.weights[($1 * function.outputCount + output) * 3 + weight]
          }
          #expect(abs(sum - product.weights[weight]) < Self.tolerance * Double(samples))
        }
        for sample in 0..<samples {
          for input in 0..<2 {
            let found = jacobian.inputs[(sample * function.outputCount + output) * 2 + input]
            #expect(abs(found - product.inputs[2 * sample + input]) < Self.tolerance)
          }
        }
      }
      let rows = try Adjoint().jacobian(
        of: function, weights: batch.weights, inputs: Array(batch.inputs.prefix(2)))
      #expect(rows.flatMap { $0 } == Array(jacobian.weights.prefix(rows.count * 3)))
    }
  }

  @Test("of variances have an unbiased gradient with shots, and a bias of the value that is known")
  func shots() throws {
    // Var Z = 1 - cos² w. The mean of S outcomes ±1 has the variance (1 - cos² w) / S.
    var circuit = Circuit(qubits: 1)
    circuit.append(.rx, angles: [.weight(0)], to: [0])
    let function = try CircuitFunction(circuit, measuring: .variances([.z(0)]))
    let weight = 0.54
    let batch = SampleBatch<Double>(weights: [weight], inputs: [])
    let shots = 4
    let trials = 20_000
    var values: [Double] = []
    var slopes: [Double] = []
    for seed in 0..<trials {
      let evaluation = try ParameterShift(shots: Shots(shots, seed: 5)).advanced(to: UInt64(seed))
        .evaluate(function, at: batch)
      values.append(evaluation.outputs[0])
      slopes.append(try evaluation.pullback([1]).weights[0])
    }
    let variance = 1 - Double.pow(Double.cos(weight), 2)
    for (found, expected) in [
      (values, variance * (1 - 1 / Double(shots))), (slopes, Double.sin(2 * weight)),
    ] {
      let mean = found.reduce(0, +) / Double(trials)
      let spread = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(trials - 1)
      #expect(spread > 0)
      #expect(abs(mean - expected) < 4 * (spread / Double(trials)).squareRoot())
    }
  }

  @Test("are the same bits on any number of threads")
  func threads() throws {
    var random = RandomCircuits(seed: 35, qubitCount: 7)
    let circuit = random.circuit([], count: 9)
    let measurement = random.measurement(5)
    let batch = SampleBatch(weights: random.numbers(3), inputs: random.numbers(22), count: 11)
    func jacobians(_ policy: LoopPolicy) throws -> [CircuitJacobian<Double>] {
      let function = try CircuitFunction(circuit, measuring: measurement, policy: policy)
      return [
        try Adjoint().jacobian(of: function, at: batch),
        try ParameterShift().jacobian(of: function, at: batch),
        try ParameterShift(shots: Shots(20, seed: 3)).jacobian(of: function, at: batch),
        try CentralDifferences().jacobian(of: function, at: batch),
      ]
    }
    let serial = try jacobians(.serial)
    for count in [2, 5] { #expect(try jacobians(.threads(count)) == serial) }
  }

  @Test("refuse batches that do not fit")
  func faults() throws {
    var random = RandomCircuits(seed: 34, qubitCount: 2)
    let function = try CircuitFunction(
      random.circuit([], count: 5), measuring: .variances([.z(0)]))
    #expect(throws: GradientError.simulation(.weightCount(found: 2, expected: 3))) {
      try ParameterShift().jacobian(of: function, weights: [1, 2], inputs: [1, 2])
    }
    #expect(throws: GradientError.simulation(.inputCount(found: 1, expected: 2))) {
      try Adjoint().jacobian(of: function, weights: [1, 2, 3], inputs: [1])
    }
    #expect(throws: GradientError.badStep(-1)) {
      try CentralDifferences(step: -1).jacobian(of: function, weights: [1, 2, 3], inputs: [1, 2])
    }
  }
}
