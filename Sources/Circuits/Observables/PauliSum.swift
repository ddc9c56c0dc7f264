/// A Hermitian observable: a sum of Pauli strings with real coefficients.
///
/// The terms are in one canonical order (by Z mask within X mask), each string once and none with
/// coefficient zero, so that equal sums with equal coefficients are equal values.
public struct PauliSum: Hashable, Sendable {
  /// A coefficient times a Pauli string.
  public struct Term: Hashable, Sendable {
    /// The real factor; never zero inside a ``PauliSum``.
    public let coefficient: Double
    /// The Pauli string.
    public let string: PauliString

    /// Creates a term.
    public init(_ coefficient: Double, _ string: PauliString) {
      self.coefficient = coefficient
      self.string = string
    }
  }

  /// The terms, in canonical order; none for the zero observable.
  public let terms: [Term]

  /// Creates the sum of `terms`, which may come in any order, repeat and vanish.
  public init(_ terms: [Term]) {
    let sorted = terms.enumerated().sorted { first, second in
      let (one, other) = (first.element.string, second.element.string)
      return (one.x, one.z, first.offset) < (other.x, other.z, second.offset)
    }
    var sum: [Term] = []
    sum.reserveCapacity(sorted.count)
    for (_, term) in sorted {
      if let last = sum.last, last.string == term.string {
        sum[sum.count - 1] = Term(last.coefficient + term.coefficient, term.string)
      } else {
        sum.append(term)
      }
    }
    self.terms = sum.filter { $0.coefficient != 0 }
  }

  /// Creates one string with a coefficient.
  public init(_ string: PauliString, coefficient: Double = 1) {
    self.init([Term(coefficient, string)])
  }

  /// The observable that is zero on every state.
  public static let zero = PauliSum([])

  /// The identity: 1 on every state.
  public static let identity = PauliSum(.identity)

  /// X on `qubit`.
  public static func x(_ qubit: Int) -> PauliSum { PauliSum(.x(qubit)) }

  /// Y on `qubit`.
  public static func y(_ qubit: Int) -> PauliSum { PauliSum(.y(qubit)) }

  /// Z on `qubit`.
  public static func z(_ qubit: Int) -> PauliSum { PauliSum(.z(qubit)) }

  /// One more than the largest qubit of a term, or 0.
  public var qubitCount: Int { terms.reduce(0) { max($0, $1.string.qubitCount) } }

  /// Whether every coefficient is a finite number.
  public var isFinite: Bool { terms.allSatisfy(\.coefficient.isFinite) }
}
