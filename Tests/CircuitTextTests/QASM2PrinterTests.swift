import CircuitText
import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import TestSupport
import Testing

@Suite("OpenQASM 2 printer") struct QASM2PrinterTests {
  /// Products of some tens of gates, their angles printed and read.
  private let tolerance = 1e-10

  private func roundTrip(_ circuit: Circuit) throws -> Circuit {
    try Circuit(openQASM2: circuit.openQASM2())
  }

  private func difference(_ one: Circuit, _ other: Circuit) -> Double {
    ReferenceSimulator.matrix(of: one).maximumDifference(from: ReferenceSimulator.matrix(of: other))
  }

  private func angles(_ count: Int, seed: UInt64) -> [Angle] {
    var stream = RandomStream(seed: seed, purpose: .general)
    return (0..<count).map { _ in Angle(10 * stream.nextUniform() - 5) }
  }

  @Test("qubits beyond 63 are written as the others are")
  func manyQubits() throws {
    var low = Circuit(qubits: 4)
    low.append(PauliRotation("ZYX", 0.3))
    low.append(X(2, controls: [.off(0), 3]))
    low.append(RZ(0.7, 1, controls: [0, 3]))
    low.append(try SX(3, controls: [1]).power(0.5))
    low.append(SWAP(1, 2, controls: [0, 3]))
    var high = Circuit(qubits: 104)
    high.append(low.placed(on: [100, 101, 102, 103]))
    let written = try low.openQASM2()
    let moved = try high.openQASM2()
    #expect(written.contains("q[3]"))
    #expect(
      moved
        == (0..<4).reduce(written.replacing("qreg q[4]", with: "qreg q[104]")) {
          $0.replacing("q[\($1)]", with: "q[\(100 + $1)]")
        })
    #expect(try roundTrip(high).openQASM2() == moved)
  }

  @Test("a small file reads as people write it")
  func text() throws {
    let circuit = Circuit(qubits: 3) {
      H(0)
      CX(0, 1)
      U(.pi / 2, -3 * .pi / 4, 0.1, 2)
      RZ(0, 1)
      X(2, controls: [0, 1])
      Barrier()
      Measure(0)
      Measure(2, into: 1)
    }
    #expect(
      try circuit.openQASM2() == """
        OPENQASM 2.0;
        include "qelib1.inc";
        qreg q[3];
        creg c[2];
        h q[0];
        cx q[0],q[1];
        u(pi/2,-3*pi/4,0.1) q[2];
        rz(0) q[1];
        ccx q[0],q[1],q[2];
        barrier q[0],q[1],q[2];
        measure q[0] -> c[0];
        measure q[2] -> c[1];

        """)
  }

  @Test("gates of qelib1.inc read back as they were", arguments: Gate.all)
  func native(_ gate: Gate) throws {
    guard gate.qubitCount > 0 else { return }
    let values = angles(gate.parameterCount, seed: 3)
    var circuit = Circuit(qubits: 4, bits: 2)
    circuit.append(gate, angles: values, to: Array((0..<gate.qubitCount).map { 3 - $0 }))
    circuit.barrier(1, 2)
    circuit.measure(0, into: 1)
    let back = try roundTrip(circuit)
    if gate.aliases.contains(where: { $0.format == .openQASM2 }) { #expect(back == circuit) }
    #expect(difference(back, circuit) < tolerance)
    #expect(back.measurements.map(\.bit) == [1] && back.bitCount == 2)
  }

  @Test("every gate under controls on 0 and 1 keeps its matrix", arguments: Gate.all)
  func controlled(_ gate: Gate) throws {
    let values = angles(gate.parameterCount, seed: 4)
    for controls: [Control] in [[3], [.off(3)], [3, 4], [.off(3), 5, 4]] {
      var circuit = Circuit(qubits: 6)
      circuit.append(
        gate, angles: values, to: Array((0..<gate.qubitCount).reversed()), controls: controls)
      #expect(difference(try roundTrip(circuit), circuit) < tolerance)
    }
  }

  @Test("powers, rotations about Pauli strings, matrices and phases keep their matrix")
  func others() throws {
    let fragments: [any CircuitFragment] = [
      PauliRotation("XYZ", 0.7), PauliRotation("YY", -0.4), PauliRotation("Z", 1.2),
      PauliRotation("XZX", 2.1, controls: [3, .off(4)]), PauliRotation(.identity, 0.9),
      try X(1).power(0.3), try H(0).power(0.5), try S(2).power(-1.7),
      try X(1, controls: [0]).power(0.3), try RX(5.5, 2).power(0.4),
      CSX(0, 1).inverse(), ISWAP(2, 0).inverse(), GPHASE(1.3), SWAP(0, 1, controls: [3, 4]),
      GateApplication(try .unitary(Gate.u.matrix([.pi, 0.3, -0.8])), on: [1], controls: [2]),
      GateApplication(try .unitary(Gate.y.matrix()), on: [1]),
      GateApplication(try .unitary(Gate.sxdg.matrix()), on: [0], controls: [1, 3]),
      GateApplication(try .unitary(Gate.t.matrix()), on: [0]),
    ]
    for fragment in fragments {
      var circuit = Circuit(qubits: 5)
      circuit.append(fragment)
      #expect(difference(try roundTrip(circuit), circuit) < tolerance)
    }
  }

  @Test("what the language cannot hold is refused")
  func refused() throws {
    #expect(throws: CircuitPrintError.symbolicAngle(gate: "rx", place: 1)) {
      try Circuit(qubits: 1) {
        H(0)
        RX(.weight(0), 0)
      }.openQASM2()
    }
    let matrix = try Gate.unitary(Gate.ecr.matrix())
    #expect(throws: CircuitPrintError.matrix(gate: "unitary", place: 0, qubitCount: 2)) {
      try Circuit(qubits: 2) { GateApplication(matrix, on: [0, 1]) }.openQASM2()
    }
    #expect(throws: CircuitPrintError.tooManyControls(gate: "z", place: 0, qubitCount: 12)) {
      try Circuit(qubits: 12) { Z(11, controls: (0..<11).map { Control($0) }) }.openQASM2()
    }
    #expect(throws: CircuitPrintError.noQubits(gate: "gphase", place: 0)) {
      try Circuit(qubits: 0) { GPHASE(1) }.openQASM2()
    }
    #expect(throws: CircuitPrintError.initialState) {
      try Circuit(qubits: 2) { AmplitudeEmbedding() }.openQASM2()
    }
    #expect(try roundTrip(Circuit(qubits: 0)) == Circuit(qubits: 0))
  }

  @Test("numbers read back to the same bits")
  func numbers() throws {
    var circuit = Circuit(qubits: 1)
    for value in [
      1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1, 1e22, 123456789.123, .pi / 3,
    ] {
      circuit.rz(Angle(value), 0)
      circuit.rz(Angle(-value), 0)
    }
    for numerator in 1...64 {
      for denominator in [1, 2, 3, 4, 6, 8, 12, 16, 32, 64] {
        circuit.rz(Angle(Double(numerator) * .pi / Double(denominator)), 0)
      }
    }
    #expect(try roundTrip(circuit) == circuit)
  }
}
