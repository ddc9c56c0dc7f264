/// Bars of counts beside their lines, in eighths of a character.
struct Histogram {
  /// The characters of the longest bar.
  let width: Int
  /// What the longest bar stands for.
  let largest: Int

  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// Bars for counts that stand behind `margin` characters on lines of `columns`.
  init(_ counts: some Sequence<Int>, margin: Int, columns: Int) {
    largest = counts.max() ?? 0
    width = max(8, min(50, columns - margin))
  }

  /// The bar of a count; one that is not zero has an eighth at least.
  func bar(_ count: Int) -> String {
    guard largest > 0, count > 0 else { return "" }
    let size = max(1, Int((Double(count) / Double(largest) * Double(8 * width)).rounded()))
    return Self.bar(eighths: size)
  }

  /// A bar of so many eighths of a character.
  static func bar(eighths count: Int) -> String {
    String(repeating: "█", count: count / 8) + eighths[count % 8]
  }
}
