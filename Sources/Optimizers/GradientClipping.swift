import Arrays
public import Autograd
import Compute
import Foundation

/// A bound on gradients, applied between `backward()` and the optimizer's step.
public enum GradientClipping: Hashable, Sendable {
  /// Scales all gradients by one factor so that their common norm of the given order is at most the
  /// bound.
  case norm(Double, order: Double = 2)
  /// Cuts each number of each gradient to the range from minus the bound to the bound.
  case value(Double)

  /// Bounds the gradients of `parameters`.
  ///
  /// - Returns: For ``norm(_:order:)`` the common norm before; nil for ``value(_:)``.
  @discardableResult
  public func apply(to parameters: [Parameter]) -> Double? {
    switch self {
    case .norm(let bound, let order):
      return parameters.clipGradients(toNorm: bound, order: order)
    case .value(let bound):
      parameters.clipGradients(toValue: bound)
      return nil
    }
  }
}

extension [Parameter] {
  /// The common norm `(Σ |g|ᵖ)^(1/p)` of all gradients, the largest magnitude for an infinite p.
  ///
  /// - Parameter order: The order p; positive, or infinite.
  /// - Returns: The norm; 0 where there are no gradients.
  /// - Complexity: one pass, in double precision and in a fixed order.
  public func gradientNorm(order: Double = 2) -> Double {
    require(order > 0, "gradient norm: expected a positive order, found \(order)")
    let gradients = compactMap(\.gradient)
    if order == .infinity {
      return gradients.reduce(0) { Swift.max($0, $1.largestMagnitude) }
    }
    let sum = gradients.reduce(0) { $0 + $1.powerSum(order) }
    return order == 2 ? sum.squareRoot() : pow(sum, 1 / order)
  }

  /// Scales all gradients by `min(1, bound/(norm + 10⁻⁶))`: torch's `clip_grad_norm_`.
  ///
  /// - Parameters:
  ///   - bound: The largest norm that stays as it is; positive.
  ///   - order: The order of the norm; 2, another positive number or infinity.
  /// - Returns: The norm before.
  @discardableResult
  public func clipGradients(toNorm bound: Double, order: Double = 2) -> Double {
    require(bound > 0, "gradient clipping: expected a positive norm, found \(bound)")
    let norm = gradientNorm(order: order)
    let factor = bound / (norm + 1e-6)
    guard factor < 1 else { return norm }
    for parameter in self {
      if let gradient = parameter.gradient { parameter.gradient = gradient * factor }
    }
    return norm
  }

  /// Cuts each number of each gradient to `-bound...bound`: torch's `clip_grad_value_`.
  ///
  /// - Precondition: `bound` is positive, and the gradients are real.
  public func clipGradients(toValue bound: Double) {
    require(bound > 0, "gradient clipping: expected a positive value, found \(bound)")
    for parameter in self {
      guard let gradient = parameter.gradient else { continue }
      let limit = NDArray.full([], bound, dtype: gradient.dtype)
      parameter.gradient = gradient.minimum(with: limit).maximum(with: -limit)
    }
  }
}

extension NDArray {
  /// The largest magnitude of the elements; NaN if one is.
  fileprivate var largestMagnitude: Double {
    absoluteValue().doubles().reduce(0) { $0.isNaN || $1 <= $0 ? $0 : $1 }
  }

  /// The sum of the magnitudes' powers, in double precision, row by row.
  fileprivate func powerSum(_ order: Double) -> Double {
    let magnitudes = absoluteValue().doubles()
    if order == 2 { return magnitudes.reduce(0) { $0 + $1 * $1 } }
    return magnitudes.reduce(0) { $0 + pow($1, order) }
  }
}
