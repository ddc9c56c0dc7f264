import Circuits
import LinearAlgebra
import RealModule

/// A Clifford map on qubits of a circuit.
package struct CliffordStep: Hashable, Sendable {
  /// The map.
  package let map: CliffordMap
  /// The circuit's qubits that stand for the map's.
  package let qubits: [Int]
}

/// Reads gates as Clifford maps, from their matrices; a gate that comes again at the same angles is read once.
struct CliffordReader {
  /// What a gate turned out to be.
  enum Reading {
    /// Clifford: these steps in order, none for the identity.
    case steps([CliffordStep])
    /// Not Clifford, and why.
    case refusal(String)
  }

  /// A gate but for the qubits it is on.
  private struct Form: Hashable {
    let gate: Gate
    var angles: [Double]
    let exponent: Double
    let controls: [Bool]
    var qubitCount: Int { gate.qubitCount + controls.count }
  }

  /// The most qubits whose matrix is examined.
  static let matrixQubitLimit = 6

  /// The form's maps on its own qubits; nil if it is not Clifford.
  private var known: [Form: CliffordMap?] = [:]

  /// Reads a gate at the values of its angles.
  mutating func read(
    _ application: GateApplication, weights: [Double], inputs: [Double]
  ) -> Reading {
    let form = Form(
      gate: application.gate,
      angles: application.angles.map { $0.value(weights: weights, inputs: inputs) },
      exponent: application.exponent, controls: application.controls.map(\.state))
    guard form.qubitCount <= Self.matrixQubitLimit else {
      return readFactors(application.bound(weights: weights, inputs: inputs), form)
    }
    guard let map = map(of: form) else { return .refusal(reason(form)) }
    guard !map.isIdentity else { return .steps([]) }
    return .steps([CliffordStep(map: map, qubits: application.touchedQubits)])
  }

  private mutating func map(of form: Form) -> CliffordMap? {
    if let found = known[form] { return found }
    let map = Self.matrix(of: form).flatMap { CliffordMap($0) }
    known[form] = .some(map)
    return map
  }

  /// The matrix of a form, its own qubits below its controls; nil if its power cannot be taken.
  private static func matrix(of form: Form) -> ComplexMatrix? {
    guard form.angles.allSatisfy(\.isFinite) else { return nil }
    let once = form.gate.matrix(form.angles)
    var power: ComplexMatrix
    if form.exponent == form.exponent.rounded() {
      power = .identity(once.rows)
      var square = form.exponent < 0 ? once.adjoint() : once
      var rest = Int(abs(form.exponent))
      while rest > 0 {
        if !rest.isMultiple(of: 2) { power = power * square }
        square = square * square
        rest /= 2
      }
    } else {
      do throws(LinearAlgebraError) {
        power = try once.unitaryPower(form.exponent)
      } catch {
        return nil
      }
    }
    for state in form.controls {
      var controlled = ComplexMatrix.identity(2 * power.rows)
      let first = state ? power.rows : 0
      for row in 0..<power.rows {
        for column in 0..<power.rows {
          controlled[first + row, first + column] = power[row, column]
        }
      }
      power = controlled
    }
    return power
  }

  /// Reads a gate on many qubits by its factors: Pauli strings, rotations about them, exchanges, matrices.
  private func readFactors(_ application: GateApplication, _ form: Form) -> Reading {
    let (compacted, qubits) = application.compacted
    var steps: [CliffordStep] = []
    for factor in compacted.lowered() {
      let angle = factor.angle.constantValue ?? .nan
      let map: CliffordMap?
      let places: [Int]
      switch factor.kind {
      case _ where factor.controls != .none: return .refusal(reasonOfMany(form))
      case .phase: continue
      case .pauli(let string), .rotation(let string):
        places = string.qubits
        var isRotation = false
        if case .rotation = factor.kind { isRotation = true }
        let quarters = isRotation ? (angle / (.pi / 2)).rounded() : 2
        guard abs(quarters) < 0x1p53,
          !isRotation || abs(angle - quarters * (.pi / 2)) <= CliffordMap.tolerance
        else { return .refusal(Self.angleReason(angle, "π/2")) }
        var own = [Int](repeating: 0, count: string.qubitCount)
        for (place, qubit) in places.enumerated() { own[qubit] = place }
        map = CliffordMap(
          rotatingAbout: string.mapped(to: own), quarters: Int(quarters), qubitCount: places.count)
      case .swap(let first, let second): (map, places) = (.exchange, [first, second])
      case .matrix(let matrix, let targets):
        map = targets.count <= Self.matrixQubitLimit ? CliffordMap(matrix) : nil
        places = targets
      }
      guard let map else { return .refusal(reasonOfMany(form)) }
      guard !map.isIdentity else { continue }
      steps.append(CliffordStep(map: map, qubits: places.map { qubits[$0] }))
    }
    return .steps(steps)
  }

  /// Why a form is not Clifford: the angle that is off, where multiples would do, or the gate.
  private mutating func reason(_ form: Form) -> String {
    for (name, unit) in [("π/2", Double.pi / 2), ("π", .pi), ("2π", 2 * .pi), ("4π", 4 * .pi)] {
      var near = form
      near.angles = form.angles.map { ($0 / unit).rounded() * unit }
      let off = zip(form.angles, near.angles).first { !(abs($0 - $1) <= CliffordMap.tolerance) }
      if let off, map(of: near) != nil { return Self.angleReason(off.0, name) }
    }
    return "\(Self.description(form)) is not Clifford"
  }

  private static func angleReason(_ angle: Double, _ unit: String) -> String {
    "angle \(Angle(angle)) is not a multiple of \(unit)"
  }

  private func reasonOfMany(_ form: Form) -> String {
    "\(Self.description(form)) on \(form.qubitCount) qubits is not a product of Clifford factors on at most "
      + "\(Self.matrixQubitLimit)"
  }

  private static func description(_ form: Form) -> String {
    let controls = form.controls.count
    return "gate \(form.gate.name)" + (form.exponent == 1 ? "" : " to the power \(form.exponent)")
      + (controls == 0 ? "" : " under \(controls) control\(controls == 1 ? "" : "s")")
  }
}
