import ArgumentParser
import Hilbert

/// A file of observables: one a line, `#` to the end of a line is a comment, `name = ` may stand before it.
struct ObservableFile {
  let path: String
  /// The command that reads it, as messages name it.
  let command: String

  /// Reads the observables.
  ///
  /// - Throws: The exit code of a file that cannot be read, or of a line that is no observable, shown with a caret.
  func observables() throws(ExitCode) -> [ObservableFlag] {
    let file = CircuitFile(path: path, command: command)
    guard let text = String(validating: try file.bytes(), as: UTF8.self) else {
      throw CommandFailure.usage(
        "\(command): \(file.name): found bytes that are not UTF-8, expected text")
    }
    var result: [ObservableFlag] = []
    for (place, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      var expression = Substring(line.prefix { $0 != "#" })
      var name: String?
      if let sign = expression.firstIndex(of: "=") {
        name = Self.trimmed(expression[..<sign])
        expression = expression[expression.index(after: sign)...]
      }
      let trimmed = Self.trimmed(expression)
      guard !trimmed.isEmpty || name != nil else { continue }
      result.append(
        try ObservableFlag(
          trimmed, of: command, flag: "\(file.name):\(place + 1)", name: name))
    }
    guard !result.isEmpty else {
      throw CommandFailure.usage(
        "\(command): \(file.name): found no observable, expected one a line")
    }
    return result
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
