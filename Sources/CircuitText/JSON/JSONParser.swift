/// Reads JSON as RFC 8259 says, with the place of each value.
///
/// The lexer of the circuit languages cannot do it: strings of JSON have escapes, and its numbers another grammar.
struct JSONParser {
  private let bytes: [UInt8]
  private var place = 0
  /// How many values may still be read.
  private var valuesLeft: Int
  private let valueLimit: Int

  /// How deeply lists and objects may stand in each other: enough for all that a circuit can hold.
  static let depthLimit = 1100

  /// Parses the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - valueLimit: How many values it may hold.
  /// - Returns: The value of the whole text.
  /// - Throws: ``JSONFault`` at the first byte that is wrong.
  static func parse(_ bytes: [UInt8], valueLimit: Int) throws(JSONFault) -> JSONNode {
    var parser = JSONParser(bytes: bytes, valuesLeft: valueLimit, valueLimit: valueLimit)
    // A byte-order mark is no part of the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.place = 3 }
    let node = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.place == bytes.count else { throw parser.unexpected("the end of the file") }
    return node
  }

  private init(bytes: [UInt8], valuesLeft: Int, valueLimit: Int) {
    self.bytes = bytes
    self.valuesLeft = valuesLeft
    self.valueLimit = valueLimit
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func unexpected(_ expected: String) -> JSONFault {
    JSONFault(place, found: found, expected: expected)
  }

  private var found: String {
    guard let byte else { return "the end of the file" }
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return "the end of the line" }
    guard 0x21..<0x7F ~= byte else {
      return "the byte 0x\(String(byte, radix: 16, uppercase: true))"
    }
    return "'\(Character(Unicode.Scalar(byte)))'"
  }

  private mutating func skipBlanks() {
    while let next = byte, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 {
      place += 1
    }
  }

  private mutating func take(_ mark: Character) -> Bool {
    guard byte == mark.asciiValue else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONNode {
    skipBlanks()
    guard depth <= Self.depthLimit else {
      throw JSONFault(place, .nestedTooDeeply(limit: Self.depthLimit))
    }
    valuesLeft -= 1
    guard valuesLeft >= 0 else {
      throw JSONFault(
        place, found: "more than \(valueLimit) values", expected: "at most \(valueLimit)")
    }
    let start = place
    switch byte {
    case UInt8(ascii: "{"): return JSONNode(value: try object(depth: depth), offset: start)
    case UInt8(ascii: "["): return JSONNode(value: try list(depth: depth), offset: start)
    case UInt8(ascii: "\""): return JSONNode(value: .text(try text()), offset: start)
    case let byte? where byte == UInt8(ascii: "-") || Lexer.isDigit(byte):
      return JSONNode(value: .number(try number()), offset: start)
    default:
      for (word, value) in [
        ("true", JSONNode.Value.truth(true)), ("false", .truth(false)), ("null", .null),
      ] where bytes[place...].starts(with: word.utf8) {
        place += word.utf8.count
        return JSONNode(value: value, offset: start)
      }
      throw unexpected("a value")
    }
  }

  private mutating func list(depth: Int) throws(JSONFault) -> JSONNode.Value {
    place += 1
    var list: [JSONNode] = []
    skipBlanks()
    if take("]") { return .list(list) }
    repeat {
      list.append(try value(depth: depth + 1))
      skipBlanks()
    } while take(",")
    guard take("]") else { throw unexpected("',' or ']'") }
    return .list(list)
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONNode.Value {
    place += 1
    var members: [JSONNode.Member] = []
    var keys: Set<String> = []
    skipBlanks()
    if take("}") { return .object(members) }
    repeat {
      skipBlanks()
      let start = place
      guard byte == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let key = try text()
      guard keys.insert(key).inserted else {
        throw JSONFault(start, .redefined(JSONNode.clipped(key)))
      }
      skipBlanks()
      guard take(":") else { throw unexpected("':'") }
      members.append(
        JSONNode.Member(key: key, offset: start, node: try value(depth: depth + 1)))
      skipBlanks()
    } while take(",")
    guard take("}") else { throw unexpected("',' or '}'") }
    return .object(members)
  }

  /// Reads a number without working out its value.
  private mutating func number() throws(JSONFault) -> String {
    let start = place
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func digits() throws(JSONFault) {
    let start = place
    while let next = byte, UInt8(ascii: "0")...UInt8(ascii: "9") ~= next { place += 1 }
    guard place > start else { throw unexpected("a digit") }
  }

  // MARK: Strings

  private mutating func text() throws(JSONFault) -> String {
    place += 1
    var text = ""
    while true {
      let start = place
      while let next = byte, next >= 0x20, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") {
        place += 1
      }
      guard let part = String(validating: bytes[start..<place], as: UTF8.self) else {
        throw JSONFault(start, found: "bytes that are no UTF-8", expected: "text")
      }
      text += part
      if take("\"") { return text }
      guard take("\\") else { throw unexpected("the closing '\"'") }
      text.unicodeScalars.append(try escape())
    }
  }

  private static let plainEscapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
    UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
    if let byte, let scalar = Self.plainEscapes[byte] {
      place += 1
      return scalar
    }
    let start = place
    guard take("u") else { throw unexpected("an escape such as '\\n'") }
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // A pair of surrogates is one character.
    guard first < 0xDC00, take("\\"), take("u") else {
      throw JSONFault(start, found: "half a pair of surrogates", expected: "a character")
    }
    let second = try hexadecimal()
    guard 0xDC00...0xDFFF ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw JSONFault(start, found: "half a pair of surrogates", expected: "a character") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw unexpected("a hexadecimal digit")
      }
      value = value << 4 | UInt32(digit)
      place += 1
    }
    return value
  }
}

extension SourceText {
  /// The place of a byte: line and column.
  func location(of offset: Int) -> SourceLocation {
    // A byte-order mark is no part of the text.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    for place in start..<max(start, min(offset, bytes.count))
    where bytes[place] == UInt8(ascii: "\n") {
      line += 1
      start = place + 1
    }
    let column = bytes[start..<max(start, min(offset, bytes.count))].count { $0 & 0xC0 != 0x80 }
    return SourceLocation(line: line, column: column + 1)
  }
}
