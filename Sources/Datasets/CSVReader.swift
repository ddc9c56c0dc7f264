/// Cuts the text of a CSV file into records, as RFC 4180 says.
///
/// Lines end with LF or CRLF, the last one with neither if it likes; a byte-order mark at the start is
/// passed over, and so are lines without any character. Spaces and tabs around a field without quotes
/// do not belong to it.
struct CSVReader {
  /// A field of a record and where it begins.
  struct Field: Equatable {
    var text: String
    /// The line in the file, from 1.
    var line: Int
    /// The character in that line, from 1.
    var column: Int
  }

  private let file: String
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var column = 1

  /// A reader of `bytes`; `file` is the path that errors name.
  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Reads the next record into `fields`; returns false at the end of the file.
  ///
  /// - Throws: ``DatasetError`` where the quotes do not fit.
  mutating func next(into fields: inout [Field]) throws(DatasetError) -> Bool {
    fields.removeAll(keepingCapacity: true)
    while position < bytes.count, lineBreakLength > 0 { passLineBreak() }
    guard position < bytes.count else { return false }
    while true {
      fields.append(try field())
      guard position < bytes.count else { return true }
      if lineBreakLength > 0 {
        passLineBreak()
        return true
      }
      advance()  // The comma.
    }
  }

  /// Reads one field; stops at the comma, the line break or the end after it.
  private mutating func field() throws(DatasetError) -> Field {
    let start = (line: line, column: column)
    let first = position
    passBlanks()
    if position < bytes.count && bytes[position] == Self.quote {
      return try quotedField()
    }
    while position < bytes.count && bytes[position] != Self.comma && lineBreakLength == 0 {
      if bytes[position] == Self.quote { throw fault(.strayQuote) }
      advance()
    }
    var end = position
    var begin = first
    while begin < end && Self.isBlank(bytes[begin]) { begin += 1 }
    while end > begin && Self.isBlank(bytes[end - 1]) { end -= 1 }
    // An empty field is placed where it begins, another where its text does.
    let blanks = end > begin ? begin - first : 0
    return Field(
      text: String(decoding: bytes[begin..<end], as: UTF8.self), line: start.line,
      column: start.column + blanks)
  }

  private mutating func quotedField() throws(DatasetError) -> Field {
    let start = (line: line, column: column)
    var text: [UInt8] = []
    advance()
    while true {
      guard position < bytes.count else {
        throw DatasetError(
          file: file, line: start.line, column: start.column, reason: .unclosedQuote)
      }
      let byte = bytes[position]
      if byte == Self.quote {
        advance()
        guard position < bytes.count && bytes[position] == Self.quote else { break }
      }
      text.append(byte)
      if byte == Self.newline { passLineBreak() } else { advance() }
    }
    passBlanks()
    if position < bytes.count && bytes[position] != Self.comma && lineBreakLength == 0 {
      let rest = bytes[position...].prefix(12).prefix {
        $0 != Self.comma && $0 != Self.newline && $0 != Self.carriageReturn
      }
      throw fault(.textAfterQuote(String(decoding: rest, as: UTF8.self)))
    }
    return Field(
      text: String(decoding: text, as: UTF8.self), line: start.line, column: start.column)
  }

  private func fault(_ reason: DatasetError.Reason) -> DatasetError {
    DatasetError(file: file, line: line, column: column, reason: reason)
  }

  /// The bytes of the line break at the position: 0 where there is none.
  private var lineBreakLength: Int {
    if bytes[position] == Self.newline { return 1 }
    let isPair =
      bytes[position] == Self.carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == Self.newline
    return isPair ? 2 : 0
  }

  private mutating func passLineBreak() {
    position += lineBreakLength
    line += 1
    column = 1
  }

  private mutating func passBlanks() {
    while position < bytes.count && Self.isBlank(bytes[position]) { advance() }
  }

  /// Goes on by one byte of the line; only first bytes of characters count as columns.
  private mutating func advance() {
    position += 1
    if position == bytes.count || bytes[position] & 0xC0 != 0x80 { column += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
}
