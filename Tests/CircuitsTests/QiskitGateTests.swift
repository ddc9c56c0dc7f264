import Circuits
import ComplexModule
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// Matrices and states that Qiskit computed; Tests/Oracles/qiskit_gates.py writes them.
private struct Oracle: Decodable {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let angles: [Double]
    let controls: Int?
    let state: Int?
    let exponent: Double?
    let size: Int
    let at: [Int]
    let re: [Double]
    let im: [Double]

    var testDescription: String { "\(name)\(angles) \(controls ?? 0) \(exponent ?? 1)" }
    var matrix: ComplexMatrix { dense(size: size, at: at, re: re, im: im) }
  }

  struct Rotation: Decodable, Sendable {
    let letters: String
    let angle: Double
    let size: Int
    let at: [Int]
    let re: [Double]
    let im: [Double]

    var matrix: ComplexMatrix { dense(size: size, at: at, re: re, im: im) }
  }

  struct Template: Decodable, Sendable {
    let name: String
    let re: [Double]
    let im: [Double]
    let depth: Int
  }

  let gates: [Row]
  let controlled: [Row]
  let aliases: [Row]
  let powers: [Row]
  let strings: [Rotation]
  let inputs: [Double]
  let weights: [Double]
  let templates: [Template]

  static func read() throws -> Oracle {
    let url = repository.appending(path: "Tests/Oracles/data/qiskit_gates.json")
    return try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: url))
  }

  private static func dense(size: Int, at: [Int], re: [Double], im: [Double]) -> ComplexMatrix {
    var result = ComplexMatrix(zeros: size, size)
    for (place, index) in at.enumerated() {
      result[index / size, index % size] = Complex(re[place], im[place])
    }
    return result
  }
}

@Suite("Gates against Qiskit") struct QiskitGateTests {
  private let oracle: Oracle

  init() throws { oracle = try Oracle.read() }

  @Test("every gate of the catalogue is there, with Qiskit's matrix")
  func gates() throws {
    #expect(Set(oracle.gates.map(\.name)) == Set(Gate.all.map(\.name)))
    for row in oracle.gates {
      let gate = try #require(Gate.named(row.name))
      let difference = gate.matrix(row.angles).maximumDifference(from: row.matrix)
      #expect(difference < rounding, "\(row.testDescription)")
    }
  }

  @Test("controls on 0 and 1 act as Qiskit's")
  func controlled() throws {
    #expect(oracle.controlled.count > 80)
    for row in oracle.controlled {
      let gate = try #require(Gate.named(row.name))
      let count = try #require(row.controls)
      let state = try #require(row.state)
      var circuit = Circuit(qubits: gate.qubitCount + count)
      circuit.append(
        gate, angles: row.angles.map { Angle($0) },
        to: Array(count..<(count + gate.qubitCount)),
        controls: (0..<count).map { Control($0, state: (state >> $0) & 1 == 1) })
      let found = dense(circuit.lowered(), qubitCount: circuit.qubitCount)
      #expect(found.maximumDifference(from: row.matrix) < rounding, "\(row.testDescription)")
    }
  }

  @Test("other names of qelib1.inc mean what they mean there")
  func aliases() throws {
    for row in oracle.aliases {
      let gate = try #require(
        Gate.all.first { $0.aliases.contains { $0.name == row.name } })
      let alias = try #require(gate.aliases.first { $0.name == row.name })
      let angles = alias.angles.map { $0.value(weights: row.angles, inputs: []) }
      #expect(gate.matrix(angles).maximumDifference(from: row.matrix) < rounding)
    }
  }

  @Test("powers are the principal ones of Qiskit")
  func powers() throws {
    for row in oracle.powers {
      let gate = try #require(Gate.named(row.name))
      let application = GateApplication(
        gate, angles: row.angles.map { Angle($0) }, on: Array(0..<gate.qubitCount))
      let power = try application.power(try #require(row.exponent))
      let found = dense(power.lowered(), qubitCount: gate.qubitCount)
      #expect(found.maximumDifference(from: row.matrix) < 1e-10, "\(row.testDescription)")
    }
  }

  @Test("rotations about Pauli strings agree")
  func strings() throws {
    for row in oracle.strings {
      let gate = Gate.pauliRotation(try PauliString(row.letters))
      #expect(gate.matrix([row.angle]).maximumDifference(from: row.matrix) < rounding)
    }
  }

  @Test("templates give Qiskit's states and depths")
  func templates() throws {
    let circuits: [String: Circuit] = [
      "zz-full": ZZFeatureMap(qubits: 3).circuit,
      "zz-linear": ZZFeatureMap(qubits: 3, entanglement: .linear).circuit,
      "su2-linear": Circuit(qubits: 3) { HardwareEfficient(depth: 2, entanglement: .linear) },
      "su2-reverse_linear": Circuit(qubits: 3) { HardwareEfficient(depth: 2) },
      "su2-full": Circuit(qubits: 3) { HardwareEfficient(depth: 2, entanglement: .full) },
    ]
    #expect(oracle.templates.count == circuits.count)
    for row in oracle.templates {
      let circuit = try #require(circuits[row.name])
      let state = ReferenceSimulator.state(
        of: circuit, weights: oracle.weights, inputs: oracle.inputs)
      for (index, amplitude) in state.enumerated() {
        #expect((amplitude - Complex(row.re[index], row.im[index])).length < rounding)
      }
      #expect(circuit.depth == row.depth, "\(row.name)")
    }
  }
}
