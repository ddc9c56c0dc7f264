import Circuits
import Compute
import Simulation
import TestSupport
import Testing

/// States larger than a block, of few qubits since blocks are small too, against the same circuits run operation by
/// operation on a state of one block.
@Suite("States larger than a block") struct LargeStateTests {
  /// Forty operations, each a few units in the last place, times coefficients of angles up to some ten.
  private static let tolerance = 1e-10
  /// The same in single precision.
  private static let singleTolerance = 5e-3
  private static let shapes = [
    BlockShape(lineBits: 4, tableLineBits: 2), BlockShape(lineBits: 4, tableLineBits: 1),
    BlockShape(lineBits: 5, tableLineBits: 3), BlockShape(lineBits: 4, tableLineBits: 4),
  ]
  /// A state of 16 qubits or fewer is one block.
  private static let oneBlock = BlockShape(lineBits: 16, tableLineBits: 16)
  private static let kernels = KernelTable.all

  /// Outputs, gradients of weights and of inputs, for the cotangents 1, 1/2, 1/3, ...
  private func evaluated<Scalar: StateScalar>(
    _ plan: Plan, _ weights: [Double], _ inputs: [Scalar], _ blocks: BlockShape, threads: Int = 2,
    kernels: KernelTable = .best
  ) throws -> [Double] {
    var engine = BatchEngine<Scalar>(plan, policy: .threads(threads), kernels: kernels)
    engine.blocks = blocks
    var outputs = [Scalar](repeating: 0, count: plan.outputCount)
    var inputGradients = [Scalar](repeating: 0, count: inputs.count)
    let states = unsafe try engine.forward(
      weights: weights, inputs: inputs, batch: 1, outputs: &outputs, keepingStates: true)
    let cotangents: [Scalar] = outputs.indices.map { 1 / Scalar($0 + 1) }
    let gradients = unsafe try engine.backward(
      weights: weights, inputs: inputs, batch: 1, states: states, cotangents: cotangents,
      inputGradients: &inputGradients)
    return outputs.map { Double($0) } + gradients + inputGradients.map { Double($0) }
  }

  private func plan(
    _ operations: [ElementaryOperation], _ qubitCount: Int, _ measurement: Measurement,
    startingFrom start: InitialState? = nil, isReduced: Bool
  ) throws -> Plan {
    try Plan(
      operations, qubitCount: qubitCount, weightCount: 3, inputCount: 2, measuring: measurement,
      startingFrom: start, isReduced: isReduced)
  }

  /// |0…0⟩, or the two inputs as amplitudes of one qubit or, with a padding, of two.
  private func start(
    _ number: Int, _ qubitCount: Int, _ random: inout RandomOperations
  ) throws -> InitialState? {
    guard number % 2 == 1 else { return nil }
    var order = Array(0..<qubitCount)
    order.shuffle(using: &random.stream)
    return try InitialState(
      inputs: 0..<2, on: Array(order.prefix(number % 4 == 1 ? 1 : 2)), padding: 0.4)
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    #expect(a.count == b.count)
    return zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
  }

  /// Runs operations in blocks of one shape, as layers and as they are, in both precisions.
  private func check(
    _ operations: [ElementaryOperation], _ qubitCount: Int, _ random: inout RandomOperations,
    number: Int, shape: BlockShape
  ) throws {
    let measurement: Measurement =
      number % 3 == 0
      ? .probabilities(of: [qubitCount - 1, 0, 4])
      : .expectations([random.observable(terms: 2), random.observable(terms: 3)])
    let weights = random.numbers(3)
    let inputs = random.numbers(2)
    let start = try start(number, qubitCount, &random)
    let expected = try evaluated(
      plan(operations, qubitCount, measurement, startingFrom: start, isReduced: false), weights,
      inputs, Self.oneBlock)
    for isReduced in [true, false] {
      let plan = try plan(
        operations, qubitCount, measurement, startingFrom: start, isReduced: isReduced)
      let kernels = Self.kernels[number % Self.kernels.count]
      let found = try evaluated(plan, weights, inputs, shape, kernels: kernels)
      #expect(
        distance(found, expected) < Self.tolerance,
        "circuit \(number), \(qubitCount) qubits, reduced \(isReduced), \(kernels.name), \(shape)")
      let single = try evaluated(
        plan, weights, inputs.map { Float($0) }, shape, kernels: kernels)
      #expect(
        distance(single, expected) < Self.singleTolerance,
        "circuit \(number), \(qubitCount) qubits, reduced \(isReduced), \(kernels.name), \(shape)")
    }
  }

  @Test("have the outputs and gradients of small ones, in random circuits", arguments: 9...11)
  func randomCircuits(_ qubitCount: Int) throws {
    for number in 0..<100 {
      var random = RandomOperations(seed: UInt64(1200 + number), qubitCount: qubitCount)
      var operations = random.operations(40)
      if number % 3 != 2 { operations.removeAll { !$0.isLayered } }
      try check(
        operations, qubitCount, &random, number: number, shape: Self.shapes[number % 4])
    }
  }

  @Test("take strings of Pauli operators on more qubits than a block holds")
  func wideStrings() throws {
    let qubitCount = 11
    for number in 0..<60 {
      var random = RandomOperations(seed: UInt64(1400 + number), qubitCount: qubitCount)
      var operations = random.operations(12)
      for index in 0..<8 {
        var order = Array(0..<qubitCount)
        order.shuffle(using: &random.stream)
        let string = random.string(on: Array(order.prefix(7 + random.below(4))))
        let mask = index % 3 == 0 ? UInt64(1) << UInt64(order[10]) : 0
        let controls = ControlMask(mask: mask, value: random.stream.next() & mask)
        let isPauli = index % 4 == 3
        operations.insert(
          ElementaryOperation(
            isPauli ? .pauli(string) : .rotation(string), angle: isPauli ? 0 : random.angle(),
            controls: controls), at: index == 0 ? 0 : random.below(operations.count))
      }
      try check(
        operations, qubitCount, &random, number: number, shape: Self.shapes[number % 4])
    }
  }

  @Test("take strings of Z across blocks and tables with any angle, more than one table carries")
  func crossingStrings() throws {
    let qubitCount = 10
    for number in 0..<12 {
      var random = RandomOperations(seed: UInt64(1500 + number), qubitCount: qubitCount)
      var operations: [ElementaryOperation] = []
      for _ in 0..<2 {
        for qubit in 0..<qubitCount {
          operations.append(
            ElementaryOperation(.rotation(random.string(on: [qubit])), angle: random.angle()))
        }
        for _ in 0..<80 {
          let z = random.stream.next() & 1023
          operations.append(
            ElementaryOperation(.rotation(PauliString(x: 0, z: z)), angle: random.angle()))
        }
      }
      try check(
        operations, qubitCount, &random, number: number, shape: Self.shapes[number % 4])
    }
  }

  @Test("take matrices on four to six qubits")
  func largeMatrices() throws {
    let qubitCount = 11
    for number in 0..<12 {
      var random = RandomOperations(seed: UInt64(1600 + number), qubitCount: qubitCount)
      var operations = random.operations(20)
      for width in 4...6 {
        var order = Array(0..<qubitCount)
        order.shuffle(using: &random.stream)
        operations.insert(
          ElementaryOperation(
            .matrix(random.unitary(width), targets: Array(order.prefix(width)))),
          at: random.below(operations.count))
      }
      try check(
        operations, qubitCount, &random, number: number,
        shape: BlockShape(lineBits: 6, tableLineBits: 3))
    }
  }

  @Test("take every gate, wherever its qubits are")
  func everyGate() throws {
    let qubitCount = 9
    for (number, gate) in Gate.all.enumerated() {
      var random = RandomOperations(seed: UInt64(1700 + number), qubitCount: qubitCount)
      var circuit = Circuit(qubits: qubitCount)
      for _ in 0..<4 {
        for qubit in 0..<qubitCount {
          circuit.append(.u, angles: (0..<3).map { _ in random.angle() }, to: [qubit])
        }
        var order = Array(0..<qubitCount)
        order.shuffle(using: &random.stream)
        circuit.append(
          gate, angles: (0..<gate.parameterCount).map { _ in random.angle() },
          to: Array(order.prefix(gate.qubitCount)))
      }
      try check(
        circuit.lowered(), qubitCount, &random, number: number, shape: Self.shapes[number % 4])
    }
  }

  @Test("of 15 and 16 qubits, in blocks of the size that is used", arguments: [15, 16])
  func usedShape(_ qubitCount: Int) throws {
    for number in 0..<2 {
      var random = RandomOperations(seed: UInt64(1800 + number), qubitCount: qubitCount)
      var operations = random.operations(30)
      for qubit in 0..<qubitCount {
        operations.append(
          ElementaryOperation(.rotation(random.string(on: [qubit])), angle: random.angle()))
      }
      try check(operations, qubitCount, &random, number: number, shape: .ofCaches)
    }
  }

  @Test("give the same bits for any number of threads")
  func threads() throws {
    let qubitCount = 11
    for number in 0..<10 {
      var random = RandomOperations(seed: UInt64(1900 + number), qubitCount: qubitCount)
      let plan = try plan(
        random.operations(60), qubitCount, .expectations([random.observable(terms: 3)]),
        isReduced: true)
      let weights = random.numbers(3)
      let inputs = random.numbers(2)
      let one = try evaluated(plan, weights, inputs, Self.shapes[0], threads: 1)
      for threads in [2, 3] {
        #expect(try evaluated(plan, weights, inputs, Self.shapes[0], threads: threads) == one)
      }
    }
  }
}

extension ElementaryOperation {
  /// Whether it becomes turns, diagonals and changes of frame.
  fileprivate var isLayered: Bool {
    switch kind {
    case .rotation, .phase, .pauli: controls.count < 2
    case .swap: controls.count == 0
    case .matrix(_, let targets): targets.count == 1 && controls.count == 0
    }
  }
}
