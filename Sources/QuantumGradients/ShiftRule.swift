import Foundation

/// A rule f′(θ) = Σ cᵢ f(θ + sᵢ), exact for functions f(θ) = a₀ + Σ aν cos(Ων θ) + bν sin(Ων θ).
///
/// The frequencies Ω are the differences of the eigenvalues of a gate's generator G, the gate being
/// e^{-iθG}. One frequency gives the two-term rule with shifts ±π/2Ω; the two of a controlled rotation, Ω and
/// 2Ω, a four-term rule; R frequencies 2R terms.
///
/// Source: Wierichs, Izaac, Wang, Lin, "General parameter-shift rules for quantum gradients",
/// arXiv:2107.12390; for two terms Mitarai et al., arXiv:1803.00745, and Schuld et al., arXiv:1811.11184.
public struct ShiftRule: Hashable, Sendable {
  /// One evaluation of the rule.
  public struct Term: Hashable, Sendable {
    /// The factor of the evaluation.
    public let coefficient: Double
    /// The shift of the angle in radians.
    public let shift: Double
  }

  /// The evaluations: pairs of opposite shifts.
  public let terms: [Term]

  /// The rule for a set of positive frequencies; none at all gives the derivative zero.
  ///
  /// With shifts ±s₁ … ±s_R the coefficients ±c solve Σ 2 c_μ sin(Ων s_μ) = Ων for every ν.
  public init(frequencies: [Double]) {
    let omegas = Array(Set(frequencies.filter { $0 > 0 })).sorted()
    let count = omegas.count
    guard let highest = omegas.last else {
      terms = []
      return
    }
    // Equally spaced frequencies Ω, 2Ω, …: s_μ = (2μ - 1)π / 2RΩ spreads them over half a period. Others
    // take the same places in units of the highest frequency, where the system stays regular.
    let shifts = (1...count).map { Double(2 * $0 - 1) * .pi / (2 * highest) }
    var rows = omegas.map { omega in
      shifts.map { 2 * sin(omega * $0) } + [omega]
    }
    // Gauss elimination with pivots; R is the number of gaps of one gate, so a handful.
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in 0..<count where row != column {
        let factor = rows[row][column] / rows[column][column]
        for entry in column...count { rows[row][entry] -= factor * rows[column][entry] }
      }
    }
    terms = (0..<count).flatMap { index in
      let coefficient = rows[index][count] / rows[index][index]
      return [
        Term(coefficient: coefficient, shift: shifts[index]),
        Term(coefficient: -coefficient, shift: -shifts[index]),
      ]
    }
  }
}
