public import Circuits

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
  /// The instruction in this place assigns a condition to a classical bit, which the format has no word for.
  case assignment(text: String, place: Int)
  /// The instruction in this place is a loop, which the format has no word for.
  case loop(text: String, place: Int)
  /// The circuit starts from another state than |0…0⟩, which the format has no word for.
  case initialState
  /// The instruction in this place is of a kind that the format has no word for.
  case noWord(instruction: String, place: Int, format: CircuitFormat)
  /// The instruction in this place measures a qubit again, or into a bit that holds another qubit's result, which the
  /// format cannot tell apart.
  case measuredAgain(qubit: Int, bit: Int, place: Int)
  /// The circuit has no qubits, and the format has no file of none.
  case emptyCircuit(CircuitFormat)
  /// The gate in this place is none of the catalogue, no rotation about a Pauli string, and no matrix.
  case foreignGate(gate: String, place: Int)

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
      "instruction \(place), \(name): found a noise channel, which only JSON holds; keep the noise in a "
        + "NoiseModel, or write JSON"
    case .condition(let text, let place):
      "instruction \(place), if \(text): found a condition that OpenQASM 2 has no words for, expected one "
        + "operation on one register being equal to a number"
    case .assignment(let text, let place):
      "instruction \(place), assign \(text): found an assignment to a classical bit, which OpenQASM 2 has no words "
        + "for"
    case .loop(let text, let place):
      "instruction \(place), while \(text): found a loop, which OpenQASM 2 has no words for"
    case .initialState:
      "found an initial state, which only JSON holds; prepare it by gates, or write JSON"
    case .noQubits(let gate, let place):
      "instruction \(place), \(gate): found a circuit without qubits, expected at least one"
    case .noWord(let instruction, let place, let format):
      "instruction \(place), \(instruction): found an instruction that files of \(format.rawValue) have no word for"
    case .measuredAgain(let qubit, let bit, let place):
      "instruction \(place), measure: found qubit \(qubit) measured into bit \(bit), expected every qubit and every "
        + "bit in one measurement or in the same ones: the file names qubits alone"
    case .emptyCircuit(let format):
      "found a circuit without qubits, expected at least one in a file of \(format.rawValue)"
    case .foreignGate(let gate, let place):
      "instruction \(place), \(gate): found a gate that is not in the catalogue, expected one that is, a rotation "
        + "about a Pauli string, or a matrix"
    }
  }
}
