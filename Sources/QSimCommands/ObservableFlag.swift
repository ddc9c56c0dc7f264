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

  /// Checks that a circuit has the qubits that are named, also where their terms cancel.
  func check(qubitCount: Int) throws(ExitCode) {
    do throws(ObservableParseError) {
      _ = try PauliSum(text, qubitCount: qubitCount)
    } catch {
      throw Self.failure(error)
    }
  }

  private static func failure(_ error: ObservableParseError) -> ExitCode {
    CommandFailure.usage("qsim run: --expect:\n\(error)")
  }
}
