import Arrays
import Autograd
import Circuits
import Compute
import HybridModels
import NeuralNetworks
import Optimizers
import QuantumGradients
import Simulation
import TestSupport
import Testing

@Suite("QuantumLayer") struct QuantumLayerTests {
  private let circuit = Circuit(qubits: 3) {
    AngleEncoding(.x)
    StronglyEntanglingLayers(depth: 1)
    RX(.weight(9) * .input(1), 2)
  }
  private let rows = [0.3, -0.2, 1.1, 0.7, 0.4, -0.9]

  private func layer(
    _ method: any GradientMethod = Adjoint(), dtype: DType = .float64
  ) -> QuantumLayer {
    QuantumLayer(
      circuit, measuring: .z(0), .z(0) + 0.5 * .x(2), gradient: method, dtype: dtype, seed: 4)
  }

  /// Outputs, and gradients of a loss that is not linear in them.
  private func evaluate(
    _ layer: QuantumLayer, dtype: DType = .float64
  ) throws -> (outputs: [Double], weights: [Double], inputs: [Double]) {
    let x = Tensor(NDArray(rows, shape: [2, 3]).cast(to: dtype), requiresGradient: true)
    let outputs = layer(x)
    (outputs.sin() * outputs).sum().backward()
    let weights = try #require(layer.weights.gradient)
    let inputs = try #require(x.gradient)
    #expect(outputs.dtype == dtype && inputs.dtype == dtype && weights.dtype == layer.weights.dtype)
    return (outputs.array.doubles(), weights.doubles(), inputs.doubles())
  }

  @Test("gives the dense reference's expectation values")
  func outputs() throws {
    let layer = layer()
    let found = try evaluate(layer).outputs
    for sample in 0..<2 {
      let state = DenseOperations.run(
        circuit.lowered(), qubitCount: 3, weights: layer.weights.array.doubles(),
        inputs: Array(rows[(3 * sample)..<(3 * sample + 3)]))
      for (place, observable) in [PauliSum.z(0), .z(0) + 0.5 * .x(2)].enumerated() {
        let expected = DenseOperations.expectation(of: observable, in: state)
        #expect(abs(found[2 * sample + place] - expected) < 1e-12)
      }
    }
  }

  @Test("has the same gradients by every method, inside a loss")
  func methods() throws {
    let adjoint = try evaluate(layer())
    for (method, tolerance) in [
      (ParameterShift() as any GradientMethod, 1e-12), (CentralDifferences(step: 1e-5), 1e-8),
    ] {
      let other = try evaluate(layer(method))
      #expect(zip(adjoint.weights, other.weights).allSatisfy { abs($0 - $1) < tolerance })
      #expect(zip(adjoint.inputs, other.inputs).allSatisfy { abs($0 - $1) < tolerance })
    }
  }

  @Test("simulates in the precision of its input")
  func precision() throws {
    let double = try evaluate(layer())
    let single = try evaluate(layer(dtype: .float32), dtype: .float32)
    #expect(zip(double.outputs, single.outputs).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(zip(double.weights, single.weights).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(zip(double.outputs, single.outputs).contains { $0 != $1 })
  }

  @Test("prints the shape and the number of its weights, alone and within a model")
  func printed() {
    let circuit = Circuit(qubits: 2) {
      RY(.weight(0), 0)
      RY(.weight(1), 1)
    }
    let layer = QuantumLayer(circuit, measuring: .z(0))
    #expect("\(layer)" == "QuantumLayer (weights [2]), 2 parameters")
    #expect(
      "\(Sequential { layer })"
        == "Sequential, 2 parameters\n  0: QuantumLayer (weights [2]), 2 parameters")
  }

  @Test("gives probabilities that add up to one")
  func probabilities() throws {
    let layer = QuantumLayer(
      circuit, measuring: .probabilities(of: [0, 2]), dtype: .float64, seed: 4)
    let outputs = layer(NDArray(rows, shape: [2, 3]))
    #expect(outputs.shape == [2, 4])
    #expect(outputs.array.sum(axes: [1]).isClose(to: .ones([2], dtype: .float64), within: 1e-12))
  }

  @Test("draws new outcomes for every evaluation with shots, near the exact values")
  func shots() throws {
    let shots = layer(.parameterShift(shots: 4000, seed: 3))
    let exact = try evaluate(layer()).outputs
    let first = try evaluate(shots).outputs
    let second = try evaluate(shots).outputs
    #expect(first != second)
    // Standard errors are at most 1.12 / sqrt(4000) = 0.018; five of them.
    #expect(zip(first, exact).allSatisfy { abs($0 - $1) < 0.09 })
  }

  @Test("draws other outcomes than another layer of the model with the same seed of shots")
  func shotsOfTwoLayers() throws {
    let row = NDArray([0.3, -0.4])
    let circuit = Circuit(qubits: 2) {
      AngleEncoding(.y)
    }
    let outputs = seeded(1) {
      (0..<2).map { _ in
        let layer = QuantumLayer(
          circuit, measuring: .x(0), .x(1), gradient: .parameterShift(shots: 100_000, seed: 3))
        return layer(Tensor(row.reshaped(to: [1, 2]))).array.doubles()
      }
    }
    #expect(outputs[0] != outputs[1])
  }

  @Test("trains beside a classical layer with one optimizer and schedule")
  func training() {
    let model = Sequential(seed: 5) {
      Linear(inputs: 2, outputs: 3)
      QuantumLayer(circuit, measuring: .z(0), .z(1))
      Linear(inputs: 2, outputs: 2)
    }
    #expect(
      model.namedParameters.map(\.name) == [
        "0.weight", "0.bias", "1.weights", "2.weight", "2.bias",
      ])
    let optimizer = Adam(model.parameters, learningRate: .cosine(from: 0.05, steps: 120))
    let features = NDArray([0, 0, 0, 1, 1, 0, 1, 1].map { Float($0) }, shape: [4, 2])
    let labels = NDArray([0, 1, 1, 0])
    var loss = Tensor(0)
    for _ in 0..<120 {
      loss = crossEntropy(model(features), labels)
      optimizer.zeroGradients()
      loss.backward()
      optimizer.step()
    }
    #expect(loss.item() < 0.1)
    #expect(accuracy(model(features).array, labels) == 1)
  }

  /// In a process of its own: other tests hold storage too.
  @Test("holds as much storage after 1,000 steps as after 100")
  func storage() async {
    await #expect(processExitsWith: .success) {
      let circuit = Circuit(qubits: 3) {
        AngleEncoding(.x)
        StronglyEntanglingLayers(depth: 1)
      }
      let layer = QuantumLayer(circuit, measuring: .z(0), .x(1), seed: 4)
      let x = NDArray([0.3, -0.2, 1.1, 0.7, 0.4, -0.9].map { Float($0) }, shape: [2, 3])
      let train = {
        let loss = layer(Tensor(x, requiresGradient: true)).square().sum()
        layer.weights.zeroGradient()
        loss.backward()
      }
      let evaluate = { _ = layer(x) }
      for step in [train, evaluate] {
        for _ in 0..<100 { step() }
        let early = AlignedBuffer.liveByteCount
        for _ in 0..<900 { step() }
        precondition(AlignedBuffer.liveByteCount == early, "storage grew")
      }
    }
  }

  @Test("names both shapes where the input does not fit")
  func misfit() async {
    await #expect(processExitsWith: .failure) {
      let layer = QuantumLayer(Circuit(qubits: 2) { AngleEncoding(.x) }, measuring: PauliSum.z(0))
      _ = layer(NDArray.zeros([4, 3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = QuantumLayer(Circuit(qubits: 2), measuring: PauliSum.z(2))
    }
  }
}
