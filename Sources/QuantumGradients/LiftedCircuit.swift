import Circuits
import Simulation

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
  /// The circuit, in which input i is the angle of occurrence i; inputs that are amplitudes come after them.
  private(set) var circuit: Circuit
  private(set) var occurrences: [Occurrence] = []
  /// Whether outputs are linear in what a gate does.
  private let isLinear: Bool

  /// Lifts a circuit: each symbolic parameter of a gate is shifted by the rule of the gate.
  ///
  /// Amplitudes are linear in what a gate does: exp(-iθP/2) gives them the frequency 1/2 alone, a phase 1, whatever
  /// the controls. So for them every factor is shifted by itself.
  ///
  /// Powers, and gates whose parameter has no single generator, are shifted factor by factor. Noise channels stand in
  /// the circuit already, so that a gate has its noise once, behind its last factor.
  init(_ circuit: Circuit, forAmplitudes: Bool = false) {
    self.circuit = Circuit(qubits: circuit.qubitCount, bits: circuit.bitCount)
    isLinear = forAmplitudes
    for instruction in circuit.instructions {
      guard case .gate(let gate) = instruction else {
        self.circuit.append(instruction)
        continue
      }
      append(gate)
    }
    guard circuit.initialState != nil else { return }
    // Its inputs are numbered once all angles are.
    let embedding = EmbeddedInputs(circuit, measuring: .expectations([]))
    var started = Circuit(qubits: circuit.qubitCount, bits: circuit.bitCount)
    if let state = embedding.state(readingFrom: occurrences.count) { started.prepare(state) }
    started.append(self.circuit)
    self.circuit = started
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
    if symbolic.isEmpty || !isLinear && abs(gate.exponent) == 1 && rules.count == symbolic.count {
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
      switch factor.kind {
      case .rotation where isLinear: [0.5]
      case .rotation where factor.controls != .none: [0.5, 1]
      default: [1]
      }
    let angle = lift(factor.angle, ShiftRule(frequencies: frequencies))
    circuit.append(.gate(application.with(angles: [angle])))
  }

  private mutating func lift(_ angle: Angle, _ rule: ShiftRule) -> Angle {
    occurrences.append(Occurrence(angle, rule))
    return .input(occurrences.count - 1)
  }
}
