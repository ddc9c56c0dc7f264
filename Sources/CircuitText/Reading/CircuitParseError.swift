public import Circuits
import Compute

/// The faults of a circuit file that cannot be read: all that were found, in order.
public struct CircuitParseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, at least one and at most ``ReadingLimits/faults``.
  public let faults: [CircuitFault]
  /// Whether there were more faults than are kept.
  public let isCut: Bool

  /// Creates an error.
  ///
  /// - Precondition: There is at least one fault.
  public init(_ faults: [CircuitFault], isCut: Bool = false) {
    require(!faults.isEmpty, "faults of a circuit file: found none, expected at least one")
    self.faults = faults
    self.isCut = isCut
  }

  /// Every fault with its place, its line and a caret under the place.
  public var description: String {
    let texts = faults.map(\.description)
    let rest = "more than \(faults.count) faults; the rest is not shown"
    return (texts + (isCut ? [rest] : [])).joined(separator: "\n")
  }
}

/// A fault in a circuit file, and its place.
public struct CircuitFault: Error, Hashable, Sendable, CustomStringConvertible {
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
    /// A qubit has an operation at this time or a later one already.
    case outOfTimeOrder(qubit: Int, time: Int, last: Int)
    /// An operation stands before the time of a measurement, or a measurement before that of another operation.
    case acrossMeasurement(time: Int, expected: Int)
    /// The number of qubits of a circuit is none.
    case invalidQubitCount(found: String, limit: Int)
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
    /// The number has more than 64 bits.
    case numberTooLarge(String)
    /// The value has another type than is needed there.
    case wrongType(found: String, expected: String)
    /// The place needs a number, and an open input stands there.
    case needsValue(String)
    /// A whole number is divided by zero.
    case divisionByZero
    /// The place needs something known when the file is read, and a measurement decides it.
    case dependsOnMeasurement(String)
    /// A classical value depends on more measured bits than this.
    case tooManyOutcomes(limit: Int)
    /// Running the file takes more steps than this.
    case tooManySteps(limit: Int)
    /// An angle that depends on open inputs has more terms than this, or one of a higher degree.
    case tooManyTerms(limit: Int)
    /// The arrays and inputs of the file hold more numbers than this.
    case tooManyElements(limit: Int)
    /// The width of a type is out of range.
    case width(type: String, found: Int, limit: Int)
    /// There is no function or subroutine of this name; one whose name is near it.
    case unknownFunction(String, suggestion: String?)
    /// There is no variable of this name; one whose name is near it.
    case unknownVariable(String, suggestion: String?)
    /// The function or subroutine takes another number of arguments.
    case argumentCount(name: String, found: Int, expected: Int)
    /// Something is assigned to a constant or an input.
    case assignedConstant(String)
    /// A loop that a measurement ends changes a variable of a type that does not fit classical bits.
    case changesInLoop(type: String, widest: Int)
    /// The gate has no definition.
    case opaque(String)
    /// The input has no value, and is of a type that needs one.
    case inputWithoutValue(name: String, type: String)
    /// Another number of values is given for the input.
    case valueCount(name: String, found: Int, expected: Int)
    /// A value is given for an input that the file does not declare; one whose name is near it.
    case unknownInput(String, suggestion: String?)
    /// The file cannot be included.
    case include(name: String, IncludeFault)
    /// The file includes itself, through others perhaps.
    case includeCycle(String)
    /// Files include each other more deeply than this.
    case includesTooDeep(limit: Int)
    /// The name is one of what a subroutine or a gate does not see.
    case outside(String)
    /// The fault follows from another one, and is not reported.
    case followsFromOther

    /// Whether nothing more is read after the fault.
    var endsReading: Bool {
      switch self {
      case .tooManyInstructions, .tooManySteps: true
      default: false
      }
    }
  }

  /// The file's name, as given.
  public let file: String
  /// The place of the fault.
  public let location: SourceLocation
  /// What is wrong.
  public let reason: Reason
  /// The line of the file at fault; nil where it is too long to show, or not known.
  public let line: String?

  /// Creates a fault.
  public init(file: String, location: SourceLocation, reason: Reason, line: String? = nil) {
    self.file = file
    self.location = location
    self.reason = reason
    self.line = line
  }

  /// One line: file, line, column and what is wrong.
  public var summary: String {
    "\(file):\(location.line):\(location.column): error: \(reason)"
  }

  /// What is wrong, and below it the line of the file with a caret under the place.
  public var description: String {
    guard let line else { return summary }
    let number = "\(location.line)"
    let margin = String(repeating: " ", count: number.count)
    // Tabs are kept, so that the caret stands under the place at any width of a tab.
    let indent = String(line.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " })
    return "\(summary)\n \(number) | \(line)\n \(margin) | \(indent)^"
  }
}

extension CircuitFault.Reason: CustomStringConvertible {
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
    case .indexOutOfRange(let register, let index, let size) where index.hasPrefix("-"):
      "found index \(index), expected 0 to \(size - 1), or -\(size) to -1 from the end, for '\(register)'"
    case .indexOutOfRange(let register, let index, let size):
      "found index \(index), expected 0 to \(size - 1) for '\(register)'"
    case .registerSize(let found, let limit):
      "found \(found) elements, expected 1 to \(limit) in all registers together"
    case .parameterCount(let gate, let found, let expected):
      "found \(Self.counted(found, "parameter")), expected \(expected) for '\(gate)'"
    case .qubitCount(let gate, let found, let expected):
      "found \(Self.counted(found, "qubit")), expected \(expected) for '\(gate)'"
    case .sizesDiffer(let found, let expected):
      "found a register of size \(found), expected size \(expected)"
    case .repeatedQubit(let qubit): "found qubit \(qubit) twice, expected different qubits"
    case .outOfTimeOrder(let qubit, let time, let last):
      "operation is out of time order: found time \(time) on qubit \(qubit), expected a time above \(last)"
    case .acrossMeasurement(let time, let expected):
      "operation crosses the time boundary set by a measurement: found time \(time), expected at least \(expected)"
    case .invalidQubitCount(let found, let limit):
      "invalid number of qubits: found \(found), expected 1 to \(limit)"
    case .notFinite: "found a value that is not a finite number, expected one that is"
    case .nestedTooDeeply(let limit): "found more than \(limit) levels, expected at most \(limit)"
    case .tooManyInstructions(let limit):
      "found more than \(limit) instructions, expected at most \(limit); a larger limit is given by "
        + "--max-instructions"
    case .notSupported(let what): "found \(what), which is not supported"
    case .circuit(let error): "\(error)"
    case .numberTooLarge(let number): "found \(number), expected a whole number of at most 64 bits"
    case .wrongType(let found, let expected): "found a value of type \(found), expected \(expected)"
    case .needsValue(let place):
      "found an input without a value, expected a number for \(place): open inputs can be added, "
        + "multiplied, and divided by numbers; give it a value (--set NAME=VALUE)"
    case .divisionByZero: "found a division by zero, expected another divisor"
    case .dependsOnMeasurement(let what):
      "found what depends on a measurement, expected what is known when the file is read for \(what)"
    case .tooManyOutcomes(let limit):
      "found a value that depends on more than \(limit) measured bits, expected at most \(limit)"
    case .tooManySteps(let limit):
      "found a program of more than \(limit) steps, expected one that ends before; a larger limit "
        + "is given by --max-steps"
    case .tooManyTerms(let limit):
      "found an angle of more than \(limit) terms or \(ReadingLimits.degree) factors in its inputs, "
        + "expected fewer"
    case .tooManyElements(let limit):
      "found more than \(limit) numbers in arrays and inputs, expected at most \(limit)"
    case .width(let type, let found, let limit):
      "found width \(found), expected 1 to \(limit) for '\(type)'"
    case .unknownFunction(let name, let suggestion):
      "found '\(name)', expected the name of a function or a subroutine" + Self.hint(suggestion)
    case .unknownVariable(let name, let suggestion):
      "found '\(name)', expected the name of a variable" + Self.hint(suggestion)
    case .argumentCount(let name, let found, let expected):
      "found \(Self.counted(found, "argument")), expected \(expected) for '\(name)'"
    case .assignedConstant(let name):
      "found an assignment to '\(name)', expected a variable: constants and inputs keep their values"
    case .changesInLoop(let type, let widest):
      "found a variable of type \(type) that changes in a loop which a measurement ends; expected "
        + "bits, bool, or integers and angles of at most \(widest) bits, such as uint[8]"
    case .opaque(let name):
      "found the gate '\(name)', which is opaque, expected one with a definition"
    case .inputWithoutValue(let name, let type):
      "found the input '\(name)' of type \(type) without a value; give it one (--set \(name)=VALUE)"
    case .valueCount(let name, let found, let expected):
      "found \(Self.counted(found, "value")) for the input '\(name)', expected "
        + Self.counted(expected, "finite number")
    case .unknownInput(let name, let suggestion):
      "found a value for '\(name)', expected the name of an input" + Self.hint(suggestion)
    case .include(let name, let fault): "include \"\(name)\": \(fault)"
    case .includeCycle(let name): "found \"\(name)\" again, which includes itself"
    case .includesTooDeep(let limit):
      "found more than \(limit) files that include each other, expected at most \(limit)"
    case .outside(let name):
      "found '\(name)', which is declared outside, expected what is handed over or declared inside: subroutines and "
        + "gates see constants, gates and subroutines alone of what is outside"
    case .followsFromOther: "found what follows from another fault"
    }
  }

  private static func counted(_ count: Int, _ thing: String) -> String {
    "\(count) \(thing)\(count == 1 ? "" : "s")"
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? ""
  }
}
