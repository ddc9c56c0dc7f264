import Arrays

// Activation functions of each element.

extension Operation {
  // σ: σ(1 - σ).
  static let sigmoid = Operation("sigmoid") { d in
    let result = d.first
    guard d.createsGraph else {
      return d.pass(Tensor(d.upstream.array.timesSigmoidSlope(ofResult: result.array)), to: 0)
    }
    d.pass(d.upstream * (result * (1 - result)), to: 0)
  }

  // The derivative at 0 is taken as 0.
  static let relu = Operation("relu") { d in
    guard d.createsGraph else {
      return d.pass(Tensor(d.upstream.array.timesReLUSlope(ofResult: d.first.array)), to: 0)
    }
    let zero = Tensor(.zeros([], dtype: d.upstream.dtype))
    d.pass(Tensor.where(d.first .<= 0, zero, d.upstream), to: 0)
  }

  // log(1 + eˣ): σ(x).
  static let softplus = Operation("softplus") { d in
    guard d.createsGraph else {
      return d.pass(Tensor(d.upstream.array.timesSoftplusSlope(at: d.first.array)), to: 0)
    }
    d.pass(d.upstream * d.first.sigmoid(), to: 0)
  }

  // x·Φ(x): Φ(x) + x·φ(x), of the standard normal distribution.
  static let gelu = Operation("gelu") { d in
    let x = d.first
    guard d.createsGraph else {
      return d.pass(Tensor(d.upstream.array.timesGELUSlope(at: x.array)), to: 0)
    }
    let distribution = (x * 0.5.squareRoot()).erf() * 0.5 + 0.5
    let density = (x.square() * -0.5).exp() * (0.5 / Double.pi).squareRoot()
    d.pass(d.upstream * (distribution + x * density), to: 0)
  }
}

extension Tensor {
  /// The logistic function of each element, `1 / (1 + e⁻ˣ)`.
  public func sigmoid() -> Tensor {
    let result = array.sigmoid()
    return Self.recorded(.sigmoid, result, self) { $0.save(result, from: .output) }
  }

  /// The larger of each element and 0; its derivative at 0 is taken as 0.
  public func relu() -> Tensor {
    let result = array.relu()
    return Self.recorded(.relu, result, self) { $0.save(result, from: .output) }
  }

  /// `log(1 + eˣ)` of each element, without overflow.
  public func softplus() -> Tensor {
    Self.recorded(.softplus, array.softplus(), self) { $0.save(self, asInput: 0) }
  }

  /// The Gaussian error linear unit of each element, `x·Φ(x)`.
  ///
  /// Source: Hendrycks, Gimpel, "Gaussian error linear units" (2016), arXiv:1606.08415.
  ///
  /// - Parameter tanhApproximation: Takes `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))` instead.
  /// - Returns: A tensor of this shape.
  public func gelu(tanhApproximation: Bool = false) -> Tensor {
    if tanhApproximation {
      let inner = (self + square() * self * 0.044715) * (2 / Double.pi).squareRoot()
      return self * (inner.tanh() + 1) * 0.5
    }
    return Self.recorded(.gelu, array.gelu(), self) { $0.save(self, asInput: 0) }
  }
}
