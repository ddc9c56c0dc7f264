public import Autograd

/// The rectifier, `max(0, x)`, elementwise; its derivative at 0 is 0.
public struct ReLU: Layer {
  /// A rectifier.
  public init() {}
  /// Returns `max(0, x)`, of the shape of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.relu() }
}

/// The hyperbolic tangent, elementwise.
public struct Tanh: Layer {
  /// A hyperbolic tangent.
  public init() {}
  /// Returns `tanh(x)`, of the shape of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.tanh() }
}

/// The logistic function, `1/(1 + e⁻ˣ)`, elementwise.
public struct Sigmoid: Layer {
  /// A logistic function.
  public init() {}
  /// Returns `1/(1 + e⁻ˣ)`, of the shape of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.sigmoid() }
}

/// The Gaussian error linear unit, `x·Φ(x)` with the normal distribution function Φ, elementwise.
///
/// Hendrycks and Gimpel, "Gaussian error linear units", arXiv:1606.08415.
public struct GELU: Layer {
  /// Whether Φ is approximated by a hyperbolic tangent.
  public let tanhApproximation: Bool

  /// A unit; `tanhApproximation` takes `½(1 + tanh(√(2/π)(x + 0.044715x³)))` for Φ(x).
  public init(tanhApproximation: Bool = false) { self.tanhApproximation = tanhApproximation }

  /// Returns `x·Φ(x)`, of the shape of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.gelu(tanhApproximation: tanhApproximation)
  }
}

/// The smooth rectifier, `log(1 + eˣ)`, elementwise.
public struct Softplus: Layer {
  /// A smooth rectifier.
  public init() {}
  /// Returns `log(1 + eˣ)`, of the shape of `x`.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.softplus() }
}
