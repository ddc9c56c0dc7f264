import Compute

extension PauliSum {
  /// The sum.
  public static func + (lhs: PauliSum, rhs: PauliSum) -> PauliSum {
    PauliSum(lhs.terms + rhs.terms)
  }

  /// The difference.
  public static func - (lhs: PauliSum, rhs: PauliSum) -> PauliSum { lhs + -rhs }

  /// The negative.
  public static prefix func - (sum: PauliSum) -> PauliSum { -1 * sum }

  /// The sum plus a multiple of the identity.
  public static func + (lhs: PauliSum, rhs: Double) -> PauliSum { lhs + rhs * .identity }

  /// The sum less a multiple of the identity.
  public static func - (lhs: PauliSum, rhs: Double) -> PauliSum { lhs - rhs * .identity }

  /// The sum times a number.
  public static func * (lhs: Double, rhs: PauliSum) -> PauliSum {
    PauliSum(rhs.terms.map { Term(lhs * $0.coefficient, $0.string) })
  }

  /// The sum times a number.
  public static func * (lhs: PauliSum, rhs: Double) -> PauliSum { rhs * lhs }

  /// The product of two observables that commute.
  ///
  /// Use ``multiplied(by:)`` for observables that do not.
  ///
  /// - Precondition: The product is Hermitian: the strings that anticommute cancel, to 1e-12 of the
  ///   product of the sums of the coefficients' sizes.
  public static func * (lhs: PauliSum, rhs: PauliSum) -> PauliSum {
    let (real, imaginary) = lhs.multiplied(by: rhs)
    let tolerance = 1e-12 * lhs.coefficientNorm * rhs.coefficientNorm
    require(
      imaginary.terms.allSatisfy { abs($0.coefficient) <= tolerance },
      "product of Pauli sums: found the imaginary part \(imaginary), expected observables that "
        + "commute")
    return real
  }

  /// The product `self · other = real + i · imaginary`, both Hermitian.
  ///
  /// The real part is the symmetrised product (AB + BA)/2. Where many strings meet on few qubits, rounding of
  /// some 1e-15 of the product of the coefficients' Euclidean norms is left out.
  ///
  /// - Complexity: O(k log k) for k the product of the numbers of terms; on q ≤ 16 qubits at most O(8^q).
  public func multiplied(by other: PauliSum) -> (real: PauliSum, imaginary: PauliSum) {
    if case .exchanges(let qubits, _) = productWay(other) {
      return multiplied(by: other, over: qubits)
    }
    var real: [Term] = []
    var imaginary: [Term] = []
    for left in terms {
      for right in other.terms {
        let (string, power) = left.string.multiplied(by: right.string)
        let coefficient = left.coefficient * right.coefficient
        let term = Term(power < 2 ? coefficient : -coefficient, string)
        if power.isMultiple(of: 2) { real.append(term) } else { imaginary.append(term) }
      }
    }
    return (PauliSum(real), PauliSum(imaginary))
  }

  /// The sum without its multiple of the identity: no variance depends on that, and one much larger than the rest would
  /// take all digits of the squares.
  package var traceless: PauliSum { PauliSum(terms.filter { $0.string != .identity }) }

  /// The square, from which a variance follows: `⟨H²⟩ - ⟨H⟩²`.
  ///
  /// Only pairs that commute are formed, the others cancel.
  ///
  /// - Complexity: O(k²) for k terms; on q ≤ 16 qubits at most O(8^q).
  public func squared() -> PauliSum {
    if case .exchanges(let qubits, _) = productWay(self) {
      return multiplied(by: self, over: qubits).real
    }
    var square: [Term] = []
    for (place, left) in terms.enumerated() {
      square.append(Term(left.coefficient * left.coefficient, .identity))
      for right in terms[(place + 1)...] where left.string.commutes(with: right.string) {
        let (string, power) = left.string.multiplied(by: right.string)
        let coefficient = 2 * left.coefficient * right.coefficient
        square.append(Term(power == 0 ? coefficient : -coefficient, string))
      }
    }
    return PauliSum(square)
  }

  /// The sum of the coefficients' sizes: a bound on the observable's norm.
  public var coefficientNorm: Double { terms.reduce(0) { $0 + abs($1.coefficient) } }
}

extension PauliSum: CustomStringConvertible {
  /// The sum as text that ``init(_:)-(String)`` reads back, such as `0.5*Z0*Z1 - X2`.
  public var description: String {
    guard !terms.isEmpty else { return "0.0" }
    var text = ""
    for (place, term) in terms.enumerated() {
      let size = abs(term.coefficient)
      if place > 0 {
        text += term.coefficient < 0 ? " - " : " + "
      } else if term.coefficient < 0 {
        text += "-"
      }
      if term.string == .identity {
        text += "\(size)"
      } else {
        text += size == 1 ? "\(term.string)" : "\(size)*\(term.string)"
      }
    }
    return text
  }
}
