/// A line of a file in qsim's text format, cut into words; an error says the column.
///
/// The lexer of the other languages cannot do it: it passes over the ends of lines, carriage returns and `//`, all of
/// which mean something here.
struct QSimFormatLine {
  /// A part of a line without blanks.
  struct Word: Hashable {
    let text: String
    /// The column of its first character, from 1.
    let column: Int

    /// The word in words, for messages.
    var found: String {
      "'\(text.utf8.count <= 48 ? text : String(text.prefix(40)) + "...")'"
    }

    /// The whole number that the word is, without a sign; nil where it is none.
    var digits: String? {
      !text.isEmpty && text.utf8.allSatisfy { QSimFormatLine.isDigit($0) } ? text : nil
    }
  }

  /// The words that are left.
  private var words: ArraySlice<Word>
  /// The column behind the last character.
  let end: Int

  /// Cuts a line, without its line feed, into words.
  ///
  /// - Throws: ``Fault`` for blanks at the end, control characters, and bytes that are no UTF-8.
  init(_ bytes: ArraySlice<UInt8>) throws(Fault) {
    var words: [Word] = []
    var column = 1
    var start = bytes.startIndex
    var startColumn = 1
    func close(at place: Int) throws(Fault) {
      guard place > start else { return }
      guard let text = String(validating: bytes[start..<place], as: UTF8.self) else {
        throw Fault(column: startColumn, found: "bytes that are no UTF-8", expected: "a word")
      }
      words.append(Word(text: text, column: startColumn))
    }
    for place in bytes.indices {
      let byte = bytes[place]
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        try close(at: place)
        start = place + 1
        startColumn = column + 1
      } else if byte < 0x20 || byte == 0x7F {
        throw Fault(
          column: column, found: byte == 0x0D ? "a carriage return" : "a control character",
          expected: "a word or the end of the line")
      }
      if byte & 0xC0 != 0x80 { column += 1 }
    }
    try close(at: bytes.endIndex)
    end = column
    self.words = words[...]
    let last = bytes.last
    guard last != UInt8(ascii: " "), last != UInt8(ascii: "\t") else {
      throw Fault(
        column: words.last.map { $0.column + $0.text.count } ?? 1,
        found: words.isEmpty ? "a line of blanks" : "trailing spaces",
        expected: words.isEmpty ? "an operation or an empty line" : "the end of the line")
    }
  }

  /// The next word, which stays.
  var next: Word? { words.first }

  /// Takes the next word.
  ///
  /// - Throws: ``Fault`` at the end of the line.
  mutating func take(_ expected: String) throws(Fault) -> Word {
    guard let word = words.popFirst() else {
      throw Fault(column: end, found: "the end of the line", expected: expected)
    }
    return word
  }

  /// Takes the next word, a decimal number.
  ///
  /// - Returns: The number; infinite where it is too large.
  mutating func takeNumber(_ expected: String) throws(Fault) -> (value: Double, word: Word) {
    let word = try take(expected)
    guard let value = Self.number(word.text) else {
      throw Fault(column: word.column, found: word.found, expected: expected)
    }
    return (value, word)
  }

  static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// The value of a decimal number: digits with at most one point, a sign before and an exponent behind them.
  private static func number(_ text: String) -> Double? {
    var rest = Substring(text)
    func takeSign() -> String {
      guard let first = rest.first, first == "-" || first == "+" else { return "" }
      rest.removeFirst()
      return first == "-" ? "-" : ""
    }
    func takeDigits() -> Substring {
      let digits = rest.prefix { $0.utf8.count == 1 && $0.utf8.allSatisfy(isDigit) }
      rest.removeFirst(digits.count)
      return digits
    }
    var number = takeSign()
    let whole = takeDigits()
    var fraction: Substring = ""
    if rest.first == "." {
      rest.removeFirst()
      fraction = takeDigits()
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    number += (whole.isEmpty ? "0" : whole) + "." + (fraction.isEmpty ? "0" : fraction)
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      let sign = takeSign()
      let exponent = takeDigits()
      guard !exponent.isEmpty else { return nil }
      number += "e" + sign + exponent
    }
    guard rest.isEmpty else { return nil }
    return Double(number)
  }

  /// A fault of a line: its column, and what stands there.
  struct Fault: Error {
    let column: Int
    let reason: CircuitFault.Reason

    init(column: Int, _ reason: CircuitFault.Reason) {
      self.column = column
      self.reason = reason
    }

    init(column: Int, found: String, expected: String) {
      self.init(column: column, .unexpected(found: found, expected: expected))
    }
  }
}
