import Arrays
import Autograd
import ComplexModule
import Compute
import TestSupport

/// One differentiable operation at one point: what its derivatives are checked with.
struct GradientCase: Sendable, CustomStringConvertible {
  /// An input: its shape, where its values are drawn from, and whether they are complex.
  struct Input: Sendable {
    var shape: Shape
    var range = -2.0...2.0
    var isComplex = false
    /// Values nearer to 0 than this are moved away, for functions with a kink there.
    var gap = 0.0

    static func real(_ shape: Shape, _ range: ClosedRange<Double> = -2...2) -> Input {
      Input(shape: shape, range: range)
    }
    static func complex(_ shape: Shape) -> Input { Input(shape: shape, isComplex: true) }
    static func awayFromZero(_ shape: Shape) -> Input { Input(shape: shape, gap: 0.2) }

    var numberCount: Int { shape.count * (isComplex ? 2 : 1) }

    func tensor(_ numbers: [Double]) -> Tensor {
      guard isComplex else { return Tensor(numbers, shape: shape, requiresGradient: true) }
      let pairs = (0..<shape.count).map { Complex(numbers[2 * $0], numbers[2 * $0 + 1]) }
      return Tensor(pairs, shape: shape, requiresGradient: true)
    }
  }

  /// The operation that the record must be called.
  let operation: String
  /// What is special about the case.
  let variant: String
  let inputs: [Input]
  let function: @Sendable ([Tensor]) -> Tensor

  init(
    _ operation: String, _ inputs: [Input], _ function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.init(operation, "", inputs, function)
  }

  init(
    _ operation: String, _ variant: String, _ inputs: [Input],
    _ function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.operation = operation
    self.variant = variant
    self.inputs = inputs
    self.function = function
  }

  var description: String { variant.isEmpty ? operation : "\(operation), \(variant)" }

  /// Where the derivatives are taken: drawn once for each case.
  var point: [Double] {
    let name = RandomPurpose("case \(description)")
    var stream = RandomStream(seed: 1, purpose: name)
    return inputs.flatMap { input in
      (0..<input.numberCount).map { _ in
        let width = input.range.upperBound - input.range.lowerBound
        let value = input.range.lowerBound + width * stream.nextUniform()
        return value + (value < 0 ? -input.gap : input.gap)
      }
    }
  }

  /// The leaves that stand for `numbers`.
  func leaves(_ numbers: [Double]) -> [Tensor] {
    var start = 0
    return inputs.map { input in
      defer { start += input.numberCount }
      return input.tensor(Array(numbers[start..<(start + input.numberCount)]))
    }
  }

  /// A real loss of the result that neither misses an element nor is linear in it.
  func loss(_ leaves: [Tensor]) -> Tensor {
    let result = function(leaves)
    let parts = result.dtype.isComplex ? [result.real(), result.imag()] : [result]
    var total = Tensor(0, dtype: .float64)
    for (index, part) in parts.enumerated() {
      let weights = Tensor(
        (0..<part.count).map { 0.4 + 0.37 * Double(($0 + 3 * index) % 5) }, shape: part.shape)
      total += (part * weights).sum() + (part * part * weights).sum() * 0.15
    }
    return total
  }

  /// The loss as a function of plain numbers.
  func value(_ numbers: [Double]) -> Double { loss(leaves(numbers)).item() }

  /// The gradient of the loss by backward.
  func gradient(_ numbers: [Double]) -> [Double] {
    let leaves = leaves(numbers)
    loss(leaves).backward()
    return leaves.flatMap { Self.numbers($0.gradient ?? .zeros($0.shape, dtype: $0.dtype)) }
  }

  /// The numbers of an array, real and imaginary parts in turn.
  static func numbers(_ array: NDArray) -> [Double] {
    guard array.dtype.isComplex else { return array.doubles() }
    return array.scalars(as: Complex<Double>.self).flatMap { [$0.real, $0.imaginary] }
  }

  /// A fixed direction, to make one number of a gradient.
  static func direction(_ count: Int) -> [Double] {
    (0..<count).map { index in
      let sign: Double = index % 2 == 0 ? 1 : -1
      return sign * (0.3 + 0.45 * Double(index * 7 % 4))
    }
  }

  /// The derivative of the gradient along ``direction(_:)``, by differentiating backward itself.
  func curvature(_ numbers: [Double]) -> [Double] {
    let leaves = leaves(numbers)
    let slopes = grad(of: loss(leaves), withRespectTo: leaves, createGraph: true)
    let directions = Self.direction(numbers.count)
    var start = 0
    var along = Tensor(0, dtype: .float64)
    for (slope, input) in zip(slopes, inputs) {
      let part = Array(directions[start..<(start + input.numberCount)])
      start += input.numberCount
      let direction = input.tensor(part).detach()
      // The real scalar product of complex numbers taken as pairs.
      let product = input.isComplex ? (slope * direction.conj()).real() : slope * direction
      along += product.sum()
    }
    return grad(of: along, withRespectTo: leaves).flatMap { Self.numbers($0.array) }
  }

  /// The gradient along ``direction(_:)``, a number whose differences give the curvature.
  func slope(_ numbers: [Double]) -> Double {
    zip(gradient(numbers), Self.direction(numbers.count)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
