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

/// The reset of a qubit to 0, in a circuit builder.
public struct Reset: CircuitFragment {
  /// The qubit.
  public let qubit: Int

  /// Creates the reset of a qubit.
  public init(_ qubit: Int) { self.qubit = qubit }

  /// Appends the reset.
  public func append(to circuit: inout Circuit) { circuit.reset(qubit) }
}
