import Circuits
import ComplexModule
import Foundation
import LinearAlgebra
import RealModule
import Testing

/// Matrices of stdgates.inc; Tests/Oracles/openqasm3_gates.py writes them.
private struct Oracle: Decodable {
  struct Row: Decodable, Sendable {
    let name: String
    let angles: [Double]
    let size: Int
    let at: [Int]
    let re: [Double]
    let im: [Double]

    var matrix: ComplexMatrix {
      var result = ComplexMatrix(zeros: size, size)
      for (place, index) in at.enumerated() {
        result[index / size, index % size] = Complex(re[place], im[place])
      }
      return result
    }
  }

  let gates: [Row]

  static func read() throws -> Oracle {
    let url = repository.appending(path: "Tests/Oracles/data/openqasm3_gates.json")
    return try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: url))
  }
}

@Suite("Names of gates in files") struct GateNamesTests {
  /// What a name stands for at parameters, its phase included.
  private func matrix(_ found: (gate: Gate, alias: GateAlias), _ parameters: [Double])
    -> ComplexMatrix
  {
    let angles = found.alias.angles.map { $0.value(weights: parameters, inputs: []) }
    let phase = found.alias.phase.value(weights: parameters, inputs: [])
    return found.gate.matrix(angles).scaled(by: Complex(length: 1, phase: phase))
  }

  @Test("names of OpenQASM 3 are those of stdgates.inc, U and gphase, with their matrices")
  func openQASM3() throws {
    let oracle = try Oracle.read()
    #expect(Set(oracle.gates.map(\.name)) == Set(Gate.names(in: .openQASM3)))
    for row in oracle.gates {
      let found = try #require(Gate.alias(row.name, in: .openQASM3))
      #expect(found.alias.parameterCount == row.angles.count)
      let difference = matrix(found, row.angles).maximumDifference(from: row.matrix)
      #expect(difference < rounding, "\(row.name)")
    }
  }

  @Test("names of qsim mean what its page and its sources say")
  func qsim() throws {
    let i = Complex<Double>.i
    let r = Complex(Double.sqrt(0.5))
    let half = Complex<Double>(0.5, 0.5)
    let quarter = Complex<Double>(length: 1, phase: .pi / 4)
    let (a, b) = (0.7, -2.3)
    func turn(_ x: ComplexMatrix, _ angle: Double) -> ComplexMatrix {
      ComplexMatrix.identity(2).scaled(by: Complex(Double.cos(angle / 2)))
        + x.scaled(by: Complex(0, -Double.sin(angle / 2)))
    }
    let x = ComplexMatrix([[0, 1], [1, 0]])
    let y = ComplexMatrix([[0, -i], [i, 0]])
    let z = ComplexMatrix([[1, 0], [0, -1]])
    let axis = x.scaled(by: Complex(Double.cos(a))) + y.scaled(by: Complex(Double.sin(a)))
    let (c, s) = (Complex(Double.cos(a)), Complex(0, -Double.sin(a)))
    // Rows and columns in the order 00, 01, 10, 11 with the first qubit rightmost.
    let table: [(name: String, parameters: [Double], matrix: ComplexMatrix)] = [
      ("p", [a], ComplexMatrix([[Complex(length: 1, phase: a)]])),
      ("id1", [], .identity(2)), ("x", [], x), ("y", [], y), ("z", [], z),
      ("h", [], ComplexMatrix([[r, r], [r, -r]])), ("s", [], .diagonal([1, i])),
      ("t", [], .diagonal([1, quarter])),
      ("x_1_2", [], ComplexMatrix([[half, half.conjugate], [half.conjugate, half]])),
      ("y_1_2", [], ComplexMatrix([[half, -half], [half, half]])),
      ("hz_1_2", [], ComplexMatrix([[half, -i * r], [r, half]])),
      ("rx", [a], turn(x, a)), ("ry", [a], turn(y, a)), ("rz", [a], turn(z, a)),
      ("rxy", [a, b], turn(axis, b)),
      ("cz", [], .diagonal([1, 1, 1, -1])),
      ("cnot", [], ComplexMatrix([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]])),
      ("cx", [], ComplexMatrix([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]])),
      ("sw", [], ComplexMatrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])),
      ("is", [], ComplexMatrix([[1, 0, 0, 0], [0, 0, i, 0], [0, i, 0, 0], [0, 0, 0, 1]])),
      (
        "fs", [a, b],
        ComplexMatrix([
          [1, 0, 0, 0], [0, c, s, 0], [0, s, c, 0], [0, 0, 0, Complex(length: 1, phase: -b)],
        ])
      ),
      ("cp", [a], .diagonal([1, 1, 1, Complex(length: 1, phase: -a)])),
    ]
    #expect(Set(table.map(\.name)) == Set(Gate.names(in: .qsim)))
    for row in table {
      let found = try #require(Gate.alias(row.name, in: .qsim))
      #expect(found.alias.parameterCount == row.parameters.count && found.alias.phase == 0)
      let difference = matrix(found, row.parameters).maximumDifference(from: row.matrix)
      #expect(difference < rounding, "\(row.name)")
    }
  }

  @Test("names are looked up by format")
  func lookUp() {
    #expect(Gate.alias("cnot", in: .qsim)?.gate == .cx)
    #expect(Gate.alias("cnot", in: .openQASM3) == nil)
    #expect(Gate.alias("U", in: .openQASM2)?.alias.phase == 0)
    #expect(Gate.alias("U", in: .openQASM3)?.alias.phase == .weight(0) / 2)
    #expect(Gate.alias("h", in: .json) == nil)
    #expect(Gate.p.aliases(in: .openQASM3).map(\.name) == ["p", "phase"])
  }

  @Test("the parameters of a name follow from the gate's angles and back", arguments: Gate.all)
  func parameters(_ gate: Gate) throws {
    let own = gate.parameterNames.indices.map { Angle.weight($0) * 0.3 + 0.1 }
    for alias in gate.aliases where alias.name != "cu3" && alias.name != "u0" {
      let parameters = try #require(alias.parameters(for: own))
      #expect(parameters.count == alias.parameterCount)
      #expect(alias.angles.map { $0.substituting(weight: { parameters[$0] }) } == own)
    }
  }

  @Test("a name that says less than its gate has parameters for some angles only")
  func partial() throws {
    let cu3 = try #require(Gate.alias("cu3", in: .openQASM2)).alias
    #expect(cu3.parameters(for: [0.1, 0.2, 0.3, 0]) == [0.1, 0.2, 0.3])
    #expect(cu3.parameters(for: [0.1, 0.2, 0.3, 0.4]) == nil)
    let u0 = try #require(Gate.alias("u0", in: .openQASM2)).alias
    #expect(u0.parameters(for: []) == [0])
    let rxy = try #require(Gate.alias("rxy", in: .qsim)).alias
    #expect(rxy.parameters(for: [.weight(0), 0.5]) == [0.5, .weight(0)])
  }
}
