import Circuits
import ComplexModule
import Compute
import Simulation
import TestSupport
import Testing

@Suite("Planner") struct PlannerTests {
  /// Forty operations, each a few units in the last place, and gradients with coefficients up to some ten.
  private static let tolerance = 1e-12
  private static let circuitCount = 1000

  /// A random circuit: in most, operations that reduce to turns, diagonals and changes of frame are more frequent, so
  /// that layers grow long; in the others all kinds come alike.
  private func operations(_ number: Int, _ random: inout RandomOperations) -> [ElementaryOperation]
  {
    let all = random.operations(40)
    guard number % 4 != 3 else { return all }
    return all.filter { operation in
      switch operation.kind {
      case .rotation, .phase: operation.controls.count < 2
      case .pauli: operation.controls.count < 2
      case .swap: operation.controls.count == 0
      case .matrix(_, let targets): targets.count == 1 && operation.controls.count == 0
      }
    }
  }

  @Test(
    "changes nothing but rounding, in 1,000 random circuits, one state and batches, forward and back"
  )
  func onAndOff() throws {
    for number in 0..<Self.circuitCount {
      let qubitCount = 1 + number % 7
      var random = RandomOperations(seed: UInt64(500 + number), qubitCount: qubitCount)
      let operations = operations(number, &random)
      let measurement: Measurement =
        number % 3 == 0
        ? .probabilities(of: Array((0..<qubitCount).reversed().prefix(2)))
        : .expectations([random.observable(terms: 2), random.observable(terms: 3)])
      let weights = random.numbers(3)
      // Both ways of a batch: two samples follow one another from six qubits on, nine are tiles.
      for batch in [2, 9] {
        let inputs = random.numbers(2 * batch)
        var results: [[Double]] = []
        for isReduced in [true, false] {
          let plan = try Plan(
            operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2,
            measuring: measurement, isReduced: isReduced)
          results.append(try evaluated(plan, weights, inputs, batch))
        }
        #expect(distance(results[0], results[1]) < 100 * Self.tolerance, "circuit \(number)")
      }
      let row = random.numbers(2)
      let states = try [true, false].map { isReduced in
        try StateVector(
          running: try Plan(
            operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2,
            measuring: measurement, isReduced: isReduced), weights: weights, inputs: row
        ).amplitudes()
      }
      let difference = zip(states[0], states[1]).map { ($0 - $1).length }.max() ?? 0
      #expect(difference < Self.tolerance, "circuit \(number)")
    }
  }

  /// Outputs, and gradients for the cotangents 1, 2, 3, ...
  private func evaluated(
    _ plan: Plan, _ weights: [Double], _ inputs: [Double], _ batch: Int
  ) throws -> [Double] {
    let engine = BatchEngine<Double>(plan, policy: .threads(2))
    var outputs = [Double](repeating: 0, count: batch * plan.outputCount)
    var inputGradients = [Double](repeating: 0, count: inputs.count)
    let states = unsafe try engine.forward(
      weights: weights, inputs: inputs, batch: batch, outputs: &outputs, keepingStates: true)
    let cotangents = outputs.indices.map { Double($0 + 1) / Double(outputs.count) }
    let gradients = unsafe try engine.backward(
      weights: weights, inputs: inputs, batch: batch, states: states, cotangents: cotangents,
      inputGradients: &inputGradients)
    return outputs + gradients + inputGradients
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    #expect(a.count == b.count)
    return zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test("agrees with operations run as they are on large states too")
  func large() throws {
    for number in 0..<12 {
      let qubitCount = 16 + number % 2
      var random = RandomOperations(seed: UInt64(900 + number), qubitCount: qubitCount)
      let operations = operations(number, &random)
      let states = try [true, false].map { isReduced in
        try StateVector(
          running: try Plan(
            operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2,
            measuring: .expectations([]), isReduced: isReduced), weights: [0.4, -1.2, 2.1],
          inputs: [0.3, 0.9]
        ).amplitudes()
      }
      let difference = zip(states[0], states[1]).map { ($0 - $1).length }.max() ?? 0
      #expect(difference < Self.tolerance, "circuit \(number)")
    }
  }
}
