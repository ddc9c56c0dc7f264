import Circuits
import Simulation

/// An angle of a circuit that depends on weights or inputs, and that is shifted by itself.
struct Occurrence: Sendable {
  /// What the angle is.
  let angle: Angle
  /// How it is shifted.
  let rule: ShiftRule
  /// The weights that the angle reads, and its derivatives with respect to them.
  let weights: [(index: Int, derivative: Angle)]
  /// The inputs that the angle reads, and its derivatives with respect to them.
  let inputs: [(index: Int, derivative: Angle)]

  init(_ angle: Angle, _ rule: ShiftRule) {
    self.angle = angle
    self.rule = rule
    weights = Set(angle.terms.flatMap(\.weights)).sorted().map {
      ($0, angle.derivative(withRespectToWeight: $0))
    }
    inputs = Set(angle.terms.flatMap(\.inputs)).sorted().map {
      ($0, angle.derivative(withRespectToInput: $0))
    }
  }
}

/// A circuit in which every angle to be shifted is an input of its own.
struct LiftedCircuit: Sendable {
  private(set) var operations: [ElementaryOperation] = []
  private(set) var occurrences: [Occurrence] = []

  /// Lifts a circuit: each symbolic parameter of a gate is shifted by the rule of the gate.
  ///
  /// Powers, and gates whose parameter has no single generator, are shifted factor by factor.
  init(_ circuit: Circuit) {
    for gate in circuit.gates {
      let isControlled = !gate.controls.isEmpty
      let symbolic = gate.angles.indices.filter { gate.angles[$0].constantValue == nil }
      let rules = symbolic.compactMap {
        gate.gate.shiftRule(ofParameter: $0, controlled: isControlled)
      }
      if abs(gate.exponent) == 1 && rules.count == symbolic.count {
        var angles = gate.angles
        for (place, rule) in zip(symbolic, rules) { angles[place] = lift(angles[place], rule) }
        operations += gate.with(angles: angles).lowered()
      } else {
        for factor in gate.lowered() { append(factor) }
      }
    }
  }

  /// The operations where the angles numbered `chosen` are inputs and the others weights, which all rows share.
  func operations(shifting chosen: Range<Int>) -> [ElementaryOperation] {
    operations.map { operation in
      let angle = operation.angle.substituting(input: {
        chosen.contains($0) ? .input($0 - chosen.lowerBound) : .weight($0)
      })
      return ElementaryOperation(operation.kind, angle: angle, controls: operation.controls)
    }
  }

  private mutating func append(_ factor: ElementaryOperation) {
    guard factor.angle.constantValue == nil else {
      operations.append(factor)
      return
    }
    let frequencies: [Double] =
      if case .rotation = factor.kind, factor.controls != .none { [0.5, 1] } else { [1] }
    let angle = lift(factor.angle, ShiftRule(frequencies: frequencies))
    operations.append(
      ElementaryOperation(factor.kind, angle: angle, controls: factor.controls))
  }

  private mutating func lift(_ angle: Angle, _ rule: ShiftRule) -> Angle {
    occurrences.append(Occurrence(angle, rule))
    return .input(occurrences.count - 1)
  }
}

extension CircuitFunction {
  /// The plan of this circuit where weights are the first inputs, so that every row of a batch has its own.
  func planOfAllInputs() throws(GradientError) -> Plan {
    let weightCount = plan.weightCount
    return try derivedPlan("all inputs") { () throws(SimulationError) in
      try planReadingInputs(weightCount + plan.inputCount) {
        $0.substituting(
          weight: { Angle.input($0) }, input: { Angle.input($0 + weightCount) })
      }
    }
  }

  /// The plan of this circuit with other angles, which read `count` inputs and no weights.
  func planReadingInputs(
    _ count: Int, _ change: (Angle) -> Angle
  ) throws(SimulationError) -> Plan {
    let operations = circuit.lowered().map { operation in
      ElementaryOperation(
        operation.kind, angle: change(operation.angle), controls: operation.controls)
    }
    return try Plan(
      operations, qubitCount: circuit.qubitCount, weightCount: 0, inputCount: count,
      measuring: plan.measurement)
  }
}
