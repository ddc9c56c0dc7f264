import Circuits
import Testing

@Suite("Dynamic circuits") struct DynamicCircuitTests {
  private static let teleportation = Circuit(qubits: 3) {
    RY(.weight(0), 0)
    H(1)
    CX(1, 2)
    CX(0, 1)
    H(0)
    Measure(0, into: 0)
    Measure(1, into: 1)
    If(.bit(1)) { X(2) }
    If(.bit(0)) { Z(2) }
    Measure(2, into: 2)
  }

  @Test("the first instruction that is more than a final measurement is named")
  func firstDynamic() {
    func found(_ qubits: Int = 2, @CircuitBuilder _ content: () -> CircuitSequence) -> String {
      let circuit = Circuit(qubits: qubits, content: content)
      #expect(circuit.isDynamic == (circuit.firstDynamic != nil))
      return circuit.firstDynamic.map { "\($0.place): \($0.text)" } ?? "none"
    }
    #expect(
      found {
        H(0)
        Measure(0)
        Barrier()
        Measure(1)
        X(1)
        Reset(0)
      } == "4: x on qubit 1 after its measurement")
    #expect(found { MeasureAll() } == "none")
    #expect(
      found {
        Measure(0)
        CX(1, 0)
      } == "1: cx on qubit 0 after its measurement")
    #expect(
      found {
        Measure(0)
        Measure(0, into: 5)
      } == "1: measure on qubit 0 after its measurement")
    #expect(
      found {
        Measure(0)
        Measure(1, into: 0)
      } == "1: a second measurement into c[0]")
    #expect(
      found {
        H(1)
        Reset(1)
      } == "1: the reset of qubit 1")
    // Qubits that nothing has been done to are 0 already.
    #expect(
      found {
        Reset(1)
        Barrier()
        H(0)
        Reset(1)
        CX(0, 1)
      } == "none")
    #expect(
      found {
        H(0)
        If(.bit(3)) { X(0) }
      } == "1: an instruction on the condition c[3]")
    // Bits are called by their registers.
    var named = Circuit(qubits: 3)
    _ = named.addRegister("low", size: 2)
    let high = named.addRegister("high", size: 2)
    named.measure(0, into: high.bits.lowerBound + 1)
    var twice = named
    twice.measure(1, into: high.bits.lowerBound + 1)
    #expect(twice.firstDynamic?.text == "a second measurement into high[1]")
    named.append(If(high.equals(2)) { X(0) })
    #expect(named.firstDynamic?.text == "an instruction on the condition high == 2")
    #expect(named.firstConditional?.text == "an instruction on the condition high == 2")
  }

  @Test("final measurements are those whose qubit and bit nothing uses later")
  func finalMeasurements() {
    let circuit = Self.teleportation
    #expect(circuit.finalMeasurementPlaces == [9])
    #expect(circuit.measurements.map(\.bit) == [2])
    #expect(circuit.withoutMeasurements().instructions.count == 9)
    #expect(circuit.bitCount == 3 && circuit.weightCount == 1)
    let rewritten = Circuit(qubits: 3) {
      Measure(0)
      Measure(1, into: 0)
      Measure(2)
      Barrier()
    }
    #expect(rewritten.finalMeasurementPlaces == [1, 2])
    #expect(rewritten.firstConditional == nil)
    #expect(circuit.firstConditional?.place == 7)
  }

  @Test("weights, inputs and bits inside conditions count, and follow every rewriting")
  func rewriting() throws {
    let circuit = Circuit(qubits: 3) {
      If(.register([4, 2], equals: 1)) {
        RX(.weight(1), 0)
        BasicEntanglingLayers(depth: 1)
      } else: {
        RY(.input(2), 1)
        If(!.bit(7)) { Measure(2, into: 1) }
      }
    }
    // The template takes the three weights after those that are used.
    #expect(circuit.weightCount == 5 && circuit.inputCount == 3 && circuit.bitCount == 8)
    #expect(circuit.instructions.count == 1 && circuit.depth == 1 && circuit.gates.isEmpty)
    #expect(circuit.instructions[0].qubits == [0, 1, 2])
    #expect(circuit.instructions[0].bits == [1, 2, 4, 7])
    let bound = circuit.bound(weights: [1, 2, 3, 4, 5], inputs: [6, 7, 8])
    #expect(bound.weightCount == 0 && bound.inputCount == 0)
    #expect(
      bound.instructions[0]
        == Circuit(qubits: 3) {
          If(.register([4, 2], equals: 1)) {
            RX(2, 0)
            BasicEntanglingLayers(depth: 1)
          } else: {
            RY(8, 1)
            If(!.bit(7)) { Measure(2, into: 1) }
          }
        }.bound(weights: [3, 4, 5]).instructions[0])
    #expect(circuit.renumbered(weightsFrom: 10).weightCount == 15)
    let placed = Circuit(qubits: 9) { circuit.placed(on: [8, 3, 5]) }
    #expect(placed.instructions[0].qubits == [3, 5, 8] && placed.weightCount == 5)
    var noise = NoiseModel()
    let flip = try Channel.bitFlip(0.1)
    noise.add(flip, after: [.ry])
    let noisy = try noise.applied(to: circuit)
    #expect(noisy.firstChannel?.place == 0 && noisy.weightCount == 5)
    guard case .conditional(_, let then, let otherwise) = noisy.instructions[0] else {
      Issue.record("the conditional instruction is gone")
      return
    }
    #expect(!then.contains(.channel(flip, [0])) && otherwise[1] == .channel(flip, [1]))
  }

  @Test("conditions hold where their definition says, for all values of four bits")
  func conditions() {
    let (a, b, c): (ClassicalCondition, ClassicalCondition, ClassicalCondition) =
      (.bit(0), .bit(1), .register([1, 3], equals: 2))
    for number in 0..<16 {
      func bit(_ place: Int) -> Bool { number >> place & 1 == 1 }
      #expect((!a).holds(where: bit) == !bit(0))
      #expect((a && b).holds(where: bit) == (bit(0) && bit(1)))
      #expect((a || b).holds(where: bit) == (bit(0) || bit(1)))
      #expect((a ^ b).holds(where: bit) == (bit(0) != bit(1)))
      #expect(c.holds(where: bit) == (!bit(1) && bit(3)))
    }
    let wide = ClassicalCondition.register(Array(0..<70), equals: 1 << 63)
    #expect(wide.holds { $0 == 63 } && !wide.holds { $0 == 63 || $0 == 69 })
    #expect(!ClassicalCondition.register([0, 1], equals: 4).holds { _ in true })
    #expect("\(!(a && c))" == "!(c[0] && (c[1,3] == 2))")
    #expect("\(ClassicalCondition.register([2, 3, 4], equals: 5))" == "c[2...4] == 5")
  }

  @Test("registers name bits, and stay through every rewriting")
  func registers() throws {
    var circuit = Circuit(qubits: 2)
    #expect(circuit.registers.isEmpty)
    let syndrome = circuit.addRegister("syndrome", size: 2)
    let result = circuit.addRegister("result", size: 1)
    circuit.append(If(syndrome.equals(2) && result[0]) { X(0) })
    #expect(circuit.bitCount == 3 && circuit.registers == [syndrome, result])
    for other in [
      circuit.bound(), circuit.renumbered(), circuit.withoutMeasurements(),
      try NoiseModel().applied(to: circuit),
    ] { #expect(other.registers == [syndrome, result]) }
    guard case .conditional(let condition, _, _) = circuit.instructions[0] else { return }
    #expect(condition.text(registers: circuit.registers) == "(syndrome == 2) && result[0]")
    #expect(throws: CircuitError.registerName("result")) {
      try circuit.declare(checking: ClassicalRegister(name: "result", bits: 5..<6))
    }
    #expect(throws: CircuitError.registerName("")) {
      try circuit.declare(checking: ClassicalRegister(name: "", bits: 5..<6))
    }
    for bits in [2..<4, 5..<5, -1..<1, 3..<(1 << 20 + 1)] {
      #expect(throws: CircuitError.registerBits(name: "a", bits: bits)) {
        try circuit.declare(checking: ClassicalRegister(name: "a", bits: bits))
      }
    }
    #expect(
      Circuit(qubits: 2) { MeasureAll() }.registers == [ClassicalRegister(name: "c", bits: 0..<2)])
  }

  @Test("faults inside conditions are found")
  func faults() {
    func fault(_ instruction: Instruction) -> CircuitError? {
      var circuit = Circuit(qubits: 2)
      do throws(CircuitError) {
        try circuit.append(checking: instruction)
      } catch {
        #expect(circuit == Circuit(qubits: 2), "a refused instruction changes nothing")
        return error
      }
      return nil
    }
    func conditional(_ inner: Instruction, _ condition: ClassicalCondition = .bit(0))
      -> Instruction
    {
      .conditional(
        .bit(1), then: [], otherwise: [.conditional(condition, then: [inner], otherwise: [])])
    }
    #expect(
      fault(conditional(.gate(X(2))))
        == .qubitOutOfRange(instruction: "x", qubit: 2, qubitCount: 2))
    #expect(
      fault(conditional(.reset(-1)))
        == .qubitOutOfRange(instruction: "reset", qubit: -1, qubitCount: 2))
    #expect(
      fault(conditional(.barrier([1, 1]))) == .repeatedQubit(instruction: "barrier", qubit: 1))
    #expect(
      fault(.measure(qubit: 0, bit: -1))
        == .bitOutOfRange(instruction: "measure", bit: -1, limit: 1 << 20))
    #expect(
      fault(conditional(.reset(0), .not(.bit(1 << 20))))
        == .bitOutOfRange(instruction: "if", bit: 1 << 20, limit: 1 << 20))
    var condition = ClassicalCondition.bit(0)
    var instruction = Instruction.reset(0)
    for _ in 0..<256 {
      condition = !condition
      instruction = .conditional(.bit(0), then: [instruction], otherwise: [])
    }
    #expect(fault(instruction) == nil)
    #expect(fault(conditional(instruction)) == .nestedTooDeeply(limit: 256))
    #expect(fault(conditional(.reset(0), condition)) == .nestedTooDeeply(limit: 256))
  }

  @Test("what is not unitary has no inverse")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { Reset(0) }.inverse()
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { If(.bit(0)) { X(0) } }.controlled(by: [Control(1)])
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { Reset(0) }.power(2)
    }
  }
}
