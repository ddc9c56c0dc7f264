/// A grid of characters in which lines that meet become one box-drawing character.
///
/// A cell keeps the strokes that leave its middle, each absent, light or double, so that the lower edge of one box
/// and the upper edge of the next are one line: `└` and `┌` make `├`. A character that is put into a cell hides the
/// strokes.
struct TextCanvas {
  /// The strokes that leave the middle of a cell: 0 for none, 1 for a light one, 2 for a double one.
  struct Strokes: Hashable {
    var up: UInt8 = 0
    var down: UInt8 = 0
    var left: UInt8 = 0
    var right: UInt8 = 0

    static let wire = Strokes(left: 1, right: 1)
    static let register = Strokes(left: 2, right: 2)

    /// The strokes of both, the heavier where they share one.
    func union(_ other: Strokes) -> Strokes {
      Strokes(
        up: max(up, other.up), down: max(down, other.down), left: max(left, other.left),
        right: max(right, other.right))
    }
  }

  let width: Int
  let height: Int
  private var strokes: [Strokes]
  private var characters: [Character?]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    strokes = [Strokes](repeating: Strokes(), count: width * height)
    characters = [Character?](repeating: nil, count: width * height)
  }

  /// Whether nothing stands in a cell.
  func isEmpty(_ row: Int, _ column: Int) -> Bool {
    characters[row * width + column] == nil && strokes[row * width + column] == Strokes()
  }

  /// Adds strokes to those of a cell.
  mutating func draw(_ more: Strokes, _ row: Int, _ column: Int) {
    strokes[row * width + column] = strokes[row * width + column].union(more)
  }

  /// Puts strokes in place of all that a cell holds.
  mutating func replace(_ row: Int, _ column: Int, with other: Strokes) {
    strokes[row * width + column] = other
    characters[row * width + column] = nil
  }

  /// Writes a text from a column on; what does not fit is left out.
  mutating func write(_ text: String, _ row: Int, _ column: Int) {
    for (offset, character) in text.enumerated() where 0..<width ~= column + offset {
      characters[row * width + column + offset] = character
    }
  }

  /// The lines, each `width` characters wide.
  var lines: [String] {
    (0..<height).map { row in
      String(
        (row * width..<(row + 1) * width).map { characters[$0] ?? Self.glyph(strokes[$0]) })
    }
  }

  /// The character of some strokes.
  private static func glyph(_ strokes: Strokes) -> Character { glyphs[strokes] ?? "┼" }

  private static let glyphs: [Strokes: Character] = {
    let table: [(Character, UInt8, UInt8, UInt8, UInt8)] = [
      (" ", 0, 0, 0, 0), ("─", 0, 0, 1, 1), ("│", 1, 1, 0, 0), ("┌", 0, 1, 0, 1),
      ("┐", 0, 1, 1, 0), ("└", 1, 0, 0, 1), ("┘", 1, 0, 1, 0), ("├", 1, 1, 0, 1),
      ("┤", 1, 1, 1, 0), ("┬", 0, 1, 1, 1), ("┴", 1, 0, 1, 1), ("┼", 1, 1, 1, 1),
      ("═", 0, 0, 2, 2), ("║", 2, 2, 0, 0), ("╥", 0, 2, 1, 1), ("╨", 2, 0, 1, 1),
      ("╫", 2, 2, 1, 1), ("╩", 2, 0, 2, 2), ("╦", 0, 2, 2, 2), ("╬", 2, 2, 2, 2),
    ]
    return Dictionary(
      uniqueKeysWithValues: table.map {
        (Strokes(up: $0.1, down: $0.2, left: $0.3, right: $0.4), $0.0)
      })
  }()
}
