import Arrays
import Autograd
import NeuralNetworks
import TestSupport
import Testing

/// Compared with Tests/Oracles/torch_layers.py, forward and backward.
@Suite("Layers against torch") struct LayerOracleTests {
  struct Activation: Decodable {
    let shape: [Int]
    let input: [Double]
    let output: [Double]
    let inputGradient: [Double]
  }
  struct Values: Decodable {
    let shape: [Int]
    let values: [Double]
  }
  struct Model: Decodable {
    let parameters: [String: Values]
    let inputShape: [Int]
    let input: [Double]
    let outputShape: [Int]
    let output: [Double]
    let gradients: [String: [Double]]
    let inputGradient: [Double]
  }
  struct Oracle: Decodable {
    let activations: [String: Activation]
    let linear: Model
    let linearThreeAxes: Model
    let sequential: Model
  }

  /// Relative to the largest of the numbers compared.
  static let tolerance = 1e-10

  @Test(
    "activations and their derivatives",
    arguments: ["relu", "tanh", "sigmoid", "gelu", "geluTanh", "softplus"])
  func activation(_ name: String) throws {
    let layers: [String: any Layer] = [
      "relu": ReLU(), "tanh": Tanh(), "sigmoid": Sigmoid(), "gelu": GELU(),
      "geluTanh": GELU(tanhApproximation: true), "softplus": Softplus(),
    ]
    let oracle = try OracleFile.decode("torch_layers", as: Oracle.self)
    #expect(Set(layers.keys) == Set(oracle.activations.keys))
    let layer = try #require(layers[name])
    let expected = try #require(oracle.activations[name])
    let input = Tensor(
      NDArray(expected.input, shape: Shape(expected.shape)), requiresGradient: true)
    let output = layer(input)
    output.backward(Self.upstream(output.shape))
    Self.expectClose(output.array.doubles(), expected.output, name)
    Self.expectClose(input.gradient?.doubles() ?? [], expected.inputGradient, name)
  }

  @Test("Linear, over one batch axis and over two")
  func linear() throws {
    let oracle = try OracleFile.decode("torch_layers", as: Oracle.self)
    try Self.compare(Linear(inputs: 3, outputs: 4, dtype: .float64), oracle.linear)
    try Self.compare(Linear(inputs: 3, outputs: 2, dtype: .float64), oracle.linearThreeAxes)
  }

  @Test("Sequential, with the names of torch's state_dict")
  func sequential() throws {
    let oracle = try OracleFile.decode("torch_layers", as: Oracle.self)
    let model = Sequential {
      Flatten()
      Linear(inputs: 6, outputs: 5, dtype: .float64)
      Tanh()
      Sequential {
        Linear(inputs: 5, outputs: 4, dtype: .float64)
        GELU()
      }
      Linear(inputs: 4, outputs: 3, bias: false, dtype: .float64)
    }
    try Self.compare(model, oracle.sequential)
  }

  private static func compare(_ model: some Layer, _ oracle: Model) throws {
    #expect(Set(model.namedParameters.map(\.name)) == Set(oracle.parameters.keys))
    for (name, parameter) in model.namedParameters {
      let values = try #require(oracle.parameters[name])
      parameter.array = NDArray(values.values, shape: Shape(values.shape))
    }
    let input = Tensor(
      NDArray(oracle.input, shape: Shape(oracle.inputShape)), requiresGradient: true)
    let output = model(input)
    output.backward(upstream(output.shape))
    #expect(output.shape.array == oracle.outputShape)
    expectClose(output.array.doubles(), oracle.output, "output")
    expectClose(input.gradient?.doubles() ?? [], oracle.inputGradient, "input gradient")
    for (name, parameter) in model.namedParameters {
      expectClose(parameter.gradient?.doubles() ?? [], try #require(oracle.gradients[name]), name)
    }
  }

  /// The script's `wave(shape, phase=0.9)`.
  private static func upstream(_ shape: Shape) -> Tensor {
    let k = Tensor.arange(0..<shape.count, dtype: .float64)
    return ((k * 1.7 + 0.9).sin() + (k * 0.3).cos() * 0.25).reshape(to: shape)
  }

  static func expectClose(
    _ found: [Double], _ expected: [Double], _ what: String,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: location)
    let size = expected.map(abs).max() ?? 1
    for (index, (one, other)) in zip(found, expected).enumerated() {
      #expect(
        abs(one - other) <= tolerance * size, "\(what)[\(index)]", sourceLocation: location)
    }
  }
}
