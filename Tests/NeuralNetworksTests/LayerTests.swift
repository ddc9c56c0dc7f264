import Arrays
import Autograd
import NeuralNetworks
import Testing

@Suite("Layer") struct LayerTests {
  @Test("Linear begins uniform in ±1/√inputs, weight and bias, as in torch")
  func linearStart() throws {
    let layer = Linear(inputs: 100, outputs: 400, dtype: .float64, seed: 3)
    for parameter in [layer.weight, try #require(layer.bias)] {
      let values = parameter.array.doubles()
      let largest = values.map(abs).max() ?? 0
      #expect(largest <= 0.1 && largest > 0.099)
      let mean = values.reduce(0, +) / Double(values.count)
      // Four standard deviations of the mean of uniform numbers.
      let bound = 4 * 0.1 / (3 * Double(values.count)).squareRoot()
      #expect(abs(mean) < bound)
    }
    #expect(layer.parameterCount == 40_400)
  }

  @Test("float32 weights are the rounded float64 ones")
  func precisions() {
    let single = Linear(inputs: 5, outputs: 3, seed: 1).weight.array
    let double = Linear(inputs: 5, outputs: 3, dtype: .float64, seed: 1).weight.array
    #expect(single.scalars(as: Float.self) == double.doubles().map(Float.init))
  }

  @Test("layers of equal shape differ by default, in a sequence and outside")
  func layersDiffer() {
    let pair = Sequential {
      Linear(inputs: 4, outputs: 4)
      Linear(inputs: 4, outputs: 4)
    }
    let loose = [Linear(inputs: 4, outputs: 4), Linear(inputs: 4, outputs: 4)]
    let explicit = Linear(inputs: 4, outputs: 4, seed: 0)
    let weights =
      pair.namedParameters.filter { $0.name.hasSuffix("weight") }.map {
        $0.parameter.array.doubles()
      }
      + loose.map { $0.weight.array.doubles() } + [explicit.weight.array.doubles()]
    #expect(weights.count == 5)
    #expect(Set(weights).count == 5)
  }

  @Test("the same code under the same seed gives the same weights, nested or not")
  func seeds() {
    func model(_ seed: UInt64?) -> [Double] {
      let model = Sequential(seed: seed) {
        Linear(inputs: 3, outputs: 4)
        Sequential {
          for _ in 0..<2 { Linear(inputs: 4, outputs: 4) }
        }
      }
      return model.parameters.flatMap { $0.array.doubles() }
    }
    #expect(model(7) == model(7))
    #expect(model(nil) == model(0))
    #expect(model(7) != model(8))
    #expect(seeded(7) { model(nil) } == model(7))
    #expect(
      Linear(inputs: 3, outputs: 2, seed: 5).weight.array.doubles()
        == Linear(inputs: 3, outputs: 2, seed: LayerSeed(5)).weight.array.doubles())
  }

  @Test("builders take conditions and arrays; shared parameters are listed once")
  func builder() {
    let shared = Linear(inputs: 2, outputs: 2)
    let withEnd = true
    let model = Sequential {
      shared
      if withEnd { ReLU() } else { Tanh() }
      shared
      [Softplus(), Sigmoid()]
    }
    #expect(model.layers.count == 5)
    #expect(model.namedParameters.map(\.name) == ["0.weight", "0.bias"])
    #expect(model(NDArray.ones([3, 2])).shape == [3, 2])
  }

  @Test("a type of one's own names its parts")
  func ownLayer() {
    struct Residual: Layer {
      let inner = Linear(inputs: 3, outputs: 3, seed: 1)
      func callAsFunction(_ x: Tensor) -> Tensor { x + inner(x).relu() }
      func visitParameters(_ visit: (String, Parameter) -> Void) {
        inner.visitParameters { visit("inner.\($0)", $1) }
      }
    }
    let model = Sequential([Residual(), Flatten()])
    #expect(model.namedParameters.map(\.name) == ["0.inner.weight", "0.inner.bias"])
    model(NDArray.ones([2, 3])).sum().backward()
    #expect(model.parameters.allSatisfy { $0.gradient != nil })
    model.zeroGradients()
    #expect(model.parameters.allSatisfy { $0.gradient == nil })
  }

  @Test("Linear traps on another count of inputs")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      _ = Linear(inputs: 3, outputs: 2)(NDArray.ones([4, 5]))
    }
    await #expect(processExitsWith: .failure) { _ = Dropout(1.5) }
  }
}

@Suite("Models") struct ModelTests {
  @Test("print their layers with shapes and counts, one within another")
  func summaries() {
    let model = Sequential {
      Linear(inputs: 13, outputs: 16)
      ReLU()
      Sequential {
        Linear(inputs: 16, outputs: 3, bias: false)
        Dropout(0.1)
      }
    }
    #expect(
      "\(model)" == """
        Sequential, 272 parameters
          0: Linear (weight [16, 13], bias [16]), 224 parameters
          1: ReLU
          2: Sequential, 48 parameters
            0: Linear (weight [3, 16]), 48 parameters
            1: Dropout
        """)
    #expect(
      "\(Linear(inputs: 1, outputs: 1, bias: false))" == "Linear (weight [1, 1]), 1 parameter")
    #expect("\(Tanh())" == "Tanh")
    #expect(Sequential([]).summary == "Sequential")
    // Shared parameters are counted once.
    let shared = Linear(inputs: 2, outputs: 2)
    #expect(Sequential([shared, shared]).summary.hasPrefix("Sequential, 6 parameters\n"))
  }

  @Test("name the layer where a shape does not fit, from the outermost in, and only while it runs")
  func faults() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let model = Sequential {
        Linear(inputs: 2, outputs: 4)
        Sequential {
          ReLU()
          Tanh()
          Linear(inputs: 5, outputs: 1)
        }
      }
      _ = model(NDArray.zeros([3, 2]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains(
        "error: layer 1 (Sequential): layer 2 (Linear): Linear: input of shape [3, 4] does not fit")
    )
    let after = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Sequential { ReLU() }(NDArray.zeros([3, 2]))
      _ = Linear(inputs: 5, outputs: 1)(NDArray.zeros([3, 2]))
    }
    let plain = String(decoding: after?.standardErrorContent ?? [], as: UTF8.self)
    #expect(plain.contains("error: Linear: input of shape [3, 2] does not fit"))
  }
}

@Suite("Dropout") struct DropoutTests {
  private let ones = NDArray.ones([200, 100], dtype: .float64)

  @Test("drops its share and keeps the mean", arguments: [0.1, 0.5, 0.8])
  func statistics(_ probability: Double) {
    let layer = Dropout(probability, seed: 11)
    let values = layer(ones).array.doubles()
    let kept = 1 / (1 - probability)
    #expect(values.allSatisfy { $0 == 0 || $0 == kept })
    let dropped = Double(values.count { $0 == 0 }) / Double(values.count)
    // Four standard deviations of the share among 20,000.
    let bound = 4 * (probability * (1 - probability) / 20_000).squareRoot()
    #expect(abs(dropped - probability) < bound)
    #expect(abs(values.reduce(0, +) / 20_000 - 1) < bound * kept)
  }

  @Test("masks neighbouring elements and steps independently")
  func independence() {
    let layer = Dropout(0.5, seed: 4)
    let first = layer(ones).array.doubles()
    let second = layer(ones).array.doubles()
    func agreement(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
      let pairs = Array(zip(a, b))
      return Double(pairs.count { $0.0 == $0.1 }) / Double(pairs.count)
    }
    #expect(abs(agreement(first, second) - 0.5) < 0.015)
    #expect(abs(agreement(first, first.dropFirst()) - 0.5) < 0.015)
    layer.nextMask = 0
    #expect(layer(ones).array.doubles() == first)
    #expect(Dropout(0.5, seed: 4)(ones).array.doubles() == first)
    #expect(Dropout(0.5, seed: 5)(ones).array.doubles() != first)
  }

  @Test("does nothing in evaluation and lets gradients through its mask in training")
  func modes() {
    let dropout = Dropout(seed: 2)
    let model = Sequential { dropout }
    model.eval()
    #expect(model(ones).array.doubles() == ones.doubles())
    model.train()
    #expect(dropout.isTraining)
    let x = Tensor(ones, requiresGradient: true)
    let y = model(x)
    y.sum().backward()
    #expect(x.gradient?.doubles() == y.array.doubles())
    #expect(Dropout(1, seed: 2)(ones).array.doubles().allSatisfy { $0 == 0 })
    #expect(Dropout(0, seed: 2)(ones).array.doubles() == ones.doubles())
  }
}
