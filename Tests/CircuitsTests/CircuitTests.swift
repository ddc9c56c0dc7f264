import Circuits
import ComplexModule
import LinearAlgebra
import TestSupport
import Testing

@Suite("Circuit") struct CircuitTests {
  @Test("the builder and the methods give the same circuit")
  func building() {
    let built = Circuit(qubits: 3) {
      H(0)
      for qubit in 0..<2 { CX(qubit, qubit + 1) }
      RX(.weight(0), 2)
      if isTrue { RZ(.pi - .input(0), 1, controls: [.off(0)]) } else { X(0) }
      if !isTrue { Y(0) }
      switch isTrue {
      case true: FSIM(0.5, .weight(1), 0, 2)
      case false: Z(0)
      }
      Barrier()
      Barrier(0, 1)
      PauliRotation(PauliString("XIY"), 0.25)
      [X(0), Y(1)]
      U(0.1, 0.2, 0.3, 0).inverse()
      GPHASE(0.5)
      Measure(2)
      Measure(0, into: 1)
    }
    var appended = Circuit(qubits: 3)
    appended.h(0)
    appended.cx(0, 1)
    appended.cx(1, 2)
    appended.rx(.weight(0), 2)
    appended.append(.rz, angles: [.pi - .input(0)], to: [1], controls: [.off(0)])
    appended.fsim(0.5, .weight(1), 0, 2)
    appended.barrier()
    appended.barrier(0, 1)
    appended.rotate(about: PauliString("XIY"), by: 0.25)
    appended.x(0)
    appended.y(1)
    appended.u(-0.1, -0.3, -0.2, 0)
    appended.gphase(0.5)
    appended.measure(2)
    appended.measure(0, into: 1)
    #expect(built == appended)
    #expect(Set([built, appended]).count == 1)
    #expect(built.weightCount == 2 && built.inputCount == 1 && built.bitCount == 3)
    #expect(built.measurements.map(\.qubit) == [2, 0] && built.measurements.map(\.bit) == [2, 1])
    #expect(built.gates.count == 11 && built.instructions.count == 15)
  }

  /// A value that the compiler does not know, for the builder's branches.
  private var isTrue: Bool { CommandLine.arguments.count > 0 }

  @Test("depth is counted as Qiskit does")
  func depth() {
    #expect(Circuit(qubits: 2).depth == 0)
    #expect(
      Circuit(qubits: 3) {
        H(0)
        H(1)
        H(2)
      }.depth == 1)
    #expect(
      Circuit(qubits: 3) {
        H(0)
        CX(0, 1)
        CX(1, 2)
        X(0)
      }.depth == 3)
    #expect(
      Circuit(qubits: 2) {
        H(0)
        Barrier()
        H(1)
      }.depth == 1)
    #expect(
      Circuit(qubits: 2) {
        H(0)
        GPHASE(1)
        MeasureAll()
      }.depth == 2)
    #expect(
      Circuit(qubits: 3) {
        H(0)
        X(2, controls: [0, .off(1)])
        H(1)
      }.depth == 3)
  }

  private var sample: Circuit {
    Circuit(qubits: 3) {
      H(0)
      U(.weight(0), .input(0), 0.4, 1)
      ISWAP(0, 2)
      CU(0.3, .weight(1), -0.7, 1.1, 1, 0)
      GPHASE(.weight(0) * .input(0))
      SX(2, controls: [.off(0)])
      Barrier()
      ECR(2, 1)
    }
  }
  private let weights = [0.8, -0.35]
  private let inputs = [1.7]

  private func matrix(_ circuit: Circuit) -> ComplexMatrix {
    ReferenceSimulator.matrix(of: circuit, weights: weights, inputs: inputs)
  }

  @Test("inverse and powers have the matrices they should")
  func inverse() {
    let once = matrix(sample)
    #expect(matrix(sample.inverse()).maximumDifference(from: once.adjoint()) < rounding)
    #expect(matrix(sample.power(3)).maximumDifference(from: once * once * once) < rounding)
    #expect(
      matrix(sample.power(-2)).maximumDifference(from: once.adjoint() * once.adjoint()) < rounding)
    #expect(sample.power(0).instructions.isEmpty && sample.power(0).weightCount == 2)
    #expect(sample.inverse().inverse().depth == sample.depth)
  }

  @Test("controls reach global phases too")
  func controlled() {
    let controlled = sample.controlled(by: [.off(3)])
    #expect(controlled.qubitCount == 4)
    let whole = matrix(controlled)
    let once = matrix(sample)
    var expected = ComplexMatrix.identity(16)
    for row in 0..<8 {
      for column in 0..<8 { expected[row, column] = once[row, column] }
    }
    #expect(whole.maximumDifference(from: expected) < rounding)
  }

  @Test("binding puts the values in")
  func binding() {
    let bound = sample.bound(weights: weights, inputs: inputs)
    #expect(bound.weightCount == 0 && bound.inputCount == 0)
    #expect(
      ReferenceSimulator.matrix(of: bound).maximumDifference(from: matrix(sample)) < rounding)
    #expect(bound.lowered().allSatisfy { $0.angle.constantValue != nil })
  }

  @Test("nested circuits keep or change their qubits and symbols")
  func nesting() {
    let inner = Circuit(qubits: 2) {
      RX(.weight(0), 0)
      CX(0, 1)
      RY(.input(0), 1)
    }
    let outer = Circuit(qubits: 4) {
      inner
      inner.renumbered(weightsFrom: 1, inputsFrom: 2).placed(on: [3, 1])
    }
    let expected = Circuit(qubits: 4) {
      RX(.weight(0), 0)
      CX(0, 1)
      RY(.input(0), 1)
      RX(.weight(1), 3)
      CX(3, 1)
      RY(.input(2), 1)
    }
    #expect(outer == expected)
  }

  @Test("qubits reach to 4095, masks of them to 62")
  func manyQubits() throws {
    var circuit = Circuit(qubits: 4096)
    circuit.append(X(4095, controls: [.off(70)]))
    circuit.append(Circuit(qubits: 2) { CX(0, 1) }.placed(on: [200, 100]))
    circuit.barrier()
    circuit.measureAll()
    #expect(circuit.measurements.count == 4096 && circuit.bitCount == 4096 && circuit.depth == 2)
    #expect(
      throws: CircuitError.qubitOutOfRange(instruction: "x", qubit: 4096, qubitCount: 4096)
    ) { try GateApplication(checking: .x, on: [4096]) }
    #expect(throws: CircuitError.repeatedQubit(instruction: "barrier", qubit: 77)) {
      var other = Circuit(qubits: 100)
      try other.append(checking: .barrier(Array(60..<100) + [77]))
    }
    // One gate touches no more than masks hold, wherever its qubits are.
    let controls = (100..<162).map { Control($0) }
    #expect(try GateApplication(checking: .x, on: [0], controls: controls).controls.count == 62)
    #expect(throws: CircuitError.tooManyTouched(gate: "x", found: 64, limit: 63)) {
      try GateApplication(checking: .x, on: [0], controls: controls + [Control(99)])
    }
    let (compacted, qubits) = try SWAP(900, 80, controls: [.off(85)]).power(0.5).compacted
    #expect(qubits == [80, 85, 900])
    #expect(try compacted == SWAP(2, 0, controls: [.off(1)]).power(0.5))
  }

  @Test("measurements at the end can be left out")
  func measurements() {
    var circuit = Circuit(qubits: 2, bits: 1)
    circuit.measureAll()
    #expect(circuit.bitCount == 2 && circuit.lowered().isEmpty)
    #expect(circuit.withoutMeasurements().instructions.isEmpty)
  }

  @Test("faults of an instruction are told")
  func faults() {
    var circuit = Circuit(qubits: 2)
    #expect(throws: CircuitError.qubitOutOfRange(instruction: "x", qubit: 2, qubitCount: 2)) {
      try circuit.append(checking: .gate(X(2)))
    }
    #expect(throws: CircuitError.repeatedQubit(instruction: "cx", qubit: 1)) {
      _ = try GateApplication(checking: .cx, on: [1, 1])
    }
    #expect(throws: CircuitError.repeatedQubit(instruction: "x", qubit: 1)) {
      _ = try GateApplication(checking: .x, on: [1], controls: [.off(1)])
    }
    #expect(throws: CircuitError.wrongAngleCount(gate: "rx", found: 0, expected: 1)) {
      _ = try GateApplication(checking: .rx, on: [1])
    }
    #expect(throws: CircuitError.wrongQubitCount(gate: "rx", found: 2, expected: 1)) {
      _ = try GateApplication(checking: .rx, angles: [1], on: [1, 2])
    }
    #expect(throws: CircuitError.angleNotFinite(gate: "u", place: 1)) {
      _ = try GateApplication(checking: .u, angles: [1, Angle(.nan), 2], on: [1])
    }
    #expect(
      "\(CircuitError.qubitOutOfRange(instruction: "x", qubit: 2, qubitCount: 2))"
        == "x: found qubit 2, expected 0 to 1")
  }

  @Test("powers that have no meaning are refused")
  func powers() throws {
    #expect(throws: CircuitError.powerOfSymbols(gate: "rx", exponent: 0.5)) {
      try RX(.weight(0), 0).power(0.5)
    }
    #expect(throws: CircuitError.self) { try X(0).power(.nan) }
    #expect(throws: CircuitError.powerOutOfRange(gate: "u", exponent: 5000)) {
      try U(1, 2, 3, 0).power(5000)
    }
    // A quarter turn twenty thousand times is fine: one factor scales.
    let many = try RX(.weight(0), 0).power(20000)
    #expect(many.lowered() == [ElementaryOperation(.rotation(.x(0)), angle: 20000 * .weight(0))])
    // The square of X is the identity, and so is its principal root.
    let root = try X(0).power(2).power(0.5)
    let found = dense(root.lowered(), qubitCount: 1)
    #expect(found.maximumDifference(from: .identity(2)) < rounding)
    // The power 1 of the root is X again.
    let back = try X(0).power(0.5).power(2)
    #expect(
      dense(back.lowered(), qubitCount: 1).maximumDifference(from: Gate.x.matrix()) < rounding)
    // Rotations by more than half a turn have another principal branch.
    let turned = try RX(5 * .pi / 2, 0).power(0.5)
    let expected = try Gate.rx.matrix([5 * .pi / 2]).unitaryPower(0.5)
    #expect(
      dense(turned.lowered(), qubitCount: 1).maximumDifference(from: expected) < rounding)
    #expect(
      Gate.rx.matrix([5 * .pi / 4]).maximumDifference(from: expected) > 0.1)
  }

  @Test("any unitary matrix is a gate, and nothing else")
  func unitary() throws {
    let gate = try Gate.unitary(Gate.ecr.matrix())
    var circuit = Circuit(qubits: 3)
    circuit.append(gate, to: [2, 0], controls: [.off(1)])
    var other = Circuit(qubits: 3)
    other.append(.ecr, to: [2, 0], controls: [.off(1)])
    let found = dense(circuit.lowered(), qubitCount: 3)
    #expect(found.maximumDifference(from: dense(other.lowered(), qubitCount: 3)) < rounding)
    #expect(throws: CircuitError.matrixSize(rows: 3, columns: 3)) {
      try Gate.unitary(.identity(3))
    }
    #expect(throws: CircuitError.matrixNotUnitary(difference: 3)) {
      try Gate.unitary(ComplexMatrix.identity(2).scaled(by: 2))
    }
    #expect(try Gate.unitary(Gate.h.matrix()) != gate)
  }

  @Test("a programmer's mistakes trap")
  func traps() async {
    await #expect(processExitsWith: .failure) { _ = Circuit(qubits: 4097) }
    await #expect(processExitsWith: .failure) { _ = Circuit(qubits: 2) { X(2) } }
    await #expect(processExitsWith: .failure) { _ = CX(1, 1) }
    await #expect(processExitsWith: .failure) { _ = RX(Angle(.infinity), 0) }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { RX(.weight(0), 0) }.bound()
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { Measure(0) }.inverse()
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { Circuit(qubits: 2) }
    }
  }
}
