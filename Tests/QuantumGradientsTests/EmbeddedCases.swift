import Circuits
import ComplexModule
import Compute
import QuantumGradients
import Simulation
import TestSupport

/// A circuit that starts from inputs, values, and what dense vectors say of it.
struct EmbeddedCase {
  let function: CircuitFunction
  let batch: SampleBatch<Double>
  let cotangents: [Double]
  private let embedding: AmplitudeEmbedding
  private let qubits: [Int]

  /// The case of a circuit after an embedding; inputs of angles and of amplitudes may be the same.
  init(
    _ embedding: AmplitudeEmbedding, then circuit: Circuit, _ measurement: Measurement,
    samples: Int, policy: LoopPolicy = .serial, _ random: inout RandomOperations
  ) throws {
    self.embedding = embedding
    qubits = embedding.qubits ?? Array(0..<circuit.qubitCount)
    function = try CircuitFunction(
      Circuit(qubits: circuit.qubitCount) {
        embedding
        circuit
      }, measuring: measurement, policy: policy)
    batch = SampleBatch(
      weights: random.numbers(function.weightCount),
      inputs: random.numbers(samples * function.inputCount), count: samples)
    cotangents = random.numbers(samples * function.outputCount)
  }

  private func row(_ sample: Int) -> [Double] {
    let width = function.inputCount
    return Array(batch.inputs[(sample * width)..<((sample + 1) * width)])
  }

  /// The outputs of a sample and their derivatives by every weight, then every input.
  private func dense(_ sample: Int) -> DenseReadout {
    let inputs = row(sample)
    let count = embedding.inputCount ?? 1 << qubits.count
    let numbers = (0..<(1 << qubits.count)).map {
      $0 < count ? inputs[embedding.firstInput + $0] : embedding.padding
    }
    let (start, derivatives) = DenseOperations.embedded(
      numbers, on: qubits, qubitCount: function.circuit.qubitCount)
    let own = (0..<count).map { ($0 + embedding.firstInput, derivatives[$0]) }
    return DenseReadout(
      function, weights: batch.weights, inputs: inputs,
      from: (start, Dictionary(uniqueKeysWithValues: own)))
  }

  /// The outputs, the gradients by the product rule, and the derivatives of each output of each sample.
  func reference() -> (outputs: [Double], gradients: DenseGradients, jacobian: DenseGradients) {
    let weightCount = batch.weights.count
    var weights = [Double](repeating: 0, count: weightCount)
    var inputs: [Double] = []
    let samples = (0..<batch.count).map { dense($0) }
    for (sample, dense) in samples.enumerated() {
      let own = cotangents[(sample * function.outputCount)...]
      let slopes = (0..<(weightCount + function.inputCount)).map { index in
        zip(dense.jacobian, own).reduce(0) { $0 + $1.0[index] * $1.1 }
      }
      for index in weights.indices { weights[index] += slopes[index] }
      inputs += slopes[weightCount...]
    }
    let rows = samples.flatMap(\.jacobian)
    return (
      samples.flatMap(\.outputs), DenseGradients(weights: weights, inputs: inputs),
      DenseGradients(
        weights: rows.flatMap { $0.prefix(weightCount) },
        inputs: rows.flatMap { $0.dropFirst(weightCount) })
    )
  }
}

/// The gradients of a loss as dense vectors give them.
struct DenseGradients {
  let weights: [Double]
  let inputs: [Double]

  /// The largest of them.
  var size: Double { (weights + inputs).reduce(0) { max($0, abs($1)) } }

  /// The largest difference from gradients of a method.
  func distance<Scalar: StateScalar>(from found: CircuitGradients<Scalar>) -> Double {
    distance(found.weights, found.inputs)
  }

  /// The largest difference from a Jacobian.
  func distance<Scalar: StateScalar>(from found: CircuitJacobian<Scalar>) -> Double {
    distance(found.weights, found.inputs)
  }

  /// The largest difference from given ones.
  func distance<Scalar: StateScalar>(
    _ otherWeights: [Double], _ otherInputs: [Scalar]
  ) -> Double {
    guard weights.count == otherWeights.count, inputs.count == otherInputs.count else {
      return .infinity
    }
    let differences =
      zip(weights, otherWeights).map { abs($0 - $1) }
      + zip(inputs, otherInputs).map { abs($0 - Double($1)) }
    return differences.max() ?? 0
  }
}
