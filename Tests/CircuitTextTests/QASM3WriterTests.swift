import CircuitText
import Circuits
import LinearAlgebra
import TestSupport
import Testing

@Suite("OpenQASM 3 writer") struct QASM3WriterTests {
  /// The lines behind the header of a file of the circuit.
  private func body(_ circuit: Circuit) throws -> String {
    let head = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n"
    let text = try circuit.text(as: .openQASM3)
    #expect(text.hasPrefix(head))
    return String(text.dropFirst(head.count))
  }

  @Test("gates are written by name, with modifiers")
  func gates() throws {
    let circuit = Circuit(qubits: 4) {
      H(0)
      CX(0, 1)
      RX(.pi / 2, 2, controls: [0, 1, .off(3)])
      U1(-3 * .pi / 4, 0)
      CU(0.1, 0.2, 0.3, 0.4, 1, 0)
      GPHASE(0.5)
      GPHASE(0.5, controls: [2, 1])
      SXDG(1)
      CCZ(0, 1, 2)
      CSX(0, 1, controls: [.off(2)])
      CSDG(3, 2)
    }
    var powers = Circuit(qubits: 2)
    powers.append(try SX(1, controls: [0]).power(0.5))
    powers.append(try H(1).power(3))
    powers.append(S(0).inverse())
    powers.append(CSX(0, 1).inverse())
    #expect(
      try body(circuit) == """
        qubit[4] q;
        h q[0];
        cx q[0], q[1];
        ctrl(2) @ negctrl @ rx(pi/2) q[0], q[1], q[3], q[2];
        u1(-3*pi/4) q[0];
        cu(0.1, 0.2, 0.3, 0.4) q[1], q[0];
        gphase(0.5);
        ctrl(2) @ gphase(0.5) q[2], q[1];
        inv @ sx q[1];
        ctrl(2) @ z q[0], q[1], q[2];
        negctrl @ ctrl @ sx q[2], q[0], q[1];
        ctrl @ sdg q[3], q[2];

        """)
    #expect(
      try body(powers) == """
        qubit[2] q;
        ctrl @ pow(0.5) @ sx q[0], q[1];
        pow(3) @ h q[1];
        sdg q[0];
        inv @ ctrl @ sx q[0], q[1];

        """)
  }

  @Test("gates that the library lacks are defined once, by what they are made of")
  func definitions() throws {
    var circuit = Circuit(qubits: 3)
    circuit.rxx(0.5, 0, 1)
    circuit.rxx(.weight(0), 1, 2)
    circuit.append(ISWAP(0, 1).inverse())
    circuit.u(1, 2, 3, 0)
    circuit.u3(1, 2, 3, 0)
    circuit.append(PauliRotation("YIZ", 0.25, controls: [1]))
    circuit.r(0.5, 0.25, 0)
    #expect(
      try body(circuit) == """
        input float w0;
        gate rxx(theta) q0, q1 {
          h q0;
          h q1;
          cx q0, q1;
          rz(theta) q1;
          cx q0, q1;
          h q1;
          h q0;
        }
        gate iswap q0, q1 {
          h q0;
          h q1;
          cx q0, q1;
          rz(-pi/2) q1;
          cx q0, q1;
          h q1;
          h q0;
          sdg q0;
          h q0;
          sdg q1;
          h q1;
          cx q0, q1;
          rz(-pi/2) q1;
          cx q0, q1;
          h q1;
          s q1;
          h q0;
          s q0;
        }
        gate u(p0, p1, p2) q0 {
          p(p2) q0;
          ry(p0) q0;
          p(p1) q0;
        }
        gate u3_(p0, p1, p2) q0 {
          p(p2) q0;
          ry(p0) q0;
          p(p1) q0;
        }
        gate rpauli_yz(theta) q0, q1 {
          sdg q1;
          h q1;
          cx q0, q1;
          rz(theta) q1;
          cx q0, q1;
          h q1;
          s q1;
        }
        gate r(p0, p1) q0 {
          rz(-p1) q0;
          rx(p0) q0;
          rz(p1) q0;
        }
        qubit[3] q;
        rxx(0.5) q[0], q[1];
        rxx(w0) q[1], q[2];
        inv @ iswap q[0], q[1];
        u(1.0, 2.0, 3.0) q[0];
        u3_(1.0, 2.0, 3.0) q[0];
        ctrl @ rpauli_yz(0.25) q[1], q[0], q[2];
        r(0.5, 0.25) q[0];

        """)
  }

  @Test("weights and inputs are declared by their names; names of the language are kept clear")
  func names() throws {
    var circuit = Circuit(qubits: 1)
    let first = circuit.addRegister("gate", size: 1)
    let second = circuit.addRegister("h", size: 2)
    circuit.rx(.weight(0) * 0.5 + .pi, 0)
    circuit.rx(.weight(1) * .weight(2) - .input(1) * (.pi / 2), 0)
    circuit.rx(.weight(3) * .weight(3), 0)
    circuit.append(
      .conditional(first.equals(1) && second.equals(2), then: [.reset(0)], otherwise: []))
    let document = CircuitDocument(
      language: .openQASM3, circuit: circuit,
      parameterNames: ["theta", "phi[0]", "phi[1]", "x0"], pragmas: ["ibm strong"],
      annotations: [CircuitAnnotation(text: "@slow", place: 1)])
    #expect(
      try document.text(as: .openQASM3) == """
        OPENQASM 3.0;
        include "stdgates.inc";
        pragma ibm strong
        input float theta;
        input array[float, 2] phi;
        input float x0;
        input float x0_;
        input float x1;
        qubit[1] q;
        bit[1] gate_;
        bit[2] h_;
        rx(pi + 0.5*theta) q[0];
        @slow
        rx(-pi/2*x1 + phi[0]*phi[1]) q[0];
        rx(x0*x0) q[0];
        if ((gate_ == 1) && (h_ == 2)) {
          reset q[0];
        }

        """)
    let plain = try circuit.text(as: .openQASM3)
    #expect(plain.contains("input float w0;") && plain.contains("w1*w2"))
    let half = CircuitDocument(
      language: .openQASM3, circuit: circuit, parameterNames: ["a[0]", "a[2]", "b c", "pi"])
    let text = try half.text(as: .openQASM3)
    for line in ["array[float, 1] a;", "float w1;", "float w2;", "float pi_;"] {
      #expect(text.contains("input \(line)\n"))
    }
  }

  @Test("measurements, conditions, loops and assignments are written as they are said")
  func dynamics() throws {
    var circuit = Circuit(qubits: 2, bits: 3)
    circuit.measure(1, into: 2)
    circuit.barrier(0, 1)
    circuit.append(.barrier([]))
    circuit.append(
      .conditional(
        .bit(2), then: [.gate(X(0)), .gate(Y(1))],
        otherwise: [.conditional(!.bit(0) || .bit(1), then: [], otherwise: [.reset(1)])]))
    circuit.append(.assign(bit: 0, .bit(1) ^ .register([0, 2], equals: 2)))
    circuit.append(.assign(bit: 1, .always))
    circuit.append(
      .loop(while: .register([0, 1, 2], equals: 5), body: [.measure(qubit: 0, bit: 0)]))
    circuit.append(.conditional(.register([0], equals: 7), then: [.reset(0)], otherwise: []))
    #expect(
      try body(circuit) == """
        qubit[2] q;
        bit[3] c;
        c[2] = measure q[1];
        barrier q[0], q[1];
        if (c[2]) {
          x q[0];
          y q[1];
        } else {
          if ((!c[0]) || c[1]) {
          } else {
            reset q[1];
          }
        }
        c[0] = c[1] != (!c[0] && c[2]);
        c[1] = true;
        while (c == 5) {
          c[0] = measure q[0];
        }
        if (false) {
          reset q[0];
        }

        """)
  }

  @Test("one-qubit matrices are a phase, P, RY and P, under controls too")
  func matrices() throws {
    var circuit = Circuit(qubits: 2)
    circuit.append(GateApplication(try .unitary(Gate.h.matrix()), on: [0], controls: [.off(1)]))
    circuit.append(GateApplication(try .unitary(Gate.x.matrix()), on: [1]))
    circuit.append(GateApplication(try .unitary(Gate.y.matrix()), on: [1], controls: [0]))
    circuit.append(PauliRotation(.identity, .input(0)))
    #expect(
      try body(circuit) == """
        input float x0;
        qubit[2] q;
        negctrl @ h q[1], q[0];
        gphase(pi);
        ry(pi) q[1];
        p(-pi) q[1];
        p(pi/2) q[0];
        ctrl @ ry(pi) q[0], q[1];
        gphase(-0.5*x0);

        """)
  }

  @Test("what the language cannot hold is refused")
  func refusals() throws {
    let matrix = try Gate.unitary(Gate.ecr.matrix())
    #expect(throws: CircuitPrintError.matrix(gate: "unitary", place: 0, qubitCount: 2)) {
      try Circuit(qubits: 2) { GateApplication(matrix, on: [0, 1]) }.text(as: .openQASM3)
    }
    var noisy = Circuit(qubits: 1)
    noisy.append(try .bitFlip(0.1), on: 0)
    #expect(throws: CircuitPrintError.channel(name: "bitFlip", place: 0)) {
      try noisy.text(as: .openQASM3)
    }
    #expect(throws: CircuitPrintError.initialState) {
      try Circuit(qubits: 2) { AmplitudeEmbedding() }.text(as: .openQASM3)
    }
    #expect(
      try Circuit(qubits: 0).text(as: .openQASM3)
        == "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n")
    #expect(try Circuit(qubits: 1).text(as: .openQASM2) == Circuit(qubits: 1).openQASM2())
  }
}
