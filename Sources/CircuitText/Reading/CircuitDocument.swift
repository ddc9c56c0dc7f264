public import Circuits

/// A circuit file that has been read: the circuit, and what a file says besides.
///
/// ```swift
/// let document = try CircuitDocument(reading: text, file: "ising.qasm")
/// document.circuit.weightCount          // one for each number of an `input`
/// document.parameterNames               // ["theta[0]", "theta[1]", "field"]
/// ```
public struct CircuitDocument: Hashable, Sendable {
  /// The language the file is written in.
  public var language: CircuitFormat
  /// The circuit; the numbers of each `input` that has been left open are its weights, in the order in which they
  /// are declared.
  public var circuit: Circuit
  /// The names of the circuit's weights, such as `theta` or `phi[2]`.
  public var parameterNames: [String]
  /// The registers of qubits, from qubit 0 on; empty where the file's language has none, or where it calls qubits by
  /// their numbers.
  public var qubitRegisters: [QubitRegister]
  /// What the file holds that has no effect, such as delays, in the order in which it stands.
  public var notes: [CircuitNote]
  /// The pragmas, without the word `pragma`.
  public var pragmas: [String]
  /// The annotations, each with its `@`, and the place of the instruction that it stands before.
  public var annotations: [CircuitAnnotation]

  /// Puts a document together.
  public init(
    language: CircuitFormat, circuit: Circuit, parameterNames: [String] = [],
    qubitRegisters: [QubitRegister] = [], notes: [CircuitNote] = [], pragmas: [String] = [],
    annotations: [CircuitAnnotation] = []
  ) {
    self.language = language
    self.circuit = circuit
    self.parameterNames = parameterNames
    self.qubitRegisters = qubitRegisters
    self.notes = notes
    self.pragmas = pragmas
    self.annotations = annotations
  }
}

/// Something in a file that has no effect on what is simulated.
public struct CircuitNote: Hashable, Sendable, CustomStringConvertible {
  /// The file's name, as given.
  public let file: String
  /// Where it stands.
  public let location: SourceLocation
  /// What it is, such as "'delay' has no effect here".
  public let text: String

  /// Creates a note.
  public init(file: String, location: SourceLocation, text: String) {
    self.file = file
    self.location = location
    self.text = text
  }

  /// One line: file, line, column and what it is.
  public var description: String {
    "\(file):\(location.line):\(location.column): note: \(text)"
  }
}

/// An annotation of an OpenQASM 3 file, such as `@crosstalk strong`.
public struct CircuitAnnotation: Hashable, Sendable {
  /// The annotation as it stands, its `@` first.
  public let text: String
  /// The place, among the circuit's instructions, of the first one that the annotated statement made.
  public let place: Int

  /// Creates an annotation.
  public init(text: String, place: Int) {
    self.text = text
    self.place = place
  }
}
