/// How wide text is: an estimate from above for the usual sans-serif fonts.
///
/// The font of the reader is not known when a figure is written, so each character counts the width it
/// has in DejaVu Sans, the widest of the usual system fonts, rounded up to a few classes.
package enum TextMetrics {
  /// The width of `text` in pixels when set in `size` pixels.
  package static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
    var sum = 0.0
    for scalar in text.unicodeScalars { sum += advance(of: scalar) }
    return sum * size * (isBold ? 1.09 : 1)
  }

  /// `text` cut with an ellipsis so that it fits in `width`; whole where it fits.
  package static func shortened(
    _ text: String, to width: Double, size: Double, isBold: Bool = false
  ) -> String {
    guard self.width(of: text, size: size, isBold: isBold) > width else { return text }
    var kept = text
    while !kept.isEmpty && self.width(of: kept + "…", size: size, isBold: isBold) > width {
      kept.removeLast()
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// `text` cut in its middle with an ellipsis so that it fits in `width`; whole where it fits.
  ///
  /// Names that differ in their last letters, as numbered ones do, stay different.
  package static func shortenedInside(_ text: String, to width: Double, size: Double) -> String {
    guard self.width(of: text, size: size) > width else { return text }
    let letters = Array(text)
    var kept = letters.count - 1
    func cut() -> String {
      String(letters.prefix((kept + 1) / 2)) + "…" + String(letters.suffix(kept / 2))
    }
    while kept > 0 && self.width(of: cut(), size: size) > width { kept -= 1 }
    return cut()
  }

  /// `text` broken between words into at most `limit` lines of `width`, the last one cut if need be.
  package static func wrapped(
    _ text: String, to width: Double, size: Double, isBold: Bool = false, limit: Int
  ) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      if let last = lines.last {
        let longer = last + " " + word
        let fits = self.width(of: longer, size: size, isBold: isBold) <= width
        if fits || lines.count == limit {
          lines[lines.count - 1] = longer
          continue
        }
      }
      lines.append(word)
    }
    return lines.map { shortened($0, to: width, size: size, isBold: isBold) }
  }

  /// The width of one character in units of the font size.
  private static func advance(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "|", "'", ".", ",", ":", ";", " ", "I", "·": 0.35
    case "f", "r", "t", "(", ")", "[", "]", "{", "}", "/", "\\", "-", "!", "\"", "°": 0.42
    case "m", "w", "M", "W", "@", "%", "—": 1.0
    case "0"..."9": 0.64
    case "A"..."Z": 0.74
    case "+", "=", "<", ">", "~", "^", "−", "×", "≤", "≥", "±", "…": 0.84
    case "\u{300}"..."\u{36F}": 0
    case "\u{2070}"..."\u{209F}", "²", "³", "¹": 0.45
    case "\u{1100}"..."\u{11FF}", "\u{2E80}"..."\u{D7FF}", "\u{F900}"..."\u{FAFF}",
      "\u{FE30}"..."\u{FE6F}", "\u{FF00}"..."\u{FF60}", "\u{1F000}"..."\u{3FFFF}":
      1.05
    default: 0.65
    }
  }
}
