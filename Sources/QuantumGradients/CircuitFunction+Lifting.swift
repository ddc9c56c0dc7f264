import Circuits
import Simulation

extension CircuitFunction {
  /// The plan of this circuit with other angles, which read `count` inputs and no weights.
  func planReadingInputs(
    _ count: Int, measuring other: Measurement? = nil, _ change: (Angle) -> Angle
  ) throws(SimulationError) -> Plan {
    let operations = circuit.lowered().map { operation in
      operation.with(angle: change(operation.angle))
    }
    return try Plan(
      operations, qubitCount: circuit.qubitCount, weightCount: 0, inputCount: count,
      measuring: other ?? measurement)
  }

  /// A parameter of a gate whose angle depends on weights or inputs.
  struct Occurrence {
    /// The gate's place among the circuit's gates.
    let gate: Int
    /// The parameter's place among the gate's.
    let parameter: Int
    /// What the parameter is.
    let angle: Angle
    /// How it is shifted.
    let rule: ShiftRule
    /// The weights that the angle reads, and its derivatives with respect to them.
    let weights: [(index: Int, derivative: Angle)]
    /// The inputs that the angle reads, and its derivatives with respect to them.
    let inputs: [(index: Int, derivative: Angle)]
  }

  /// Every symbolic parameter of every gate, each with the rule of its gate.
  func occurrences() throws(GradientError) -> [Occurrence] {
    var result: [Occurrence] = []
    for (place, gate) in circuit.gates.enumerated() {
      for (parameter, angle) in gate.angles.enumerated() where angle.constantValue == nil {
        let frequencies: [Double]
        do throws(CircuitError) {
          frequencies = try gate.frequencies(ofParameter: parameter)
        } catch {
          throw .noShiftRule(gate: gate.gate.name, reason: error.description)
        }
        result.append(
          Occurrence(
            gate: place, parameter: parameter, angle: angle,
            rule: ShiftRule(frequencies: frequencies),
            weights: Set(angle.terms.flatMap(\.weights)).sorted().map {
              ($0, angle.derivative(withRespectToWeight: $0))
            },
            inputs: Set(angle.terms.flatMap(\.inputs)).sorted().map {
              ($0, angle.derivative(withRespectToInput: $0))
            }))
      }
    }
    return result
  }

  /// The plan in which every occurrence is an input of its own, in order.
  func liftedPlan(
    _ occurrences: [Occurrence], measuring other: Measurement? = nil
  ) throws(SimulationError) -> Plan {
    var next = 0
    let operations = circuit.gates.flatMap { gate -> [ElementaryOperation] in
      let angles = gate.angles.map { angle -> Angle in
        guard angle.constantValue == nil else { return angle }
        defer { next += 1 }
        return Angle.input(next)
      }
      return gate.with(angles: angles).lowered()
    }
    return try Plan(
      operations, qubitCount: circuit.qubitCount, weightCount: 0, inputCount: occurrences.count,
      measuring: other ?? measurement)
  }
}
