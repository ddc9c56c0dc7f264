import CircuitText
import Circuits
import Testing

@Suite("qsim format reader") struct QSimFormatReaderTests {
  private func read(_ text: String, options: ReadingOptions = ReadingOptions()) throws -> Circuit {
    try CircuitDocument(reading: text, file: "a.txt", as: .qsim, options: options).circuit
  }

  private func faults(_ text: String) -> [String] {
    do throws(CircuitParseError) {
      _ = try CircuitDocument(reading: text, file: "a.txt", as: .qsim)
      return []
    } catch {
      return error.faults.map(\.summary)
    }
  }

  @Test("every kind of line is read")
  func lines() throws {
    let circuit = try read(
      """
      3 qubits, and whatever follows

      # A comment begins in the first column.
      0 h 0
      0 id1 1
      1 id2 0 1
      2 x_1_2 0
      2 y_1_2 1
      2 hz_1_2 2
      3 rx 0 .5
      3 rxy 1 1 -2.5e-1
      4  cx\t0 1
      5 sw 0 1
      5 p 0.25
      6 fs 0 1 0.5 -0.5
      7 cp 0 1 3.
      8 c 0 1 x 2
      9 c 2 p 0.5
      10 m 2 0
      11 x 0

      """)
    var expected = Circuit(qubits: 3)
    expected.h(0)
    expected.id(1)
    expected.id(0)
    expected.id(1)
    expected.sx(0)
    expected.sy(1)
    expected.sqrtw(2)
    expected.rx(0.5, 0)
    expected.r(-0.25, 1, 1)
    expected.cx(0, 1)
    expected.swap(0, 1)
    expected.gphase(0.25)
    expected.fsim(0.5, -0.5, 0, 1)
    expected.cp(-3, 0, 1)
    expected.append(X(2, controls: [0, 1]))
    expected.append(.gphase, angles: [0.5], to: [], controls: [2])
    expected.declare(ClassicalRegister(name: "m", bits: 0..<3))
    expected.measure(2)
    expected.measure(0)
    expected.x(0)
    #expect(circuit == expected)
    #expect(circuit.isDynamic)
    #expect(try read("1\n0 h 0").bitCount == 0)
  }

  @Test("reading stops at the first line past the last time")
  func lastTime() throws {
    let text = "2\n0 h 0\n0 h 1\n3 x 0\n2 y 1\n4 nothing\n1 z 1\n"
    #expect(try read(text, options: ReadingOptions(lastTime: 0)).instructions.count == 2)
    #expect(try read(text, options: ReadingOptions(lastTime: 2)).instructions.count == 2)
    #expect(try read(text, options: ReadingOptions(lastTime: 3)).instructions.count == 4)
    #expect(throws: CircuitParseError.self) {
      try read(text, options: ReadingOptions(lastTime: 4))
    }
  }

  @Test(
    "a fault has its place and says what was expected",
    arguments: [
      ("", "1:1: error: found the end of the file, expected the number of qubits"),
      ("0\n", "1:1: error: invalid number of qubits: found '0', expected 1 to 4096"),
      ("two\n", "1:1: error: invalid number of qubits: found 'two', expected 1 to 4096"),
      ("4097", "1:1: error: invalid number of qubits: found '4097', expected 1 to 4096"),
      (
        "#\n \n", "2:2: error: invalid number of qubits: found a line of blanks, expected 1 to 4096"
      ),
      ("2\n0 h 0 \n", "2:6: error: found trailing spaces, expected the end of the line"),
      (
        "2\n  \n", "2:1: error: found a line of blanks, expected an operation or an empty line"
      ),
      (
        "2\n0 h 0\r\n",
        "2:6: error: found a carriage return, expected a word or the end of the line"
      ),
      ("2\n0 h 0 # no\n", "2:7: error: found '#', expected the end of the line"),
      ("2\nh 0\n", "2:1: error: found 'h', expected a time from 0 to 4294967295"),
      ("2\n-1 h 0\n", "2:1: error: found '-1', expected a time from 0 to 4294967295"),
      ("2\n0\n", "2:2: error: found the end of the line, expected the name of a gate"),
      (
        "2\n0 hh 0\n",
        "2:3: error: found 'hh', expected the name of a gate; did you mean 'h'?"
      ),
      ("2\n0 u3 0 1 2 3\n", "2:3: error: found 'u3', expected the name of a gate"),
      ("2\n0 h 2\n", "2:5: error: found '2', expected a qubit of 'h', from 0 to 1"),
      (
        "2\n0 cz 0\n",
        "2:7: error: found the end of the line, expected a qubit of 'cz', from 0 to 1"
      ),
      ("2\n0 cz 1 1\n", "2:8: error: found qubit 1 twice, expected different qubits"),
      ("2\n0 rx 0 pi\n", "2:8: error: found 'pi', expected the angle of 'rx'"),
      ("2\n0 rx 0 0x1\n", "2:8: error: found '0x1', expected the angle of 'rx'"),
      (
        "2\n0 rx 0 1e999\n",
        "2:8: error: found a value that is not a finite number, expected one that is"
      ),
      ("2\n0 h 0 1\n", "2:7: error: found '1', expected the end of the line"),
      ("2\n0 c x 0\n", "2:5: error: found 'x', expected a control qubit, from 0 to 1"),
      ("2\n0 c 0 x 0\n", "2:9: error: found qubit 0 twice, expected different qubits"),
      (
        "2\n0 c 0 m 1\n",
        "2:7: error: found 'm', expected a gate: measurements have no controls"
      ),
      ("2\n0 m\n", "2:4: error: found the end of the line, expected a qubit of 'm', from 0 to 1"),
      ("2\n0 m 0 0\n", "2:7: error: found qubit 0 twice, expected different qubits"),
      (
        "2\n1 h 0\n1 x 0\n",
        "3:1: error: operation is out of time order: found time 1 on qubit 0, expected a time above 1"
      ),
      (
        "3\n5 h 2\n5 c 2 x 0\n",
        "3:1: error: operation is out of time order: found time 5 on qubit 2, expected a time above 5"
      ),
      (
        "2\n3 m 0\n2 h 1\n",
        "3:1: error: operation crosses the time boundary set by a measurement: found time 2, "
          + "expected at least 3"
      ),
      (
        "2\n3 h 0\n2 m 1\n",
        "3:1: error: operation crosses the time boundary set by a measurement: found time 2, "
          + "expected at least 3"
      ),
    ])
  func fault(_ text: String, _ expected: String) {
    #expect(faults(text) == ["a.txt:" + expected])
  }

  @Test("all lines are looked at, and the faults have a limit")
  func many() {
    #expect(
      faults("2\n0 hh 0\n1 h 0\n1 h 0\n2 rz 5 1\n3 x 1\n").map { $0.prefix(9) } == [
        "a.txt:2:3", "a.txt:4:1", "a.txt:5:6",
      ])
    do throws(CircuitParseError) {
      let text = "1\n" + String(repeating: "0 q 0\n", count: 1000)
      _ = try CircuitDocument(reading: text, as: .qsim)
      Issue.record("expected faults")
    } catch {
      #expect(error.faults.count == ReadingLimits.faults && error.isCut)
    }
    let limits = ReadingLimits(instructions: 2)
    #expect(throws: CircuitParseError.self) {
      try read("1\n0 h 0\n1 h 0\n2 h 0\n", options: ReadingOptions(limits: limits))
    }
  }

  @Test("operations on different qubits may stand in any order")
  func order() throws {
    #expect(faults("3\n5 h 0\n1 h 1\n0 x 2\n").isEmpty)
  }

  @Test("changed files are read or refused")
  func changes() throws {
    let text = Array(
      """
      4
      # A layer.
      0 h 0
      0 hz_1_2 1
      1 cnot 0 1
      1 rxy 2 0.5 -1.25e-3
      2 c 0 1 fs 2 3 0.5 1
      3 cp 0 1 3.
      4 m 0 1 2

      """.utf8)
    let alphabet = Array("0123456789 \n.-+echzxmp_#\t\r".utf8)
    var changes = ChangedTexts(seed: 11)
    var refused = 0
    for _ in 0..<10_000 {
      let bytes = changes.changed(text, alphabet: alphabet)
      do throws(CircuitParseError) {
        let document = try CircuitDocument(reading: bytes, as: .qsim)
        #expect(document.circuit.qubitCount > 0)
      } catch {
        refused += 1
        #expect((1...ReadingLimits.faults).contains(error.faults.count))
        #expect(!"\(error)".isEmpty)
      }
    }
    #expect(refused > 1000 && refused < 10_000)
  }
}
