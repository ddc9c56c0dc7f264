extension Angle: CustomStringConvertible {
  /// The expression as text, such as `π - x[0]` or `0.5 + 2.0*w[0]*x[1]`.
  public var description: String { text(weight: { "w[\($0)]" }, input: { "x[\($0)]" }) }

  /// The expression as text, with names of the caller's for weights, inputs and π.
  ///
  /// - Parameters:
  ///   - weight: The name of the weight of an index.
  ///   - input: The name of the input of an index.
  ///   - pi: The name of π.
  ///   - times: What stands between a whole number and π.
  /// - Returns: The text.
  package func text(
    weight: (Int) -> String, input: (Int) -> String, pi: String = "π", times: String = ""
  ) -> String {
    guard !terms.isEmpty else { return "0" }
    var text = ""
    for (place, term) in terms.enumerated() {
      let isNegative = term.coefficient < 0
      if place > 0 {
        text += isNegative ? " - " : " + "
      } else if isNegative {
        text += "-"
      }
      let size = term.coefficient.magnitude
      let factors = term.weights.map(weight) + term.inputs.map(input)
      let leading =
        size == 1 && !factors.isEmpty ? [] : [Self.text(ofPositive: size, pi: pi, times: times)]
      text += (leading + factors).joined(separator: "*")
    }
    return text
  }

  /// A positive number as text that reads back to the same double; short fractions of π by name.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - pi: The name of π.
  ///   - times: What stands between a whole number and π.
  /// - Returns: The text, such as `3*pi/4` or `0.1`.
  package static func text(ofPositive value: Double, pi: String, times: String) -> String {
    for denominator in [1, 2, 3, 4, 6, 8, 12, 16, 32, 64] {
      let numerator = (value / Double.pi * Double(denominator)).rounded()
      guard 1...64 ~= numerator, numerator * Double.pi / Double(denominator) == value else {
        continue
      }
      let whole = numerator == 1 ? pi : "\(Int(numerator))\(times)\(pi)"
      return denominator == 1 ? whole : "\(whole)/\(denominator)"
    }
    return "\(value)"
  }
}
