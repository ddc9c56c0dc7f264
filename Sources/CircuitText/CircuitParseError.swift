public import Circuits

/// A place in a file: line and column from 1, columns in characters.
public struct SourceLocation: Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1.
  public let column: Int

  /// Creates a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A fault in a circuit file, and its place.
public struct CircuitParseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// Something else was expected there.
    case unexpected(found: String, expected: String)
    /// There is no gate of this name; one whose name is near it.
    case unknownGate(String, suggestion: String?)
    /// The gate is defined in a file that has not been included.
    case missingInclude(gate: String, file: String)
    /// There is no quantum, or no classical, register of this name; one whose name is near it.
    case unknownRegister(String, isQuantum: Bool, suggestion: String?)
    /// The definition of a gate has no qubit of this name; one whose name is near it.
    case unknownQubit(String, suggestion: String?)
    /// The name in an expression is no parameter, constant or function.
    case unknownName(String, suggestion: String?)
    /// The name is already taken.
    case redefined(String)
    /// The register has no such element; the index as written.
    case indexOutOfRange(register: String, index: String, size: Int)
    /// The size of a register is not from 1 to the limit, all registers taken together.
    case registerSize(found: String, limit: Int)
    /// The gate takes another number of parameters.
    case parameterCount(gate: String, found: Int, expected: Int)
    /// The gate takes another number of qubits.
    case qubitCount(gate: String, found: Int, expected: Int)
    /// Registers of different sizes stand side by side.
    case sizesDiffer(found: Int, expected: Int)
    /// A qubit stands twice in one gate.
    case repeatedQubit(String)
    /// The value of an expression is infinite or not a number.
    case notFinite
    /// Expressions or gate definitions are nested more deeply than this.
    case nestedTooDeeply(limit: Int)
    /// The circuit, its gate definitions expanded, has more instructions than this.
    case tooManyInstructions(limit: Int)
    /// The language has this, and this reader does not.
    case notSupported(String)
    /// The instruction does not fit the circuit.
    case circuit(CircuitError)
  }

  /// The file's name, as given.
  public let file: String
  /// The place of the fault.
  public let location: SourceLocation
  /// What is wrong.
  public let reason: Reason

  /// Creates a fault.
  public init(file: String, location: SourceLocation, reason: Reason) {
    self.file = file
    self.location = location
    self.reason = reason
  }

  /// One line: file, line, column and what is wrong.
  public var description: String {
    "\(file):\(location.line):\(location.column): error: \(reason)"
  }
}

extension CircuitParseError.Reason: CustomStringConvertible {
  /// The fault in words: what was found and what was expected.
  public var description: String {
    switch self {
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .unknownGate(let name, let suggestion):
      "found '\(name)', expected the name of a gate" + Self.hint(suggestion)
    case .missingInclude(let gate, let file):
      "found gate '\(gate)', expected 'include \"\(file)\";' before it"
    case .unknownRegister(let name, let isQuantum, let suggestion):
      "found '\(name)', expected the name of a \(isQuantum ? "quantum" : "classical") register"
        + Self.hint(suggestion)
    case .unknownQubit(let name, let suggestion):
      "found '\(name)', expected the name of a qubit of the gate" + Self.hint(suggestion)
    case .unknownName(let name, let suggestion):
      "found '\(name)', expected a number, a parameter or a function" + Self.hint(suggestion)
    case .redefined(let name): "found '\(name)' again, expected a name not yet taken"
    case .indexOutOfRange(let register, let index, let size):
      "found index \(index), expected 0 to \(size - 1) for '\(register)'"
    case .registerSize(let found, let limit):
      "found \(found) elements, expected 1 to \(limit) in all registers together"
    case .parameterCount(let gate, let found, let expected):
      "found \(found) parameters, expected \(expected) for '\(gate)'"
    case .qubitCount(let gate, let found, let expected):
      "found \(found) qubits, expected \(expected) for '\(gate)'"
    case .sizesDiffer(let found, let expected):
      "found a register of size \(found), expected size \(expected)"
    case .repeatedQubit(let qubit): "found qubit \(qubit) twice, expected different qubits"
    case .notFinite: "found a value that is not a finite number, expected one that is"
    case .nestedTooDeeply(let limit): "found more than \(limit) levels, expected at most \(limit)"
    case .tooManyInstructions(let limit):
      "found more than \(limit) instructions, expected at most \(limit)"
    case .notSupported(let what):
      "found \(what), which is not supported yet; expected gates, barriers, "
        + "measurements, resets and conditions"
    case .circuit(let error): "\(error)"
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? ""
  }
}
