import Circuits
import QuantumGradients
import Simulation
import TestSupport
import Testing

/// Tests/Oracles/data/torch_embedding.json: values and gradients by torch.
@Suite("Amplitude embedding as torch has it") struct TorchEmbeddingTests {
  /// Some twenty gates in double precision.
  private static let tolerance = 1e-12

  private struct Cases: Decodable {
    let cases: [Case]
  }

  private struct Case: Decodable {
    let kind: String
    let qubitCount: Int
    let qubits: [Int]
    let padding: Double
    let inputs, cotangents, outputs, inputGradients: [[Double]]
    let weights, weightGradients: [Double]

    /// The circuit that the script describes.
    var circuit: Circuit {
      Circuit(qubits: qubitCount) {
        AmplitudeEmbedding(qubits: qubits, inputs: inputs[0].count, paddedWith: padding)
        for qubit in 0..<qubitCount { RY(.weight(qubit), qubit) }
        for qubit in 1..<max(qubitCount, 1) { CX(qubit - 1, qubit) }
        for qubit in 0..<qubitCount { RZ(.weight(qubitCount + qubit) * .input(0), qubit) }
        for qubit in 0..<qubitCount { RX(.weight(qubit), qubit) }
      }
    }

    var measurement: Measurement {
      kind == "amplitudes"
        ? .amplitudes(of: [0, (1 << qubitCount) - 1, 1])
        : .expectations([.z(0), .x(qubitCount - 1)])
    }
  }

  @Test("has the same outputs and gradients")
  func agree() throws {
    let cases = try OracleFile.decode("torch_embedding", as: Cases.self).cases
    #expect(cases.count == 5)
    for expected in cases {
      let function = try CircuitFunction(expected.circuit, measuring: expected.measurement)
      let batch = SampleBatch(
        weights: expected.weights, inputs: expected.inputs.flatMap { $0 },
        count: expected.inputs.count)
      let found = try Adjoint().evaluate(function, at: batch)
      let outputs = expected.outputs.flatMap { $0 }
      #expect(zip(found.outputs, outputs).allSatisfy { abs($0 - $1) < Self.tolerance })
      #expect(found.outputs.count == outputs.count)
      let gradients = DenseGradients(
        weights: expected.weightGradients, inputs: expected.inputGradients.flatMap { $0 })
      let cotangents = expected.cotangents.flatMap { $0 }
      #expect(gradients.distance(from: try found.pullback(cotangents)) < Self.tolerance * 10)
    }
  }
}
