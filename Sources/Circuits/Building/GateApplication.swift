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
  ///   repeated or not in `0..<63`, or an angle is not finite.
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
      ofQubits: qubits + controls.map(\.qubit), in: gate.name, qubitCount: PauliString.qubitLimit)
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
  public var controlMask: ControlMask { ControlMask(controls) }

  /// The qubits that the gate touches, its controls last.
  public var touchedQubits: [Int] { qubits + controls.map(\.qubit) }

  /// The operations that engines run, first applied first.
  ///
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
    let fault = CircuitError.fault(
      ofQubits: result.touchedQubits, in: gate.name, qubitCount: PauliString.qubitLimit)
    require(fault == nil, fault?.description ?? "")
    return result
  }

  /// The gate with each qubit q moved to `places[q]`.
  ///
  /// - Precondition: `places` holds a different place for each qubit touched.
  public func mapped(to places: [Int]) -> GateApplication {
    let result = GateApplication(
      unchecked: gate, angles: angles, qubits: qubits.map { places[$0] },
      controls: controls.map { Control(places[$0.qubit], state: $0.state) }, exponent: exponent,
      resolvedPower: resolvedPower)
    let fault = CircuitError.fault(
      ofQubits: result.touchedQubits, in: gate.name, qubitCount: PauliString.qubitLimit)
    require(fault == nil, fault?.description ?? "")
    return result
  }
}

extension CircuitError {
  /// The first fault of a list of qubits: out of range or repeated.
  static func fault(ofQubits qubits: [Int], in name: String, qubitCount: Int) -> CircuitError? {
    var seen: UInt64 = 0
    for qubit in qubits {
      guard 0..<qubitCount ~= qubit else {
        return .qubitOutOfRange(instruction: name, qubit: qubit, qubitCount: qubitCount)
      }
      let bit = UInt64(1) << UInt64(qubit)
      guard seen & bit == 0 else { return .repeatedQubit(instruction: name, qubit: qubit) }
      seen |= bit
    }
    return nil
  }
}
