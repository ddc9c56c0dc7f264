public import LinearAlgebra

/// A fault of a circuit or of one of its instructions.
public enum CircuitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The instruction names a qubit that the circuit does not have.
  case qubitOutOfRange(instruction: String, qubit: Int, qubitCount: Int)
  /// The instruction names a qubit twice.
  case repeatedQubit(instruction: String, qubit: Int)
  /// The gate takes another number of qubits.
  case wrongQubitCount(gate: String, found: Int, expected: Int)
  /// The gate and its controls touch more qubits than one instruction can.
  case tooManyTouched(gate: String, found: Int, limit: Int)
  /// The gate takes another number of angles.
  case wrongAngleCount(gate: String, found: Int, expected: Int)
  /// The angle of this place is infinite or not a number.
  case angleNotFinite(gate: String, place: Int)
  /// The instruction names a classical bit below 0 or beyond the limit.
  case bitOutOfRange(instruction: String, bit: Int, limit: Int)
  /// Conditions and loops stand in each other more deeply than this.
  case nestedTooDeeply(limit: Int)
  /// The name of the register is empty or taken.
  case registerName(String)
  /// The bits of the register are none, out of range, or another register's.
  case registerBits(name: String, bits: Range<Int>)
  /// The power is not a number, is infinite, or would need too many repetitions of the gate.
  case powerOutOfRange(gate: String, exponent: Double)
  /// The principal power of a gate whose angles are symbols is not a smooth function of them.
  case powerOfSymbols(gate: String, exponent: Double)
  /// The matrix of the gate is too large to take its power.
  case powerTooLarge(gate: String, qubitCount: Int, limit: Int)
  /// The initial state reads another number of amplitudes.
  case amplitudeCount(found: Int, expected: Int)
  /// The norm of the initial amplitudes is not 1, is 0, infinite or not a number.
  case amplitudeNorm(found: Double)
  /// An instruction has touched the qubit before the circuit's initial state was given.
  case initialStateTooLate(qubit: Int)
  /// The circuit has an initial state already.
  case secondInitialState
  /// A circuit with an initial state has neither inverse nor power nor controls.
  case initialStateNotUnitary
  /// A measurement has neither inverse nor power nor controls.
  case measurementNotUnitary
  /// A reset has neither inverse nor power nor controls.
  case resetNotUnitary
  /// An instruction on a condition has neither inverse nor power nor controls.
  case conditionNotUnitary
  /// An assignment to a classical bit has neither inverse nor power nor controls.
  case assignmentNotUnitary
  /// A loop has neither inverse nor power nor controls.
  case loopNotUnitary
  /// A noise channel has neither inverse nor power nor controls.
  case channelNotUnitary(String)
  /// The matrix is not square with a power of two of rows.
  case matrixSize(rows: Int, columns: Int)
  /// The matrix differs from a unitary one by this much in some entry of `U·U†`.
  case matrixNotUnitary(difference: Double)
  /// A decomposition failed.
  case linearAlgebra(LinearAlgebraError)

  /// A sentence for people.
  public var description: String {
    switch self {
    case .qubitOutOfRange(let instruction, let qubit, let qubitCount):
      qubitCount == 0
        ? "\(instruction): found qubit \(qubit) in a circuit without qubits"
        : "\(instruction): found qubit \(qubit), expected 0 to \(qubitCount - 1)"
    case .repeatedQubit(let instruction, let qubit):
      "\(instruction): found qubit \(qubit) twice, expected different qubits"
    case .wrongQubitCount(let gate, let found, let expected):
      "\(gate): found \(found) qubits, expected \(expected)"
    case .tooManyTouched(let gate, let found, let limit):
      "\(gate): found \(found) qubits with the controls, expected at most \(limit)"
    case .wrongAngleCount(let gate, let found, let expected):
      "\(gate): found \(found) angles, expected \(expected)"
    case .angleNotFinite(let gate, let place):
      "\(gate): angle \(place) is not a finite number"
    case .bitOutOfRange(let instruction, let bit, let limit):
      "\(instruction): found classical bit \(bit), expected 0 to \(limit - 1)"
    case .nestedTooDeeply(let limit):
      "found more than \(limit) conditions or loops in each other, expected at most \(limit)"
    case .registerName(let name):
      name.isEmpty
        ? "register: found no name, expected one"
        : "register \(name): found the name again, expected one not yet taken"
    case .registerBits(let name, let bits):
      "register \(name): found the bits \(bits.lowerBound)..<\(bits.upperBound), expected some from 0 to "
        + "\(Circuit.bitLimit - 1) that are in no other register"
    case .powerOutOfRange(let gate, let exponent):
      "\(gate): the power \(exponent) is out of range"
    case .powerOfSymbols(let gate, let exponent):
      "\(gate): the principal power \(exponent) of a gate with symbolic angles is not "
        + "differentiable in them; bind the angles, or scale the angle itself"
    case .powerTooLarge(let gate, let qubitCount, let limit):
      "\(gate): the power of a gate of \(qubitCount) qubits; expected at most \(limit)"
    case .amplitudeCount(let found, let expected):
      "initial state: found \(found) amplitudes, expected \(expected); of inputs, 1 to \(expected)"
    case .amplitudeNorm(let found):
      "initial state: found amplitudes of norm \(found), expected 1 to 1e-6, or any finite norm but 0 where "
        + "they are to be normalized"
    case .initialStateTooLate(let qubit):
      "initial state: qubit \(qubit) has been touched; expected the state before every instruction on its qubits"
    case .secondInitialState:
      "initial state: the circuit has one already; put all amplitudes into one"
    case .initialStateNotUnitary:
      "an initial state has neither inverse nor power nor controls"
    case .measurementNotUnitary:
      "a measurement has neither inverse nor power nor controls"
    case .resetNotUnitary: "a reset has neither inverse nor power nor controls"
    case .conditionNotUnitary:
      "an instruction on a condition has neither inverse nor power nor controls"
    case .assignmentNotUnitary:
      "an assignment to a classical bit has neither inverse nor power nor controls"
    case .loopNotUnitary: "a loop has neither inverse nor power nor controls"
    case .channelNotUnitary(let name):
      "\(name): a noise channel has neither inverse nor power nor controls"
    case .matrixSize(let rows, let columns):
      "found a \(rows) by \(columns) matrix, expected a square one with 2, 4, 8, ... rows"
    case .matrixNotUnitary(let difference):
      "expected a unitary matrix; U·U† differs from the identity by \(difference)"
    case .linearAlgebra(let error): "\(error)"
    }
  }
}
