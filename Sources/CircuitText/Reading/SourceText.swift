/// The bytes of a circuit file, and its name for messages.
struct SourceText: Sendable {
  /// The content; it need not be valid UTF-8.
  let bytes: [UInt8]
  /// The file's name, as given.
  let file: String

  /// Lines longer than this are not shown with a fault.
  private static let shownBytes = 160

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// A fault at a place, with its line.
  func fault(_ reason: CircuitFault.Reason, at location: SourceLocation) -> CircuitFault {
    CircuitFault(file: file, location: location, reason: reason, line: line(location.line))
  }

  /// The place right behind a token.
  func location(behind token: Token) -> SourceLocation {
    let newline = UInt8(ascii: "\n")
    let before = bytes[..<token.end]
    let start = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    let line = before.count { $0 == newline } + 1
    // A byte-order mark is no part of the text.
    let text = bytes[start..<token.end]
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let shown = start == 0 && text.starts(with: mark) ? text.dropFirst(mark.count) : text
    return SourceLocation(
      line: line, column: String(decoding: shown, as: UTF8.self).unicodeScalars.count + 1)
  }

  /// A line, counted from 1, without its end; nil where it is long, or holds what cannot be shown.
  func line(_ number: Int) -> String? {
    var line = 1
    var start = 0
    while line < number {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      start = end + 1
      line += 1
    }
    // A byte-order mark is no part of the text.
    if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    guard end - start <= Self.shownBytes,
      bytes[start..<end].allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") })
    else { return nil }
    return String(validating: bytes[start..<end], as: UTF8.self)
  }
}
