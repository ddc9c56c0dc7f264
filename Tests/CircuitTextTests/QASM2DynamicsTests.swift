import CircuitText
import Circuits
import Testing

@Suite("OpenQASM 2 measurements, resets and conditions") struct QASM2DynamicsTests {
  private static let text = """
    OPENQASM 2.0;
    include "qelib1.inc";
    qreg q[3];
    creg syndrome[2];
    creg out[1];
    h q[0];
    measure q[0] -> syndrome[1];
    x q[0];
    reset q[1];
    if(syndrome==2) cx q[0],q[2];
    if(syndrome==2) x q[1];
    if(out==0) measure q[1] -> out[0];
    if(out==1) reset q[0];
    measure q[2] -> out[0];

    """

  @Test("a file is read as the circuit it says, and written back")
  func roundTrip() throws {
    let circuit = try Circuit(openQASM2: Self.text)
    var expected = Circuit(qubits: 3)
    let syndrome = expected.addRegister("syndrome", size: 2)
    let out = expected.addRegister("out", size: 1)
    expected.h(0)
    expected.measure(0, into: 1)
    expected.x(0)
    expected.reset(1)
    expected.append(If(syndrome.equals(2)) { CX(0, 2) })
    expected.append(If(syndrome.equals(2)) { X(1) })
    expected.append(If(out.equals(0)) { Measure(1, into: 2) })
    expected.append(If(out.equals(1)) { Reset(0) })
    expected.measure(2, into: 2)
    #expect(circuit == expected)
    #expect(try circuit.openQASM2() == Self.text)
  }

  @Test("an operation on whole registers depends on its condition as one")
  func broadcast() throws {
    let circuit = try Circuit(
      openQASM2: """
        OPENQASM 2.0; include "qelib1.inc"; qreg a[2]; creg c[2];
        if (c == 3) h a; reset a; if(c==18446744073709551615) measure a -> c;
        """)
    let expected = Circuit(qubits: 2) {
      If(.register([0, 1], equals: 3)) {
        H(0)
        H(1)
      }
      Reset(0)
      Reset(1)
      If(.register([0, 1], equals: .max)) { MeasureAll() }
    }
    #expect(circuit == expected)
    #expect(circuit.registers.map(\.name) == ["c"])
  }

  @Test("conditions on one bit and several operations are written where the format can say them")
  func writing() throws {
    var circuit = Circuit(qubits: 2)
    let flag = circuit.addRegister("q", size: 1)
    circuit.append(
      If(!flag[0]) {
        Barrier()
        RX(0.5, 0)
        X(1, controls: [.off(0)])
      })
    #expect(
      try circuit.openQASM2() == """
        OPENQASM 2.0;
        include "qelib1.inc";
        qreg qubits[2];
        creg q[1];
        if(q==0) rx(0.5) qubits[0];
        if(q==0) x qubits[0];
        if(q==0) cx qubits[0],qubits[1];
        if(q==0) x qubits[0];

        """)
    // Registers that the format cannot name so are spelt alike.
    for (name, written) in [("A", "a"), ("if", "if_"), ("cx", "cx_"), ("a b", "a_b")] {
      var other = Circuit(qubits: 1)
      _ = other.addRegister(name, size: 1)
      other.measure(0)
      #expect(
        try other.openQASM2().contains("creg \(written)[1];\nmeasure q[0] -> \(written)[0];"))
    }
  }

  @Test("other conditions, assignments and loops are refused with their place")
  func refusals() throws {
    func error(_ fragment: some CircuitFragment, bits: Int = 2) -> CircuitPrintError? {
      var circuit = Circuit(qubits: 2, bits: bits)
      circuit.append(fragment)
      do throws(CircuitPrintError) {
        _ = try circuit.openQASM2()
      } catch {
        return error
      }
      return nil
    }
    let whole = ClassicalCondition.register([0, 1], equals: 1)
    #expect(error(If(whole) { X(0) }) == nil)
    #expect(error(If(.bit(0)) { X(0) }) == .condition(text: "c[0]", place: 0))
    #expect(
      error(
        If(whole) {
          X(0)
        } else: {
          X(1)
        }) == .condition(text: "c[0...1] == 1", place: 0))
    #expect(error(If(whole) { If(whole) { X(1) } }) == .condition(text: "c[0...1] == 1", place: 0))
    // The second operation would see the bits that the first has written.
    #expect(
      error(
        If(whole) {
          Measure(0)
          X(0)
        }) == .condition(text: "c[0...1] == 1", place: 0))
    #expect(error(Assign(1, !.bit(0))) == .assignment(text: "!c[0]", place: 0))
    #expect(error(While(whole) { X(0) }) == .loop(text: "c[0...1] == 1", place: 0))
    #expect(error(If(whole) { Assign(1, .always) }) == .assignment(text: "true", place: 0))
    #expect(
      CircuitPrintError.assignment(text: "!c[0]", place: 3).description
        == "instruction 3, assign !c[0]: found an assignment to a classical bit, which OpenQASM 2 has no words for"
    )
    #expect(
      CircuitPrintError.loop(text: "c[0]", place: 1).description
        == "instruction 1, while c[0]: found a loop, which OpenQASM 2 has no words for")
    #expect(
      CircuitPrintError.condition(text: "c[0]", place: 0).description
        == "instruction 0, if c[0]: found a condition that OpenQASM 2 has no words for, expected one "
        + "operation on one register being equal to a number")
  }
}
