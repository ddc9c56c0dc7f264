import Arrays

// Elementary functions of each element.

extension Operation {
  static let sine = Operation("sin") { d in
    d.pass(d.upstream * d.first.cos().conjugated, to: 0)
  }

  static let cosine = Operation("cos") { d in
    d.pass(-(d.upstream * d.first.sin().conjugated), to: 0)
  }

  // tanh: 1 - tanh².
  static let hyperbolicTangent = Operation("tanh") { d in
    let result = d.first
    guard d.createsGraph || result.dtype.isComplex else {
      return d.pass(Tensor(d.upstream.array.timesTanhSlope(ofResult: result.array)), to: 0)
    }
    d.pass(d.upstream * (1 - result.square()).conjugated, to: 0)
  }

  // erf: 2/√π·exp(-x²).
  static let errorFunction = Operation("erf") { d in
    d.pass(d.upstream * ((-d.first.square()).exp() * (2 / Double.pi.squareRoot())), to: 0)
  }

  // |x|: its sign, 0 at 0; of a complex number z/|z|, 0 at 0.
  static let absoluteValue = Operation("abs") { d in
    let x = d.first
    guard x.dtype.isComplex else { return d.pass(d.upstream * Tensor(x.array.sign()), to: 0) }
    let length = x.abs()
    let one = Tensor(.ones([], dtype: length.dtype))
    d.pass(d.upstream / Tensor.where(length .== 0, one, length) * x, to: 0)
  }
}

extension Tensor {
  /// The sine of each element, in radians.
  public func sin() -> Tensor {
    Self.recorded(.sine, array.sine(), self) { $0.save(self, asInput: 0) }
  }

  /// The cosine of each element, in radians.
  public func cos() -> Tensor {
    Self.recorded(.cosine, array.cosine(), self) { $0.save(self, asInput: 0) }
  }

  /// The hyperbolic tangent of each element.
  public func tanh() -> Tensor {
    let result = array.hyperbolicTangent()
    return Self.recorded(.hyperbolicTangent, result, self) { $0.save(result, from: .output) }
  }

  /// The error function of each element, `2/√π ∫₀ˣ exp(-t²) dt`.
  public func erf() -> Tensor {
    Self.recorded(.errorFunction, array.errorFunction(), self) { $0.save(self, asInput: 0) }
  }

  /// The absolute value of each element; of complex ones their length, a real tensor.
  ///
  /// The derivative at 0 is taken as 0.
  public func abs() -> Tensor {
    Self.recorded(.absoluteValue, array.absoluteValue(), self) { $0.save(self, asInput: 0) }
  }

  /// The sign of each element: -1, 0 or 1; a constant, since its derivative is 0 wherever there is
  /// one.
  public func sign() -> Tensor { Tensor(array.sign()) }
}
