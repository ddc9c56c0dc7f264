import ArgumentParser
import Hilbert

/// An observable as given to a command, read.
struct ObservableFlag {
  /// The expression as given.
  let text: String
  /// What it is called, where it has been given a name.
  let name: String?
  let observable: PauliSum
  /// The command it is given to, as messages name it.
  private let command: String
  /// Where it was given, as messages name it.
  private let flag: String

  /// What it is shown as: its name, or `⟨expression⟩`.
  var label: String { name ?? "⟨\(text)⟩" }

  /// Reads an expression; what is wrong is written to standard error with a caret under the place.
  init(
    _ text: String, of command: String, flag: String = "--expect", name: String? = nil
  ) throws(ExitCode) {
    do throws(ObservableParseError) {
      observable = try PauliSum(text)
    } catch {
      throw Self.failure(error, command, flag)
    }
    self.text = text
    self.name = name
    self.command = command
    self.flag = flag
  }

  /// Checks that a circuit has the qubits that are named, also where their terms cancel.
  func check(qubitCount: Int) throws(ExitCode) {
    do throws(ObservableParseError) {
      _ = try PauliSum(text, qubitCount: qubitCount)
    } catch {
      throw Self.failure(error, command, flag)
    }
  }

  private static func failure(
    _ error: ObservableParseError, _ command: String, _ flag: String
  ) -> ExitCode {
    CommandFailure.usage("\(command): \(flag):\n\(error)")
  }
}
