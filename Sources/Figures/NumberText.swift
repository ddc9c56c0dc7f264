import Foundation

/// Numbers as figures show them: as short as they can be, with a true minus sign.
package enum NumberText {
  /// `value` with exactly `decimals` digits after the point.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(max(0, decimals))f", value)
    let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
    return isZero ? text.replacing("-", with: "") : text.replacing("-", with: "−")
  }

  /// `value` to `digits` significant digits without trailing zeros; powers of ten beyond 10⁻⁴ and 10⁵.
  package static func compact(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    guard value != 0 else { return "0" }
    let scientific = String(format: "%.\(max(0, digits - 1))e", value)
    let parts = scientific.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return scientific }
    if exponent >= -4 && exponent < 5 {
      return trimmed(fixed(value, decimals: max(0, digits - 1 - exponent)))
    }
    let mantissa = trimmed(String(parts[0]).replacing("-", with: "−"))
    if mantissa == "1" { return powerOfTen(exponent) }
    return "\(mantissa)·\(powerOfTen(exponent))"
  }

  /// `10ⁿ` in Unicode superscripts.
  package static func powerOfTen(_ exponent: Int) -> String { "10" + superscript(exponent) }

  /// An integer in Unicode superscripts.
  package static func superscript(_ value: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (value < 0 ? "⁻" : "")
      + String(String(value.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }

  /// `text` without the zeros that end its decimals.
  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = text
    while kept.last == "0" { kept.removeLast() }
    if kept.last == "." { kept.removeLast() }
    return kept
  }
}
