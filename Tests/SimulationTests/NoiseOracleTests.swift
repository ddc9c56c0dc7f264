import Circuits
import Simulation
import TestSupport
import Testing

/// A noisy circuit that torch differentiated: Tests/Oracles/torch_noise.py.
private struct RecordedCircuit: Decodable {
  struct Term: Decodable {
    let offset: Double
    let scale: Double
    let weight: Int
    let input: Int

    var angle: Angle {
      let product = Angle.weight(weight) * scale
      return Angle(offset) + (input < 0 ? product : product * .input(input))
    }
  }
  struct Step: Decodable {
    let name: String
    let qubits: [Int]
    let angles: [Term]?
    let rate: Double?
  }
  struct ObservableTerm: Decodable {
    let coefficient: Double
    let letters: String

    init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      coefficient = try pair.decode(Double.self)
      letters = try pair.decode(String.self)
    }
  }
  let qubits: Int
  let steps: [Step]
  let observable: [ObservableTerm]
  let weights: [Double]
  let inputs: [Double]
  let value: Double
  let weightGradients: [Double]
  let inputGradients: [Double]

  func circuit() throws -> Circuit {
    var circuit = Circuit(qubits: qubits)
    for step in steps {
      if let rate = step.rate {
        let channel: Channel? =
          switch step.name {
          case "amplitudeDamping": try .amplitudeDamping(rate)
          case "phaseDamping": try .phaseDamping(rate)
          case "bitFlip": try .bitFlip(rate)
          case "depolarizing": try .depolarizing(mixing: rate)
          case "depolarizing2": try .depolarizing(mixing: rate, qubits: 2)
          default: nil
          }
        circuit.append(.channel(try #require(channel, "\(step.name)"), step.qubits))
      } else {
        let gate = try #require(Gate.all.first { $0.name == step.name }, "\(step.name)")
        circuit.append(gate, angles: (step.angles ?? []).map(\.angle), to: step.qubits)
      }
    }
    return circuit
  }

  /// The observable; the first letter acts on the highest qubit.
  var sum: PauliSum {
    PauliSum(
      observable.map { term in
        var x: UInt64 = 0
        var z: UInt64 = 0
        for (qubit, letter) in term.letters.reversed().enumerated() {
          if "XY".contains(letter) { x |= 1 << UInt64(qubit) }
          if "ZY".contains(letter) { z |= 1 << UInt64(qubit) }
        }
        return PauliSum.Term(term.coefficient, PauliString(x: x, z: z))
      })
  }
}

@Suite("Noisy circuits of torch") struct NoiseOracleTests {
  /// Both sides round some hundred products of numbers of size one.
  private static let tolerance = 1e-11

  @Test("have the values and gradients that torch finds")
  func agree() throws {
    let records = try OracleFile.decode("torch_noise", as: [RecordedCircuit].self)
    #expect(records.count == 7)
    for record in records {
      let circuit = try record.circuit()
      // A drawn circuit may read fewer weights and inputs than were given.
      let weights = Array(record.weights.prefix(circuit.weightCount))
      let inputs = Array(record.inputs.prefix(circuit.inputCount))
      let engine = try DensityMatrixEngine(circuit, measuring: .expectations([record.sum]))
      let value = try engine.outputs(weights: weights, inputs: inputs, count: 1)[0]
      #expect(abs(value - record.value) < Self.tolerance)
      let found = try engine.vectorJacobianProduct(
        weights: weights, inputs: inputs, count: 1, cotangents: [1])
      for (own, other) in zip(
        found.weights + found.inputs,
        record.weightGradients.prefix(weights.count) + record.inputGradients.prefix(inputs.count))
      {
        #expect(abs(own - other) < Self.tolerance)
      }
    }
  }
}
