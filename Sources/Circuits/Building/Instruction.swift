/// One step of a circuit.
public enum Instruction: Hashable, Sendable {
  /// A gate.
  case gate(GateApplication)
  /// A line across these qubits that drawings and files show; it has no effect on the state.
  case barrier([Int])
  /// A noise channel on these qubits, its first being the least significant bit of its matrices' rows.
  case channel(Channel, [Int])
  /// The measurement of a qubit at the circuit's end, in the Z basis, into a classical bit.
  case measure(qubit: Int, bit: Int)

  /// The qubits that the instruction touches.
  public var qubits: [Int] {
    switch self {
    case .gate(let application): application.touchedQubits
    case .barrier(let qubits): qubits
    case .channel(_, let qubits): qubits
    case .measure(let qubit, _): [qubit]
    }
  }

  /// The name: the gate's or the channel's, `barrier` or `measure`.
  public var name: String {
    switch self {
    case .gate(let application): application.gate.name
    case .barrier: "barrier"
    case .channel(let channel, _): channel.name
    case .measure: "measure"
    }
  }

  /// The operations that engines of pure states run: those of a gate, none of anything else.
  public func lowered() -> [ElementaryOperation] {
    switch self {
    case .gate(let application): application.lowered()
    case .barrier, .channel, .measure: []
    }
  }

  /// The instruction with each qubit q moved to `places[q]`; classical bits stay.
  package func mapped(to places: [Int]) -> Instruction {
    switch self {
    case .gate(let application): .gate(application.mapped(to: places))
    case .barrier(let qubits): .barrier(qubits.map { places[$0] })
    case .channel(let channel, let qubits): .channel(channel, qubits.map { places[$0] })
    case .measure(let qubit, let bit): .measure(qubit: places[qubit], bit: bit)
    }
  }

  /// The instruction with each angle replaced by `change` of it.
  func mapAngles(_ change: (Angle) -> Angle) -> Instruction {
    switch self {
    case .gate(let application): .gate(application.with(angles: application.angles.map(change)))
    case .barrier, .channel, .measure: self
    }
  }
}
