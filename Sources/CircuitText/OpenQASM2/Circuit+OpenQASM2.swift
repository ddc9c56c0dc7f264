public import Circuits
import Compute

extension Circuit {
  /// Reads an OpenQASM 2 file.
  ///
  /// The registers follow each other in the order they are declared: the first qubit of the first is
  /// qubit 0, the least significant bit. With `include "qelib1.inc";`, whose gates are built in, the
  /// other gates of the catalogue are known by their names too. Gates that the file defines are
  /// expanded where they are called; one that has the name of a gate of the catalogue replaces it. Classical
  /// registers become the circuit's ``Circuits/Circuit/registers``.
  ///
  /// - Parameters:
  ///   - bytes: The file's content; it need not be valid UTF-8.
  ///   - file: The file's name, for messages.
  ///   - instructionLimit: How many instructions the circuit may have, definitions expanded; a barrier
  ///     counts once more for every 63 qubits across it.
  /// - Throws: ``CircuitParseError``, with the place, for anything that is not OpenQASM 2, for more
  ///   than 4096 qubits, for calls of gates that are `opaque`, and for includes of other files.
  /// - Precondition: `instructionLimit` is not negative.
  /// - Complexity: O(bytes + instructions).
  public init(
    openQASM2 bytes: [UInt8], file: String = "<text>", instructionLimit: Int = 1 << 20
  ) throws(CircuitParseError) {
    require(
      0...(1 << 40) ~= instructionLimit, "instruction limit: found \(instructionLimit)")
    let limits = ReadingLimits(instructions: instructionLimit)
    self =
      try CircuitDocument(
        reading: bytes, file: file, as: .openQASM2, options: ReadingOptions(limits: limits)
      ).circuit
  }

  /// Reads the text of an OpenQASM 2 file, as ``init(openQASM2:file:instructionLimit:)-([UInt8],_,_)``.
  public init(
    openQASM2 text: String, file: String = "<text>", instructionLimit: Int = 1 << 20
  ) throws(CircuitParseError) {
    try self.init(openQASM2: Array(text.utf8), file: file, instructionLimit: instructionLimit)
  }

  /// The circuit as an OpenQASM 2 file, which reads back to a circuit of the same matrix.
  ///
  /// Gates of qelib1.inc are written by name, and read back as they are. All others (further controls,
  /// powers, rotations about Pauli strings, global phases, one-qubit matrices) are written as gates of
  /// qelib1.inc whose product is the same, its global phase included.
  ///
  /// Classical registers keep their names where they follow each other from bit 0 on and the names are names in the
  /// format; else all bits are one register `c`.
  ///
  /// - Throws: ``CircuitPrintError`` for symbolic angles, for conditions that do not compare a whole register with
  ///   a number and for branches on their contrary, for assignments and loops, for matrices on several qubits, for operations
  ///   under more than ``CircuitPrintError/phaseQubitLimit`` qubits, and for a global phase without
  ///   qubits.
  public func openQASM2() throws(CircuitPrintError) -> String {
    var printer = QASM2Printer(self)
    return try printer.text()
  }
}
