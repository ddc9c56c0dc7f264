/// A fault in writing a circuit to a file format that cannot hold it.
public enum CircuitPrintError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The gate in this place of the circuit has an angle with weights or inputs.
  case symbolicAngle(gate: String, place: Int)
  /// The gate in this place is a matrix on several qubits.
  case matrix(gate: String, place: Int, qubitCount: Int)
  /// The gate in this place comes to a phase of this many qubits, written with `2^n` gates.
  case tooManyControls(gate: String, place: Int, qubitCount: Int)
  /// The gate in this place is a global phase, and there is no qubit to write it on.
  case noQubits(gate: String, place: Int)
  /// The instruction in this place is a noise channel, which the format has no word for.
  case channel(name: String, place: Int)
  /// The instruction in this place depends on a condition that the format cannot say.
  case condition(text: String, place: Int)
  /// The circuit starts from another state than |0…0⟩, which the format has no word for.
  case initialState

  /// The largest number of qubits of a phase.
  public static let phaseQubitLimit = 10

  /// A sentence for people.
  public var description: String {
    switch self {
    case .symbolicAngle(let gate, let place):
      "instruction \(place), \(gate): found an angle with symbols, expected a number; bind the "
        + "circuit first"
    case .matrix(let gate, let place, let qubitCount):
      "instruction \(place), \(gate): found a matrix on \(qubitCount) qubits, expected one qubit"
    case .tooManyControls(let gate, let place, let qubitCount):
      "instruction \(place), \(gate): found a phase of \(qubitCount) qubits, expected at most "
        + "\(Self.phaseQubitLimit)"
    case .channel(let name, let place):
      "instruction \(place), \(name): found a noise channel, which circuit files cannot hold; keep the "
        + "noise in a NoiseModel"
    case .condition(let text, let place):
      "instruction \(place), if \(text): found a condition that OpenQASM 2 has no words for, expected one "
        + "operation on one register being equal to a number"
    case .initialState:
      "found an initial state, which circuit files cannot hold; prepare it by gates"
    case .noQubits(let gate, let place):
      "instruction \(place), \(gate): found a circuit without qubits, expected at least one"
    }
  }
}
