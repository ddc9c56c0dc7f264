import Compute

/// A real polynomial in a circuit's weights and inputs, in radians.
///
/// A circuit's angles are expressions such as `.pi - .input(0)` or `.weight(3) * .input(1) + 0.5`:
/// numbers, trainable weights `w[i]` and data inputs `x[j]`, joined by `+`, `-` and `*`. They are
/// kept expanded in one canonical form, so that equal polynomials with equal coefficients are equal
/// values. Coefficients are added in the order written; `(a + b) + c` and `a + (b + c)` may differ in
/// the last bit, as floating-point sums do.
public struct Angle: Hashable, Sendable {
  /// A coefficient times a product of weights and inputs.
  public struct Term: Hashable, Sendable {
    /// The number that multiplies the factors; never zero inside an ``Angle``.
    public let coefficient: Double
    /// The indices of the weights multiplied, ascending; an index repeats for a power.
    public let weights: [Int]
    /// The indices of the inputs multiplied, ascending; an index repeats for a power.
    public let inputs: [Int]

    /// The number of factors: 0 for a constant.
    public var degree: Int { weights.count + inputs.count }
  }

  /// The terms: constants first, then by degree, then by the indices; none for zero.
  public let terms: [Term]

  /// Creates a constant of `value` radians.
  public init(_ value: Double) {
    terms = value == 0 ? [] : [Term(coefficient: value, weights: [], inputs: [])]
  }

  /// Creates the sum of `terms`, which may come in any order, repeat and vanish.
  private init(summing terms: [Term]) {
    let sorted = terms.sorted { $0.precedes($1) }
    var sum: [Term] = []
    sum.reserveCapacity(sorted.count)
    for term in sorted {
      if let last = sum.last, last.isLike(term) {
        sum[sum.count - 1] = last.scaled(to: last.coefficient + term.coefficient)
      } else {
        sum.append(term)
      }
    }
    self.terms = sum.filter { $0.coefficient != 0 }
  }

  /// Creates the sum of products of weights and inputs, in any order.
  ///
  /// - Parameter terms: Coefficients, and the indices of the weights and inputs that each is multiplied by.
  /// - Precondition: The indices are not negative.
  /// - Complexity: O(n log n) for n terms.
  package init(terms: [(coefficient: Double, weights: [Int], inputs: [Int])]) {
    self.init(
      summing: terms.map {
        Term(coefficient: $0.coefficient, weights: $0.weights.sorted(), inputs: $0.inputs.sorted())
      })
  }

  /// The trainable weight of `index`.
  ///
  /// - Precondition: `index` is not negative.
  public static func weight(_ index: Int) -> Angle {
    require(index >= 0, "weight index: found \(index), expected at least 0")
    return Angle(summing: [Term(coefficient: 1, weights: [index], inputs: [])])
  }

  /// The data input of `index`.
  ///
  /// - Precondition: `index` is not negative.
  public static func input(_ index: Int) -> Angle {
    require(index >= 0, "input index: found \(index), expected at least 0")
    return Angle(summing: [Term(coefficient: 1, weights: [], inputs: [index])])
  }

  /// Half a turn.
  public static let pi = Angle(Double.pi)

  /// The value, where there are neither weights nor inputs; nil for a symbolic angle.
  public var constantValue: Double? {
    guard let first = terms.first else { return 0 }
    return terms.count == 1 && first.degree == 0 ? first.coefficient : nil
  }

  /// Whether every coefficient is a finite number.
  public var isFinite: Bool { terms.allSatisfy(\.coefficient.isFinite) }

  /// One more than the largest index of a weight, or 0.
  public var weightCount: Int { terms.reduce(0) { max($0, ($1.weights.last ?? -1) + 1) } }

  /// One more than the largest index of an input, or 0.
  public var inputCount: Int { terms.reduce(0) { max($0, ($1.inputs.last ?? -1) + 1) } }

  /// The polynomial's value.
  ///
  /// - Precondition: `weights` and `inputs` hold every index that occurs.
  /// - Complexity: O(number of factors).
  public func value(weights: [Double], inputs: [Double]) -> Double {
    require(
      weights.count >= weightCount && inputs.count >= inputCount,
      "angle \(self): found \(weights.count) weights and \(inputs.count) inputs, expected "
        + "\(weightCount) and \(inputCount)")
    return terms.reduce(0) { sum, term in
      let product = term.weights.reduce(term.coefficient) { $0 * weights[$1] }
      return sum + term.inputs.reduce(product) { $0 * inputs[$1] }
    }
  }

  /// The product of two angles, expanded, used by the operators.
  static func product(_ lhs: Angle, _ rhs: Angle) -> Angle {
    Angle(
      summing: lhs.terms.flatMap { left in
        rhs.terms.map { right in
          Term(
            coefficient: left.coefficient * right.coefficient,
            weights: (left.weights + right.weights).sorted(),
            inputs: (left.inputs + right.inputs).sorted())
        }
      })
  }

  /// The sum of two angles, used by the operators.
  static func sum(_ lhs: Angle, _ rhs: Angle) -> Angle {
    Angle(summing: lhs.terms + rhs.terms)
  }

  /// The angle with every coefficient replaced by `change` of it.
  func mapCoefficients(_ change: (Double) -> Double) -> Angle {
    Angle(summing: terms.map { $0.scaled(to: change($0.coefficient)) })
  }

  /// The angle with every term replaced by `change` of it, dropping nils.
  func mapTerms(_ change: (Term) -> Term?) -> Angle {
    Angle(summing: terms.compactMap(change))
  }
}

extension Angle.Term {
  /// Whether the term has the same factors as `other`.
  func isLike(_ other: Self) -> Bool { weights == other.weights && inputs == other.inputs }

  /// The term with another coefficient.
  func scaled(to coefficient: Double) -> Self {
    Self(coefficient: coefficient, weights: weights, inputs: inputs)
  }

  /// The canonical order: by degree, then weights, then inputs.
  fileprivate func precedes(_ other: Self) -> Bool {
    if degree != other.degree { return degree < other.degree }
    if weights != other.weights { return weights.lexicographicallyPrecedes(other.weights) }
    return inputs.lexicographicallyPrecedes(other.inputs)
  }
}
