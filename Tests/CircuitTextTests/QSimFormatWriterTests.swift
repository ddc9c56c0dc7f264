import CircuitText
import Circuits
import LinearAlgebra
import TestSupport
import Testing

@Suite("qsim format writer") struct QSimFormatWriterTests {
  private func roundTrip(_ circuit: Circuit) throws -> Circuit {
    try CircuitDocument(reading: circuit.text(as: .qsim), as: .qsim).circuit
  }

  @Test("a small circuit is written line by line, each gate as early as it can be")
  func small() throws {
    let circuit = Circuit(qubits: 3) {
      H(0)
      CX(0, 1)
      RZ(.pi / 4, 2)
      CP(0.5, 2, 0)
      FSIM(0.25, -1.5, 1, 2)
      SX(0, controls: [1, 2])
      R(0.75, 0.125, 1)
      GPHASE(0.5)
      MeasureAll()
    }
    #expect(
      try circuit.text(as: .qsim) == """
        3
        0 h 0
        0 rz 2 0.7853981633974483
        1 cnot 0 1
        2 cp 2 0 -0.5
        3 fs 1 2 0.25 -1.5
        4 c 1 2 x_1_2 0
        5 rxy 1 0.125 0.75
        5 p 0.5
        5 m 0 2
        6 m 1

        """)
  }

  @Test("a barrier lets its qubits begin again at one time")
  func barriers() throws {
    let circuit = Circuit(qubits: 3) {
      X(0)
      X(0)
      Barrier(0, 1)
      Y(1)
      Y(2)
    }
    #expect(try circuit.text(as: .qsim) == "3\n0 x 0\n0 y 2\n1 x 0\n2 y 1\n")
  }

  @Test("every gate under controls and to powers keeps its matrix", arguments: Gate.all)
  func catalogue(_ gate: Gate) throws {
    for application in try WrittenCircuits.applications(gate) {
      let circuit = WrittenCircuits.circuit(application)
      guard !WrittenCircuits.hasLargeMatrix(application) else {
        #expect(throws: CircuitPrintError.self) { try circuit.text(as: .qsim) }
        continue
      }
      let back = try roundTrip(circuit)
      let difference = WrittenCircuits.difference(circuit, back)
      #expect(difference < WrittenCircuits.tolerance, "\(application)")
      let isNamed =
        application.exponent == 1 && application.controls.allSatisfy(\.state)
        && !gate.aliases(in: .qsim).isEmpty
        && (gate.qubitCount > 0 || application.controls.isEmpty)
      if isNamed { #expect(back == circuit, "\(application)") }
    }
  }

  @Test("random circuits keep their matrix, and their text once it is in order of times")
  func random() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      let qubits = 2 + Int(seed % 4)
      var source = RandomWrittenCircuits(seed: seed, qubitCount: qubits)
      let circuit = source.circuit(length: 25)
      let text = try circuit.text(as: .qsim)
      let back = try CircuitDocument(reading: text, as: .qsim).circuit
      #expect(WrittenCircuits.difference(circuit, back) < WrittenCircuits.tolerance)
      // Barriers are times in the file and nothing in what is read.
      let second = try back.text(as: .qsim)
      #expect(try CircuitDocument(reading: second, as: .qsim).circuit.text(as: .qsim) == second)
    }
  }

  @Test("numbers read back to the same bits")
  func numbers() throws {
    var circuit = Circuit(qubits: 1)
    for value in [
      1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1, 1e22, 123456789.123, .pi / 3,
      -0.1, Double.leastNonzeroMagnitude, 3,
    ] {
      circuit.rz(Angle(value), 0)
    }
    #expect(try roundTrip(circuit) == circuit)
  }

  @Test("measurements in the middle keep their order")
  func measurements() throws {
    var circuit = Circuit(qubits: 2)
    circuit.h(0)
    circuit.measure(0, into: 1)
    circuit.cx(0, 1)
    circuit.measure(0, into: 1)
    circuit.measure(1, into: 0)
    #expect(
      try circuit.text(as: .qsim) == "2\n0 h 0\n1 m 0\n2 cnot 0 1\n3 m 0 1\n")
    let back = try roundTrip(circuit)
    #expect(back.registers == [ClassicalRegister(name: "m", bits: 0..<2)])
    #expect(
      back.instructions.suffix(2) == [.measure(qubit: 0, bit: 0), .measure(qubit: 1, bit: 1)])
  }

  @Test("what the format cannot say is refused")
  func refusals() throws {
    func refuses(
      _ expected: CircuitPrintError, _ build: (inout Circuit) throws -> Void
    ) rethrows {
      var circuit = Circuit(qubits: 2)
      circuit.h(0)
      try build(&circuit)
      #expect(throws: expected) { try circuit.text(as: .qsim) }
      #expect("\(expected)".contains("found"))
    }
    refuses(.symbolicAngle(gate: "rx", place: 1)) { $0.rx(.weight(0), 0) }
    refuses(.noWord(instruction: "reset", place: 1, format: .qsim)) { $0.reset(0) }
    refuses(.noWord(instruction: "if", place: 1, format: .qsim)) {
      $0.append(.conditional(.bit(0), then: [.reset(0)], otherwise: []))
    }
    refuses(.noWord(instruction: "while", place: 1, format: .qsim)) {
      $0.append(.loop(while: .bit(0), body: [.reset(0)]))
    }
    refuses(.measuredAgain(qubit: 1, bit: 0, place: 2)) {
      $0.measure(0)
      $0.measure(1, into: 0)
    }
    refuses(.measuredAgain(qubit: 0, bit: 1, place: 2)) {
      $0.measure(0)
      $0.measure(0, into: 1)
    }
    try refuses(.channel(name: "bitFlip", place: 1)) { $0.append(try .bitFlip(0.1), on: 0) }
    try refuses(.matrix(gate: "unitary", place: 1, qubitCount: 2)) {
      $0.append(GateApplication(try .unitary(Gate.ecr.matrix()), on: [0, 1]))
    }
    #expect(throws: CircuitPrintError.emptyCircuit(.qsim)) {
      try Circuit(qubits: 0).text(as: .qsim)
    }
    #expect(throws: CircuitPrintError.initialState) {
      try Circuit(qubits: 2) { AmplitudeEmbedding() }.text(as: .qsim)
    }
  }
}
