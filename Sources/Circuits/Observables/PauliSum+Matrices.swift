import ComplexModule
public import LinearAlgebra
import RealModule

extension PauliSum {
  /// The most qubits of an observable that is given as a matrix.
  public static let matrixQubitLimit = 8
  /// The most qubits of a projector.
  public static let projectorQubitLimit = 12

  /// A matrix may differ from its conjugate transpose by this much of its largest entry.
  private static let hermitianTolerance = 1e-10
  /// Coefficients below this much of the largest entry are rounding: a few units in the last place.
  private static let roundingTolerance = 4 * Double.ulpOfOne

  /// Creates the observable that a Hermitian matrix H is on some qubits.
  ///
  /// H = Σ_P c_P P over the 4ᵏ Pauli strings P of the qubits, with c_P = 2⁻ᵏ Tr(P H). Coefficients that are
  /// rounding, at most 4 ε times the largest entry, are left out.
  ///
  /// ```swift
  /// let swap = try PauliSum(hermitian: Gate.swap.matrix(), on: [0, 2])
  /// ```
  ///
  /// - Parameters:
  ///   - matrix: 2ᵏ rows and columns.
  ///   - qubits: k different ones, at most 8; the first one named is the least significant bit of the number of a
  ///     row.
  /// - Throws: ``ObservableError`` with the deviation if the matrix is not Hermitian, to 1e-10 of its largest entry;
  ///   if its size does not fit, or the qubits cannot be these.
  /// - Complexity: O(k · 4ᵏ).
  public init(hermitian matrix: ComplexMatrix, on qubits: [Int]) throws(ObservableError) {
    try Self.requireQubits(qubits, limit: Self.matrixQubitLimit)
    let size = 1 << qubits.count
    guard matrix.rows == size, matrix.columns == size else {
      throw .matrixSize(rows: matrix.rows, columns: matrix.columns, qubits: qubits.count)
    }
    for (place, entry) in matrix.elements.enumerated() where !entry.isFinite {
      throw .entryNotFinite(row: place / size, column: place % size)
    }
    let largest = matrix.elements.reduce(0) { max($0, $1.length) }
    let deviation = matrix.maximumDifference(from: matrix.adjoint())
    let tolerance = Self.hermitianTolerance * largest
    guard deviation <= tolerance else {
      throw .notHermitian(deviation: deviation, tolerance: tolerance)
    }
    self =
      ExchangeForm(matrix, on: qubits)
      .strings(threshold: Self.roundingTolerance * largest).real
  }

  /// The projector |b⟩⟨b| onto a basis state of some qubits: its expectation value is the probability of b.
  ///
  /// The product of (1 ± Z)/2 over the qubits: 2ᵏ strings of Z with the coefficients ±2⁻ᵏ.
  ///
  /// - Parameters:
  ///   - state: The number b of the basis state.
  ///   - qubits: k different ones, at most 12; the first one named is the least significant bit of b.
  /// - Returns: The projector as a sum of 2ᵏ strings.
  /// - Throws: ``ObservableError`` if b is not in `0..<2ᵏ` or the qubits cannot be these.
  /// - Complexity: O(k · 2ᵏ).
  public static func projector(
    onto state: Int, of qubits: [Int]
  ) throws(ObservableError) -> PauliSum {
    try requireQubits(qubits, limit: projectorQubitLimit)
    let size = 1 << qubits.count
    guard 0..<size ~= state else { throw .basisState(found: state, qubits: qubits.count) }
    return PauliSum(
      (0..<size).map { subset in
        let z = qubits.enumerated().reduce(UInt64(0)) {
          $0 | UInt64(subset >> $1.offset & 1) << UInt64($1.element)
        }
        let isOdd = !(subset & state).nonzeroBitCount.isMultiple(of: 2)
        return Term((isOdd ? -1 : 1) / Double(size), PauliString(x: 0, z: z))
      })
  }

  private static func requireQubits(_ qubits: [Int], limit: Int) throws(ObservableError) {
    guard qubits.count <= limit else { throw .tooManyQubits(found: qubits.count, limit: limit) }
    var seen: Set<Int> = []
    for qubit in qubits {
      guard 0..<PauliString.qubitLimit ~= qubit else {
        throw .qubitOutOfRange(qubit: qubit, limit: PauliString.qubitLimit)
      }
      guard seen.insert(qubit).inserted else { throw .repeatedQubit(qubit) }
    }
  }

  /// How the product with another observable is formed, and the steps that it takes.
  enum ProductWay: Hashable {
    /// String by string.
    case strings(count: Int)
    /// In the exchange form over these qubits.
    case exchanges(qubits: [Int], count: Int)

    /// The steps: multiplications, and some eight for a string that is kept and sorted.
    var count: Int {
      switch self {
      case .strings(let count), .exchanges(_, let count): count
      }
    }
  }

  /// The steps that the product with another observable takes; at most 2⁵³.
  package func productCost(_ other: PauliSum) -> Int { min(productWay(other).count, 1 << 53) }

  /// The way of forming a product that takes fewer steps.
  ///
  /// Few pairs of strings are always formed one by one: that is exact where the products of coefficients are.
  func productWay(_ other: PauliSum) -> ProductWay {
    let (pairs, overflow) = (8 * terms.count).multipliedReportingOverflow(by: other.terms.count)
    let support = (terms + other.terms).reduce(UInt64(0)) { $0 | $1.string.support }
    let qubits = support.bitIndices
    guard overflow || pairs > 1 << 15, qubits.count <= 16 else {
      return .strings(count: overflow ? .max : pairs)
    }
    let (left, right) = (ExchangeForm.exchangeCount(self), ExchangeForm.exchangeCount(other))
    let cost = (left * right + (left + right) * qubits.count) << qubits.count
    return cost < pairs ? .exchanges(qubits: qubits, count: cost) : .strings(count: pairs)
  }

  /// The product in the exchange form over `qubits`.
  ///
  /// No coefficient is larger than the product of the Euclidean norms of the coefficients of both; those up to 4 ε of
  /// that are left out as rounding.
  func multiplied(
    by other: PauliSum, over qubits: [Int]
  ) -> (real: PauliSum, imaginary: PauliSum) {
    func squares(_ sum: PauliSum) -> Double {
      sum.terms.reduce(0) { $0 + $1.coefficient * $1.coefficient }
    }
    let bound = (squares(self) * squares(other)).squareRoot()
    return ExchangeForm(self, on: qubits).multiplied(by: ExchangeForm(other, on: qubits))
      .strings(threshold: Self.roundingTolerance * bound)
  }
}
