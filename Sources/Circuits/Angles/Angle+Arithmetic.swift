extension Angle: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// Creates a constant from a literal.
  public init(floatLiteral value: Double) { self.init(value) }

  /// Creates a constant from a literal.
  public init(integerLiteral value: Int) { self.init(Double(value)) }
}

extension Angle {
  /// The sum.
  public static func + (lhs: Angle, rhs: Angle) -> Angle { sum(lhs, rhs) }

  /// The sum.
  public static func + (lhs: Angle, rhs: some BinaryFloatingPoint) -> Angle {
    sum(lhs, Angle(Double(rhs)))
  }

  /// The sum.
  public static func + (lhs: some BinaryFloatingPoint, rhs: Angle) -> Angle {
    sum(Angle(Double(lhs)), rhs)
  }

  /// The difference.
  public static func - (lhs: Angle, rhs: Angle) -> Angle { sum(lhs, -rhs) }

  /// The difference.
  public static func - (lhs: Angle, rhs: some BinaryFloatingPoint) -> Angle {
    sum(lhs, Angle(-Double(rhs)))
  }

  /// The difference.
  public static func - (lhs: some BinaryFloatingPoint, rhs: Angle) -> Angle {
    sum(Angle(Double(lhs)), -rhs)
  }

  /// The negative.
  public static prefix func - (angle: Angle) -> Angle { angle.mapCoefficients(-) }

  /// The product, expanded.
  public static func * (lhs: Angle, rhs: Angle) -> Angle { product(lhs, rhs) }

  /// The angle times a number.
  public static func * (lhs: Angle, rhs: some BinaryFloatingPoint) -> Angle {
    lhs * Angle(Double(rhs))
  }

  /// The angle times a number.
  public static func * (lhs: some BinaryFloatingPoint, rhs: Angle) -> Angle {
    Angle(Double(lhs)) * rhs
  }

  /// The angle divided by a number.
  public static func / (lhs: Angle, rhs: some BinaryFloatingPoint) -> Angle {
    lhs.mapCoefficients { $0 / Double(rhs) }
  }

  /// Adds an angle.
  public static func += (lhs: inout Angle, rhs: Angle) { lhs = lhs + rhs }

  /// Subtracts an angle.
  public static func -= (lhs: inout Angle, rhs: Angle) { lhs = lhs - rhs }
}

extension Angle {
  /// The partial derivative with respect to the weight of `index`.
  public func derivative(withRespectToWeight index: Int) -> Angle {
    mapTerms { term in
      guard let place = term.weights.firstIndex(of: index) else { return nil }
      let power = term.weights.count { $0 == index }
      var weights = term.weights
      weights.remove(at: place)
      return Term(
        coefficient: term.coefficient * Double(power), weights: weights, inputs: term.inputs)
    }
  }

  /// The partial derivative with respect to the input of `index`.
  public func derivative(withRespectToInput index: Int) -> Angle {
    mapTerms { term in
      guard let place = term.inputs.firstIndex(of: index) else { return nil }
      let power = term.inputs.count { $0 == index }
      var inputs = term.inputs
      inputs.remove(at: place)
      return Term(
        coefficient: term.coefficient * Double(power), weights: term.weights, inputs: inputs)
    }
  }

  /// The angle with every weight and every input replaced by an angle.
  ///
  /// - Parameters:
  ///   - weight: What stands for the weight of an index.
  ///   - input: What stands for the input of an index.
  /// - Returns: The polynomial, expanded.
  /// - Complexity: The product of the numbers of terms put in; powers expand.
  public func substituting(
    weight: (Int) -> Angle = Angle.weight, input: (Int) -> Angle = Angle.input
  ) -> Angle {
    terms.reduce(Angle(0)) { sum, term in
      let product = term.weights.reduce(Angle(term.coefficient)) { $0 * weight($1) }
      return sum + term.inputs.reduce(product) { $0 * input($1) }
    }
  }
}
