import Arrays
import Autograd
import Compute
import Testing

@Suite("The tape")
struct TapeTests {
  @Test("graphs that meet become one")
  func joining() {
    let x = Tensor(2, dtype: .float64, requiresGradient: true)
    let y = Tensor(3, dtype: .float64, requiresGradient: true)
    let left = (x * 2).square()  // 4x²
    let right = (y + 1).square().sin()
    let middle = right * 1
    #expect(left.recordedOperationNames.count == 3)
    let product = left * right
    #expect(product.recordedOperationNames == left.recordedOperationNames)
    #expect(middle.recordedOperationNames == left.recordedOperationNames)
    let slopes = grad(of: product + middle, withRespectTo: [x, y, left, right])
    let (s, c) = (-0.2879033166650653, -0.9576594803233847)  // sin 16, cos 16
    let expected = [16 * s, 8 * c * 17, s, 17]
    for (found, value) in zip(slopes, expected) { #expect(abs(found.item() - value) < 1e-12) }
  }

  @Test("a sweep goes on where a rule brings in a tensor of a longer graph")
  func joiningDuringSweep() {
    let x = Tensor(3, dtype: .float64, requiresGradient: true)
    let z = Tensor(2, dtype: .float64, requiresGradient: true)
    var long = z
    for _ in 0..<50 { long = long + 1 }
    let factor = long.square()  // (z + 50)²
    let inner = x * 2
    let scaled = Tensor.custom(
      name: "scaled", inputs: [inner, inner], output: inner.array * factor.array
    ) { upstream in [upstream * factor, nil] }
    let slope = grad(of: scaled.sin(), withRespectTo: [x], createGraph: true)[0]
    #expect(abs(slope.item() - 5408 * 0.6854776061903743) < 1e-8)  // cos 16224
    let value = grad(of: scaled, withRespectTo: [x], createGraph: true)[0]
    #expect(value.item() == 5408)
    #expect(grad(of: value, withRespectTo: [z])[0].item() == 208)  // 2·2·(z + 50)
  }

  @Test("a result that nobody holds leaves the tape with all that led to it")
  func vacating() {
    let x = Tensor(2, requiresGradient: true)
    let kept = x * 2
    do {
      let dropped = (kept + 1).exp().sin()
      #expect(dropped.recordedOperationNames.count == 5)
    }
    #expect(kept.recordedOperationNames == ["leaf", "multiplyByNumber"])
  }

  @Test("backward leaves nothing on the tape but what tensors hold")
  func consumed() {
    let x = Tensor(2, requiresGradient: true)
    let loss = (x * 2).exp().square()
    loss.backward()
    #expect(loss.recordedOperationNames == ["square"])
  }

  @Test("random graphs with random losses of tensors keep the right derivatives", arguments: 0..<20)
  func stress(_ seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), purpose: .general)
    // Each tensor beside its value and derivative by forward accumulation.
    struct Pair {
      var tensor: Tensor
      var value: Double
      var slope: Double
    }
    let x = Tensor(0.3, dtype: .float64, requiresGradient: true)
    var live = [Pair(tensor: x, value: 0.3, slope: 1)]
    for step in 0..<400 {
      let a = live[Int.random(in: 0..<live.count, using: &stream)]
      let b = live[Int.random(in: 0..<live.count, using: &stream)]
      switch Int.random(in: 0..<9, using: &stream) {
      case 0:
        live.append(
          Pair(tensor: a.tensor + b.tensor, value: a.value + b.value, slope: a.slope + b.slope))
      case 1:
        live.append(
          Pair(
            tensor: a.tensor * b.tensor, value: a.value * b.value,
            slope: a.slope * b.value + a.value * b.slope))
      case 2:
        let value = a.tensor.detach().tanh().item()
        live.append(
          Pair(tensor: a.tensor.tanh(), value: value, slope: a.slope * (1 - value * value)))
      case 3:
        live.append(Pair(tensor: x * 0.5, value: 0.15, slope: 0.5))  // a tape of its own at first
      case 4:
        let inputs = (0..<5).map { _ in live[Int.random(in: 0..<live.count, using: &stream)] }
        live.append(
          Pair(
            tensor: Tensor.stack(inputs.map(\.tensor)).mean(),
            value: inputs.reduce(0) { $0 + $1.value } / 5,
            slope: inputs.reduce(0) { $0 + $1.slope } / 5))
      case 5:
        live.append(Pair(tensor: a.tensor - 0.1, value: a.value - 0.1, slope: a.slope))
      default:
        if live.count > 4 { live.remove(at: Int.random(in: 1..<live.count, using: &stream)) }
      }
      if step % 7 == 0 {
        let some = live[Int.random(in: 0..<live.count, using: &stream)]
        let found = grad(of: some.tensor, withRespectTo: [x], retainGraph: true)[0].item()
        let scale = 1 + abs(some.slope)
        #expect(abs(some.tensor.item() - some.value) < 1e-9 * (1 + abs(some.value)))
        #expect(abs(found - some.slope) < 1e-9 * scale, "step \(step)")
      }
    }
    // Dead records do not pile up: places are taken again.
    #expect(live.contains { $0.tensor.recordedOperationNames.count < 400 })
  }

  @Test("unrelated graphs may be built on many threads at once")
  func threads() async {
    let total = await withTaskGroup(of: Double.self) { group in
      for task in 0..<8 {
        group.addTask {
          let x = Tensor(Double(task), dtype: .float64, requiresGradient: true)
          for _ in 0..<200 { (x * 2).square().backward() }
          return x.gradient?.item() ?? .nan
        }
      }
      return await group.reduce(0, +)
    }
    #expect(total == 200 * 8 * 28)
  }

  @Test("the operation where a value first stopped being finite is named")
  func nonFinite() {
    let x = Tensor([1, 0] as [Float], requiresGradient: true)
    func loss() -> Tensor { ((x * 2).log() + 1).exp().mean() * x.sum() }
    // exp(-∞) is 0 again, and no infinity was saved.
    #expect(loss().firstNonFiniteOperation() == nil)
    #expect(Tensor.firstNonFiniteOperation { loss() } == "log")
    #expect((x - 1).sqrt().sum().firstNonFiniteOperation() == "sqrt")
    #expect(Tensor.firstNonFiniteOperation { (x - 1).sqrt().sum() } == "sqrt")
    #expect(Tensor.firstNonFiniteOperation { x.square().sum() } == nil)
    let bad = Tensor([.nan, 1] as [Float], requiresGradient: true)
    #expect(bad.square().sum().firstNonFiniteOperation() == "leaf")
    let own = Tensor.custom(name: "mine", inputs: [x], output: x.array / 0) { [$0] }
    #expect(own.sum().firstNonFiniteOperation() == "mine")
    #expect(
      Tensor.firstNonFiniteOperation {
        Tensor.custom(name: "mine", inputs: [x], output: x.array / 0) { [$0] }
      } == "mine")
  }
}
