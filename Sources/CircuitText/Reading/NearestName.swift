/// The name nearest to one that is not known, for suggestions.
enum NearestName {
  /// The candidate with the fewest edits, at most two and half the letters, or with the same letters in other cases;
  /// nil if none is near.
  ///
  /// Of several it is the one with the longest beginning in common, then the first in order. An edit
  /// is one letter added, dropped or changed, or two neighbours exchanged.
  static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(name.utf8)
    guard letters.count <= 64 else { return nil }
    let lowercased = name.lowercased()
    var best: (name: String, edits: Int, common: Int)?
    for candidate in candidates.sorted() where candidate != name {
      if candidate.lowercased() == lowercased { return candidate }
      let other = Array(candidate.utf8)
      let limit = min(2, max(letters.count, other.count) / 2)
      guard abs(letters.count - other.count) <= limit else { continue }
      let edits = edits(letters, other)
      let common = zip(letters, other).prefix { $0 == $1 }.count
      guard edits <= limit else { continue }
      if let best, (best.edits, -best.common) <= (edits, -common) { continue }
      best = (candidate, edits, common)
    }
    return best?.name
  }

  private static func edits(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var rows = [Array(0...other.count)]
    for (i, letter) in one.enumerated() {
      var row = [i + 1]
      for (j, match) in other.enumerated() {
        var edits = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == match ? 0 : 1))
        if i > 0, j > 0, letter == other[j - 1], one[i - 1] == match {
          edits = min(edits, rows[i - 1][j - 1] + 1)
        }
        row.append(edits)
      }
      rows.append(row)
    }
    return rows[one.count][other.count]
  }
}
