/// A fault in the text of an observable, and its place.
public struct ObservableParseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// Something else was expected there.
    case unexpected(found: String, expected: String)
    /// The qubit's index is too large; the digits as written, and the number of qubits allowed.
    case qubitOutOfRange(String, limit: Int)
    /// The coefficient is not a finite number; the digits as written.
    case notFinite(String)
    /// The product of these factors is i or -i times a Pauli string, so it is not Hermitian.
    case notHermitian(String)
  }

  /// The text as given.
  public let text: String
  /// The place of the fault, in characters from the start; the text's length for its end.
  public let offset: Int
  /// What is wrong.
  public let reason: Reason

  /// Creates a fault.
  public init(text: String, offset: Int, reason: Reason) {
    self.text = text
    self.offset = offset
    self.reason = reason
  }

  /// The fault in a line of words.
  public var message: String {
    switch reason {
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .qubitOutOfRange(let digits, let limit):
      limit == 0
        ? "found qubit \(digits) in a circuit without qubits"
        : "found qubit \(digits), expected an index below \(limit)"
    case .notFinite(let digits): "found \(digits), expected a finite number"
    case .notHermitian(let factors):
      "found \(factors), which is not Hermitian; expected factors whose product is real"
    }
  }

  /// The text, a caret under the place, and the message: three lines.
  ///
  /// Control characters print as spaces, so that the caret stands where it should.
  public var description: String {
    let line = String(text.map { $0.isNewline || ($0.asciiValue ?? 32) < 32 ? " " : $0 })
    return "\(line)\n\(String(repeating: " ", count: offset))^ \(message)"
  }
}
