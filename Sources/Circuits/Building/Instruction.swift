/// One step of a circuit.
public enum Instruction: Hashable, Sendable {
  /// A gate.
  case gate(GateApplication)
  /// A line across these qubits that drawings and files show; it has no effect on the state.
  case barrier([Int])
  /// A noise channel on these qubits, its first being the least significant bit of its matrices' rows.
  case channel(Channel, [Int])
  /// The measurement of a qubit in the Z basis into a classical bit, whose value before is lost; the qubit is
  /// left in the state that was found.
  case measure(qubit: Int, bit: Int)
  /// Puts a qubit into the state 0, whatever it was and whatever it was entangled with: ρ → |0⟩⟨0| ⊗ Tr_q ρ.
  case reset(Int)
  /// The first list where the condition on the classical bits holds at this moment, the second elsewhere.
  indirect case conditional(ClassicalCondition, then: [Instruction], otherwise: [Instruction])
  /// Gives a classical bit the truth value that the condition has at this moment.
  case assign(bit: Int, ClassicalCondition)
  /// The list again and again as long as the condition holds, which is asked before each round.
  indirect case loop(while: ClassicalCondition, body: [Instruction])

  /// The qubits that the instruction touches; those of a conditional one in both branches, and those of a loop's
  /// body, in order.
  public var qubits: [Int] {
    switch self {
    case .gate(let application): return application.touchedQubits
    case .barrier(let qubits): return qubits
    case .channel(_, let qubits): return qubits
    case .measure(let qubit, _): return [qubit]
    case .reset(let qubit): return [qubit]
    case .conditional(_, let then, let otherwise):
      return Set((then + otherwise).flatMap(\.qubits)).sorted()
    case .assign: return []
    case .loop(_, let body): return Set(body.flatMap(\.qubits)).sorted()
    }
  }

  /// The classical bits that the instruction reads or writes.
  public var bits: [Int] {
    switch self {
    case .gate, .barrier, .channel, .reset: return []
    case .measure(_, let bit): return [bit]
    case .conditional(let condition, let then, let otherwise):
      return Set(condition.bits + (then + otherwise).flatMap(\.bits)).sorted()
    case .assign(let bit, let condition): return Set(condition.bits + [bit]).sorted()
    case .loop(let condition, let body):
      return Set(condition.bits + body.flatMap(\.bits)).sorted()
    }
  }

  /// The name: the gate's or the channel's, `barrier`, `measure`, `reset`, `if`, `assign` or `while`.
  public var name: String {
    switch self {
    case .gate(let application): application.gate.name
    case .barrier: "barrier"
    case .channel(let channel, _): channel.name
    case .measure: "measure"
    case .reset: "reset"
    case .conditional: "if"
    case .assign: "assign"
    case .loop: "while"
    }
  }

  /// The operations that engines of pure states run: those of a gate, none of anything else.
  public func lowered() -> [ElementaryOperation] {
    switch self {
    case .gate(let application): application.lowered()
    case .barrier, .channel, .measure, .reset, .conditional, .assign, .loop: []
    }
  }

  /// The instruction with each qubit q moved to `places[q]`; classical bits stay.
  package func mapped(to places: [Int]) -> Instruction {
    switch self {
    case .gate(let application): .gate(application.mapped(to: places))
    case .barrier(let qubits): .barrier(qubits.map { places[$0] })
    case .channel(let channel, let qubits): .channel(channel, qubits.map { places[$0] })
    case .measure(let qubit, let bit): .measure(qubit: places[qubit], bit: bit)
    case .reset(let qubit): .reset(places[qubit])
    case .conditional(let condition, let then, let otherwise):
      .conditional(
        condition, then: then.map { $0.mapped(to: places) },
        otherwise: otherwise.map { $0.mapped(to: places) })
    case .assign: self
    case .loop(let condition, let body):
      .loop(while: condition, body: body.map { $0.mapped(to: places) })
    }
  }

  /// The instruction with each angle replaced by `change` of it.
  func mapAngles(_ change: (Angle) -> Angle) -> Instruction {
    switch self {
    case .gate(let application): .gate(application.with(angles: application.angles.map(change)))
    case .barrier, .channel, .measure, .reset, .assign: self
    case .conditional(let condition, let then, let otherwise):
      .conditional(
        condition, then: then.map { $0.mapAngles(change) },
        otherwise: otherwise.map { $0.mapAngles(change) })
    case .loop(let condition, let body):
      .loop(while: condition, body: body.map { $0.mapAngles(change) })
    }
  }

  /// The angles of the instruction's gates.
  var angles: [Angle] {
    switch self {
    case .gate(let application): application.angles
    case .barrier, .channel, .measure, .reset, .assign: []
    case .conditional(_, let then, let otherwise): (then + otherwise).flatMap(\.angles)
    case .loop(_, let body): body.flatMap(\.angles)
    }
  }

  /// The first channel in the instruction.
  var firstChannel: Channel? {
    switch self {
    case .channel(let channel, _): channel
    case .gate, .barrier, .measure, .reset, .assign: nil
    case .conditional(_, let then, let otherwise):
      (then + otherwise).lazy.compactMap(\.firstChannel).first
    case .loop(_, let body): body.lazy.compactMap(\.firstChannel).first
    }
  }

  /// Whether the instruction writes a classical bit, on a condition or not.
  package var writesBits: Bool {
    switch self {
    case .measure, .assign: true
    case .gate, .barrier, .channel, .reset: false
    case .conditional(_, let then, let otherwise): (then + otherwise).contains(where: \.writesBits)
    case .loop(_, let body): body.contains(where: \.writesBits)
    }
  }
}
