import Foundation
import Hilbert
import TestSupport
import Testing

/// A circuit that Qiskit ran: Tests/Oracles/qiskit_states.py.
private struct RecordedRun: Decodable {
  struct Amplitudes: Decodable {
    let re: [Double]
    let im: [Double]
  }
  struct Expectation: Decodable {
    let observable: String
    let value: Double
  }
  let name: String
  let qubits: Int
  let qasm: String
  let state: Amplitudes
  let probabilities: [Double]
  let expectations: [Expectation]
}

/// What circuits/NAME.expected.json holds; circuits/expected.py computed it.
private struct ExpectedOutcome: Decodable {
  let circuit: String
  let qubits: Int
  let probabilities: [String: Double]
  let expectations: [RecordedRun.Expectation]
}

@Suite("Circuit files") struct CircuitFileTests {
  /// Some hundred gates in double precision, and decimals rounded in the file.
  private let tolerance = 1e-10

  @Test("give the states that Qiskit gives, in both precisions")
  func qiskitStates() throws {
    let runs = try OracleFile.decode("qiskit_states", as: [RecordedRun].self)
    #expect(runs.count > 10)
    for run in runs {
      let circuit = try Circuit(openQASM2: run.qasm, file: run.name)
      #expect(circuit.qubitCount == run.qubits)
      for (precision, bound) in [(Precision.double, tolerance), (.single, 2e-5)] {
        let state = try StateVector(running: circuit, precision: precision)
        for (basis, amplitude) in state.amplitudes().enumerated() {
          let expected = Complex(run.state.re[basis], run.state.im[basis])
          #expect((amplitude - expected).length < bound, "\(run.name) \(basis)")
        }
        for (found, expected) in zip(state.probabilities(), run.probabilities) {
          #expect(abs(found - expected) < bound, "\(run.name)")
        }
        for expectation in run.expectations {
          let value = try state.expectation(of: PauliSum(expectation.observable))
          #expect(abs(value - expectation.value) < 10 * bound, "\(run.name)")
        }
      }
    }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "circuits")

  @Test("of circuits/ have the probabilities computed beside them")
  func samples() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".qasm") }.sorted()
    #expect(names.count >= 12)
    for name in names {
      let bytes = try Data(contentsOf: Self.folder.appending(path: name))
      let circuit = try Circuit(openQASM2: Array(bytes), file: name)
      let expectedFile = name.replacing(".qasm", with: ".expected.json")
      let expected = try JSONDecoder().decode(
        ExpectedOutcome.self, from: Data(contentsOf: Self.folder.appending(path: expectedFile)))
      #expect(expected.circuit == name && expected.qubits == circuit.qubitCount)
      let state = try StateVector(running: circuit)
      for (basis, probability) in state.probabilities().enumerated() {
        let digits = String(basis, radix: 2)
        let bits = String(repeating: "0", count: circuit.qubitCount - digits.count) + digits
        #expect(abs(probability - (expected.probabilities[bits] ?? 0)) < tolerance, "\(name)")
      }
      for expectation in expected.expectations {
        let value = try state.expectation(of: PauliSum(expectation.observable))
        #expect(abs(value - expectation.value) < tolerance, "\(name) \(expectation.observable)")
      }
    }
  }
}
