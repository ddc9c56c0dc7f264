import CircuitText
import Circuits
import Compute
import Testing

@Suite("OpenQASM 2 reader's faults") struct QASM2ErrorTests {
  /// The text behind the header, the place in it, and the message.
  static let faults: [(String, String)] = [
    ("h q[0];", "3:3: error: found 'q', expected the name of a quantum register"),
    (
      "qreg q[2];\nhh q[0];",
      "4:1: error: found 'hh', expected the name of a gate; did you mean 'h'?"
    ),
    (
      "qreg q[2];\ncxx q[0],q[1];",
      "4:1: error: found 'cxx', expected the name of a gate; did you mean 'cx'?"
    ),
    ("qreg q[2];\n  h q[2];", "4:7: error: found index 2, expected 0 to 1 for 'q'"),
    (
      "qreg q[2];\nh q[99999999999999999999];",
      "4:5: error: found 99999999999999999999, expected a whole number of at most 64 bits"
    ),
    ("qreg q[2];\nh q[-1];", "4:5: error: found '-', expected an index"),
    (
      "qreg q[2];\nh qq[0];",
      "4:3: error: found 'qq', expected the name of a quantum register; did you mean 'q'?"
    ),
    (
      "qreg q[2]; creg c[2];\nh c[0];",
      "4:3: error: found 'c', expected the name of a quantum register"
    ),
    ("qreg q[2];\nrx q[0];", "4:1: error: found 0 parameters, expected 1 for 'rx'"),
    ("qreg q[2];\nrx(1,2) q[0];", "4:1: error: found 2 parameters, expected 1 for 'rx'"),
    (
      "qreg q[2];\nrx(abc) q[0];",
      "4:4: error: found 'abc', expected a number, a parameter or a function"
    ),
    (
      "qreg q[2];\nrx(Pi) q[0];",
      "4:4: error: found 'Pi', expected a number, a parameter or a function; did you mean 'pi'?"
    ),
    (
      "qreg q[2];\nrx(\"1\") q[0];",
      "4:4: error: found \"1\", expected a number, a parameter or a function"
    ),
    (
      "qreg q[2];\nrx(1/0) q[0];",
      "4:4: error: found a value that is not a finite number, expected one that is"
    ),
    (
      "qreg q[2];\nrx(sqrt(-1)) q[0];",
      "4:4: error: found a value that is not a finite number, expected one that is"
    ),
    (
      "qreg q[2];\nrx(1e999) q[0];",
      "4:4: error: found a value that is not a finite number, expected one that is"
    ),
    ("qreg q[2];\nrx(1 2) q[0];", "4:6: error: found '2', expected ',' or ')'"),
    ("qreg q[2];\nrx(sin) q[0];", "4:7: error: found ')', expected '(' after 'sin'"),
    ("qreg q[2];\nrx(1e) q[0];", "4:6: error: found ')', expected the digits of an exponent"),
    ("qreg q[2];\nrx(2pi) q[0];", "4:5: error: found 'p', expected the end of the number"),
    ("qreg q[2];\ncx q[0];", "4:1: error: found 1 qubit, expected 2 for 'cx'"),
    ("qreg q[2];\ncx q[0],q[0];", "4:9: error: found qubit q[0] twice, expected different qubits"),
    ("qreg q[2];\ncx q[1],q;", "4:9: error: found qubit q[1] twice, expected different qubits"),
    (
      "qreg a[2];\nqreg b[3];\ncx b[1],b[1];",
      "5:9: error: found qubit b[1] twice, expected different qubits"
    ),
    (
      "qreg q[2];\nbarrier q,q[1];",
      "4:11: error: found qubit q[1] twice, expected different qubits"
    ),
    ("qreg q[2]; qreg r[3];\ncx q,r;", "4:6: error: found a register of size 3, expected size 2"),
    ("qreg q[2];\nh q[0]", "4:7: error: found the end of the file, expected ',' or ';'"),
    ("qreg q[2];\nh q[0] h q[1];", "4:8: error: found 'h', expected ',' or ';'"),
    ("qreg q[2];\n;", "4:1: error: found ';', expected a statement"),
    ("qreg q[2];\n#pragma", "4:1: error: found '#', expected a statement"),
    ("qreg q[2];\nx é[0];", "4:3: error: found 'é', expected the name of a quantum register"),
    ("qreg q[2];\nqreg q[1];", "4:6: error: found 'q' again, expected a name not yet taken"),
    ("qreg pi[2];", "3:6: error: found 'pi', expected the name of a register"),
    ("qreg q[0];", "3:8: error: found 0 elements, expected 1 to 4096 in all registers together"),
    (
      "qreg q[4000];\nqreg r[97];",
      "4:8: error: found 97 elements, expected 1 to 4096 in all registers together"
    ),
    (
      "qreg q[123456789012345678901234567890];",
      "3:8: error: found 123456789012345678901234567890 elements, expected 1 to 4096 in all registers together"
    ),
    (
      "creg c[9223372036854775807];",
      "3:8: error: found 9223372036854775807 elements, expected 1 to 65536 in all registers together"
    ),
    ("qreg q[1.5];", "3:8: error: found '1.5', expected the size of the register"),
    ("qreg q;", "3:7: error: found ';', expected '['"),
    (
      "include \"other.inc\";",
      "3:9: error: include \"other.inc\": found where no files can be included, expected \"qelib1.inc\" "
        + "or \"stdgates.inc\""
    ),
    ("include other;", "3:9: error: found 'other', expected the name of a file in quotes"),
    ("include \"qelib1", "3:16: error: found the end of the file, expected the closing '\"'"),
    (
      "opaque magic a; qreg q[1];\nmagic q[0];",
      "4:1: error: found the gate 'magic', which is opaque, expected one with a definition"
    ),
    (
      "qreg q[1]; creg c[1];\nif(c[0]==1) x q[0];",
      "4:5: error: found '[', expected '==', since a whole register is compared"
    ),
    ("qreg q[1]; creg c[1];\nif(c=1) x q[0];", "4:5: error: found '=', expected '=='"),
    (
      "qreg q[1]; creg c[1];\nif(c==-1) x q[0];",
      "4:7: error: found '-', expected a number of at most 64 bits"
    ),
    (
      "qreg q[1]; creg c[1];\nif(d==1) x q[0];",
      "4:4: error: found 'd', expected the name of a classical register"
    ),
    (
      "qreg q[1]; creg c[1];\nif(c==1) barrier q;",
      "4:10: error: found 'barrier', expected a gate, 'measure' or 'reset'"
    ),
    ("qreg q[1]; creg c[1];\nif c==1 x q[0];", "4:4: error: found 'c', expected '('"),
    (
      "qreg q[1];\nreset c;",
      "4:7: error: found 'c', expected the name of a quantum register"
    ),
    ("qreg q[1];\nreset q[0]", "4:11: error: found the end of the file, expected ';'"),
    (
      "qreg q[2]; creg c[2];\nmeasure q -> c[0];",
      "4:14: error: found a register of size 1, expected size 2"
    ),
    ("qreg q[2]; creg c[2];\nmeasure q[0], c[0];", "4:13: error: found ',', expected '->'"),
    (
      "qreg q[2]; creg c[2];\nmeasure q[0] -> q[1];",
      "4:17: error: found 'q', expected the name of a classical register"
    ),
    ("gate g a { g a; }", "3:12: error: found 'g', expected the name of a gate"),
    ("gate g a { }\ngate g b { }", "4:6: error: found 'g' again, expected a name not yet taken"),
    ("gate g(a,a) b { }", "3:10: error: found 'a' again, expected a name not yet taken"),
    ("gate g a,a { }", "3:10: error: found 'a' again, expected a name not yet taken"),
    ("gate g { }", "3:8: error: found '{', expected the name of a qubit"),
    (
      "gate g a { h b; }",
      "3:14: error: found 'b', expected the name of a qubit of the gate"
    ),
    ("gate g a,b { cx a,a; }", "3:19: error: found qubit 'a' twice, expected different qubits"),
    ("gate g a,b { cx a; }", "3:14: error: found 1 qubit, expected 2 for 'cx'"),
    (
      "gate g(t) a { rx(s) a; }",
      "3:18: error: found 's', expected a number, a parameter or a function"
    ),
    ("gate g a { h a;", "3:16: error: found the end of the file, expected a gate or '}'"),
    ("gate U a { }", "3:6: error: found 'U' again, expected a name not yet taken"),
    (
      "gate g(t) a { rx(1/t) a; }\nqreg q[1];\ng(0) q[0];",
      "3:18: error: found a value that is not a finite number, expected one that is"
    ),
  ]

  @Test("are told with their place", arguments: faults)
  func located(_ body: String, _ message: String) {
    let text = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" + body
    let error = #expect(throws: CircuitParseError.self) {
      try Circuit(openQASM2: text, file: "f.qasm")
    }
    #expect(error?.faults.map(\.summary) == ["f.qasm:" + message])
  }

  @Test("of the header and the library")
  func header() {
    func message(_ text: String) -> String? {
      #expect(throws: CircuitParseError.self) { try Circuit(openQASM2: text) }?.faults.first?
        .summary
    }
    #expect(message("") == "<text>:1:1: error: found the end of the file, expected 'OPENQASM 2.0;'")
    #expect(message("qreg q[1];") == "<text>:1:1: error: found 'qreg', expected 'OPENQASM 2.0;'")
    #expect(message("OPENQASM 3.0;") == "<text>:1:10: error: found '3.0', expected version 2.0")
    #expect(
      message("OPENQASM 2.0;\nqreg q[1];\nh q[0];")
        == "<text>:3:1: error: found gate 'h', expected 'include \"qelib1.inc\";' before it")
  }

  @Test("bytes that are no text are named")
  func bytes() {
    func message(_ bytes: [UInt8]) -> String? {
      #expect(throws: CircuitParseError.self) {
        try Circuit(openQASM2: Array("OPENQASM 2.0;\n".utf8) + bytes, file: "f")
      }?.faults.first?.summary
    }
    #expect(message([0]) == "f:2:1: error: found the byte 0x00, expected a statement")
    #expect(message([0xFF, 0xFE]) == "f:2:1: error: found the byte 0xFF, expected a statement")
    #expect(message([0xC3]) == "f:2:1: error: found the byte 0xC3, expected a statement")
    #expect(message([0xE2, 0x82]) == "f:2:1: error: found the byte 0xE2, expected a statement")
  }

  private static let header = "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2];\n"

  private func reason(_ body: String, limit: Int = 1 << 20) -> CircuitFault.Reason? {
    #expect(throws: CircuitParseError.self) {
      try Circuit(openQASM2: Self.header + body, instructionLimit: limit)
    }?.faults.first?.reason
  }

  @Test("deep and long input neither traps nor hangs")
  func hostile() throws {
    let deep = String(repeating: "(", count: 100_000)
    #expect(reason("rx(\(deep)1) q[0];") == .nestedTooDeeply(limit: 100))
    #expect(
      reason("rx(\(String(repeating: "sin(", count: 10_000))1) q[0];")
        == .nestedTooDeeply(limit: 100))
    #expect(
      reason("rx(\(String(repeating: "2^", count: 10_000))1) q[0];")
        == .nestedTooDeeply(limit: 100))
    let signs = String(repeating: "-", count: 100_001)
    #expect(try Circuit(openQASM2: Self.header + "rx(\(signs)1) q[0];").gates == [RX(-1, 0)])
    let sum = String(repeating: "1+", count: 100_000)
    #expect(try Circuit(openQASM2: Self.header + "rx(\(sum)1) q[0];").gates == [RX(100_001, 0)])
    // Each definition doubles the one before it.
    var doubling = "gate g0 a { x a; x a; }\n"
    for level in 1..<100 { doubling += "gate g\(level) a { g\(level - 1) a; g\(level - 1) a; }\n" }
    #expect(reason(doubling + "g99 q[0];") == .tooManyInstructions(limit: 1 << 20))
    // The same without any instruction at its end.
    let empty = doubling.replacing("{ x a; x a; }", with: "{ }")
    #expect(try Circuit(openQASM2: Self.header + empty + "g99 q[0];").instructions.isEmpty)
    var chain = "gate g0 a { x a; }\n"
    for level in 1..<1000 { chain += "gate g\(level) a { g\(level - 1) a; }\n" }
    #expect(reason(chain + "g999 q[0];") == .nestedTooDeeply(limit: ReadingLimits.depth))
    #expect(reason("x q; x q; x q;", limit: 5) == .tooManyInstructions(limit: 5))
    // A barrier across 4000 qubits counts as 64 instructions.
    let barrier = "qreg r[4000]; barrier r;"
    #expect(reason(barrier + "barrier r;", limit: 100) == .tooManyInstructions(limit: 100))
    #expect(
      try Circuit(openQASM2: Self.header + barrier, instructionLimit: 100).instructions.count == 1)
    let name = String(repeating: "h", count: 100_000)
    let error = #expect(throws: CircuitParseError.self) {
      try Circuit(openQASM2: Self.header + "\(name) q[0];")
    }
    #expect((error?.description.count ?? 0) < 200)
  }

  @Test("files cut short or with bytes changed end in a circuit or in a located fault")
  func mutations() {
    let text = Array(
      (Self.header + """
        gate g(a,b) x,y { u3(a/2,-b,pi) x; cx x,y; barrier x; }
        creg c[2]; g(1.5e-1,sin(2)^2) q[0],q[1]; barrier q; // end
        measure q -> c;
        """).utf8)
    var stream = RandomStream(seed: 5, purpose: .general)
    var faults = 0
    for length in 0...text.count {
      if (try? Circuit(openQASM2: Array(text.prefix(length)))) == nil { faults += 1 }
    }
    for _ in 0..<3000 {
      var changed = text
      for _ in 0..<(1 + Int(stream.nextUniform() * 4)) {
        let place = Int(stream.nextUniform() * Double(changed.count))
        let byte = UInt8(truncatingIfNeeded: stream.next())
        if stream.nextUniform() < 0.5 {
          changed[place] = byte
        } else {
          changed.insert(text[Int(stream.nextUniform() * Double(text.count))], at: place)
        }
      }
      do throws(CircuitParseError) {
        _ = try Circuit(openQASM2: changed)
      } catch {
        faults += 1
        #expect(1...ReadingLimits.faults ~= error.faults.count)
        for fault in error.faults {
          #expect(fault.location.line >= 1 && fault.location.column >= 1)
          #expect(!fault.summary.contains("\n"))
        }
      }
    }
    #expect(faults > 1000)
  }
}
