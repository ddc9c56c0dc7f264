import ComplexModule
import LinearAlgebra
import RealModule

extension GateApplication {
  /// The largest integer power of a gate whose factors do not commute, which is run by repetition.
  public static let repetitionLimit = 4096

  /// The largest number of qubits of a gate whose power is taken through its matrix.
  public static let matrixPowerQubitLimit = 8

  /// The gate that undoes this one.
  public func inverse() -> GateApplication {
    let inverseGate: Gate
    let inverseAngles: [Angle]
    switch gate.inverseRule {
    case .power: return with(exponent: -exponent, of: gate, angles: angles)
    case _ where exponent != exponent.rounded():
      return with(exponent: -exponent, of: gate, angles: angles)
    case .itself: (inverseGate, inverseAngles) = (gate, angles)
    case .gate(let other): (inverseGate, inverseAngles) = (other(), angles)
    case .angles(let rule):
      inverseGate = gate
      inverseAngles = rule.map { $0.substituting(weight: { angles[$0] }) }
    }
    return with(exponent: exponent, of: inverseGate, angles: inverseAngles)
  }

  /// The gate to the power `power`.
  ///
  /// An integer power is a repetition of the gate or of its inverse, for any angles. Any other power is
  /// the principal one: each eigenvalue `e^{iφ}` with φ in (-π, π] becomes `e^{iφ·power}`. That is not
  /// a smooth function of the angles (at a rotation by 2π it jumps), so that it exists for constant
  /// angles only; where a rotation by a fraction of a symbolic angle is meant, scale the angle.
  ///
  /// - Throws: ``CircuitError/powerOutOfRange(gate:exponent:)``,
  ///   ``CircuitError/powerOfSymbols(gate:exponent:)``,
  ///   ``CircuitError/powerTooLarge(gate:qubitCount:limit:)`` above ``matrixPowerQubitLimit``, or
  ///   ``CircuitError/linearAlgebra(_:)``.
  /// - Complexity: O(8^n) for a power that is not an integer of a gate with several factors on n qubits.
  public func power(_ power: Double) throws(CircuitError) -> GateApplication {
    let product = exponent * power
    guard product.isFinite, abs(product) <= 1e15 else {
      throw .powerOutOfRange(gate: gate.name, exponent: product)
    }
    if power == power.rounded() || abs(exponent) < 1 || exponent == 1 {
      if product == product.rounded() {
        let repeats = gate.factors.count > 1 && !gate.factorsCommute
        guard !repeats || abs(product) <= Double(Self.repetitionLimit) else {
          throw .powerOutOfRange(gate: gate.name, exponent: product)
        }
      }
      return try with(exponent: product, of: gate, angles: angles).resolved()
    }
    // A principal power of U^2, say, is not a power of U: U^2 itself has to be known.
    let values = try constantAngles(exponent: product)
    var matrix = try Gate.checkedMatrix(gate, values, exponent: product)
    matrix = try Self.matrixPower(matrix, exponent)
    let whole = try Gate.unitary(matrix)
    return try GateApplication(
      unchecked: whole, angles: [], qubits: qubits, controls: controls, exponent: power,
      resolvedPower: nil
    ).resolved()
  }

  private func with(exponent: Double, of gate: Gate, angles: [Angle]) -> GateApplication {
    let inverted = exponent == -self.exponent ? resolvedPower?.reversed().map(\.inverse) : nil
    return GateApplication(
      unchecked: gate, angles: angles, qubits: qubits, controls: controls, exponent: exponent,
      resolvedPower: exponent == self.exponent ? resolvedPower : inverted)
  }

  private func constantAngles(exponent: Double) throws(CircuitError) -> [Double] {
    let values = angles.compactMap(\.constantValue)
    guard values.count == angles.count else {
      throw .powerOfSymbols(gate: gate.name, exponent: exponent)
    }
    return values
  }

  static func matrixPower(
    _ matrix: ComplexMatrix, _ exponent: Double
  ) throws(CircuitError) -> ComplexMatrix {
    do throws(LinearAlgebraError) {
      return try matrix.unitaryPower(exponent)
    } catch {
      throw .linearAlgebra(error)
    }
  }

  /// The application with the kernel form of its power at hand.
  private func resolved() throws(CircuitError) -> GateApplication {
    guard exponent != exponent.rounded(), !gate.factors.isEmpty else {
      return GateApplication(
        unchecked: gate, angles: angles, qubits: qubits, controls: controls,
        exponent: gate.factors.isEmpty ? 1 : exponent, resolvedPower: nil)
    }
    let values = try constantAngles(exponent: exponent)
    var power: [ElementaryOperation]
    if gate.factors.count == 1 {
      power = try gate.factors[0].bound(to: values).principalPower(exponent)
    } else {
      let matrix = try Gate.checkedMatrix(gate, values, exponent: exponent)
      let targets = Array(0..<gate.qubitCount)
      power = [
        ElementaryOperation(.matrix(try Self.matrixPower(matrix, exponent), targets: targets))
      ]
    }
    power = power.filter { $0.angle != 0 || !$0.hasAngle }
    return GateApplication(
      unchecked: gate, angles: angles, qubits: qubits, controls: controls, exponent: exponent,
      resolvedPower: power)
  }
}

extension Gate {
  fileprivate static func checkedMatrix(
    _ gate: Gate, _ angles: [Double], exponent: Double
  ) throws(CircuitError) -> ComplexMatrix {
    let limit = GateApplication.matrixPowerQubitLimit
    guard gate.qubitCount <= limit else {
      throw .powerTooLarge(gate: gate.name, qubitCount: gate.qubitCount, limit: limit)
    }
    return gate.matrix(angles)
  }

  /// Whether the factors are known to commute with each other.
  var factorsCommute: Bool {
    factors.indices.allSatisfy { first in
      factors[..<first].allSatisfy { $0.commutes(with: factors[first]) }
    }
  }

  /// The kernel form of an integer power.
  func factors(toThe exponent: Int) -> [ElementaryOperation] {
    switch exponent {
    case 1: return factors
    case 0: return []
    case _ where factors.count == 1 || factorsCommute:
      return factors.compactMap { $0.integerPower(exponent) }
    default:
      let once = exponent > 0 ? factors : factors.reversed().map(\.inverse)
      return Array(repeating: once, count: abs(exponent)).flatMap { $0 }
    }
  }
}

extension ElementaryOperation {
  /// Whether the angle has a meaning.
  var hasAngle: Bool {
    switch kind {
    case .rotation, .phase: true
    case .pauli, .swap, .matrix: false
    }
  }

  /// The operation with the parameters of its gate put in.
  fileprivate func bound(to values: [Double]) -> ElementaryOperation {
    with(angle: Angle(angle.value(weights: values, inputs: [])))
  }

  /// Whether the operation is seen to commute with `other`; false where that takes arithmetic.
  fileprivate func commutes(with other: ElementaryOperation) -> Bool {
    switch (kind, other.kind) {
    case (.phase, .phase): true
    case (.rotation(let one), .rotation(let two)), (.pauli(let one), .pauli(let two)),
      (.rotation(let one), .pauli(let two)), (.pauli(let one), .rotation(let two)):
      one.commutes(with: two)
        && (one.support | two.support) & (controls.mask | other.controls.mask) == 0
    default: false
    }
  }

  /// The integer power; nil for the identity.
  fileprivate func integerPower(_ exponent: Int) -> ElementaryOperation? {
    switch kind {
    case .rotation, .phase: return with(angle: angle * Double(exponent))
    case .pauli, .swap: return exponent.isMultiple(of: 2) ? nil : self
    case .matrix(let matrix, let targets):
      var square = exponent < 0 ? matrix.adjoint() : matrix
      var power = ComplexMatrix.identity(matrix.rows)
      var rest = abs(exponent)
      while rest > 0 {
        if !rest.isMultiple(of: 2) { power = power * square }
        square = square * square
        rest /= 2
      }
      return ElementaryOperation(.matrix(power, targets: targets), controls: controls)
    }
  }

  /// The principal power; the angle is constant.
  fileprivate func principalPower(_ exponent: Double) throws(CircuitError) -> [ElementaryOperation]
  {
    // Eigenvalues this close to -1 count as e^{iπ}, as in ComplexMatrix.unitaryPower.
    let tolerance = 1e-9
    let value = angle.constantValue ?? .nan
    switch kind {
    case .phase:
      var phase = value.remainder(dividingBy: 2 * .pi)
      if phase < -.pi + tolerance { phase = .pi }
      return [with(angle: Angle(phase * exponent))]
    case .rotation:
      let turn = value.remainder(dividingBy: 4 * .pi)
      if abs(turn) > 2 * .pi - tolerance {
        return [ElementaryOperation(.phase, angle: Angle(.pi * exponent), controls: controls)]
      }
      return [with(angle: Angle(turn * exponent))]
    case .pauli(let string):
      // P = e^{iπ/2} exp(-iπP/2), whose eigenvalues 1 and -1 have phases 0 and π.
      return [
        ElementaryOperation(.phase, angle: Angle(.pi / 2 * exponent), controls: controls),
        ElementaryOperation(.rotation(string), angle: Angle(.pi * exponent), controls: controls),
      ]
    case .swap(let first, let second):
      let power = Complex(length: 1, phase: .pi * exponent)
      let (sum, difference) = ((1 + power) / 2, (1 - power) / 2)
      let matrix = ComplexMatrix([
        [1, 0, 0, 0], [0, sum, difference, 0], [0, difference, sum, 0], [0, 0, 0, 1],
      ])
      return [ElementaryOperation(.matrix(matrix, targets: [first, second]), controls: controls)]
    case .matrix(let matrix, let targets):
      let power = try GateApplication.matrixPower(matrix, exponent)
      return [ElementaryOperation(.matrix(power, targets: targets), controls: controls)]
    }
  }
}
