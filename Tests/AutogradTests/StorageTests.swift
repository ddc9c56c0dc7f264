import Arrays
import Autograd
import Compute
import Testing

/// Each test runs in a process of its own: the counts of live storage are the process's.
@Suite("Live storage")
struct StorageTests {
  @Test("stays constant while training")
  func training() async {
    await #expect(processExitsWith: .success) {
      let model = Perceptron()
      var last: Tensor?
      expectConstantStorage { step in
        let loss = model.loss(step)
        loss.backward()
        for parameter in model.parameters {
          if let gradient = parameter.gradient {
            parameter.array = parameter.array - gradient * 0.01
          }
          parameter.zeroGradient()
        }
        last = loss  // what is kept past the step must not keep the step
      }
      precondition(last?.isFinite == true)
    }
  }

  @Test("stays constant in evaluation without noGrad")
  func evaluation() async {
    await #expect(processExitsWith: .success) {
      let model = Perceptron()
      var last: Tensor?
      var correct = 0.0
      expectConstantStorage { step in
        let output = model(Perceptron.batch(step))
        correct += output.detach().mean().item()
        last = output
      }
      precondition(last?.requiresGradient == true)
    }
  }

  @Test("stays constant where graphs are never sent backward")
  func neverBackward() async {
    await #expect(processExitsWith: .success) {
      let model = Perceptron()
      let doubled = model.parameters[0].value * 2  // a part of the graph that outlives every step
      var kept: [Tensor] = []
      expectConstantStorage { step in
        let loss = model.loss(step) + doubled.square().mean()
        kept.append(loss)
        if kept.count > 3 { kept.removeFirst() }
      }
      precondition(doubled.recordedOperationNames.count < 200)
    }
  }

  @Test("stays constant with gradients of gradients")
  func secondOrder() async {
    await #expect(processExitsWith: .success) {
      let model = Perceptron()
      expectConstantStorage { step in
        let input = Perceptron.batch(step).requiringGradient()
        let slope = grad(
          of: model(input).square().mean(), withRespectTo: [input], createGraph: true)[0]
        (slope.square().sum() - 1).square().backward()
        for parameter in model.parameters { parameter.zeroGradient() }
      }
    }
  }

  @Test("stays constant with operations whose derivatives hold their inputs")
  func customOperations() async {
    await #expect(processExitsWith: .success) {
      let parameter = Parameter(NDArray.ones([16]))
      expectConstantStorage { step in
        let x = parameter.value * Double(step)
        let y = Tensor.custom(name: "square", inputs: [x], output: x.array * x.array) {
          [$0 * 2 * x]
        }
        if step % 2 == 0 { y.sum().backward() }
        parameter.zeroGradient()
      }
    }
  }

  @Test("a graph of a hundred thousand operations is freed without recursion")
  func longChain() async {
    await #expect(processExitsWith: .success) {
      let x = Tensor(1, requiresGradient: true)
      let before = AlignedBuffer.liveCount
      for _ in 0..<2 {
        var y = x
        for _ in 0..<100_000 { y = (y * 0.5).sin() }
      }
      var y = x
      for _ in 0..<50_000 { y = y + 1 }
      y.backward()
      precondition(x.gradient?.item() == 1)
      x.zeroGradient()
      y = x
      precondition(AlignedBuffer.liveCount == before)
    }
  }

  @Test("a result keeps what its derivative needs and nothing else")
  func onlyWhatIsNeeded() async {
    await #expect(processExitsWith: .success) {
      let x = Tensor.ones([1024]).requiringGradient()
      let before = AlignedBuffer.liveByteCount
      let sum = (((x + 1) * 2 - 3) * 0.5).sum()  // linear steps need no value
      precondition(AlignedBuffer.liveByteCount <= before + 64)
      precondition(sum.requiresGradient)
    }
  }
}

/// Runs `step` a thousand times; traps unless as much is alive after the last one as after the
/// hundredth.
func expectConstantStorage(_ step: (Int) -> Void) {
  var bytes = 0
  var count = 0
  for index in 1...1000 {
    step(index)
    if index == 100 {
      bytes = AlignedBuffer.liveByteCount
      count = AlignedBuffer.liveCount
    }
  }
  precondition(
    AlignedBuffer.liveByteCount == bytes && AlignedBuffer.liveCount == count,
    "\(bytes) bytes in \(count) buffers became \(AlignedBuffer.liveByteCount) in \(AlignedBuffer.liveCount)"
  )
  precondition(count > 0)
}

/// Two layers, as small as a model can be.
struct Perceptron {
  let parameters: [Parameter]

  init() {
    var stream = RandomStream(seed: 3, purpose: .initialization)
    parameters = [
      Parameter(Tensor.normal([8, 4], using: &stream)), Parameter(Tensor.zeros([8])),
      Parameter(Tensor.normal([2, 8], using: &stream)), Parameter(Tensor.zeros([2])),
    ]
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    x.linear(weight: parameters[0].value, bias: parameters[1].value).tanh()
      .matmul(parameters[2].value.transposed()) + parameters[3].value
  }

  func loss(_ step: Int) -> Tensor { self(Self.batch(step)).logSoftmax()[0..., 0].mean() * -1 }

  static func batch(_ step: Int) -> Tensor {
    var stream = RandomStream(seed: 5, purpose: .general, index: UInt64(step))
    return .normal([6, 4], using: &stream)
  }
}
