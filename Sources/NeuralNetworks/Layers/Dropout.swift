import Arrays
public import Autograd
import Compute

/// In training, sets elements to 0 at random and scales the others up; otherwise does nothing.
///
/// Each element is dropped with probability p and otherwise divided by 1 − p, so that the mean stays
/// (inverted dropout, as in torch). Srivastava et al., "Dropout: a simple way to prevent neural
/// networks from overfitting" (JMLR 15, 2014).
///
/// The mask of call number k depends on the layer's seed, on k and on the place of the element alone:
/// not on threads, and not on what other layers drew.
public final class Dropout: Layer {
  /// The probability p of being dropped.
  public let probability: Double
  /// Whether elements are dropped; a new layer is in training.
  public private(set) var isTraining = true
  /// The number of the next mask; set it to draw a mask again.
  public var nextMask: UInt64 = 0

  private let seed: LayerSeed

  /// A layer that drops with the probability given, torch's ½ by default.
  ///
  /// - Parameters:
  ///   - probability: The probability p, in `0...1`.
  ///   - seed: The key of the masks; see ``LayerSeed``.
  public init(_ probability: Double = 0.5, seed: LayerSeed = .next()) {
    require(
      (0...1).contains(probability),
      "Dropout: expected a probability in 0...1, found \(probability)")
    self.probability = probability
    self.seed = seed
  }

  /// Returns `x` with elements dropped in training, `x` itself otherwise; of the shape of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    guard isTraining, probability > 0 else { return x }
    let stream = seed.stream(.dropout, index: nextMask)
    nextMask += 1
    let dtype = x.dtype.realType
    let mask = unsafe NDArray.make(x.shape, dtype) { pointer in
      switch dtype {
      case .float64: unsafe fill(pointer, as: Double.self, count: x.count, from: stream)
      case .float32: unsafe fill(pointer, as: Float.self, count: x.count, from: stream)
      default: stop("Dropout: expected numbers of floating point, found \(dtype)")
      }
    }
    return x * Tensor(mask)
  }

  /// Writes a mask: zeros, and the factors that keep the mean.
  private func fill<Number: BinaryFloatingPoint>(
    _ pointer: UnsafeMutableRawPointer, as _: Number.Type, count: Int, from stream: RandomStream
  ) {
    var stream = stream
    let kept = probability < 1 ? Number(1 / (1 - probability)) : 0
    let mask = unsafe pointer.bindMemory(to: Number.self, capacity: count)
    for index in 0..<count {
      unsafe mask[index] = stream.nextUniform() < probability ? 0 : kept
    }
  }

  /// Turns dropping on or off.
  public func setTraining(_ isTraining: Bool) { self.isTraining = isTraining }
}
