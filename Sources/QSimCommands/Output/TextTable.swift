/// Lines of columns of one width each; words stand left, numbers right.
struct TextTable {
  private var rows: [[String]] = []
  /// The columns that stand left.
  private let words: Set<Int>

  init(words: Set<Int> = [0]) { self.words = words }

  mutating func append(_ row: [String]) { rows.append(row) }

  /// The lines, each indented by two spaces.
  var lines: [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = "  "
      for (column, text) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - text.count)
        line += (column > 0 ? "  " : "") + (words.contains(column) ? text + space : space + text)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
