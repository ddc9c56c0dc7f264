/// A word, a number, a string or a mark of a circuit file.
struct Token: Hashable {
  enum Kind: Hashable {
    /// A name or a word of the language.
    case identifier
    /// A whole number, in any base.
    case integer
    /// A number with a fraction or an exponent.
    case real
    /// A number times the imaginary unit, its `im` not in the text.
    case imaginary
    /// A number and a unit of time, as it stands.
    case duration
    /// What stands between quotes.
    case string
    /// A qubit of the hardware, its `$` not in the text.
    case hardwareQubit
    /// An operator, a bracket, a separator.
    case mark
    /// The end of the file.
    case end
  }

  let kind: Kind
  let text: String
  let location: SourceLocation
  /// The place of the first byte behind the token.
  let end: Int
  /// Whether blanks, comments or the end of a line stand before the token.
  let hasBlankBefore: Bool

  /// The token in words, for messages.
  var found: String {
    switch kind {
    case .end: "the end of the file"
    case .string: "\"\(Self.clipped(text))\""
    case .imaginary: "'\(Self.clipped(text))im'"
    case .hardwareQubit: "'$\(Self.clipped(text))'"
    case .identifier, .integer, .real, .duration, .mark: "'\(Self.clipped(text))'"
    }
  }

  /// The text, cut where it is long.
  static func clipped(_ text: String) -> String {
    text.utf8.count <= 48 ? text : String(text.prefix(40)) + "..."
  }

  func isMark(_ mark: String) -> Bool { kind == .mark && text == mark }

  func isWord(_ word: String) -> Bool { kind == .identifier && text == word }
}
