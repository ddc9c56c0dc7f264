public import Arrays
public import Compute
import Foundation

/// A rule for the first values of a parameter.
///
/// The names, formulas and defaults are those of `torch.nn.init`. For a weight of shape
/// `[outputs, inputs, …]` the fan-in is `inputs` and the fan-out `outputs`, each times the product of
/// the axes behind them.
public struct Initializer: Sendable {
  /// Which fan scales the values.
  public enum Fan: Hashable, Sendable {
    /// The number of numbers that an output is a sum of: keeps the size of values forward.
    case fanIn
    /// The number of outputs that an input reaches: keeps the size of gradients backward.
    case fanOut
  }

  private let draw: @Sendable (Shape, inout RandomStream) -> [Double]

  /// The rule that fills a shape, row by row, with the numbers that `draw` returns.
  public init(_ draw: @escaping @Sendable (_ shape: Shape, inout RandomStream) -> [Double]) {
    self.draw = draw
  }

  /// Returns first values for a parameter.
  ///
  /// They are drawn in double precision: a float32 parameter gets the rounded values of a float64 one.
  public func callAsFunction(
    _ shape: Shape, dtype: DType = .float32, using stream: inout RandomStream
  ) -> NDArray {
    NDArray(draw(shape, &stream), shape: shape).cast(to: dtype)
  }

  /// The rule that draws each number by itself.
  private static func each(
    _ next: @escaping @Sendable (inout RandomStream) -> Double
  ) -> Initializer {
    Initializer { shape, stream in (0..<shape.count).map { _ in next(&stream) } }
  }

  /// `value` everywhere.
  public static func constant(_ value: Double) -> Initializer { each { _ in value } }
  /// Zero everywhere.
  public static var zeros: Initializer { constant(0) }
  /// One everywhere.
  public static var ones: Initializer { constant(1) }

  /// Uniform between two bounds.
  public static func uniform(from low: Double = 0, to high: Double = 1) -> Initializer {
    each { low + (high - low) * $0.nextUniform() }
  }

  /// Normal.
  public static func normal(mean: Double = 0, standardDeviation: Double = 1) -> Initializer {
    each { mean + standardDeviation * $0.nextNormal() }
  }

  /// Normal, without the values outside two bounds, which are drawn again.
  ///
  /// - Precondition: the bounds hold a thousandth of the normal distribution at least.
  public static func truncatedNormal(
    mean: Double = 0, standardDeviation: Double = 1, from low: Double = -2, to high: Double = 2
  ) -> Initializer {
    let scale = standardDeviation * 2.0.squareRoot()
    let share = (erf((high - mean) / scale) - erf((low - mean) / scale)) / 2
    require(
      share >= 1e-3,
      "truncated normal: \(low)...\(high) holds a share of \(share) only of the normal distribution "
        + "of mean \(mean) and standard deviation \(standardDeviation)")
    return each { stream in
      while true {
        let value = mean + standardDeviation * stream.nextNormal()
        if value >= low && value <= high { return value }
      }
    }
  }

  /// Uniform of standard deviation `gain · √(2/(fanIn + fanOut))`.
  ///
  /// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks"
  /// (AISTATS 2010).
  public static func xavierUniform(gain: Double = 1) -> Initializer {
    scaled { fanIn, fanOut in
      gain * (6 / (fanIn + fanOut)).squareRoot()
    } by: {
      2 * $0.nextUniform() - 1
    }
  }

  /// Normal of standard deviation `gain · √(2/(fanIn + fanOut))`; see ``xavierUniform(gain:)``.
  public static func xavierNormal(gain: Double = 1) -> Initializer {
    scaled { fanIn, fanOut in
      gain * (2 / (fanIn + fanOut)).squareRoot()
    } by: {
      $0.nextNormal()
    }
  }

  /// Uniform of standard deviation `√(2/((1 + a²) · fan))`.
  ///
  /// Made for a leaky ReLU of slope `a` below zero. He et al., "Delving deep into rectifiers",
  /// arXiv:1502.01852. With a = √5 the bound is 1/√fanIn: torch's default for linear layers.
  public static func kaimingUniform(a: Double = 0, fan: Fan = .fanIn) -> Initializer {
    scaled { fanIn, fanOut in
      (6 / ((1 + a * a) * (fan == .fanIn ? fanIn : fanOut))).squareRoot()
    } by: {
      2 * $0.nextUniform() - 1
    }
  }

  /// Normal of standard deviation `√(2/((1 + a²) · fan))`; see ``kaimingUniform(a:fan:)``.
  public static func kaimingNormal(a: Double = 0, fan: Fan = .fanIn) -> Initializer {
    scaled { fanIn, fanOut in
      (2 / ((1 + a * a) * (fan == .fanIn ? fanIn : fanOut))).squareRoot()
    } by: {
      $0.nextNormal()
    }
  }

  private static func scaled(
    _ scale: @escaping @Sendable (_ fanIn: Double, _ fanOut: Double) -> Double,
    by next: @escaping @Sendable (inout RandomStream) -> Double
  ) -> Initializer {
    Initializer { shape, stream in
      let (fanIn, fanOut) = fans(of: shape)
      let factor = scale(Double(fanIn), Double(fanOut))
      return (0..<shape.count).map { _ in factor * next(&stream) }
    }
  }

  /// The fan-in and fan-out of a weight.
  ///
  /// - Precondition: two axes at least.
  static func fans(of shape: Shape) -> (fanIn: Int, fanOut: Int) {
    require(shape.rank >= 2, "initializer: fans need two axes at least, found \(shape)")
    let field = shape.array.dropFirst(2).reduce(1, *)
    return (shape[1] * field, shape[0] * field)
  }
}
