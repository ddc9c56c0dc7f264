package import Circuits
import Figures

/// Angles as drawings show them: multiples of π recognised, numbers rounded, long sums cut.
package enum AngleText {
  /// The angle, such as `π/2`, `0.5`, `π - x[0]` or `2·w[3]·x[1]²`, whole.
  package static func whole(
    _ angle: Angle, options: DrawingOptions = DrawingOptions()
  ) -> String {
    guard !angle.terms.isEmpty else { return "0" }
    var text = ""
    for (place, term) in angle.terms.enumerated() {
      let isNegative = term.coefficient < 0
      if place > 0 {
        text += isNegative ? " - " : " + "
      } else if isNegative {
        text += "-"
      }
      let size = number(term.coefficient.magnitude)
      let factors =
        powers(of: term.weights, options.weight) + powers(of: term.inputs, options.input)
      let leading = term.coefficient.magnitude == 1 && !factors.isEmpty ? [] : [size]
      text += (leading + factors).joined(separator: "·")
    }
    return text
  }

  /// The angles of a gate, separated by commas and cut to the options' limit with an ellipsis.
  package static func list(_ angles: [Angle], options: DrawingOptions = DrawingOptions()) -> String
  {
    shortened(
      angles.map { whole($0, options: options) }.joined(separator: ", "), to: options.angleLimit)
  }

  /// A text cut to `limit` characters, with an ellipsis in place of what is lost.
  static func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    var kept = text.prefix(max(limit - 1, 0))
    while let last = kept.last, " +-·,&|^!=".contains(last) { kept.removeLast() }
    return kept + "…"
  }

  /// A number that is not negative: a fraction of π where it is one, else to four digits.
  private static func number(_ value: Double) -> String {
    for denominator in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 32, 64, 128, 256, 512, 1024] {
      let multiple = value / .pi * Double(denominator)
      let whole = multiple.rounded()
      guard whole >= 1, whole < 100, abs(multiple - whole) < 1e-10 else { continue }
      let top = whole == 1 ? "π" : "\(Int(whole))π"
      return denominator == 1 ? top : "\(top)/\(denominator)"
    }
    return NumberText.compact(value, digits: 4).replacing("−", with: "-")
  }

  /// Equal indices joined to powers: `x[0]²·x[1]`.
  private static func powers(of indices: [Int], _ name: (Int) -> String) -> [String] {
    var counts: [(index: Int, power: Int)] = []
    for index in indices {
      if let last = counts.last, last.index == index {
        counts[counts.count - 1].power += 1
      } else {
        counts.append((index, 1))
      }
    }
    return counts.map { name($0.index) + ($0.power > 1 ? NumberText.superscript($0.power) : "") }
  }
}
