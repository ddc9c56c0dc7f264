import Circuits
import ComplexModule
import Compute
import Simulation
import TestSupport
import Testing

/// Outputs at shifted angles, from superpositions of two states, against runs at these angles.
@Suite("Superpositions of states at two angles") struct SuperpositionTests {
  /// Forty operations and two more roundings.
  private static let tolerance = 1e-12
  private static let singleTolerance = 2e-4

  /// Operations of which `count` have an input of their own as angle, rotations and controlled phases.
  private func operations(
    _ random: inout RandomOperations, reading count: Int
  ) -> (operations: [ElementaryOperation], factors: [Complex<Double>]) {
    var operations = (0..<random.qubitCount).map {
      ElementaryOperation(.rotation(.y($0)), angle: Angle(0.4 + 0.3 * Double($0)))
    }
    var factors: [Complex<Double>] = []
    for input in 0..<count {
      operations += random.operations(5).map {
        // What else there is reads no inputs.
        ElementaryOperation(
          $0.kind, angle: $0.angle.substituting(input: { _ in .weight(0) }), controls: $0.controls)
      }
      let isNegative = random.below(2) == 1
      let angle = isNegative ? -Angle.input(input) : Angle.input(input)
      if input % 2 == 0 {
        let qubits = Array(0..<min(random.qubitCount, 1 + random.below(3)))
        operations.append(
          ElementaryOperation(.rotation(random.string(on: qubits)), angle: angle))
        factors.append(.one)
      } else {
        let mask = UInt64(1 + random.below((1 << random.qubitCount) - 1))
        operations.append(
          ElementaryOperation(
            .phase, angle: angle,
            controls: ControlMask(mask: mask, value: random.stream.next() & mask)))
        factors.append(Complex(0, isNegative ? 1 : -1))
      }
    }
    return (
      operations
        + random.operations(3).map { operation in
          ElementaryOperation(
            operation.kind, angle: operation.angle.substituting(input: { _ in .weight(1) }),
            controls: operation.controls)
        }, factors
    )
  }

  /// Compares the outputs of a circuit; whether they depend on the shifts.
  private func check<Scalar: StateScalar>(
    _ number: Int, qubits: Int, _ tolerance: Double, blocks: BlockShape? = nil, _: Scalar.Type
  ) throws -> Bool {
    // More than a tile has lanes too.
    let count = 1 + number % (BatchEngine<Scalar>.lanes + 3)
    var random = RandomOperations(
      seed: UInt64(3100 + number), qubitCount: qubits, inputCount: count)
    let (operations, signs) = operations(&random, reading: count)
    let measurement: Measurement =
      number % 3 == 0
      ? .probabilities(of: [qubits - 1])
      : .expectations([random.observable(terms: 2), random.observable(terms: 1)])
    let plan = try Plan(
      operations, qubitCount: qubits, weightCount: 3, inputCount: count, measuring: measurement)
    // Where the plan that is run leaves a shifted angle out, its state is that at the first row.
    let seen = Set(plan.pruned.operations.flatMap { $0.angle.terms.flatMap(\.inputs) })
    let factors = signs.enumerated().map { seen.contains($0.offset) ? $0.element : .i }
    var engine = BatchEngine<Scalar>(plan, policy: .threads(2))
    if let blocks { engine.blocks = blocks }
    let (weights, inputs) = (random.numbers(3), random.numbers(count).map { Scalar($0) })
    func rows(_ distances: [Scalar]) -> [Scalar] {
      (0..<count).flatMap { place in
        distances.flatMap { distance in
          var row = inputs
          row[place] += distance
          return row
        }
      }
    }
    let shifted = rows([.pi / 2, -.pi / 2])
    var expected = [Scalar](repeating: 0, count: 2 * count * plan.outputCount)
    _ = unsafe try engine.forward(
      weights: weights, inputs: shifted, batch: 2 * count, outputs: &expected)
    let found = try engine.superpositionOutputs(
      weights: weights, inputs: inputs + rows([.pi]), factors: factors)
    #expect(found.count == expected.count)
    let difference = zip(found, expected).map { abs(Double($0 - $1)) }.max() ?? .infinity
    #expect(difference < tolerance, "circuit \(number)")
    return zip(expected, expected.dropFirst(plan.outputCount)).contains { abs($0 - $1) > 0.01 }
  }

  @Test("are the outputs at angles a quarter turn away, as tiles and one by one", arguments: 1...8)
  func outputs(qubits: Int) throws {
    var shifting = 0
    for number in 0..<25 {
      if try check(number, qubits: qubits, Self.tolerance, Double.self) { shifting += 1 }
      if try check(number, qubits: qubits, Self.singleTolerance, Float.self) { shifting += 1 }
    }
    #expect(shifting > 25)
  }

  @Test("are the same on states larger than a block")
  func large() throws {
    let blocks = BlockShape(lineBits: 6, tableLineBits: 3)
    var shifting = 0
    for number in 0..<6 {
      if try check(number, qubits: 13, Self.tolerance, blocks: blocks, Double.self) {
        shifting += 1
      }
      if try check(number, qubits: 13, Self.singleTolerance, blocks: blocks, Float.self) {
        shifting += 1
      }
    }
    #expect(shifting > 3)
  }
}
