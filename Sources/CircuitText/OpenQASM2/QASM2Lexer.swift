/// A word, a number, a string or a mark of an OpenQASM 2 file.
struct QASM2Token: Hashable {
  enum Kind: Hashable {
    case identifier
    case integer
    case real
    case string
    case mark
    case end
  }

  let kind: Kind
  let text: String
  let location: SourceLocation

  /// The token in words, for messages.
  var found: String {
    switch kind {
    case .end: "the end of the file"
    case .string: "\"\(Self.clipped(text))\""
    default: "'\(Self.clipped(text))'"
    }
  }

  /// The text, cut where it is long.
  static func clipped(_ text: String) -> String {
    text.utf8.count <= 48 ? text : String(text.prefix(40)) + "..."
  }

  func isMark(_ mark: String) -> Bool { kind == .mark && text == mark }

  func isWord(_ word: String) -> Bool { kind == .identifier && text == word }
}

/// Cuts the bytes of an OpenQASM 2 file into tokens; comments and spaces are passed over.
struct QASM2Lexer {
  private let bytes: [UInt8]
  private let file: String
  private var place = 0
  private var line = 1
  private var column = 1

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    // A byte-order mark is no part of the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  private func byte(ahead offset: Int = 0) -> UInt8? {
    place + offset < bytes.count ? bytes[place + offset] : nil
  }

  private mutating func advance() {
    if bytes[place] == UInt8(ascii: "\n") {
      line += 1
      column = 1
    } else if bytes[place] & 0xC0 != 0x80 {
      // Continuation bytes of UTF-8 belong to the character before them.
      column += 1
    }
    place += 1
  }

  private var location: SourceLocation { SourceLocation(line: line, column: column) }

  private func unexpected(_ found: String, _ expected: String) -> CircuitParseError {
    CircuitParseError(
      file: file, location: location, reason: .unexpected(found: found, expected: expected))
  }

  private mutating func skipBlanks() {
    while let next = byte() {
      switch next {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
      case UInt8(ascii: "/") where byte(ahead: 1) == UInt8(ascii: "/"):
        while let skipped = byte(), skipped != UInt8(ascii: "\n") { advance() }
      default: return
      }
    }
  }

  /// The next token; ``QASM2Token/Kind/end`` for ever after the last.
  mutating func next() throws(CircuitParseError) -> QASM2Token {
    skipBlanks()
    let start = place
    let location = location
    guard let first = byte() else { return QASM2Token(kind: .end, text: "", location: location) }
    let kind: QASM2Token.Kind
    switch first {
    case _ where Self.isLetter(first):
      while let next = byte(), Self.isLetter(next) || Self.isDigit(next) { advance() }
      kind = .identifier
    case _ where Self.isDigit(first),
      UInt8(ascii: ".") where byte(ahead: 1).map(Self.isDigit) ?? false:
      kind = try number()
    case UInt8(ascii: "\""):
      return QASM2Token(kind: .string, text: try string(), location: location)
    default:
      try mark()
      kind = .mark
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    return QASM2Token(kind: kind, text: text, location: location)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private mutating func number() throws(CircuitParseError) -> QASM2Token.Kind {
    var kind = QASM2Token.Kind.integer
    while let next = byte(), Self.isDigit(next) { advance() }
    if byte() == UInt8(ascii: ".") {
      kind = .real
      advance()
      while let next = byte(), Self.isDigit(next) { advance() }
    }
    if byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") {
      kind = .real
      advance()
      if byte() == UInt8(ascii: "+") || byte() == UInt8(ascii: "-") { advance() }
      guard byte().map(Self.isDigit) ?? false else {
        throw unexpected(found(), "the digits of an exponent")
      }
      while let next = byte(), Self.isDigit(next) { advance() }
    }
    if let next = byte(), Self.isLetter(next) {
      throw unexpected(found(), "the end of the number")
    }
    return kind
  }

  private mutating func string() throws(CircuitParseError) -> String {
    advance()
    let start = place
    while let next = byte(), next != UInt8(ascii: "\"") {
      guard next >= 0x20, next != 0x7F else { throw unexpected(found(), "the closing '\"'") }
      advance()
    }
    guard byte() != nil else { throw unexpected(found(), "the closing '\"'") }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    advance()
    return text
  }

  private mutating func mark() throws(CircuitParseError) {
    switch (byte(), byte(ahead: 1)) {
    case (UInt8(ascii: "-"), UInt8(ascii: ">")), (UInt8(ascii: "="), UInt8(ascii: "=")):
      advance()
      advance()
    case (let first?, _) where ";,()[]{}+-*/^".utf8.contains(first): advance()
    default: throw unexpected(found(), "a statement")
    }
  }

  /// What stands at the place, for messages: a character, or the byte in hexadecimal.
  private func found() -> String {
    guard let first = byte() else { return "the end of the file" }
    switch first {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return "the end of the line"
    case 0x21..<0x7F: return "'\(Character(Unicode.Scalar(first)))'"
    case 0xC2...:
      let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      let end = min(place + length, bytes.count)
      if let text = String(validating: bytes[place..<end], as: UTF8.self) { return "'\(text)'" }
    default: break
    }
    let digits = String(first, radix: 16, uppercase: true)
    return "the byte 0x\(digits.count < 2 ? "0" : "")\(digits)"
  }
}
