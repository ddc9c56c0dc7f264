import CircuitText
import Circuits
import Testing

/// The names of qubits, from one file to the next.
@Suite("Registers of qubits") struct QubitRegisterTests {
  private let text = """
    OPENQASM 3.0;
    include "stdgates.inc";
    qubit[2] a;
    qubit ancilla;
    h a[1];
    cx a[1], ancilla;

    """

  private func document(_ registers: [QubitRegister]) -> CircuitDocument {
    let circuit = Circuit(qubits: 3) {
      H(1)
      CX(1, 2)
    }
    return CircuitDocument(language: .json, circuit: circuit, qubitRegisters: registers)
  }

  @Test("keep their names in every language that has them")
  func languages() throws {
    let document = try CircuitDocument(reading: text)
    let registers = [QubitRegister(name: "a", size: 2), QubitRegister(name: "ancilla", size: 1)]
    #expect(document.qubitRegisters == registers)
    for language in [CircuitFormat.openQASM2, .openQASM3, .json] {
      let again = try CircuitDocument(reading: document.text(as: language), as: language)
      #expect(again.qubitRegisters == registers && again.circuit == document.circuit)
    }
    #expect(
      try document.text(as: .openQASM2).hasSuffix(
        "qreg a[2];\nqreg ancilla[1];\nh a[1];\ncx a[1],ancilla[0];\n"))
  }

  @Test("are one of all qubits where names are missing, doubled or empty")
  func fallbacks() throws {
    for registers in [
      [], [QubitRegister(name: "a", size: 2)], [QubitRegister(name: "a", size: 4)],
      [QubitRegister(name: "a", size: 1), QubitRegister(name: "a", size: 2)],
      [QubitRegister(name: "", size: 3)],
      [QubitRegister(name: "a", size: -1), QubitRegister(name: "b", size: 4)],
    ] {
      for language in [CircuitFormat.openQASM2, .openQASM3] {
        let written = try document(registers).text(as: language)
        let again = try CircuitDocument(reading: written, as: language)
        #expect(again.qubitRegisters == [QubitRegister(name: "q", size: 3)], "\(written)")
      }
    }
  }

  @Test("get another name where the language or a classical register has theirs")
  func clashes() throws {
    var circuit = Circuit(qubits: 2)
    let bits = circuit.addRegister("m", size: 1)
    circuit.measure(0, into: bits.bits.lowerBound)
    let document = CircuitDocument(
      language: .json, circuit: circuit,
      qubitRegisters: [QubitRegister(name: "gate", size: 1), QubitRegister(name: "m", size: 1)])
    let three = try CircuitDocument(reading: document.text(as: .openQASM3), as: .openQASM3)
    #expect(three.qubitRegisters.map(\.name) == ["gate_", "m_"])
    #expect(three.circuit == circuit)
    let two = try CircuitDocument(reading: document.text(as: .openQASM2), as: .openQASM2)
    #expect(two.qubitRegisters.map(\.name) == ["gate_", "m_"])
    #expect(two.circuit == circuit)
  }

  @Test("and classical ones keep apart in OpenQASM 2, under names that it can say")
  func spelling() throws {
    let text = """
      qubit[1] Upper; qubit[1] größe; bit[1] A; bit[1] B; bit[1] a; bit[1] _x;
      A[0] = measure Upper[0]; _x[0] = measure größe[0];
      """
    let document = try CircuitDocument(reading: text, as: .openQASM3)
    let again = try CircuitDocument(reading: document.text(as: .openQASM2), as: .openQASM2)
    #expect(again.qubitRegisters.map(\.name) == ["upper", "gr__e"])
    #expect(again.circuit.registers.map(\.name) == ["a", "b", "a_", "r_x"])
    #expect(again.circuit.instructions == document.circuit.instructions)
  }

  @Test("are refused by the reader of JSON where they hold more qubits than there are")
  func faults() throws {
    for (registers, message) in [
      (
        #"[{"name": "a", "size": 3}]"#,
        "found the number 3, expected the size of the register, a whole number from 1 to 2"
      ),
      (
        #"[{"name": "a", "size": 0}]"#,
        "found the number 0, expected the size of the register, a whole number from 1 to 2"
      ),
      (
        #"[{"name": "a", "size": 2}, {"name": "b", "size": 1}]"#,
        "expected registers of no more than 2 qubits together"
      ),
    ] {
      do throws(CircuitParseError) {
        _ = try CircuitDocument(
          reading:
            "{\"hilbert-circuit\": 1, \"qubits\": 2, \"qubitRegisters\": \(registers), \"instructions\": []}",
          as: .json)
        Issue.record("read without a fault: \(registers)")
      } catch {
        #expect("\(error)".contains(message), "\(error)")
      }
    }
  }
}
