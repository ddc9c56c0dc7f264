import Compute

/// A gate on qubits of a circuit, at angles, under controls, to a power.
public struct GateApplication: Hashable, Sendable {
  /// The gate.
  public let gate: Gate
  /// One angle for each of the gate's parameters.
  public let angles: [Angle]
  /// The circuit's qubits that stand for the gate's qubits, in the gate's order.
  public let qubits: [Int]
  /// Further qubits that must be in given states for the gate to act.
  public let controls: [Control]
  /// The power of the gate; the principal one where it is not an integer.
  public let exponent: Double
  /// The kernel form of a power that is not an integer, on the gate's own qubits.
  let resolvedPower: [ElementaryOperation]?

  init(
    unchecked gate: Gate, angles: [Angle], qubits: [Int], controls: [Control], exponent: Double,
    resolvedPower: [ElementaryOperation]?
  ) {
    self.gate = gate
    self.angles = angles
    self.qubits = qubits
    self.controls = controls
    self.exponent = exponent
    self.resolvedPower = resolvedPower
  }

  /// Creates an application of a gate; input from outside is checked this way.
  ///
  /// - Throws: ``CircuitError`` if the number of angles or qubits is not the gate's, a qubit is
  ///   repeated or not in `0..<4096`, more than 63 qubits are touched, or an angle is not finite.
  public init(
    checking gate: Gate, angles: [Angle] = [], on qubits: [Int], controls: [Control] = []
  ) throws(CircuitError) {
    guard angles.count == gate.parameterCount else {
      throw .wrongAngleCount(gate: gate.name, found: angles.count, expected: gate.parameterCount)
    }
    guard qubits.count == gate.qubitCount else {
      throw .wrongQubitCount(gate: gate.name, found: qubits.count, expected: gate.qubitCount)
    }
    if let place = angles.firstIndex(where: { !$0.isFinite }) {
      throw .angleNotFinite(gate: gate.name, place: place)
    }
    if let fault = CircuitError.fault(
      ofTouched: qubits + controls.map(\.qubit), by: gate.name)
    {
      throw fault
    }
    self.init(
      unchecked: gate, angles: angles, qubits: qubits, controls: controls, exponent: 1,
      resolvedPower: nil)
  }

  /// Creates an application of a gate.
  ///
  /// - Precondition: As ``init(checking:angles:on:controls:)``, which throws instead.
  public init(_ gate: Gate, angles: [Angle] = [], on qubits: [Int], controls: [Control] = []) {
    do throws(CircuitError) {
      try self.init(checking: gate, angles: angles, on: qubits, controls: controls)
    } catch {
      stop("\(error)")
    }
  }

  /// The controls, those of the gate itself not among them.
  ///
  /// - Precondition: They are qubits below ``PauliString/qubitLimit``.
  public var controlMask: ControlMask { ControlMask(controls) }

  /// The qubits that the gate touches, its controls last.
  public var touchedQubits: [Int] { qubits + controls.map(\.qubit) }

  /// The operations that engines run, first applied first.
  ///
  /// - Precondition: The qubits touched are below ``PauliString/qubitLimit``.
  /// - Complexity: O(factors · terms of their angles); for an integer power of a gate whose factors
  ///   do not commute, times the exponent's size.
  public func lowered() -> [ElementaryOperation] {
    let condition = controlMask
    return (resolvedPower ?? gate.factors(toThe: Int(exponent))).map { factor in
      factor.with(angle: factor.angle.substituting(weight: { angles[$0] }))
        .mapped(to: qubits).controlled(by: condition)
    }
  }

  /// The same gate at the angles' values.
  ///
  /// - Precondition: There are values for every weight and input that occurs.
  public func bound(weights: [Double], inputs: [Double]) -> GateApplication {
    with(angles: angles.map { Angle($0.value(weights: weights, inputs: inputs)) })
  }

  /// The same gate at other angles.
  package func with(angles: [Angle]) -> GateApplication {
    GateApplication(
      unchecked: gate, angles: angles, qubits: qubits, controls: controls, exponent: exponent,
      resolvedPower: resolvedPower)
  }

  /// The gate under more controls.
  ///
  /// - Precondition: The controls are different qubits that the gate does not touch yet.
  public func controlled(by more: [Control]) -> GateApplication {
    let result = GateApplication(
      unchecked: gate, angles: angles, qubits: qubits, controls: controls + more,
      exponent: exponent, resolvedPower: resolvedPower)
    let fault = CircuitError.fault(ofTouched: result.touchedQubits, by: gate.name)
    require(fault == nil, fault?.description ?? "")
    return result
  }

  /// The same gate on the qubits 0, 1, ..., in the order of those it touches, and which those are.
  ///
  /// It can be lowered wherever the gate is.
  package var compacted: (application: GateApplication, qubits: [Int]) {
    let touched = touchedQubits.sorted()
    let places = Dictionary(
      uniqueKeysWithValues: touched.enumerated().map { ($0.element, $0.offset) })
    let application = GateApplication(
      unchecked: gate, angles: angles, qubits: qubits.map { places[$0] ?? 0 },
      controls: controls.map { Control(places[$0.qubit] ?? 0, state: $0.state) },
      exponent: exponent, resolvedPower: resolvedPower)
    return (application, touched)
  }

  /// The gate with each qubit q moved to `places[q]`.
  ///
  /// - Precondition: `places` holds a different place for each qubit touched.
  public func mapped(to places: [Int]) -> GateApplication {
    let result = GateApplication(
      unchecked: gate, angles: angles, qubits: qubits.map { places[$0] },
      controls: controls.map { Control(places[$0.qubit], state: $0.state) }, exponent: exponent,
      resolvedPower: resolvedPower)
    let fault = CircuitError.fault(ofTouched: result.touchedQubits, by: gate.name)
    require(fault == nil, fault?.description ?? "")
    return result
  }
}

extension CircuitError {
  /// The first fault of a list of qubits: out of range or repeated.
  static func fault(ofQubits qubits: [Int], in name: String, qubitCount: Int) -> CircuitError? {
    for qubit in qubits where !(0..<qubitCount ~= qubit) {
      return .qubitOutOfRange(instruction: name, qubit: qubit, qubitCount: qubitCount)
    }
    if qubits.count <= 8 {
      for (place, qubit) in qubits.enumerated() where qubits[..<place].contains(qubit) {
        return .repeatedQubit(instruction: name, qubit: qubit)
      }
    } else {
      var seen: Set<Int> = []
      for qubit in qubits where !seen.insert(qubit).inserted {
        return .repeatedQubit(instruction: name, qubit: qubit)
      }
    }
    return nil
  }

  /// The first fault of the qubits that a gate touches, its controls among them.
  static func fault(ofTouched qubits: [Int], by gate: String) -> CircuitError? {
    let limit = PauliString.qubitLimit
    if let fault = fault(ofQubits: qubits, in: gate, qubitCount: Circuit.qubitLimit) {
      return fault
    }
    return qubits.count <= limit
      ? nil : .tooManyTouched(gate: gate, found: qubits.count, limit: limit)
  }
}
