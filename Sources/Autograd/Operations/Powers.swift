import Arrays

// Powers, exponentials and logarithms.

extension Operation {
  // x^n: n·x^(n-1), and 0 for n = 0 even where x^(n-1) is not finite.
  static let powerOfNumber = Operation("powerOfNumber") { d in
    let exponent = d.number
    guard exponent != 0 else {
      return d.pass(Tensor(.zeros(d.upstream.shape, dtype: d.upstream.dtype)), to: 0)
    }
    d.pass(d.upstream * (d.first.pow(exponent - 1) * exponent).conjugated, to: 0)
  }

  // a^b: b·a^(b-1) and a^b·log a, the latter 0 where a is 0 and b not negative.
  static let power = Operation("power") { d in
    let (base, exponent) = (d.input(0), d.input(1))
    d.pass(d.upstream * (exponent * base.pow(exponent - 1)).conjugated, to: 0)
    if d.needs(1) {
      let isZero = base .== 0
      let safe = Tensor.where(isZero, Tensor(.ones([], dtype: base.dtype)), base)
      d.pass(d.upstream * (base.pow(exponent) * safe.log()).conjugated, to: 1)
    }
  }

  static let square = Operation("square") { d in
    d.pass(d.upstream * (d.first.conjugated * 2), to: 0)
  }

  // √x: 1/(2√x).
  static let squareRoot = Operation("sqrt") { d in
    d.pass(d.upstream * 0.5 / d.first.conjugated, to: 0)
  }

  static let exponential = Operation("exp") { d in
    d.pass(d.upstream * d.first.conjugated, to: 0)
  }

  static let logarithm = Operation("log") { d in d.pass(d.upstream / d.first.conjugated, to: 0) }
}

extension Tensor {
  /// Each element raised to `exponent`.
  public func pow(_ exponent: Double) -> Tensor {
    if exponent == 2 { return square() }
    return Self.recorded(.powerOfNumber, array.power(exponent), self) {
      $0.number = exponent
      $0.save(self, asInput: 0)
    }
  }

  /// Each element raised to the element of `exponent` at its place, broadcast.
  ///
  /// The derivative with respect to the exponent is taken as 0 where the base is 0.
  public func pow(_ exponent: Tensor) -> Tensor {
    Self.recorded(.power, array.power(exponent.array), self, exponent) {
      $0.save(self, asInput: 0)
      $0.save(exponent, asInput: 1)
    }
  }

  /// Each element times itself.
  public func square() -> Tensor {
    Self.recorded(.square, array.squared(), self) { $0.save(self, asInput: 0) }
  }

  /// The square root of each element.
  public func sqrt() -> Tensor {
    let result = array.squareRoot()
    return Self.recorded(.squareRoot, result, self) { $0.save(result, from: .output) }
  }

  /// e raised to each element.
  public func exp() -> Tensor {
    let result = array.exponential()
    return Self.recorded(.exponential, result, self) { $0.save(result, from: .output) }
  }

  /// The natural logarithm of each element.
  public func log() -> Tensor {
    Self.recorded(.logarithm, array.logarithm(), self) { $0.save(self, asInput: 0) }
  }
}
