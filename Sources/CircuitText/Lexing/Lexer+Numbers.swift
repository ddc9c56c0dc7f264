extension Lexer {
  /// The units of time.
  static let units: [String: Double] = [
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "dt": .nan,
  ]

  /// Reads a number, and the unit behind it.
  ///
  /// - Returns: The kind and the text; underscores between digits are left out.
  mutating func number() throws(CircuitFault) -> (Token.Kind, String) {
    if byte() == UInt8(ascii: "0"), let base = byte(ahead: 1), "xXoObB".utf8.contains(base) {
      return (.integer, try prefixedInteger())
    }
    let start = place
    var kind = Token.Kind.integer
    digits()
    if byte() == UInt8(ascii: ".") {
      kind = .real
      advance()
      digits()
    }
    if byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") {
      kind = .real
      advance()
      if byte() == UInt8(ascii: "+") || byte() == UInt8(ascii: "-") { advance() }
      guard byte().map(Self.isDigit) ?? false else {
        throw unexpected(found(), "the digits of an exponent")
      }
      digits()
    }
    let hasJoints = source.bytes[start..<place].contains(UInt8(ascii: "_"))
    let number = hasJoints ? text(from: start).filter { $0 != "_" } : text(from: start)
    guard let next = byte(), Self.isLetter(next) || next >= 0x80 else { return (kind, number) }
    let unitPlace = self
    let unitStart = place
    advance { Self.isLetter($0) || Self.isDigit($0) || $0 >= 0x80 }
    let unit = text(from: unitStart)
    if unit == "im" { return (.imaginary, number) }
    if Self.units[unit] != nil { return (.duration, number + unit) }
    throw unitPlace.unexpected(unitPlace.found(), "the end of the number")
  }

  private mutating func digits() {
    while let next = byte() {
      let joins =
        next == UInt8(ascii: "_") && (byte(ahead: 1).map(Self.isDigit) ?? false)
      guard Self.isDigit(next) || joins else { return }
      advance()
    }
  }

  /// Reads `0x1F`, `0o17` or `0b11`.
  private mutating func prefixedInteger() throws(CircuitFault) -> String {
    let start = place
    advance()
    let radix = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2][
      (byte() ?? 0) | 0x20]
    advance()
    let first = place
    advance { Self.isDigit($0) || Self.isLetter($0) }
    let digits = text(from: first).filter { $0 != "_" }
    guard !digits.isEmpty, let radix,
      digits.allSatisfy({ $0.hexDigitValue.map { $0 < radix } ?? false })
    else {
      throw unexpected("'\(Token.clipped(text(from: start)))'", "the digits of a whole number")
    }
    return text(from: start).filter { $0 != "_" }
  }
}
