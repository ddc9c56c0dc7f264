import Compute
import RealModule

/// How the derivative of an expectation follows from its values at shifted angles.
///
/// As a function of one angle, an expectation is a sum of `a·cos(ωθ) + b·sin(ωθ)` over a few
/// frequencies ω ≥ 0, the differences of the generator's eigenvalues. Then
/// `f'(θ) = Σ coefficient · (f(θ + shift) - f(θ - shift))`, exactly, for as many shifts as there are
/// positive frequencies (Wierichs, Izaac, Wang and Lin, Quantum 6, 677, 2022).
public struct ShiftRule: Hashable, Sendable {
  /// A pair of shifts, `+shift` and `-shift`.
  public struct Term: Hashable, Sendable {
    /// The factor of `f(θ + shift) - f(θ - shift)`.
    public let coefficient: Double
    /// The shift in radians.
    public let shift: Double
  }

  /// The pairs of shifts; none if the expectation does not depend on the angle.
  public let terms: [Term]

  /// The positive frequencies, ascending.
  public let frequencies: [Double]

  /// Creates the rule for the positive frequencies `frequencies`.
  ///
  /// One frequency gives the two-term rule with a shift of a quarter period; the frequencies 1/2 and 1
  /// of controlled rotations give the four-term rule with π/2 and 3π/2.
  ///
  /// - Precondition: The frequencies are positive, different and ascending.
  public init(frequencies: [Double]) {
    require(
      zip(frequencies, frequencies.dropFirst()).allSatisfy { $0 < $1 }
        && (frequencies.first ?? 1) > 0,
      "shift rule: found the frequencies \(frequencies), expected positive ascending ones")
    self.frequencies = frequencies
    let count = frequencies.count
    guard let smallest = frequencies.first, let largest = frequencies.last else {
      terms = []
      return
    }
    let isLadder = frequencies.enumerated().allSatisfy { place, frequency in
      abs(frequency - Double(place + 1) * smallest) <= 1e-12 * largest
    }
    if isLadder {
      // f'(0) = Σ (-1)^k Δ / (4R sin²(s_k Δ/2)) (f(s_k) - f(-s_k)), s_k = (2k+1)π/(2RΔ).
      terms = (0..<count).map { place in
        let unit = Double(2 * place + 1) * .pi / Double(2 * count)
        let sine = Double.sin(unit / 2)
        let size = smallest / (4 * Double(count) * sine * sine)
        return Term(
          coefficient: place.isMultiple(of: 2) ? size : -size, shift: unit / smallest)
      }
    } else {
      let shifts = (0..<count).map { Double(2 * $0 + 1) * .pi / (2 * largest) }
      let rows = frequencies.map { frequency in
        shifts.map { 2 * Double.sin(frequency * $0) } + [frequency]
      }
      terms = zip(Self.solution(of: rows), shifts).map { Term(coefficient: $0, shift: $1) }
    }
  }

  /// The derivative, from the function itself.
  public func derivative(of function: (Double) -> Double, at angle: Double) -> Double {
    terms.reduce(0) { sum, term in
      sum + term.coefficient * (function(angle + term.shift) - function(angle - term.shift))
    }
  }

  /// Solves the linear system of `rows`, whose last entries are the right-hand sides.
  private static func solution(of rows: [[Double]]) -> [Double] {
    var rows = rows
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in 0..<count where row != column {
        let factor = rows[row][column] / rows[column][column]
        for place in column...count { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.enumerated().map { $1[count] / $1[$0] }
  }
}
