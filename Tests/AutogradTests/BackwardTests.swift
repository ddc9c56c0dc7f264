import Arrays
import Autograd
import ComplexModule
import Testing

@Suite("Backward, as torch has it")
struct BackwardTests {
  @Test("gradients add up until they are cleared")
  func accumulation() {
    let x = Tensor([1, 2, 3] as [Float], requiresGradient: true)
    x.square().sum().backward()
    #expect(x.gradient?.doubles() == [2, 4, 6])
    (x * 3).sum().backward()
    #expect(x.gradient?.doubles() == [5, 7, 9])
    x.zeroGradient()
    #expect(x.gradient == nil)
    x.sum().backward()
    #expect(x.gradient?.doubles() == [1, 1, 1])
  }

  @Test("a gradient handed out does not change when more is added")
  func gradientsAreValues() {
    let x = Tensor([1, 2] as [Float], requiresGradient: true)
    (x * 2).sum().backward()
    let first = x.gradient
    (x * 2).sum().backward()
    #expect(first?.doubles() == [2, 2])
    #expect(x.gradient?.doubles() == [4, 4])
  }

  @Test("a leaf used many times receives the sum of its gradients")
  func sharedLeaf() {
    let x = Tensor(2, dtype: .float64, requiresGradient: true)
    let y = x * x * x + x.exp() * x
    y.backward()
    let slope = 12 + 3 * 7.38905609893065
    #expect(abs((x.gradient?.item() ?? 0) - slope) < 1e-12)
  }

  @Test("an upstream gradient weighs the elements")
  func upstream() {
    let x = Tensor([1, 2] as [Float], requiresGradient: true)
    x.square().backward(Tensor([10, 1] as [Float]))
    #expect(x.gradient?.doubles() == [20, 4])
  }

  @Test("backward of a leaf itself gives ones")
  func ofLeaf() {
    let x = Tensor(5, requiresGradient: true)
    x.backward()
    #expect(x.gradient?.item() == 1)
    let slopes = grad(of: x, withRespectTo: [x])
    #expect(slopes[0].item() == 1)
  }

  @Test("retainGraph allows a second sweep")
  func retained() {
    let x = Tensor(3, requiresGradient: true)
    let y = x.square()
    y.backward(retainGraph: true)
    y.backward()
    #expect(x.gradient?.item() == 12)
  }

  @Test("a second sweep without it traps")
  func consumedTwice() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(3, requiresGradient: true)
      let y = x.square()
      y.backward()
      y.backward()
    }
  }

  @Test("two losses of one trunk: the first sweep must retain it")
  func sharedTrunk() {
    let x = Tensor(3, dtype: .float64, requiresGradient: true)
    let trunk = x.square()
    let first = trunk.sin()
    let second = trunk * 2
    first.backward(retainGraph: true)
    second.backward()
    #expect(abs((x.gradient?.item() ?? 0) - (6 * -0.9111302618846769 + 12)) < 1e-12)
  }

  @Test("a tensor of many elements needs an upstream gradient")
  func notScalar() async {
    await #expect(processExitsWith: .failure) {
      Tensor([1, 2] as [Float], requiresGradient: true).square().backward()
    }
  }

  @Test("a constant has no backward")
  func constant() async {
    await #expect(processExitsWith: .failure) { Tensor(1).square().backward() }
  }

  @Test("integers require no gradient")
  func integers() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(NDArray([1, 2]), requiresGradient: true)
    }
  }

  @Test("detach stops the gradient")
  func detached() {
    let x = Tensor(3, requiresGradient: true)
    let y = x * x.detach()
    y.backward()
    #expect(x.gradient?.item() == 3)
    #expect(!x.detach().requiresGradient)
  }

  @Test("noGrad records nothing, also nested and where an error leaves it")
  func silence() {
    struct Interruption: Error {}
    let x = Tensor(3, requiresGradient: true)
    let inside = noGrad {
      let outer = x * 2
      let inner = noGrad { x * 3 }
      #expect(!inner.requiresGradient)
      return [outer, x * 4]
    }
    #expect(inside.allSatisfy { !$0.requiresGradient })
    #expect(throws: Interruption.self) { try noGrad { throw Interruption() } }
    #expect((x * 2).requiresGradient)
  }

  @Test("grad changes no leaf, and gives zeros where nothing depends")
  func functional() {
    let x = Tensor(3, requiresGradient: true)
    let z = Tensor([1, 2] as [Float], requiresGradient: true)
    let middle = x * 2
    let slopes = grad(of: middle.square(), withRespectTo: [x, middle, z, x])
    #expect(slopes.map { $0.array.doubles() } == [[24], [12], [0, 0], [24]])
    #expect(x.gradient == nil)
    #expect(slopes.allSatisfy { !$0.requiresGradient })
  }

  @Test("grad with an upstream that is itself tracked differentiates through it")
  func trackedUpstream() {
    let x = Tensor(3, dtype: .float64, requiresGradient: true)
    let u = Tensor(2, dtype: .float64, requiresGradient: true)
    let slope = grad(
      of: x.square(), withRespectTo: [x], upstream: u.square(), createGraph: true)[0]
    let mixed = grad(of: slope, withRespectTo: [u, x])  // u²·2x
    #expect(mixed.map { $0.item() } == [24, 8])
  }

  @Test("third derivatives follow from the second")
  func thirdOrder() {
    let x = Tensor(0.7, dtype: .float64, requiresGradient: true)
    var slope = x.sin()
    for _ in 0..<3 { slope = grad(of: slope, withRespectTo: [x], createGraph: true)[0] }
    #expect(abs(slope.item() + 0.7648421872844885) < 1e-12)
  }

  @Test("gradients of gradients reach the parameters by backward too")
  func gradientPenalty() {
    let w = Parameter(NDArray([2.0]))
    let x = Tensor([3.0] as [Double], requiresGradient: true)
    let slope = grad(of: (w.value * x.square()).sum(), withRespectTo: [x], createGraph: true)[0]
    slope.square().sum().backward()  // (2wx)², so 8wx²
    #expect(w.gradient?.item() == 144)
  }

  @Test("an operation of one's own: its rule is called once a sweep, with the upstream gradient")
  func custom() {
    let x = Tensor([1, 2] as [Float], requiresGradient: true)
    let y = Tensor([3, 4] as [Float])
    var calls = 0
    let z = Tensor.custom(name: "product", inputs: [x, y], output: x.array * y.array) { upstream in
      calls += 1
      #expect(!Tensor.isRecording)
      return [upstream * y, upstream * x]
    }
    (z * 2).sum().backward()
    #expect(calls == 1)
    #expect(x.gradient?.doubles() == [6, 8])
    #expect(y.gradient == nil)
  }

  @Test("a rule with too few gradients traps")
  func customMiscounted() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor(1, requiresGradient: true)
      Tensor.custom(name: "bad", inputs: [x, x], output: x.array) { [$0] }.backward()
    }
  }

  @Test("a frozen parameter is a constant")
  func frozen() {
    let w = Parameter(NDArray([Float(2)]))
    w.requiresGradient = false
    #expect(!(w.value * 2).requiresGradient)
    w.requiresGradient = true
    (w.value * 2).sum().backward()
    #expect(w.gradient?.item() == 2)
  }

  @Test("a live graph keeps the values it was made with when a parameter changes")
  func changedParameter() {
    let w = Parameter(NDArray([Float(3)]))
    let y = w.value.square()
    w.update { $0.addInPlace(NDArray([Float(100)])) }
    y.sum().backward()
    #expect(w.array.item() == 103)
    #expect(w.gradient?.item() == 6)
  }

  @Test("a parameter refuses values of another shape")
  func parameterShape() async {
    await #expect(processExitsWith: .failure) {
      Parameter(NDArray([Float(3)])).array = .zeros([2])
    }
  }

  @Test("equal largest elements share the gradient")
  func ties() {
    let x = Tensor([2, 2, 1] as [Float], requiresGradient: true)
    x.max().backward()
    #expect(x.gradient?.doubles() == [0.5, 0.5, 0])
    x.zeroGradient()
    x.maximum(Tensor(2)).sum().backward()
    #expect(x.gradient?.doubles() == [0.5, 0.5, 0])
  }

  @Test("kinks: relu at 0 has slope 0, abs 0, clamp 1 at its limits")
  func kinks() {
    let x = Tensor([0, 1] as [Float], requiresGradient: true)
    (x.relu() + x.abs()).sum().backward()
    #expect(x.gradient?.doubles() == [0, 2])
    x.zeroGradient()
    x.clamp(min: 0, max: 0.5).sum().backward()
    #expect(x.gradient?.doubles() == [1, 0])
  }

  @Test("a step against the gradient of a complex tensor lowers a real loss")
  func complexDescent() {
    let target = Complex(1.5, -2)
    var z = Tensor([Complex(0.2, 0.3)], requiresGradient: true)
    var last = Double.infinity
    for _ in 0..<20 {
      let loss = (z - Tensor([target])).abs().square().sum()
      #expect(loss.item() < last)
      last = loss.item()
      loss.backward()
      guard let gradient = z.gradient else { break }
      z = Tensor(z.array - gradient * 0.2, requiresGradient: true)
    }
    #expect(last < 1e-3)
  }

  @Test("the gradient of |z|² is 2z")
  func complexConvention() {
    let z = Tensor([Complex(3.0, -4.0)], requiresGradient: true)
    (z * z.conj()).real().sum().backward()
    #expect(z.gradient?.scalars(as: Complex<Double>.self) == [Complex(6, -8)])
  }
}
