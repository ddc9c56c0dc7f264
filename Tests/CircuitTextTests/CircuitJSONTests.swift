import CircuitText
import Circuits
import ComplexModule
import LinearAlgebra
import TestSupport
import Testing

@Suite("Circuits as JSON") struct CircuitJSONTests {
  private func read(_ text: String) throws -> CircuitDocument {
    try CircuitDocument(reading: text, file: "a.json", as: .json)
  }

  private func roundTrip(_ circuit: Circuit) throws -> Circuit {
    try read(circuit.text(as: .json)).circuit
  }

  private func faults(_ text: String) -> [String] {
    do throws(CircuitParseError) {
      _ = try CircuitDocument(reading: text, file: "a.json", as: .json)
      return []
    } catch {
      return error.faults.map(\.summary)
    }
  }

  /// A file of two qubits with some instructions.
  private func file(_ instructions: String) -> String {
    "{\"hilbert-circuit\": 1, \"qubits\": 2,\n\"instructions\": [\n\(instructions)\n]}"
  }

  @Test("a file reads as its page says")
  func text() throws {
    var circuit = Circuit(qubits: 2)
    let register = circuit.addRegister("c", size: 2)
    circuit.h(0)
    circuit.append(RX(.weight(0) * 0.5 - .input(0) + 1, 1, controls: [.off(0)]))
    circuit.measure(0, into: 1)
    circuit.append(
      .conditional(register.equals(2), then: [.reset(0)], otherwise: [.barrier([0, 1])]))
    let document = CircuitDocument(
      language: .json, circuit: circuit, parameterNames: ["theta"],
      qubitRegisters: [QubitRegister(name: "a", size: 1), QubitRegister(name: "b", size: 1)],
      pragmas: ["a \"b\"\n"],
      annotations: [CircuitAnnotation(text: "@first", place: 1)])
    let text = """
      {
        "hilbert-circuit": 1,
        "qubits": 2,
        "bits": 2,
        "weights": 1,
        "inputs": 1,
        "names": ["theta"],
        "qubitRegisters": [{"name": "a", "size": 1}, {"name": "b", "size": 1}],
        "registers": [{"name": "c", "first": 0, "size": 2}],
        "pragmas": ["a \\"b\\"\\u000A"],
        "annotations": [{"text": "@first", "place": 1}],
        "instructions": [
          {"gate": "h", "qubits": [0]},
          {"gate": "rx", "angles": [[{"coefficient": 1.0}, {"coefficient": -1.0, "inputs": [0]}, \
      {"coefficient": 0.5, "weights": [0]}]], "qubits": [1], "controls": [{"qubit": 0, "state": 0}]},
          {"measure": 0, "bit": 1},
          {"if": {"register": [0, 1], "equals": 2}, "then": [{"reset": 0}], "else": [{"barrier": [0, 1]}]}
        ]
      }

      """
    #expect(try document.text(as: .json) == text)
    #expect(try read(text) == document)
  }

  @Test("every gate under controls and to powers reads back equal", arguments: Gate.all)
  func catalogue(_ gate: Gate) throws {
    for application in try WrittenCircuits.applications(gate) {
      for variant in [application, application.inverse()] {
        let circuit = WrittenCircuits.circuit(variant)
        #expect(try roundTrip(circuit) == circuit, "\(variant)")
      }
    }
  }

  @Test("random circuits of everything that a circuit can hold read back equal")
  func random() throws {
    let channels: [Channel] = try [
      .bitFlip(0.1), .phaseFlip(1e-9), .bitPhaseFlip(0.5), .pauli(x: 0.1, y: 0.2, z: 0.3),
      .depolarizing(mixing: 0.3), .depolarizing(mixing: 0.3, qubits: 2),
      .depolarizing(errorProbability: 0.1, qubits: 2), .amplitudeDamping(0.7),
      .generalizedAmplitudeDamping(0.2, excited: 0.4), .phaseDamping(1 / 3),
      .thermalRelaxation(t1: 1.5, t2: 2, time: 0.3, excited: 0.1), .reset(toZero: 0.1, toOne: 0.2),
      .bitFlip(0.1).followed(by: .phaseDamping(0.2)),
      Channel(kraus: [ComplexMatrix([[0, 1], [.i, 0]])], name: "my own"),
    ]
    for seed in 1...80 as ClosedRange<UInt64> {
      var source = RandomWrittenCircuits(
        seed: seed, qubitCount: 2 + Int(seed % 3), hasSymbols: true, isDynamic: true,
        hasLoops: true, channels: channels)
      let circuit = source.circuit(length: 30)
      #expect(try roundTrip(circuit) == circuit)
    }
  }

  @Test("matrices, Pauli strings, starts and counts that nothing uses are kept to the last bit")
  func others() throws {
    var source = RandomOperations(seed: 3, qubitCount: 4)
    var circuit = Circuit(qubits: 70, bits: 9)
    circuit.append(AmplitudeEmbedding(qubits: [4, 2], paddedWith: 0.25))
    circuit.append(PauliRotation("XIYZ", .weight(7) * .weight(7), controls: [65, .off(5)]))
    circuit.append(PauliRotation(.identity, 0.5))
    for qubits in 1...3 {
      let gate = try Gate.unitary(source.unitary(qubits))
      circuit.append(GateApplication(gate, on: Array((0..<qubits).reversed())))
      circuit.append(try GateApplication(gate, on: Array(0..<qubits)).power(1 / 3))
    }
    let rough = ComplexMatrix([[Complex(1.0001), 0], [0, .i]])
    circuit.append(GateApplication(try .unitary(rough, tolerance: 0.01), on: [0]))
    circuit.append(.barrier([]))
    circuit.append(.barrier(Array(0..<70)))
    circuit.append(
      .assign(bit: 8, .register(Array(0..<9) + Array(0..<9), equals: .max)))
    circuit.append(.loop(while: .never, body: []))
    #expect(try roundTrip(circuit) == circuit)
    var amplitudes: [Complex<Double>] = (0..<8).map { Complex(Double($0) - 2.3, 0.1 * Double($0)) }
    amplitudes[3] = 0
    var prepared = Circuit(qubits: 4)
    prepared.prepare(try InitialState(amplitudes: amplitudes, on: [3, 0, 1], normalizing: true))
    #expect(try roundTrip(prepared) == prepared)
    var templated = Circuit(qubits: 3) { HardwareEfficient(depth: 2) }
    templated = templated.renumbered(weightsFrom: 5, inputsFrom: 3)
    #expect(try roundTrip(templated) == templated)
    #expect(try roundTrip(Circuit(qubits: 0)) == Circuit(qubits: 0))
    let chained = try SX(0).power(2).power(0.3)
    #expect(try roundTrip(WrittenCircuits.circuit(chained)) == WrittenCircuits.circuit(chained))
  }

  @Test("numbers read back to the same bits")
  func numbers() throws {
    var circuit = Circuit(qubits: 1)
    for value in [
      1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1, 1e22, 123456789.123, .pi / 3,
      -0.1, 3,
    ] {
      circuit.rz(Angle(value), 0)
      circuit.rz(.weight(0) * value, 0)
    }
    #expect(try roundTrip(circuit) == circuit)
  }

  @Test("conditions as deep as they may be are written and read")
  func deep() throws {
    var condition = ClassicalCondition.bit(0)
    for _ in 0..<120 { condition = .not(condition) && .bit(1) }
    var instruction = Instruction.assign(bit: 0, condition)
    for _ in 0..<250 {
      instruction = .conditional(.bit(0), then: [instruction], otherwise: [])
    }
    var circuit = Circuit(qubits: 1)
    circuit.append(instruction)
    #expect(try roundTrip(circuit) == circuit)
    let nested = String(repeating: "[", count: 100_000)
    #expect(faults(nested).first?.contains("levels") ?? false)
  }

  @Test(
    "a fault has its place, and the way to it",
    arguments: [
      ("", "1:1: error: found the end of the file, expected a value"),
      ("[]", "1:1: error: found an empty list, expected a circuit, an object"),
      (
        "{}",
        "1:1: error: found a circuit without the key \"hilbert-circuit\", expected one that has it"
      ),
      (
        "{\"hilbert-circuit\": 2, \"gates\": []}",
        "1:21: error: found the number 2, expected version 1 (at hilbert-circuit)"
      ),
      ("{\"hilbert-circuit\": 1,}", "1:23: error: found '}', expected a key in quotes"),
      (
        "{\"hilbert-circuit\": 1, \"qubit\": 2}",
        "1:24: error: found the key \"qubit\", expected a key of a circuit; did you mean \"qubits\"? "
          + "(at qubit)"
      ),
      (
        "{\"hilbert-circuit\": 1, \"qubits\": 5000}",
        "1:34: error: found the number 5000, expected the number of qubits, a whole number from 0 "
          + "to 4096 (at qubits)"
      ),
      ("{\"a\": 1, \"a\": 2}", "1:10: error: found 'a' again, expected a name not yet taken"),
      ("{\"a\": \"\\x\"}", "1:9: error: found 'x', expected an escape such as '\\n'"),
      ("{\"a\": 01}", "1:8: error: found '1', expected ',' or '}'"),
      ("{\"a\": \"b\n\"}", "1:9: error: found the end of the line, expected the closing '\"'"),
    ])
  func fault(_ text: String, _ expected: String) {
    #expect(faults(text) == ["a.json:" + expected])
  }

  @Test(
    "a fault of an instruction has its place, and the way to it",
    arguments: [
      ("{}", "3:1: error: found an instruction without a kind"),
      (
        "{\"gate\": \"hh\", \"qubits\": [0]}",
        "3:10: error: found 'hh', expected the name of a gate"
      ),
      (
        "{\"gate\": \"h\", \"qubits\": [0, 1]}",
        "3:1: error: h: found 2 qubits, expected 1"
      ),
      ("{\"gate\": \"h\", \"qubits\": [2]}", "3:1: error: h: found qubit 2, expected 0 to 1"),
      (
        "{\"gate\": \"h\", \"qubits\": [0.5]}",
        "3:26: error: found the number 0.5, expected qubit, a whole number from 0 to 4095 "
          + "(at instructions[0].qubits[0])"
      ),
      (
        "{\"gate\": \"rx\", \"qubits\": [0], \"angles\": [1e999]}",
        "3:42: error: found a value that is not a finite number, expected one that is"
      ),
      (
        "{\"gate\": \"rx\", \"qubits\": [0], \"angles\": [[{\"weights\": [0]}]]}",
        "3:43: error: found a term of an angle without the key \"coefficient\""
      ),
      (
        "{\"gate\": \"unitary\", \"qubits\": [0], \"matrix\": [[[1, 0], [1, 0]], [[0, 0], [1, 0]]]}",
        "3:46: error: expected a unitary matrix"
      ),
      ("{\"gate\": \"rpauli\", \"string\": \"XQ\"}", "3:30: error: found \"XQ\""),
      (
        "{\"channel\": \"bitFlip\", \"parameters\": [2], \"qubits\": [0]}",
        "3:13: error: found a channel that is none: bitFlip: found 2.0, expected 0.0 to 1.0"
      ),
      (
        "{\"channel\": \"flip\", \"qubits\": [0]}", "3:13: error: found \"flip\", expected the name"
      ),
      (
        "{\"if\": {\"and\": [{\"bit\": 0}]}, \"then\": []}",
        "3:8: error: found an object, expected a condition"
      ),
      (
        "{\"if\": {\"bit\": true}, \"then\": []}",
        "3:16: error: found true, expected the bit, a whole number from 0 to 1048575 "
          + "(at instructions[0].if.bit)"
      ),
      (
        "{\"assign\": 0, \"value\": {\"register\": [0], \"equals\": -1}}",
        "3:52: error: found the number -1"
      ),
    ])
  func instructionFault(_ text: String, _ expected: String) throws {
    let found = faults(file(text))
    #expect(found.count == 1)
    #expect(try #require(found.first).hasPrefix("a.json:" + expected), "\(found)")
  }

  @Test("the faults of all instructions are told, up to a limit")
  func many() {
    let found = faults(
      file("{\"reset\": 5},\n{\"reset\": 0},\n{\"measure\": 0},\n{\"gate\": \"x\", \"qubit\": [0]}")
    )
    #expect(found.map { String($0.prefix(10)) } == ["a.json:3:1", "a.json:5:1", "a.json:6:1"])
    do throws(CircuitParseError) {
      let text = file(Array(repeating: "{}", count: 50).joined(separator: ","))
      _ = try CircuitDocument(reading: text, as: .json)
      Issue.record("expected faults")
    } catch {
      #expect(error.faults.count == ReadingLimits.faults && error.isCut)
    }
    let options = ReadingOptions(limits: ReadingLimits(instructions: 2))
    #expect(throws: CircuitParseError.self) {
      let text = file(Array(repeating: "{\"reset\": 0}", count: 3).joined(separator: ","))
      _ = try CircuitDocument(reading: text, as: .json, options: options)
    }
  }

  @Test("weights take values by their names; those that are open are counted anew")
  func values() throws {
    var circuit = Circuit(qubits: 1)
    for weight in 0..<4 { circuit.rx(.weight(weight) * 2 + .input(0), 0) }
    let document = CircuitDocument(
      language: .json, circuit: circuit, parameterNames: ["a", "b[0]", "b[1]", "c"])
    let text = try document.text(as: .json)
    let options = ReadingOptions(values: ["a": [0.5], "b": [1, 2]])
    let bound = try CircuitDocument(reading: text, as: .json, options: options)
    #expect(bound.parameterNames == ["c"] && bound.circuit.weightCount == 1)
    #expect(
      bound.circuit.gates.map { $0.angles[0] } == [
        1 + .input(0), 2 + .input(0), 4 + .input(0), .weight(0) * 2 + .input(0),
      ])
    var kept = options
    kept.keepsParameters = true
    #expect(try CircuitDocument(reading: text, as: .json, options: kept) == document)
    for (values, reason) in [
      (["d": [3.0]], CircuitFault.Reason.unknownInput("d", suggestion: nil)),
      (["b": [1]], .valueCount(name: "b", found: 1, expected: 2)),
    ] {
      do throws(CircuitParseError) {
        _ = try CircuitDocument(
          reading: text, as: .json, options: ReadingOptions(values: values))
        Issue.record("read with \(values)")
      } catch {
        #expect(error.faults.map(\.reason) == [reason])
      }
    }
    let wrong = text.replacing("\"c\"]", with: "\"c\", \"e\"]")
    #expect(faults(wrong).first?.contains("found 5 names, expected 4") ?? false)
    #expect(throws: CircuitParseError.self) {
      try CircuitDocument(reading: wrong, as: .json, options: options)
    }
  }

  @Test("a gate that has neither a name nor a matrix of its own is refused")
  func foreign() {
    let factor = ElementaryOperation(.pauli("XY"))
    #expect(throws: CircuitPrintError.foreignGate(gate: "factor", place: 0)) {
      try Circuit(qubits: 2) { GateApplication(factor: factor) }.text(as: .json)
    }
  }

  @Test("changed files are read or refused")
  func changes() throws {
    var source = RandomWrittenCircuits(
      seed: 5, qubitCount: 3, hasSymbols: true, isDynamic: true, hasLoops: true,
      channels: [try .amplitudeDamping(0.5)])
    let text = Array(try source.circuit(length: 12).text(as: .json).utf8)
    let alphabet = Array("{}[],:\"0123456789.-e\\ unotbi".utf8)
    var changes = ChangedTexts(seed: 12)
    var refused = 0
    for _ in 0..<10_000 {
      let bytes = changes.changed(text, alphabet: alphabet)
      do throws(CircuitParseError) {
        _ = try CircuitDocument(reading: bytes, as: .json)
      } catch {
        refused += 1
        #expect((1...ReadingLimits.faults).contains(error.faults.count))
        #expect(!"\(error)".isEmpty)
      }
    }
    #expect(refused > 5000 && refused < 10_000)
  }
}
