import Compute

extension Circuit {
  /// Appends an instruction.
  ///
  /// - Precondition: As ``append(checking:)``, which throws instead.
  public mutating func append(_ instruction: Instruction) {
    do throws(CircuitError) {
      try append(checking: instruction)
    } catch {
      stop("\(error)")
    }
  }

  /// Lets the circuit start from a state instead of |0…0⟩.
  ///
  /// - Precondition: As ``prepare(checking:)``, which throws instead.
  public mutating func prepare(_ state: InitialState) {
    do throws(CircuitError) {
      try prepare(checking: state)
    } catch {
      stop("\(error)")
    }
  }

  /// Appends a gate.
  ///
  /// - Parameters:
  ///   - gate: The gate.
  ///   - angles: One angle for each of its parameters.
  ///   - qubits: The qubits it acts on, in the gate's order, its own controls first.
  ///   - controls: Further qubits that must be in given states for it to act.
  /// - Precondition: The counts are the gate's, the qubits are different and in range, and the angles are
  ///   finite.
  public mutating func append(
    _ gate: Gate, angles: [Angle] = [], to qubits: [Int], controls: [Control] = []
  ) {
    append(.gate(GateApplication(gate, angles: angles, on: qubits, controls: controls)))
  }

  /// Appends a noise channel on `qubits`.
  ///
  /// - Precondition: The count is the channel's, and the qubits are different and in range.
  public mutating func append(_ channel: Channel, on qubits: Int...) {
    append(.channel(channel, qubits))
  }

  /// Appends a fragment: an instruction, another circuit, a template.
  public mutating func append(_ fragment: some CircuitFragment) { fragment.append(to: &self) }

  /// Appends a barrier across `qubits`, or across all.
  ///
  /// - Precondition: The qubits are different and in range.
  public mutating func barrier(_ qubits: Int...) {
    append(.barrier(qubits.isEmpty ? Array(0..<qubitCount) : qubits))
  }

  /// Appends the measurement of `qubit` into the classical bit of the same index, or `bit`.
  ///
  /// - Precondition: The qubit and the bit are in range.
  public mutating func measure(_ qubit: Int, into bit: Int? = nil) {
    append(.measure(qubit: qubit, bit: bit ?? qubit))
  }

  /// Appends the measurement of every qubit into the classical bit of the same index.
  public mutating func measureAll() {
    for qubit in 0..<qubitCount { measure(qubit) }
  }

  /// Appends the reset of `qubit` to 0.
  ///
  /// - Precondition: The qubit is in range.
  public mutating func reset(_ qubit: Int) { append(.reset(qubit)) }

  /// Appends the assignment of a condition's truth value to a classical bit.
  ///
  /// - Precondition: The bit and those of the condition are in range.
  public mutating func assign(_ bit: Int, _ condition: ClassicalCondition) {
    append(.assign(bit: bit, condition))
  }

  /// Appends `exp(-i · angle · P / 2)` for a Pauli string on the circuit's qubits.
  ///
  /// - Precondition: The string's qubits are in range and the angle is finite.
  public mutating func rotate(about string: PauliString, by angle: Angle) {
    append(PauliRotation(string, angle))
  }
}
