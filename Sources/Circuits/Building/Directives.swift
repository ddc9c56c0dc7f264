/// A barrier across qubits, in a circuit builder.
public struct Barrier: CircuitFragment {
  /// The qubits; none for all of the circuit's.
  public let qubits: [Int]

  /// Creates a barrier across `qubits`, or across all.
  public init(_ qubits: Int...) { self.qubits = qubits }

  /// Appends the barrier.
  public func append(to circuit: inout Circuit) {
    circuit.append(.barrier(qubits.isEmpty ? circuit.allQubits : qubits))
  }
}

/// The measurement of a qubit, in a circuit builder.
public struct Measure: CircuitFragment {
  /// The qubit.
  public let qubit: Int
  /// The classical bit.
  public let bit: Int

  /// Creates a measurement into the classical bit of the same index, or `bit`.
  public init(_ qubit: Int, into bit: Int? = nil) {
    self.qubit = qubit
    self.bit = bit ?? qubit
  }

  /// Appends the measurement.
  public func append(to circuit: inout Circuit) { circuit.measure(qubit, into: bit) }
}

/// The measurement of every qubit into the bit of its index, in a circuit builder.
public struct MeasureAll: CircuitFragment {
  /// Creates the measurements.
  public init() {}

  /// Appends the measurements.
  public func append(to circuit: inout Circuit) { circuit.measureAll() }
}

/// The assignment of a condition's truth value to a classical bit, in a circuit builder.
///
/// ```swift
/// Assign(2, .bit(0) ^ .bit(1))     // the parity of two outcomes
/// ```
public struct Assign: CircuitFragment {
  /// The classical bit.
  public let bit: Int
  /// The condition; it is asked before the bit is written, which it may read.
  public let condition: ClassicalCondition

  /// Creates the assignment of the condition's truth value to a classical bit.
  public init(_ bit: Int, _ condition: ClassicalCondition) {
    self.bit = bit
    self.condition = condition
  }

  /// Appends the assignment.
  public func append(to circuit: inout Circuit) { circuit.assign(bit, condition) }
}

/// The reset of a qubit to 0, in a circuit builder.
public struct Reset: CircuitFragment {
  /// The qubit.
  public let qubit: Int

  /// Creates the reset of a qubit.
  public init(_ qubit: Int) { self.qubit = qubit }

  /// Appends the reset.
  public func append(to circuit: inout Circuit) { circuit.reset(qubit) }
}
