import CircuitText
import Circuits
import LinearAlgebra
import TestSupport
import Testing

@Suite("OpenQASM 3 written and read") struct QASM3RoundTripTests {
  private func read(_ text: String) throws -> CircuitDocument {
    try CircuitDocument(reading: text, as: .openQASM3)
  }

  /// The circuit with the controls of each gate in ascending order: their order means nothing.
  private func sorted(_ circuit: Circuit) throws -> [Instruction] {
    try circuit.instructions.map { instruction in
      guard case .gate(let application) = instruction else { return instruction }
      let plain = GateApplication(
        application.gate, angles: application.angles, on: application.qubits,
        controls: application.controls.sorted { $0.qubit < $1.qubit })
      return .gate(application.exponent == 1 ? plain : try plain.power(application.exponent))
    }
  }

  @Test("every gate under controls and to powers keeps its matrix", arguments: Gate.all)
  func catalogue(_ gate: Gate) throws {
    for application in try WrittenCircuits.applications(gate) {
      let circuit = WrittenCircuits.circuit(application)
      let back = try read(circuit.text(as: .openQASM3)).circuit
      let difference = WrittenCircuits.difference(circuit, back)
      #expect(difference < WrittenCircuits.tolerance, "\(application)")
      let isNamed = gate.aliases(in: .openQASM3).contains { $0.phase == 0 }
      // What is defined is recognised by its name; that of u2 and u3 is the library's.
      let isRecognised =
        !["u2", "u3", "cs", "csdg", "csx", "ccz"].contains(gate.name)
        && application.exponent != -1
      if isNamed || isRecognised {
        #expect(try sorted(back) == sorted(circuit), "\(application)")
      }
    }
  }

  @Test("random circuits keep their matrix as a function of weights and inputs")
  func random() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var source = RandomWrittenCircuits(
        seed: seed, qubitCount: 2 + Int(seed % 3), hasSymbols: true)
      let circuit = source.circuit(length: 25)
      let document = try read(circuit.text(as: .openQASM3))
      let weights = source.random.numbers(circuit.weightCount)
      let inputs = source.random.numbers(circuit.inputCount)
      #expect(document.circuit.weightCount == weights.count + inputs.count)
      let difference = WrittenCircuits.difference(
        circuit, document.circuit, weights: weights, inputs: inputs)
      #expect(difference < WrittenCircuits.tolerance, "\(seed)")
      // What has been read is written and read as it is.
      let again = try read(document.text(as: .openQASM3))
      #expect(again.parameterNames == document.parameterNames)
      let second = WrittenCircuits.difference(
        document.circuit, again.circuit, weights: weights + inputs)
      #expect(second < WrittenCircuits.tolerance, "\(seed)")
    }
  }

  @Test("dynamic circuits keep the distribution of their bits")
  func dynamics() throws {
    var coin = Circuit(qubits: 1, bits: 2)
    coin.append(.assign(bit: 1, .always))
    coin.append(
      .loop(
        while: .register([1, 0], equals: 1),
        body: [.gate(H(0)), .measure(qubit: 0, bit: 0), .assign(bit: 1, !.bit(0))]))
    var circuits = [coin]
    for seed in 1...40 as ClosedRange<UInt64> {
      var source = RandomWrittenCircuits(
        seed: seed, qubitCount: 2 + Int(seed % 2), isDynamic: true)
      circuits.append(source.circuit(length: 20))
    }
    for circuit in circuits {
      let back = try read(circuit.text(as: .openQASM3)).circuit
      #expect(back.registers.map(\.bits) == circuit.registers.map(\.bits))
      let expected = ReferenceBranches.distribution(of: circuit)
      var found: [[Bool]: Double] = [:]
      for (bits, probability) in ReferenceBranches.distribution(of: back) {
        // The reader may take bits of its own behind those of the file.
        found[Array(bits.prefix(circuit.bitCount)), default: 0] += probability
      }
      for bits in Set(expected.keys).union(found.keys) {
        let difference = abs((expected[bits] ?? 0) - (found[bits] ?? 0))
        #expect(difference < WrittenCircuits.tolerance, "\(circuit)")
      }
    }
  }

  @Test("names, pragmas and annotations are kept")
  func document() throws {
    let text = """
      OPENQASM 3.0;
      include "stdgates.inc";
      pragma hello world
      input float theta;
      input array[float, 2] phi;
      qubit[2] q;
      bit[1] flag;
      bit[2] c;
      rx(theta + phi[1]) q[0];
      @slow
      ctrl @ p(phi[0]/2) q[0], q[1];
      flag[0] = measure q[0];

      """
    let document = try read(text)
    let written = try document.text(as: .openQASM3)
    #expect(try read(written) == document)
    #expect(document.parameterNames == ["theta", "phi[0]", "phi[1]"])
    #expect(written.contains("pragma hello world\n") && written.contains("@slow\n"))
  }

  @Test("numbers read back to the same bits")
  func numbers() throws {
    var circuit = Circuit(qubits: 1)
    for value in [
      1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1, 1e22, 123456789.123, .pi / 3,
    ] {
      circuit.rz(Angle(value), 0)
      circuit.rz(Angle(-value), 0)
      circuit.rz(.weight(0) * value, 0)
    }
    for numerator in 1...64 {
      for denominator in [1, 2, 3, 4, 6, 8, 12, 16, 32, 64] {
        circuit.rz(Angle(Double(numerator) * .pi / Double(denominator)), 0)
        circuit.rz(.weight(0) * (Double(-numerator) * .pi / Double(denominator)), 0)
      }
    }
    #expect(try read(circuit.text(as: .openQASM3)).circuit == circuit)
  }
}
