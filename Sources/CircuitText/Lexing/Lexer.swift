/// Cuts the bytes of a circuit file into tokens; comments and blanks are passed over.
///
/// One lexer serves all languages: a mark that a language does not have is a fault of its parser.
struct Lexer {
  let source: SourceText
  private(set) var place = 0
  private var line = 1
  private var column = 1

  init(_ source: SourceText) {
    self.source = source
    // A byte-order mark is no part of the text.
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  func byte(ahead offset: Int = 0) -> UInt8? {
    place + offset < source.bytes.count ? source.bytes[place + offset] : nil
  }

  mutating func advance() {
    if source.bytes[place] == UInt8(ascii: "\n") {
      line += 1
      column = 1
    } else if source.bytes[place] & 0xC0 != 0x80 {
      // Continuation bytes of UTF-8 belong to the character before them.
      column += 1
    }
    place += 1
  }

  mutating func advance(while accepts: (UInt8) -> Bool) {
    while let next = byte(), accepts(next) { advance() }
  }

  var location: SourceLocation { SourceLocation(line: line, column: column) }

  func unexpected(_ found: String, _ expected: String) -> CircuitFault {
    source.fault(.unexpected(found: found, expected: expected), at: location)
  }

  func text(from start: Int) -> String {
    String(decoding: source.bytes[start..<place], as: UTF8.self)
  }

  /// Passes over blanks, the ends of lines and comments.
  private mutating func skipBlanks() throws(CircuitFault) {
    while let next = byte() {
      switch next {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
      case UInt8(ascii: "/") where byte(ahead: 1) == UInt8(ascii: "/"):
        advance { $0 != UInt8(ascii: "\n") }
      case UInt8(ascii: "/") where byte(ahead: 1) == UInt8(ascii: "*"):
        let start = location
        while byte() != nil, byte() != UInt8(ascii: "*") || byte(ahead: 1) != UInt8(ascii: "/") {
          advance()
        }
        guard byte() != nil else {
          throw source.fault(
            .unexpected(found: "the end of the file", expected: "the end of the comment, '*/'"),
            at: start)
        }
        advance()
        advance()
      default: return
      }
    }
  }

  /// The next token; ``Token/Kind/end`` for ever after the last.
  ///
  /// - Throws: A fault where no token begins; the byte at fault is passed over.
  mutating func next() throws(CircuitFault) -> Token {
    let before = place
    try skipBlanks()
    let start = place
    let location = location
    let hasBlank = start > before
    func token(_ kind: Token.Kind, _ text: String) -> Token {
      Token(kind: kind, text: text, location: location, end: place, hasBlankBefore: hasBlank)
    }
    guard let first = byte() else { return token(.end, "") }
    switch first {
    case _ where Self.isLetter(first) || first >= 0x80 && startsLetter():
      try name()
      return token(.identifier, text(from: start))
    case _ where Self.isDigit(first),
      UInt8(ascii: ".") where byte(ahead: 1).map(Self.isDigit) ?? false:
      let (kind, text) = try number()
      return token(kind, text)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let text = try string(closing: first)
      return token(.string, text)
    case UInt8(ascii: "$") where byte(ahead: 1).map(Self.isDigit) ?? false:
      advance()
      advance(while: Self.isDigit)
      return token(.hardwareQubit, String(text(from: start).dropFirst()))
    default:
      try mark()
      return token(.mark, text(from: start))
    }
  }

  /// The rest of the line behind a token, without blanks around it; reading goes on with the next line.
  mutating func restOfLine(after token: Token) -> String {
    // The token that was read ahead may lie on a later line: begin again at its end.
    place = token.end
    line = token.location.line
    column = token.location.column + token.text.count
    let start = place
    advance { $0 != UInt8(ascii: "\n") }
    let blanks: (UInt8) -> Bool = {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
    }
    let rest = source.bytes[start..<place].drop(while: blanks)
    let length = rest.count - rest.reversed().prefix(while: blanks).count
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// The character that begins here; nil where the bytes are no UTF-8.
  private func character() -> Unicode.Scalar? {
    guard let first = byte() else { return nil }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let end = min(place + length, source.bytes.count)
    return String(validating: source.bytes[place..<end], as: UTF8.self)?.unicodeScalars.first
  }

  private func startsLetter() -> Bool { character()?.properties.isAlphabetic ?? false }

  private mutating func name() throws(CircuitFault) {
    while let next = byte() {
      if Self.isLetter(next) || Self.isDigit(next) {
        advance()
      } else if next >= 0x80, let scalar = character(), scalar.properties.isAlphabetic {
        for _ in 0..<String(scalar).utf8.count { advance() }
      } else {
        return
      }
    }
  }

  private mutating func string(closing quote: UInt8) throws(CircuitFault) -> String {
    advance()
    let start = place
    let expected = "the closing '\(Character(Unicode.Scalar(quote)))'"
    while let next = byte(), next != quote {
      guard next >= 0x20, next != 0x7F else { throw unexpected(found(), expected) }
      advance()
    }
    guard byte() != nil else { throw unexpected(found(), expected) }
    let content = text(from: start)
    advance()
    return content
  }

  private static let marks: [[UInt8]] = [
    "**=", "<<=", ">>=", "->", "==", "!=", "<=", ">=", "&&", "||", "++", "**", "<<", ">>", "+=",
    "-=", "*=", "/=", "&=", "|=", "^=", "~=", "%=",
  ].map { Array($0.utf8) }

  /// The second bytes of the longer marks.
  private static let following = Set("=*<>&|+".utf8)

  private static let single = Set(";,:.()[]{}+-*/%^~!&|<>=@#".utf8)

  private mutating func mark() throws(CircuitFault) {
    let rest = source.bytes[place...]
    let isLonger = byte(ahead: 1).map(Self.following.contains) ?? false
    if isLonger, let mark = Self.marks.first(where: { rest.starts(with: $0) }) {
      for _ in mark { advance() }
    } else if let first = byte(), Self.single.contains(first) {
      advance()
    } else {
      let fault = unexpected(found(), "a statement")
      advance()
      // The rest of a character belongs to the fault.
      advance { $0 & 0xC0 == 0x80 }
      throw fault
    }
  }

  /// What stands at the place, for messages: a character, or the byte in hexadecimal.
  func found() -> String {
    guard let first = byte() else { return "the end of the file" }
    switch first {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return "the end of the line"
    case 0x21..<0x7F: return "'\(Character(Unicode.Scalar(first)))'"
    case 0xC2...: if let scalar = character() { return "'\(scalar)'" }
    default: break
    }
    let digits = String(first, radix: 16, uppercase: true)
    return "the byte 0x\(digits.count < 2 ? "0" : "")\(digits)"
  }
}
