public import Circuits

extension CircuitDocument {
  /// The document as a file of any format, which reads back to a circuit of the same matrix and the same measurements.
  ///
  /// | Format | What is equal after reading back | What it cannot hold |
  /// |---|---|---|
  /// | JSON | the circuit, names of weights and qubits, pragmas, annotations | nothing |
  /// | OpenQASM 3 | gates of stdgates.inc; the rest in matrix and phase | matrices of several qubits, channels, initial states |
  /// | OpenQASM 2 | gates of qelib1.inc; the rest in matrix and phase | those, symbols, most conditions, loops |
  /// | qsim | gates of qsim, in the order of their times | those, resets, all conditions, names of bits |
  ///
  /// Registers of qubits keep their names in OpenQASM and JSON. Weights are inputs of an OpenQASM 3 file by ``parameterNames`` (`theta`, or `phi[0]` and so on for an array), or
  /// `w0`, `w1`; data inputs of the circuit are its inputs `x0`, `x1` behind them. Names that the language has for
  /// something else get a line behind them. Controls, powers and inverses are written as modifiers, gates that
  /// stdgates.inc lacks as definitions in front of the circuit.
  ///
  /// - Throws: ``CircuitPrintError`` for what the format cannot hold, at the first such instruction.
  /// - Complexity: O(instructions) texts; OpenQASM 2 writes phases of n qubits with `2^n` gates.
  public func text(as language: CircuitFormat) throws(CircuitPrintError) -> String {
    switch language {
    case .openQASM2:
      var printer = QASM2Printer(circuit, qubitRegisters: qubitRegisters)
      return try printer.text()
    case .openQASM3:
      var writer = QASM3Writer(self)
      return try writer.text()
    case .qsim:
      var writer = QSimFormatWriter(circuit)
      return try writer.text()
    case .json:
      return try CircuitJSONWriter(self).text()
    }
  }
}

extension Circuit {
  /// The circuit as a file of any format; see ``CircuitDocument/text(as:)``.
  ///
  /// - Throws: ``CircuitPrintError`` for what the format cannot hold.
  public func text(as language: CircuitFormat) throws(CircuitPrintError) -> String {
    try CircuitDocument(language: language, circuit: self).text(as: language)
  }
}
