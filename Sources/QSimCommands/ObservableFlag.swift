import ArgumentParser
import Hilbert

/// An observable as given to --expect, read.
struct ObservableFlag {
  let text: String
  let observable: PauliSum
  /// The command it is given to, as messages name it.
  private let command: String

  /// Reads an expression; what is wrong is written to standard error with a caret under the place.
  init(_ text: String, of command: String) throws(ExitCode) {
    do throws(ObservableParseError) {
      observable = try PauliSum(text)
    } catch {
      throw Self.failure(error, of: command)
    }
    self.text = text
    self.command = command
  }

  /// Checks that a circuit has the qubits that are named, also where their terms cancel.
  func check(qubitCount: Int) throws(ExitCode) {
    do throws(ObservableParseError) {
      _ = try PauliSum(text, qubitCount: qubitCount)
    } catch {
      throw Self.failure(error, of: command)
    }
  }

  private static func failure(_ error: ObservableParseError, of command: String) -> ExitCode {
    CommandFailure.usage("\(command): --expect:\n\(error)")
  }
}
