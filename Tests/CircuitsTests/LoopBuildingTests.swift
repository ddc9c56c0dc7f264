import Circuits
import Testing

@Suite("Circuits with loops and assignments") struct LoopBuildingTests {
  private let circuit = Circuit(qubits: 3) {
    RX(.weight(0), 2)
    While(.register([4, 2], equals: 1)) {
      RY(.input(1), 1)
      BasicEntanglingLayers(depth: 1)
      If(.bit(0)) { Measure(2, into: 1) }
      Assign(7, !.bit(5))
    }
  }

  @Test("weights, inputs, qubits and bits inside loops count, and follow every rewriting")
  func rewriting() throws {
    // The template takes the three weights after the one that is used.
    #expect(circuit.weightCount == 4 && circuit.inputCount == 2 && circuit.bitCount == 8)
    #expect(circuit.instructions.count == 2 && circuit.depth == 2 && circuit.gates.count == 1)
    let loop = circuit.instructions[1]
    #expect(loop.name == "while" && loop.qubits == [0, 1, 2] && loop.bits == [0, 1, 2, 4, 5, 7])
    #expect(loop.lowered().isEmpty && circuit.writesBits)
    let bound = circuit.bound(weights: [1, 2, 3, 4], inputs: [5, 6])
    #expect(bound.weightCount == 0 && bound.inputCount == 0)
    guard case .loop(_, let body) = bound.instructions[1] else {
      Issue.record("the loop is gone")
      return
    }
    #expect(body.first == .gate(RY(6, 1)) && body.last == .assign(bit: 7, !.bit(5)))
    #expect(circuit.renumbered(weightsFrom: 10, inputsFrom: 3).weightCount == 14)
    let placed = Circuit(qubits: 9) { circuit.placed(on: [8, 3, 5]) }
    #expect(placed.instructions[1].qubits == [3, 5, 8])
    #expect(placed.instructions[1].bits == loop.bits && placed.weightCount == 4)
    var noise = NoiseModel()
    let flip = try Channel.bitFlip(0.1)
    noise.add(flip, after: [.ry])
    let noisy = try noise.applied(to: circuit)
    #expect(noisy.firstChannel?.place == 1)
    guard case .loop(_, let noisyBody) = noisy.instructions[1] else { return }
    #expect(noisyBody[1] == .channel(flip, [1]))
  }

  @Test("an assignment touches bits alone")
  func assignment() {
    let circuit = Circuit(qubits: 1) {
      Measure(0)
      Assign(3, .bit(0) ^ .bit(1))
      H(0)
    }
    let assignment = circuit.instructions[1]
    #expect(assignment.name == "assign" && assignment.qubits.isEmpty)
    #expect(assignment.bits == [0, 1, 3] && circuit.bitCount == 4)
    #expect(circuit.depth == 2)
    #expect(circuit.measurements.isEmpty)
    // A bit that an assignment reads later is not one of a final measurement.
    let read = Circuit(qubits: 2) {
      Measure(0)
      Measure(1)
      Assign(2, .bit(1))
    }
    #expect(read.measurements.map(\.qubit) == [0])
    #expect(!Circuit(qubits: 1) { If(.bit(0)) { X(0) } }.writesBits)
    #expect(Circuit(qubits: 1) { While(.bit(0)) { Assign(0, .never) } }.writesBits)
  }

  @Test("what makes a circuit dynamic is named")
  func words() {
    let assigned = Circuit(qubits: 1) {
      H(0)
      Assign(2, .always)
    }
    #expect(assigned.firstDynamic?.place == 1 && assigned.firstConditional == nil)
    #expect(assigned.firstDynamic?.text == "the assignment to c[2]")
    var looping = Circuit(qubits: 1)
    let flags = looping.addRegister("flags", size: 2)
    looping.append(While(!flags.equals(2)) { Measure(0) })
    #expect(looping.firstDynamic?.text == "a loop while !(flags == 2)")
    #expect(looping.firstConditional?.text == "a loop while !(flags == 2)")
  }

  @Test("conditions may hold always and never")
  func constants() {
    for bit in [false, true] {
      #expect(ClassicalCondition.always.holds { _ in bit })
      #expect(!ClassicalCondition.never.holds { _ in bit })
    }
    #expect(ClassicalCondition.always.bits.isEmpty && ClassicalCondition.never.bits.isEmpty)
    #expect("\(ClassicalCondition.always) \(ClassicalCondition.never)" == "true false")
    #expect("\(!ClassicalCondition.always && .bit(1))" == "(!true) && c[1]")
  }

  @Test("faults inside loops and assignments are found")
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
    let limit = Circuit.bitLimit
    #expect(
      fault(.loop(while: .always, body: [.reset(2)]))
        == .qubitOutOfRange(instruction: "reset", qubit: 2, qubitCount: 2))
    #expect(
      fault(.loop(while: .bit(-1), body: []))
        == .bitOutOfRange(instruction: "while", bit: -1, limit: limit))
    #expect(
      fault(.assign(bit: limit, .always))
        == .bitOutOfRange(instruction: "assign", bit: limit, limit: limit))
    #expect(
      fault(.assign(bit: 0, .bit(limit)))
        == .bitOutOfRange(instruction: "assign", bit: limit, limit: limit))
    var condition = ClassicalCondition.bit(0)
    var instruction = Instruction.reset(0)
    for _ in 0..<256 {
      condition = !condition
      instruction = .loop(while: .bit(0), body: [instruction])
    }
    #expect(fault(instruction) == nil)
    #expect(fault(.loop(while: .bit(0), body: [instruction])) == .nestedTooDeeply(limit: 256))
    #expect(fault(.assign(bit: 0, condition)) == .nestedTooDeeply(limit: 256))
    #expect(fault(.loop(while: condition, body: [])) == .nestedTooDeeply(limit: 256))
  }

  @Test("loops and assignments have no inverse")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { While(.bit(0)) { X(0) } }.inverse()
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { Assign(0, .always) }.controlled(by: [Control(1)])
    }
  }
}
