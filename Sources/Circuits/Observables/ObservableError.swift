/// Why an observable cannot be made of a matrix or a basis state.
public enum ObservableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The matrix is not that of so many qubits.
  case matrixSize(rows: Int, columns: Int, qubits: Int)
  /// There are more qubits than the strings of all of them allow.
  case tooManyQubits(found: Int, limit: Int)
  /// A qubit that no Pauli string reaches.
  case qubitOutOfRange(qubit: Int, limit: Int)
  /// A qubit is named twice.
  case repeatedQubit(Int)
  /// Some entry of the matrix is infinite or not a number.
  case entryNotFinite(row: Int, column: Int)
  /// The matrix differs from its conjugate transpose by this much in some entry.
  case notHermitian(deviation: Double, tolerance: Double)
  /// The number is none of a basis state of so many qubits.
  case basisState(found: Int, qubits: Int)

  /// A sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .matrixSize(let rows, let columns, let qubits):
      "the matrix of an observable on \(qubits) qubits: found \(rows) by \(columns), expected "
        + "\(1 << min(qubits, 62)) by \(1 << min(qubits, 62))"
    case .tooManyQubits(let found, let limit):
      "an observable on \(found) qubits: expected at most \(limit); write it as a sum of Pauli strings"
    case .qubitOutOfRange(let qubit, let limit):
      "an observable on qubit \(qubit): expected 0 to \(limit - 1)"
    case .repeatedQubit(let qubit): "an observable names qubit \(qubit) twice"
    case .entryNotFinite(let row, let column):
      "the matrix of an observable: the entry of row \(row), column \(column) is not finite"
    case .notHermitian(let deviation, let tolerance):
      "the matrix of an observable is not Hermitian: it differs from its conjugate transpose by "
        + "\(deviation), expected at most \(tolerance)"
    case .basisState(let found, let qubits):
      "found basis state \(found), expected 0 to \((1 << min(qubits, 62)) - 1) for \(qubits) qubits"
    }
  }
}
