import Arrays
import Autograd
import ComplexModule
import Compute
import Optimizers
import Testing

@Suite("Optimizer") struct OptimizerTests {
  private func parameter(_ values: [Double], gradient: [Double]? = nil) -> Parameter {
    let parameter = Parameter(NDArray(values))
    parameter.gradient = gradient.map { NDArray($0) }
    return parameter
  }

  @Test("uses gradients up, or keeps them if asked")
  func gradientsAfterAStep() {
    let one = parameter([1, 2], gradient: [1, 1])
    let optimizer = SGD([one], learningRate: 0.5)
    optimizer.step(keepingGradients: true)
    #expect(one.gradient?.doubles() == [1, 1])
    optimizer.step()
    #expect(one.gradient == nil)
    #expect(one.array.doubles() == [0, 1])
    #expect(optimizer.stepCount == 2)
    one.gradient = NDArray([5.0, 5])
    optimizer.zeroGradients()
    #expect(one.gradient == nil)
  }

  @Test("passes over parameters without a gradient, whose own steps begin later")
  func withoutGradient() {
    let moved = parameter([1], gradient: [2])
    let resting = parameter([3])
    let optimizer = Adam([moved, resting], learningRate: 0.1)
    optimizer.step()
    #expect(abs(moved.array.item() - 0.9) < 1e-9)
    #expect(resting.array.item() == 3)
    resting.gradient = NDArray([-7.0])
    optimizer.step()
    // Adam's first step has the length of the learning rate, whatever the gradient.
    #expect(abs(resting.array.item() - 3.1) < 1e-9)
  }

  @Test("reads schedules at the count of steps, one for each group")
  func schedules() {
    let fast = parameter([0])
    let slow = parameter([0])
    let optimizer = SGD(
      [ParameterGroup([fast], learningRate: .step(from: 1, every: 1)), ParameterGroup([slow])],
      learningRate: 0.5)
    #expect(optimizer.currentLearningRates == [1, 0.5])
    for _ in 0..<2 {
      fast.gradient = NDArray([-1.0])
      slow.gradient = NDArray([-1.0])
      optimizer.step()
    }
    #expect(fast.array.item() == 1.1)
    #expect(slow.array.item() == 1)
    optimizer.learningRate = 2
    #expect(optimizer.currentLearningRates == [0.010000000000000002, 2])
  }

  @Test("steps complex parameters as pairs of real ones, as torch does")
  func complexParameters() {
    let numbers: [Complex<Double>] = [Complex(1, -2), Complex(0.5, 3)]
    let slopes: [Complex<Double>] = [Complex(0.1, 4), Complex(-2, 0.3)]
    let whole = Parameter(NDArray(numbers))
    let parts = parameter(numbers.flatMap { [$0.real, $0.imaginary] })
    let optimizers: [any Optimizer] = [
      Adam([whole], learningRate: 0.1), Adam([parts], learningRate: 0.1),
    ]
    for _ in 0..<3 {
      whole.gradient = NDArray(slopes)
      parts.gradient = NDArray(slopes.flatMap { [$0.real, $0.imaginary] })
      for optimizer in optimizers { optimizer.step() }
    }
    let found = whole.array.scalars(as: Complex<Double>.self)
    #expect(found.flatMap { [$0.real, $0.imaginary] } == parts.array.doubles())
  }

  @Test("a parameter stepped in parts, on any threads, is stepped like its pieces")
  func largeParameters() {
    let count = 70_000
    let values = (0..<count).map { Float(($0 * 7919) % 1013) / 100 - 5 }
    let slopes = (0..<count).map { Float(($0 * 104_729) % 997) / 50 - 10 }
    let whole = Parameter(NDArray(values))
    let pieces = stride(from: 0, to: count, by: 10_000).map { start in
      (Parameter(NDArray(Array(values[start..<start + 10_000]))), start)
    }
    let optimizers: [any Optimizer] = [
      AdamW([whole], learningRate: 0.1, amsgrad: true),
      AdamW(pieces.map(\.0), learningRate: 0.1, amsgrad: true),
    ]
    for _ in 0..<3 {
      whole.gradient = NDArray(slopes)
      for (piece, start) in pieces {
        piece.gradient = NDArray(Array(slopes[start..<start + 10_000]))
      }
      for optimizer in optimizers { optimizer.step() }
    }
    #expect(
      whole.array.scalars(as: Float.self)
        == pieces.flatMap { $0.0.array.scalars(as: Float.self) })
  }

  @Test("leaves arrays alone that were taken from a parameter before a step")
  func valueSemantics() {
    let one = parameter([1], gradient: [1])
    let before = one.array
    SGD([one], learningRate: 1).step()
    #expect(before.item() == 1)
    #expect(one.array.item() == 0)
  }

  @Test("finds the minimum of a quadratic through backward()")
  func minimises() {
    let point = Parameter(NDArray([4.0, -3]))
    let optimizer = Adam([point], learningRate: .polynomial(from: 0.3, steps: 300))
    for _ in 0..<300 {
      let distance = point.value - Tensor(NDArray([1.0, 2]))
      (distance * distance).sum().backward()
      optimizer.step()
    }
    let found = point.array.doubles()
    #expect(abs(found[0] - 1) < 1e-3 && abs(found[1] - 2) < 1e-3)
  }

  @Test("steps hold no more memory as they go on")
  func storage() async {
    // A process of its own: other tests hold storage meanwhile.
    await #expect(processExitsWith: .success) {
      let point = Parameter(NDArray.ones([32, 8]))
      let optimizer = AdamW([point], amsgrad: true)
      var live: [Int] = []
      for _ in 0..<1000 {
        point.value.square().sum().backward()
        optimizer.step()
        live.append(AlignedBuffer.liveByteCount)
      }
      precondition(live[99] == live[999])
    }
  }

  @Test("refuses wrong settings, no parameters, and parameters listed twice")
  func refusals() async {
    await #expect(processExitsWith: .failure) { _ = SGD([Parameter]()) }
    await #expect(processExitsWith: .failure) {
      let one = Parameter(NDArray([1.0]))
      _ = Adam([one, one])
    }
    await #expect(processExitsWith: .failure) {
      _ = Adam([Parameter(NDArray([1.0]))], beta1: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = SGD([Parameter(NDArray([1.0]))], nesterov: true)
    }
  }
}
