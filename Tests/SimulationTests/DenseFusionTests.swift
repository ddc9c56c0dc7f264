import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import Simulation
import TestSupport
import Testing

/// Matrices joined with what stands beside them, against the same operations one by one.
@Suite("Fusion of matrices") struct DenseFusionTests {
  /// Sixty operations, each a few units in the last place, and gradients with coefficients up to some ten.
  private static let tolerance = 1e-12
  /// The same in single precision.
  private static let singleTolerance = 1e-4

  /// What every table of costs makes of the operations: the same.
  private func fused(
    _ operations: [ElementaryOperation], laneBits: Int = 0
  ) -> [ElementaryOperation] {
    let all = KernelTable.all.map {
      DenseFusion(operations, costs: FusionCosts(laneBits: laneBits, kernels: $0)).operations
    }
    #expect(all.allSatisfy { $0 == all[0] })
    return all[0]
  }

  private func matrix(_ targets: [Int], seed: UInt64 = 1) -> ElementaryOperation {
    var random = RandomOperations(seed: seed, qubitCount: 8)
    return ElementaryOperation(.matrix(random.unitary(targets.count), targets: targets))
  }

  private func rotation(_ qubit: Int, _ angle: Angle) -> ElementaryOperation {
    ElementaryOperation(.rotation(.y(qubit)), angle: angle)
  }

  /// The qubits of each operation.
  private func supports(_ operations: [ElementaryOperation]) -> [UInt64] {
    operations.map { $0.targetMask | $0.controls.mask }
  }

  /// Random operations, most of them matrices on two or three qubits that are near each other, and some of them
  /// fixed rotations, phases, swaps and controls, some symbolic.
  private func operations(_ random: inout RandomOperations) -> [ElementaryOperation] {
    (0..<60).map { number in
      guard number % 3 != 2 else { return random.operation(random.below(5)) }
      let count = min(random.qubitCount, 2 + random.below(2))
      let first = random.below(random.qubitCount - count + 1)
      var targets = Array(first..<(first + count))
      targets.shuffle(using: &random.stream)
      return ElementaryOperation(.matrix(random.unitary(count), targets: targets))
    }
  }

  @Test("keeps the state of the reference and all outputs and gradients, whatever the costs")
  func law() throws {
    for number in 0..<200 {
      let qubitCount = 2 + number % 6
      var random = RandomOperations(seed: UInt64(7000 + number), qubitCount: qubitCount)
      let operations = operations(&random)
      let (weights, inputs) = (random.numbers(3), random.numbers(2))
      let expected = DenseOperations.run(
        operations, qubitCount: qubitCount, weights: weights, inputs: inputs)
      for table in KernelTable.all {
        let costs = FusionCosts(laneBits: number % 5, kernels: table)
        let fused = DenseFusion(operations, costs: costs).operations
        #expect(fused.count < operations.count, "circuit \(number)")
        let found = DenseOperations.run(
          fused, qubitCount: qubitCount, weights: weights, inputs: inputs)
        #expect(distance(found, expected) < Self.tolerance, "circuit \(number)")
      }
      for precision in Precision.allCases {
        let state = try StateVector(
          running: try plan(operations, qubitCount, .expectations([])), weights: weights,
          inputs: inputs, precision: precision)
        let tolerance = precision == .double ? Self.tolerance : Self.singleTolerance
        #expect(distance(state.amplitudes(), expected) < tolerance, "circuit \(number)")
      }
      let measurement = Measurement.expectations([random.observable(terms: 3)])
      for batch in [1, 9] {
        let rows = random.numbers(2 * batch)
        let results = try [true, false].map {
          try evaluated(
            try plan(operations, qubitCount, measurement, isReduced: $0), weights, rows, batch)
        }
        let difference = zip(results[0], results[1]).map { abs($0 - $1) }.max() ?? .infinity
        #expect(difference < 100 * Self.tolerance, "circuit \(number)")
      }
    }
  }

  private func plan(
    _ operations: [ElementaryOperation], _ qubitCount: Int, _ measurement: Measurement,
    isReduced: Bool = true
  ) throws -> Plan {
    try Plan(
      operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2, measuring: measurement,
      isReduced: isReduced)
  }

  private func distance(_ a: [Complex<Double>], _ b: [Complex<Double>]) -> Double {
    zip(a, b).map { ($0 - $1).length }.max() ?? .infinity
  }

  /// Outputs and gradients for the cotangents 1.
  private func evaluated(
    _ plan: Plan, _ weights: [Double], _ inputs: [Double], _ batch: Int
  ) throws -> [Double] {
    let engine = BatchEngine<Double>(plan, policy: .serial)
    var outputs = [Double](repeating: 0, count: batch * plan.outputCount)
    var slopes = [Double](repeating: 0, count: inputs.count)
    let states = unsafe try engine.forward(
      weights: weights, inputs: inputs, batch: batch, outputs: &outputs, keepingStates: true)
    let ones = outputs.map { _ in 1.0 }
    let gradients = unsafe try engine.backward(
      weights: weights, inputs: inputs, batch: batch, states: states, cotangents: ones,
      inputGradients: &slopes)
    return outputs + gradients + slopes
  }

  @Test("joins gates on the same qubits, on two of three, and what stands beside them")
  func joins() {
    #expect(supports(fused([matrix([0, 1]), matrix([1, 0])])) == [0b11])
    #expect(
      supports(fused([matrix([0, 1]), matrix([1, 2]), matrix([0, 1], seed: 2)])) == [0b111])
    // Of six qubits, larger than any that is made of others.
    #expect(
      supports(fused([matrix([5, 0, 1, 2, 3, 4]), matrix([1, 4]), rotation(2, 0.3)])) == [0b111111])
    // Fixed rotations on both sides, a controlled Z, and an exchange.
    #expect(
      supports(
        fused([
          rotation(4, 0.3), matrix([4, 5]), rotation(5, 0.4),
          ElementaryOperation(.swap(5, 4)),
          ElementaryOperation(
            .pauli(.z(4)), controls: ControlMask(mask: 1 << 5, value: 1 << 5)),
        ])) == [0b110000])
  }

  @Test("leaves alone what depends on values, what costs nothing, and gates far from each other")
  func leaves() {
    let symbolic = [matrix([0, 1]), rotation(1, .weight(0)), matrix([0, 1], seed: 2)]
    #expect(fused(symbolic) == symbolic)
    let free = [rotation(0, 0.3), ElementaryOperation(.swap(0, 1)), rotation(1, 0.2)]
    #expect(fused(free) == free)
    let apart = [matrix([0, 1]), matrix([2, 3]), matrix([4, 5])]
    #expect(fused(apart) == apart)
    // A swap with a third qubit changes the order of basis states alone: a larger matrix would cost more.
    let crossing = [matrix([0, 1]), ElementaryOperation(.swap(1, 2))]
    #expect(fused(crossing) == crossing)
  }

  @Test("joins two gates on three qubits where the machine's registers make that faster")
  func pairs() {
    for table in KernelTable.all {
      let costs = FusionCosts(laneBits: 0, kernels: table)
      let found = DenseFusion([matrix([0, 1]), matrix([1, 2])], costs: costs).operations
      #expect(supports(found) == (table.name == "avx512" ? [0b111] : [0b11, 0b110]))
    }
  }

  @Test("joins across what acts elsewhere, and never past what acts on the same qubit")
  func order() {
    let between = [matrix([0, 1]), rotation(3, .weight(0)), matrix([0, 1], seed: 2)]
    #expect(supports(fused(between)) == [0b1000, 0b11])
    // The second matrix on 0 and 1 can join neither side: 1 is turned before it and 0 after the first.
    let barred = [
      matrix([0, 1]), rotation(0, .weight(0)), matrix([1, 2]), rotation(1, .weight(1)),
      matrix([0, 1], seed: 2),
    ]
    for table in KernelTable.all {
      let kept = DenseFusion(barred, costs: FusionCosts(laneBits: 0, kernels: table)).operations
      #expect(kept.contains(barred[1]) && kept.contains(barred[3]) && kept.last == barred[4])
    }
  }

  @Test("costs of matrices grow with their qubits and with lanes, in every table")
  func costs() {
    for table in KernelTable.all {
      let costs = FusionCosts(laneBits: 3, kernels: table)
      #expect(costs.cost(ofMatrixOn: 0b11000) < costs.cost(ofMatrixOn: 0b10001))
      #expect(costs.cost(ofMatrixOn: 0b10001) < costs.cost(ofMatrixOn: 0b00011))
      #expect(costs.cost(ofMatrixOn: 0b11000) < costs.cost(ofMatrixOn: 0b111000))
      #expect(costs.cost(ofMatrixOn: 0b1111) == .infinity)
      #expect(costs.cost(ofMatrixOn: 0b11111000) == .infinity)
    }
  }
}
