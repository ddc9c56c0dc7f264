import ArgumentParser
import Hilbert

/// An observable as given to --expect, read.
struct ObservableFlag {
  let text: String
  let observable: PauliSum

  /// Reads an expression; what is wrong is written to standard error with a caret under the place.
  init(_ text: String) throws(ExitCode) {
    do throws(ObservableParseError) {
      observable = try PauliSum(text)
    } catch {
      throw Self.failure(error)
    }
    self.text = text
  }

  /// Checks that a circuit has the qubits that are named.
  func check(qubitCount: Int) throws(ExitCode) {
    let support = observable.terms.reduce(UInt64(0)) { $0 | $1.string.support }
    let characters = Array(text)
    var offset = 0
    while offset < characters.count {
      defer { offset += 1 }
      guard "XYZ".contains(characters[offset]) else { continue }
      let digits = String(characters[(offset + 1)...].prefix { $0.isNumber })
      guard let qubit = UInt64(digits), qubit >= qubitCount, (support >> qubit) & 1 == 1 else {
        continue
      }
      throw Self.failure(
        ObservableParseError(
          text: text, offset: offset + 1, reason: .qubitOutOfRange(digits, limit: qubitCount)))
    }
  }

  private static func failure(_ error: ObservableParseError) -> ExitCode {
    CommandFailure.usage("qsim run: --expect:\n\(error)")
  }
}
