import CircuitText
import Circuits
import ComplexModule
import LinearAlgebra
import RealModule
import TestSupport
import Testing

/// Matrices of a few qubits from a handful of operations: rounding only.
let rounding = 1e-12

@Suite("OpenQASM 2 reader") struct QASM2ParserTests {
  private func parse(_ body: String) throws -> Circuit {
    try Circuit(openQASM2: "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" + body)
  }

  @Test("gates, barriers and measurements")
  func basics() throws {
    let circuit = try parse(
      """
      // Two registers follow each other.
      qreg a[2]; qreg b[1];
      creg c[3]; creg d[2];
      h a[0]; // a comment behind
      cx a[0],b[0];
      rx(pi/2) a[1];
      u3(0.1, -2e-1, .5) b[0];
      barrier a, b[0];
      cu3(1,2,3) a[1],a[0];
      measure a[1] -> d[0];
      measure b[0] -> c[2];
      """)
    let expected = Circuit(qubits: 3) {
      H(0)
      CX(0, 2)
      RX(.pi / 2, 1)
      U3(0.1, -0.2, 0.5, 2)
      Barrier(0, 1, 2)
      CU(1, 2, 3, 0, 1, 0)
      Measure(1, into: 3)
      Measure(2, into: 2)
    }
    #expect(circuit.instructions == expected.instructions)
    #expect(circuit.qubitCount == 3 && circuit.bitCount == 5)
  }

  @Test("a global phase may name qubits, as PennyLane writes it")
  func globalPhases() throws {
    let circuit = try parse("qreg q[2]; gphase(0.5) q[0],q[1]; h q[1];")
    let expected = Circuit(qubits: 2) {
      GPHASE(0.5)
      H(1)
    }
    #expect(circuit == expected)
  }

  @Test("a gate on registers acts on each of their elements")
  func broadcasting() throws {
    let circuit = try parse(
      "qreg a[2]; qreg b[2]; creg c[2]; h a; cx a,b; cx a[0],b; measure b -> c;")
    let expected = Circuit(qubits: 4) {
      H(0)
      H(1)
      CX(0, 2)
      CX(1, 3)
      CX(0, 2)
      CX(0, 3)
      Measure(2, into: 0)
      Measure(3, into: 1)
    }
    #expect(circuit == expected)
  }

  @Test("every name of qelib1.inc and of the catalogue")
  func names() throws {
    for gate in Gate.all where gate.qubitCount > 0 {
      let qubits = (0..<gate.qubitCount).map { "q[\($0)]" }.joined(separator: ",")
      for alias in gate.aliases
      where alias.format == .openQASM2 {
        let values = (0..<alias.parameterCount).map { Double($0) + 0.5 }
        let list = values.isEmpty ? "" : "(\(values.map { "\($0)" }.joined(separator: ",")))"
        let circuit = try parse("qreg q[3]; \(alias.name)\(list) \(qubits);")
        let angles = alias.angles.map { Angle($0.value(weights: values, inputs: [])) }
        #expect(
          circuit.gates == [GateApplication(gate, angles: angles, on: Array(0..<gate.qubitCount))])
      }
      let list =
        gate.parameterNames.isEmpty
        ? "" : "(\(gate.parameterNames.map { _ in "1" }.joined(separator: ",")))"
      let circuit = try parse("qreg q[3]; \(gate.name)\(list) \(qubits);")
      #expect(circuit.gates.map(\.gate) == [gate])
    }
    let circuit = try parse("qreg q[5]; c3x q[0],q[1],q[2],q[3]; c4x q[4],q[0],q[1],q[2],q[3];")
    #expect(
      circuit.gates == [X(3, controls: [0, 1, 2]), X(3, controls: [4, 0, 1, 2])])
    let root = try parse("qreg q[4]; c3sqrtx q[0],q[1],q[2],q[3];")
    #expect(root.gates == [SX(3, controls: [0, 1, 2])])
    let builtIn = try Circuit(openQASM2: "OPENQASM 2.0; qreg q[2]; U(1,2,3) q[0]; CX q[0],q[1];")
    #expect(builtIn.gates == [U(1, 2, 3, 0), CX(0, 1)])
  }

  @Test("the Toffoli gates up to phases permute as Toffoli gates do")
  func relativePhases() throws {
    for (name, count) in [("rccx", 3), ("rc3x", 4)] {
      let qubits = (0..<count).map { "q[\($0)]" }.joined(separator: ",")
      let circuit = try parse("qreg q[\(count)]; \(name) \(qubits);")
      let matrix = ReferenceSimulator.matrix(of: circuit)
      let flip = Circuit(qubits: count) {
        X(count - 1, controls: (0..<(count - 1)).map { Control($0) })
      }
      let expected = ReferenceSimulator.matrix(of: flip)
      for index in matrix.elements.indices {
        #expect(abs(matrix.elements[index].length - expected.elements[index].length) < rounding)
      }
      // Real on the states that the first control leaves alone, as in Maslov's construction.
      #expect((matrix[0, 0] - 1).length < rounding)
    }
  }

  static let expressions: [(String, Double)] = [
    ("1", 1), ("-1", -1), ("- -1", 1), ("+2", 2), ("pi", .pi), ("2*pi/4", 2 * .pi / 4),
    ("1+2*3", 7), ("(1+2)*3", 9), ("2^3^2", 512), ("-2^2", -4), ("2^-1", 0.5), ("(-2)^2", 4),
    ("(-2)^3", -8), ("(-2)^-1", -0.5), ("0^0", 1), ("2*-3", -6),
    ("1-2-3", -4), ("8/4/2", 1), ("sin(pi/6)", Double.sin(.pi / 6)), ("cos(0)", 1),
    ("tan(0.5)", Double.tan(0.5)), ("exp(1)", Double.exp(1)), ("ln(2)", Double.log(2)),
    ("sqrt(2)", 2.0.squareRoot()), ("1e-3", 0.001), ("1.E2", 100), (".25", 0.25),
    ("-sin(-(1))", Double.sin(1)), ("3.", 3),
  ]

  @Test("expressions have the values they should", arguments: expressions)
  func evaluates(_ text: String, _ value: Double) throws {
    let circuit = try parse("qreg q[1]; rz(\(text)) q[0];")
    #expect(circuit.gates == [RZ(Angle(value), 0)])
  }

  @Test("definitions are expanded, with their parameters")
  func definitions() throws {
    let circuit = try parse(
      """
      gate pair(a, b) x, y { rx(a/2) x; barrier x, y; cu1(-b) y, x; }
      gate twice(t) p, q, r { pair(t, 2*t) p, q; pair(1, sin(t)) r, p; }
      gate nothing() a { }
      gate h a { x a; }
      qreg q[3];
      twice(0.5) q[2], q[0], q[1];
      nothing q;
      h q[0];
      """)
    let expected = Circuit(qubits: 3) {
      RX(0.25, 2)
      Barrier(2, 0)
      CP(-1, 0, 2)
      RX(0.5, 1)
      Barrier(1, 2)
      CP(Angle(-Double.sin(0.5)), 2, 1)
      X(0)
    }
    #expect(circuit == expected)
  }

  @Test("files without qubits, and with marks of other systems")
  func empty() throws {
    #expect(try Circuit(openQASM2: "OPENQASM 2.0;") == Circuit(qubits: 0))
    let bytes = [0xEF, 0xBB, 0xBF] + Array("OPENQASM 2.0;\r\nqreg q[2];\r\nCX q[0],q[1];".utf8)
    #expect(try Circuit(openQASM2: bytes).gates == [CX(0, 1)])
  }
}
