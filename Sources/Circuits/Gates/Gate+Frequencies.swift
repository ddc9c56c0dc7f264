import ComplexModule
import Compute
import LinearAlgebra
import RealModule

extension Gate {
  /// The positive frequencies with which an expectation can depend on a parameter, ascending.
  ///
  /// They are the differences of the eigenvalues of the parameter's generator `G = i·(∂U/∂θ)·U†`, with
  /// the eigenvalue 0 added under further controls: 1 for rotations and phases, 1/2 and 1 for
  /// controlled rotations, 1 and 2 for the `theta` of fsim.
  ///
  /// - Parameters:
  ///   - parameter: The place of the parameter.
  ///   - controlled: Whether there are controls besides the gate's own.
  /// - Returns: The frequencies; none for a phase of all states. Nil where the parameter stands in
  ///   several factors that do not commute, so that there is no constant generator.
  /// - Precondition: `parameter` is a place of ``parameterNames``.
  public func frequencies(ofParameter parameter: Int, controlled: Bool = false) -> [Double]? {
    require(
      parameterNames.indices ~= parameter,
      "gate \(name): found parameter \(parameter) of \(parameterCount)")
    let places = factors.indices.filter { factors[$0].slope(of: parameter) != 0 }
    guard let first = places.first, let last = places.last else { return [] }
    var eigenvalues: [Double]
    if first == last {
      eigenvalues = factors[first].generatorEigenvalues(of: parameter)
    } else {
      guard let joint = jointEigenvalues(of: parameter, factors: Array(factors[first...last]))
      else {
        return nil
      }
      eigenvalues = joint
    }
    if controlled { eigenvalues.append(0) }
    let differences = eigenvalues.flatMap { one in eigenvalues.map { one - $0 } }
    return differences.filter { $0 > 1e-9 }.sorted().reduce(into: []) { distinct, difference in
      // Eigenvalues carry rounding; the frequencies of all gates are multiples of 1/8 or so.
      let rounded = (difference * 0x1p32).rounded() * 0x1p-32
      if distinct.last.map({ rounded - $0 > 1e-9 }) ?? true { distinct.append(rounded) }
    }
  }

  /// The rule that differentiates an expectation with respect to a parameter.
  ///
  /// - Parameters:
  ///   - parameter: The place of the parameter.
  ///   - controlled: Whether there are controls besides the gate's own.
  /// - Returns: The rule; nil where ``frequencies(ofParameter:controlled:)`` is nil.
  /// - Precondition: `parameter` is a place of ``parameterNames``.
  public func shiftRule(ofParameter parameter: Int, controlled: Bool = false) -> ShiftRule? {
    frequencies(ofParameter: parameter, controlled: controlled).map(ShiftRule.init(frequencies:))
  }

  /// The eigenvalues of the sum of generators of factors that commute.
  private func jointEigenvalues(
    of parameter: Int, factors: [ElementaryOperation]
  ) -> [Double]? {
    let generators = factors.compactMap { $0.generator(qubitCount: qubitCount) }
    guard generators.count == factors.count else { return nil }
    for (place, one) in generators.enumerated() {
      for other in generators[..<place] {
        guard (one * other).maximumDifference(from: other * one) < 1e-12 else { return nil }
      }
    }
    let sum = zip(factors, generators).reduce(
      ComplexMatrix(zeros: 1 << qubitCount, 1 << qubitCount)
    ) {
      $0 + $1.1.scaled(by: Complex($1.0.slope(of: parameter)))
    }
    return try? sum.hermitianEigen().values
  }
}

extension ElementaryOperation {
  /// The derivative of the angle with respect to a parameter of the gate.
  fileprivate func slope(of parameter: Int) -> Double {
    angle.derivative(withRespectToWeight: parameter).constantValue ?? .nan
  }

  /// The distinct eigenvalues of the factor's generator with respect to a parameter.
  fileprivate func generatorEigenvalues(of parameter: Int) -> [Double] {
    let slope = slope(of: parameter)
    switch kind {
    case .rotation: return [-slope / 2, slope / 2] + (controls == .none ? [] : [0])
    case .phase: return [-slope] + (controls == .none ? [] : [0])
    case .pauli, .swap, .matrix: return [0]
    }
  }
}
