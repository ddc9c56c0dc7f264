import Circuits

/// An angle of a circuit that depends on weights or inputs, and that is shifted by itself.
struct Occurrence: Sendable {
  /// What the angle is.
  let angle: Angle
  /// How it is shifted.
  let rule: ShiftRule
  /// Its derivatives with respect to weights and inputs.
  let gradient: AngleGradient

  init(_ angle: Angle, _ rule: ShiftRule) {
    self.angle = angle
    self.rule = rule
    gradient = AngleGradient(angle)
  }
}

/// A circuit in which every angle to be shifted is an input of its own.
struct LiftedCircuit: Sendable {
  /// The circuit, in which input i is the angle of occurrence i.
  private(set) var circuit: Circuit
  private(set) var occurrences: [Occurrence] = []

  /// Lifts a circuit: each symbolic parameter of a gate is shifted by the rule of the gate.
  ///
  /// Powers, and gates whose parameter has no single generator, are shifted factor by factor. Noise channels stand in
  /// the circuit already, so that a gate has its noise once, behind its last factor.
  init(_ circuit: Circuit) {
    self.circuit = Circuit(qubits: circuit.qubitCount, bits: circuit.bitCount)
    for instruction in circuit.instructions {
      guard case .gate(let gate) = instruction else {
        self.circuit.append(instruction)
        continue
      }
      append(gate)
    }
  }

  /// The operations where the angles numbered `chosen` are inputs and the others weights, which all rows share.
  func operations(shifting chosen: Range<Int>) -> [ElementaryOperation] {
    circuit.lowered().map { operation in
      let angle = operation.angle.substituting(input: {
        chosen.contains($0) ? .input($0 - chosen.lowerBound) : .weight($0)
      })
      return ElementaryOperation(operation.kind, angle: angle, controls: operation.controls)
    }
  }

  private mutating func append(_ gate: GateApplication) {
    let isControlled = !gate.controls.isEmpty
    let symbolic = gate.angles.indices.filter { gate.angles[$0].constantValue == nil }
    let rules = symbolic.compactMap {
      gate.gate.shiftRule(ofParameter: $0, controlled: isControlled)
    }
    if symbolic.isEmpty || abs(gate.exponent) == 1 && rules.count == symbolic.count {
      var angles = gate.angles
      for (place, rule) in zip(symbolic, rules) { angles[place] = lift(angles[place], rule) }
      circuit.append(.gate(gate.with(angles: angles)))
    } else {
      for factor in gate.lowered() { append(factor) }
    }
  }

  private mutating func append(_ factor: ElementaryOperation) {
    let application = GateApplication(factor: factor)
    guard factor.angle.constantValue == nil else {
      circuit.append(.gate(application))
      return
    }
    let frequencies: [Double] =
      if case .rotation = factor.kind, factor.controls != .none { [0.5, 1] } else { [1] }
    let angle = lift(factor.angle, ShiftRule(frequencies: frequencies))
    circuit.append(.gate(application.with(angles: [angle])))
  }

  private mutating func lift(_ angle: Angle, _ rule: ShiftRule) -> Angle {
    occurrences.append(Occurrence(angle, rule))
    return .input(occurrences.count - 1)
  }
}
