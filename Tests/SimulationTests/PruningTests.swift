import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import RealModule
import Simulation
import TestSupport
import Testing

@Suite("Pruning") struct PruningTests {
  /// Fifteen operations, each a few units in the last place, and gradients with coefficients up to some ten.
  private static let tolerance = 1e-11
  private static let circuitCount = 1000

  /// Short circuits with few targets and diagonal matrices among them, so that all rules find something.
  private func operations(_ random: inout RandomOperations) -> [ElementaryOperation] {
    random.operations(15).compactMap { operation in
      guard case .matrix(let matrix, let targets) = operation.kind else { return operation }
      switch random.below(4) {
      case 0: return operation
      case 1:
        let phases = (0..<matrix.rows).map { _ in
          Complex(length: 1.0, phase: random.stream.nextUniform() * 6)
        }
        return ElementaryOperation(
          .matrix(.diagonal(phases), targets: targets), controls: operation.controls)
      default: return nil
      }
    }
  }

  private func measurement(_ number: Int, _ random: inout RandomOperations) -> Measurement {
    let qubit = random.below(random.qubitCount)
    switch number % 5 {
    case 0: return .probabilities(of: [qubit])
    case 1: return .expectations([.z(qubit), .z(random.below(random.qubitCount))])
    case 2: return .expectations([.x(qubit) + PauliSum.z(qubit) * 0.5])
    case 3: return .covariances([.z(qubit), .x(random.below(random.qubitCount))])
    default: return .expectations([random.observable(terms: 1), .identity])
    }
  }

  @Test("changes neither outputs nor gradients, in 1,000 random circuits") func onAndOff() throws {
    var found = Pruning.Counts()
    var fewerQubits = 0
    for number in 0..<Self.circuitCount {
      let qubitCount = 1 + number % 7
      var random = RandomOperations(seed: UInt64(7000 + number), qubitCount: qubitCount)
      let operations = operations(&random)
      let measurement = measurement(number, &random)
      let pruning = Pruning(operations, qubitCount: qubitCount, measuring: measurement)
      found.onBasisStates += pruning.counts.onBasisStates
      found.lostControls += pruning.counts.lostControls
      found.outsideCone += pruning.counts.outsideCone
      found.commuting += pruning.counts.commuting
      if pruning.qubits.count < qubitCount { fewerQubits += 1 }
      #expect(pruning.operations.count + pruning.counts.removed == operations.count)
      // As they are: what is compared here is the pruning alone.
      let plans = [
        try Plan(
          operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2,
          measuring: measurement, isReduced: false),
        try Plan(
          pruning.operations, qubitCount: pruning.qubits.count, weightCount: 3, inputCount: 2,
          measuring: pruning.measurement, isReduced: false),
      ]
      let weights = random.numbers(3)
      for batch in [2, 9] {
        let inputs = random.numbers(2 * batch)
        let results = try plans.map { try evaluated($0, weights, inputs, batch) }
        #expect(results[0].count == results[1].count)
        let distance = zip(results[0], results[1]).map { abs($0 - $1) }.max() ?? .infinity
        #expect(distance < Self.tolerance, "circuit \(number)")
      }
    }
    // Each rule has been at work in many circuits.
    #expect(found.onBasisStates > 500 && found.lostControls > 200)
    #expect(found.outsideCone > 500 && found.commuting > 200 && fewerQubits > 200)
  }

  /// Outputs, and gradients for the cotangents 1, 2, 3, ...
  private func evaluated(
    _ plan: Plan, _ weights: [Double], _ inputs: [Double], _ batch: Int
  ) throws -> [Double] {
    let engine = BatchEngine<Double>(plan, policy: .threads(2))
    var outputs = [Double](repeating: 0, count: batch * plan.outputCount)
    var inputGradients = [Double](repeating: .nan, count: inputs.count)
    let states = unsafe try engine.forward(
      weights: weights, inputs: inputs, batch: batch, outputs: &outputs, keepingStates: true)
    let cotangents = outputs.indices.map { Double($0 + 1) / Double(outputs.count) }
    let gradients = unsafe try engine.backward(
      weights: weights, inputs: inputs, batch: batch, states: states, cotangents: cotangents,
      inputGradients: &inputGradients)
    return outputs + gradients + inputGradients
  }

  @Test("gives angles that nothing depends on the gradient zero, exactly") func zeroGradients()
    throws
  {
    var circuit = Circuit(qubits: 3)
    circuit.append(.rz, angles: [.weight(0)], to: [0])
    circuit.append(.cry, angles: [.weight(1)], to: [2, 0])
    circuit.append(.ry, angles: [.weight(2)], to: [0])
    circuit.append(.ry, angles: [.input(0)], to: [1])
    circuit.append(.cx, to: [0, 1])
    circuit.append(.rz, angles: [.input(1)], to: [0])
    circuit.append(.crx, angles: [.weight(3)], to: [0, 1])
    let plan = try Plan(circuit, measuring: .expectations([.z(0)]))
    #expect(plan.pruned.qubitCount == 1 && plan.pruned.operations.count == 1)
    for batch in [1, 8] {
      let inputs = (0..<(2 * batch)).map { 0.3 * Double($0) - 1 }
      let values = try evaluated(plan, [0.5, 0.7, 0.9, 1.1], inputs, batch)
      #expect(values[batch] == 0 && values[batch + 1] == 0 && values[batch + 3] == 0)
      #expect(values[(batch + 4)...].allSatisfy { $0 == 0 })
      #expect(abs(values[0] - Double.cos(0.9)) < Self.tolerance)
    }
  }

  @Test("keeps the qubits that a local observable sees of a brickwork circuit") func brickwork()
    throws
  {
    var circuit = Circuit(qubits: 40)
    for layer in 0..<3 {
      for qubit in 0..<40 {
        circuit.append(.ry, angles: [.weight(40 * layer + qubit)], to: [qubit])
      }
      for qubit in stride(from: layer % 2, to: 39, by: 2) {
        circuit.append(.cz, to: [qubit, qubit + 1])
      }
    }
    let measurement = Measurement.expectations([PauliSum.z(20) * PauliSum.z(21)])
    let plan = try Plan(circuit, measuring: measurement)
    // The last layer of CZ commutes; the one before reaches 19 to 22, the first 18 to 23.
    let pruning = Pruning(
      plan.operations, qubitCount: 40, measuring: measurement)
    #expect(pruning.qubits == Array(18...23))
    let result = try BatchEngine<Double>(plan).outputAndGradient(
      weights: (0..<120).map { 0.1 * Double($0 % 17) })
    #expect(
      result.gradient.indices.filter { result.gradient[$0] != 0 }.allSatisfy {
        (18...23).contains($0 % 40)
      })
    #expect(result.gradient.contains { $0 != 0 })
  }

  @Test("leaves plans alone that are there for their state") func states() throws {
    var circuit = Circuit(qubits: 2)
    circuit.append(.rz, angles: [0.7], to: [1])
    let plan = try Plan(circuit, measuring: .expectations([]))
    #expect(plan.pruned === plan)
    let phase = try StateVector(running: plan).amplitude(of: 0)
    #expect((phase - Complex(length: 1, phase: -0.35)).length < Self.tolerance)
    let measured = try Plan(circuit, measuring: .expectations([.z(0)]))
    #expect(measured.pruned.operations.isEmpty)
    let same = try StateVector(running: measured).amplitude(of: 0)
    #expect((same - phase).length < Self.tolerance)
  }
}
