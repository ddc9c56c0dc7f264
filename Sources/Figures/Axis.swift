import Compute

/// One axis of a chart: what it shows, in which unit, on which scale.
public struct Axis: Hashable, Sendable, ExpressibleByStringLiteral {
  /// How numbers are laid out along an axis.
  public enum Scale: Hashable, Sendable {
    /// Equal differences are equal lengths.
    case linear
    /// Equal ratios are equal lengths; numbers that are not positive are left out.
    case logarithmic
  }

  /// The quantity, such as `loss`; may be empty.
  public var label: String
  /// The unit of the quantity, such as `ms`, shown behind the label; empty where there is none.
  public var unit: String
  /// The scale.
  public var scale: Scale
  /// The lowest and the highest number shown; from the data where it is nil.
  public var range: ClosedRange<Double>?

  /// Names that stand in place of the numbers 0, 1, …; each takes one unit of length.
  var categories: [String]?
  /// Whether numbers grow towards the origin (downwards), as row numbers of a matrix do.
  var isReversed = false

  /// An axis.
  ///
  /// - Precondition: `range`, where it is given, has bounds that differ, of at most 10³⁰⁰ in size and on a
  ///   logarithmic scale of at least 10⁻³⁰⁰.
  public init(
    _ label: String, unit: String = "", scale: Scale = .linear, range: ClosedRange<Double>? = nil
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.range = range
    guard let range else { return }
    require(
      shows(range.lowerBound) && shows(range.upperBound) && range.lowerBound < range.upperBound,
      "axis '\(label)': expected a range of positive length that the scale can show, found \(range)"
    )
  }

  /// A linear axis over the range of the data.
  public init(stringLiteral label: String) { self.init(label) }

  /// Whether `value` has a place on this scale: finite, positive where that is logarithmic, and not so
  /// large or small that lengths and powers of ten overflow.
  func shows(_ value: Double) -> Bool {
    switch scale {
    case .linear: value.magnitude <= 1e300
    case .logarithmic: value >= 1e-300 && value <= 1e300
    }
  }

  /// The label with the unit and the power of ten by which the tick labels are to be multiplied.
  func caption(exponent: Int) -> String {
    let power = exponent == 0 ? "" : "×\(NumberText.powerOfTen(exponent))"
    let remark = [power, unit].filter { !$0.isEmpty }.joined(separator: " ")
    if remark.isEmpty { return label }
    return label.isEmpty ? remark : "\(label) (\(remark))"
  }
}

/// Where the numbers of one axis lie between two pixels.
struct Projection: Sendable {
  let scale: Axis.Scale
  let domain: ClosedRange<Double>
  let start: Double
  let end: Double

  /// The pixel of `value`, or nil where the scale has no place for it.
  func callAsFunction(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let share: Double
    switch scale {
    case .linear:
      share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    case .logarithmic:
      guard value > 0 else { return nil }
      let low = Logarithm.ofTen(domain.lowerBound)
      share = (Logarithm.ofTen(value) - low) / (Logarithm.ofTen(domain.upperBound) - low)
    }
    // Far outside the plot the exact place does not show, and coordinates stay short.
    return start + min(max(share, -100), 100) * (end - start)
  }
}

/// A rectangle in pixels.
struct Rectangle: Equatable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
  var middle: (x: Double, y: Double) { (x + width / 2, y + height / 2) }
}
