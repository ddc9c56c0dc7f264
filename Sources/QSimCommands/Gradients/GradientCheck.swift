import Hilbert

/// The gradients of one point by all methods, compared.
///
/// The adjoint method and the parameter-shift rule may differ by rounding: a thousandth of the tolerance. Central
/// differences may differ by the tolerance, times the largest of 1, the sum of the observable's coefficients and the
/// largest derivative. Simultaneous perturbation over R directions may differ by six standard deviations of its
/// estimate, √(Σ_{j≠i} gⱼ² / R) of component i, and the tolerance.
struct GradientCheck {
  /// One pair of methods.
  struct Comparison {
    let method: String
    /// The largest difference, and the bound there: of the component that comes nearest to it.
    let difference: Double
    let bound: Double
    /// The variable and the observable of that component.
    let place: (variable: Int, observable: Int)
    var isPassed: Bool { difference.isFinite && difference <= bound }
  }

  /// What each other method gives beside the reference.
  private(set) var comparisons: [Comparison] = []
  /// The method that the others are compared with.
  let reference: String

  var isPassed: Bool { comparisons.allSatisfy(\.isPassed) }

  private static let directions = 256

  /// Takes all gradients.
  ///
  /// - Throws: `GradientError`.
  init(
    of function: CircuitFunction, at point: [Double], observables: [PauliSum], tolerance: Double,
    seed: UInt64
  ) throws(GradientError) {
    let adjoint = Adjoint()
    reference = adjoint.name
    let exact = try adjoint.jacobian(of: function, weights: point, inputs: [])
    let scales = zip(observables, exact).map { observable, row in
      max(1, max(observable.coefficientNorm, row.map(\.magnitude).max() ?? 0))
    }
    comparisons.append(
      Self.comparison(
        ParameterShift().name, exact,
        try ParameterShift().jacobian(of: function, weights: point, inputs: [])
      ) { row, _ in 1e-3 * tolerance * scales[row] })
    comparisons.append(
      Self.comparison(
        CentralDifferences().name, exact,
        try CentralDifferences().jacobian(of: function, weights: point, inputs: [])
      ) { row, _ in tolerance * scales[row] })
    // Of so small a step the bias does not count.
    let perturbation = SimultaneousPerturbation(
      step: 1e-4, repetitions: Self.directions, seed: seed)
    let squares = exact.map { $0.reduce(0) { $0 + $1 * $1 } }
    comparisons.append(
      Self.comparison(
        perturbation.name, exact,
        try perturbation.jacobian(of: function, weights: point, inputs: [])
      ) { row, column in
        let others = max(0, squares[row] - exact[row][column] * exact[row][column])
        return 6 * (others / Double(Self.directions)).squareRoot() + tolerance * scales[row]
      })
  }

  private static func comparison(
    _ method: String, _ exact: [[Double]], _ other: [[Double]], bound: (Int, Int) -> Double
  ) -> Comparison {
    var worst = Comparison(method: method, difference: 0, bound: 1, place: (0, 0))
    var share = -1.0
    for (row, (left, right)) in zip(exact, other).enumerated() {
      for (column, (a, b)) in zip(left, right).enumerated() {
        let (difference, bound) = (abs(a - b), bound(row, column))
        // What is not a number agrees with nothing.
        let ratio = difference.isNaN ? .infinity : difference / bound
        if ratio > share {
          share = ratio
          worst = Comparison(
            method: method, difference: difference.isNaN ? .infinity : difference, bound: bound,
            place: (column, row))
        }
      }
    }
    return worst
  }
}
