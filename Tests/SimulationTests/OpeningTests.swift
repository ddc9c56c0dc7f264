import Circuits
import ComplexModule
import Compute
import RealModule
import Simulation
import TestSupport
import Testing

/// Circuits that open with gates on single qubits, which tiles run as a product state.
@Suite("Opening layers") struct OpeningTests {
  /// Thirty operations, each a few units in the last place, and gradients with coefficients up to some ten.
  private static let tolerance = 1e-11
  /// The same in single precision, where a unit in the last place is 6e-8.
  private static let singleTolerance = 2e-3

  /// Rotations and matrices on most qubits, in any order, then operations of all kinds.
  private func operations(_ number: Int, _ random: inout RandomOperations) -> [ElementaryOperation]
  {
    var order = Array(0..<random.qubitCount)
    order.shuffle(using: &random.stream)
    var result: [ElementaryOperation] = []
    for qubit in order {
      switch random.below(5) {
      case 0: continue
      case 1: result.append(ElementaryOperation(.rotation(.x(qubit)), angle: random.angle()))
      case 2:
        result.append(ElementaryOperation(.matrix(random.unitary(1), targets: [qubit])))
      default: result.append(ElementaryOperation(.rotation(.y(qubit)), angle: random.angle()))
      }
    }
    return result + random.operations(number % 13)
  }

  private func plans(
    _ operations: [ElementaryOperation], qubitCount: Int, _ measurement: Measurement
  ) throws -> [Plan] {
    try [true, false].map { isReduced in
      try Plan(
        operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2, measuring: measurement,
        isReduced: isReduced)
    }
  }

  @Test("give what operations run as they are give, with every table of kernels", arguments: 1...8)
  func agreement(qubitCount: Int) throws {
    for number in 0..<40 {
      var random = RandomOperations(
        seed: UInt64(100 * qubitCount + number), qubitCount: qubitCount)
      let plans = try plans(
        operations(number, &random), qubitCount: qubitCount,
        .expectations([random.observable(terms: 2), random.observable(terms: 3)]))
      let weights = random.numbers(3)
      let inputs = random.numbers(2 * 9)
      let expected = try evaluated(
        BatchEngine<Double>(plans[1], policy: .serial), weights, inputs)
      for table in KernelTable.all {
        let found = try evaluated(
          BatchEngine<Double>(plans[0], policy: .threads(2), kernels: table), weights, inputs)
        #expect(distance(found, expected) < Self.tolerance, "\(table.name), circuit \(number)")
        let single = try evaluated(
          BatchEngine<Float>(plans[0], policy: .serial, kernels: table), weights,
          inputs.map { Float($0) })
        #expect(
          distance(single.map { Double($0) }, expected) < Self.singleTolerance,
          "\(table.name), single precision, circuit \(number)")
      }
    }
  }

  @Test("keep the phase of the state, and its gradients", arguments: 1...6)
  func states(qubitCount: Int) throws {
    for number in 0..<20 {
      var random = RandomOperations(
        seed: UInt64(9000 + 100 * qubitCount + number), qubitCount: qubitCount)
      let plans = try plans(
        operations(number, &random), qubitCount: qubitCount, .expectations([]))
      let weights = random.numbers(3)
      let inputs = random.numbers(2 * 9)
      let cotangents = random.numbers(9 * 2 << qubitCount)
      let results = try plans.map { plan in
        let engine = BatchEngine<Double>(plan, policy: .threads(2))
        var rows = [Double](repeating: .nan, count: cotangents.count)
        var inputGradients = [Double](repeating: .nan, count: inputs.count)
        let states = unsafe try engine.states(
          weights: weights, inputs: inputs, batch: 9, rows: &rows)
        let gradients = unsafe try engine.backwardFromStates(
          weights: weights, inputs: inputs, batch: 9, states: states, cotangents: cotangents,
          inputGradients: &inputGradients)
        return rows + gradients + inputGradients
      }
      #expect(distance(results[0], results[1]) < 10 * Self.tolerance, "circuit \(number)")
    }
  }

  @Test("alone give the cosine of each angle, and its derivative")
  func product() throws {
    let count = 9
    var circuit = Circuit(qubits: count)
    for qubit in (0..<count).reversed() {
      circuit.append(.ry, angles: [.weight(qubit) + .input(0)], to: [qubit])
    }
    let plan = try Plan(
      circuit, measuring: .expectations((0..<count).map { PauliSum.z($0) }))
    let weights = (0..<count).map { 0.3 + 0.61 * Double($0) }
    let engine = BatchEngine<Double>(plan, policy: .serial)
    let inputs = (0..<11).map { 0.17 * Double($0) - 0.9 }
    let results = try evaluated(engine, weights, inputs)
    for (sample, input) in inputs.enumerated() {
      for (qubit, weight) in weights.enumerated() {
        let value = results[sample * count + qubit]
        #expect(abs(value - Double.cos(weight + input)) < Self.tolerance)
      }
    }
    for (qubit, weight) in weights.enumerated() {
      let slope = inputs.indices.reduce(0.0) { sum, sample in
        sum - cotangent(sample * count + qubit) * Double.sin(weight + inputs[sample])
      }
      #expect(abs(results[inputs.count * count + qubit] - slope) < Self.tolerance)
    }
  }

  private func cotangent(_ place: Int) -> Double { 0.1 + 0.3 * Double(place % 7) }

  /// Outputs, gradients of the weights and of the inputs.
  private func evaluated<Scalar: StateScalar>(
    _ engine: BatchEngine<Scalar>, _ weights: [Double], _ inputs: [Scalar]
  ) throws -> [Scalar] {
    let batch = inputs.count / engine.plan.inputCount
    var outputs = [Scalar](repeating: 0, count: batch * engine.plan.outputCount)
    var inputGradients = [Scalar](repeating: .nan, count: inputs.count)
    let states = unsafe try engine.forward(
      weights: weights, inputs: inputs, batch: batch, outputs: &outputs, keepingStates: true)
    let gradients = unsafe try engine.backward(
      weights: weights, inputs: inputs, batch: batch, states: states,
      cotangents: outputs.indices.map { Scalar(cotangent($0)) }, inputGradients: &inputGradients)
    return outputs + gradients.map { Scalar($0) } + inputGradients
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    #expect(a.count == b.count)
    return zip(a, b).reduce(0) { sum, pair in
      // NaN is no small distance.
      let gap = abs(pair.0 - pair.1)
      return gap <= sum ? sum : gap.isNaN ? .infinity : gap
    }
  }
}
