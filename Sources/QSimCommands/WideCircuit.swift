import Hilbert

/// Circuits of more qubits than amplitudes are kept of.
enum WideCircuit {
  /// What still runs one, as messages end: `flags` name the method of stabilizers.
  static func remedy(_ flags: String) -> String {
    "a Clifford circuit of more than \(PauliString.qubitLimit) qubits runs with \(flags)"
  }
}
