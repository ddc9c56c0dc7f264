import Arrays
import Autograd
import Circuits
import HybridModels
import NeuralNetworks
import Optimizers
import QuantumGradients
import Simulation
import Testing

/// Amplitudes as what a layer reads and as what it gives.
@Suite("Quantum layers of amplitudes") struct AmplitudeLayerTests {
  /// Reads six inputs and a padding as the amplitudes of three qubits, and two of them as angles.
  private let circuit = Circuit(qubits: 3) {
    AmplitudeEmbedding(inputs: 6, paddedWith: 0.2)
    StronglyEntanglingLayers(depth: 1)
    RX(.weight(0) * .input(1), 2)
    RZ(.input(5), 0)
  }
  private let measurements = [
    Measurement.expectations([.z(0), .x(1) + 0.5 * .y(2)]), .amplitudes(of: [0, 5, 7]),
  ]

  /// A model of a classical layer before and one after.
  private func model(
    _ measurement: Measurement, _ dtype: DType, _ method: any GradientMethod = Adjoint()
  ) -> Sequential {
    Sequential(seed: 3) {
      Linear(inputs: 4, outputs: 6, dtype: dtype)
      QuantumLayer(circuit, measuring: measurement, gradient: method, dtype: dtype)
      Linear(inputs: measurement.outputCount, outputs: 2, dtype: dtype)
    }
  }

  private func rows(_ dtype: DType) -> NDArray {
    NDArray((0..<20).map { 0.3 + Double($0 * 7 % 11) / 5 - 1 }, shape: [5, 4]).cast(to: dtype)
  }

  /// The loss of a whole step, and its gradients: of the rows, then of all parameters.
  private func step(
    _ model: Sequential, _ rows: NDArray
  ) throws -> (loss: Double, gradients: [Double]) {
    let x = Tensor(rows, requiresGradient: true)
    let loss = model(x).sin().square().sum()
    loss.backward()
    var gradients = try #require(x.gradient).cast(to: .float64).doubles()
    for parameter in model.parameters {
      gradients += try #require(parameter.gradient).cast(to: .float64).doubles()
    }
    return (Double(loss.item()), gradients)
  }

  @Test("have the gradients of a whole model by every method, in both precisions")
  func modelGradients() throws {
    for measurement in measurements {
      let adjoint = try step(model(measurement, .float64), rows(.float64))
      #expect(adjoint.gradients.map(\.magnitude).max() ?? 0 > 0.1)
      // Differences with h = 1e-5 of functions of size 1; single precision 1e-7 a gate and layer.
      for (other, tolerance) in [
        (model(measurement, .float64, ParameterShift()), 1e-11),
        (model(measurement, .float64, CentralDifferences()), 1e-8),
        (model(measurement, .float32), 1e-4),
      ] {
        let dtype: DType = tolerance == 1e-4 ? .float32 : .float64
        let found = try step(other, rows(dtype))
        #expect(abs(found.loss - adjoint.loss) < tolerance)
        #expect(found.gradients.count == adjoint.gradients.count)
        #expect(
          zip(found.gradients, adjoint.gradients).allSatisfy { abs($0 - $1) < tolerance },
          "\(measurement)")
      }
    }
  }

  @Test("have the slope of the loss of a whole model along every row")
  func rowSlopes() throws {
    for measurement in measurements {
      let model = model(measurement, .float64)
      let values = rows(.float64).doubles()
      let gradients = try step(model, rows(.float64)).gradients
      for index in values.indices {
        let sides = try [1e-5, -1e-5].map { step in
          var moved = values
          moved[index] += step
          return try self.step(model, NDArray(moved, shape: [5, 4])).loss
        }
        // h² f‴/6 and ε/h are both some 1e-10.
        #expect(abs((sides[0] - sides[1]) / 2e-5 - gradients[index]) < 1e-7)
      }
    }
  }

  @Test("learn to prepare given amplitudes, phases included")
  func training() {
    let target: [Float] = [0.5, 0, -0.5, 0, 0, 0.5, 0, 0.5]
    let layer = QuantumLayer(
      Circuit(qubits: 2) {
        StronglyEntanglingLayers(depth: 2)
        GPHASE(.weight(12))
      }, measuring: .amplitudes(qubits: 2), seed: 6)
    let optimizer = Adam([layer.weights], learningRate: 0.05)
    let wanted = Tensor(NDArray(target, shape: [1, 8]))
    var loss = Tensor(0)
    for _ in 0..<300 {
      loss = (layer(NDArray.zeros([1, 0])) - wanted).square().sum()
      optimizer.zeroGradients()
      loss.backward()
      optimizer.step()
    }
    #expect(loss.item() < 1e-3)
  }

  @Test("make the fidelity kernel the square of the cosine between samples")
  func kernel() throws {
    let kernel = try FidelityKernel(Circuit(qubits: 2) { AmplitudeEmbedding() })
    let values = (0..<12).map { Double($0 * 5 % 7) - 2.5 }
    func expected(_ x: [Double], _ i: Int, _ j: Int) -> Double {
      let (a, b) = (x[(4 * i)..<(4 * i + 4)], x[(4 * j)..<(4 * j + 4)])
      let products = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
      return products * products
        / (a.reduce(0) { $0 + $1 * $1 } * b.reduce(0) { $0 + $1 * $1 })
    }
    let x = Tensor(NDArray(values, shape: [3, 4]), requiresGradient: true)
    let gram = try kernel.gram(x)
    let found = gram.array.doubles()
    for i in 0..<3 {
      for j in 0..<3 { #expect(abs(found[3 * i + j] - expected(values, i, j)) < 1e-12) }
    }
    let factors = (0..<9).map { Double($0 % 4) - 1.3 }
    (gram * Tensor(NDArray(factors, shape: [3, 3]))).sum().backward()
    let gradient = try #require(x.gradient).doubles()
    func loss(_ x: [Double]) -> Double {
      (0..<9).reduce(0) { $0 + factors[$1] * expected(x, $1 / 3, $1 % 3) }
    }
    for index in values.indices {
      var (up, down) = (values, values)
      up[index] += 1e-5
      down[index] -= 1e-5
      #expect(abs((loss(up) - loss(down)) / 2e-5 - gradient[index]) < 1e-8)
    }
  }
}
