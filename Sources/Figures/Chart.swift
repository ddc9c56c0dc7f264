/// One chart: marks over a pair of axes.
///
/// Made by ``lines(_:title:x:y:)``, ``scatter(_:title:x:y:)``, ``bars(_:categories:title:x:y:)``,
/// ``heatMap(_:title:x:y:columnNames:rowNames:map:range:label:decimals:)`` and
/// ``decisionRegions(_:title:x:y:resolution:predict:)``; shown by a ``Figure``.
///
/// ```swift
/// let chart = Chart.lines(
///   [Chart.Series("train", y: [0.9, 0.4, 0.2]), Chart.Series("test", y: [1.0, 0.6, 0.5])],
///   x: "epoch", y: Axis("loss", unit: "nats", scale: .logarithmic))
/// ```
public struct Chart: Sendable {
  /// The title above the chart; empty for none.
  public var title: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis

  var marks: [any Mark]
  /// The width of the plot over its height; nil fills the panel.
  var aspect: Double?

  init(title: String, x: Axis, y: Axis, marks: [any Mark]) {
    self.title = title
    self.x = x
    self.y = y
    self.marks = marks
  }

  /// The chart with the marks of `other` on top, on the axes of this chart.
  ///
  /// Colours go on where those of this chart end.
  public func overlaid(by other: Chart) -> Chart {
    var chart = self
    chart.marks += other.marks
    return chart
  }

  /// The marks, each with the number of its first colour.
  var coloredMarks: [(mark: any Mark, firstColor: Int)] {
    var next = 0
    return marks.map { mark in
      defer { next += mark.colorCount }
      return (mark, next)
    }
  }

  /// The entries of the legend that have a name.
  var legend: [LegendEntry] {
    coloredMarks.flatMap { $0.mark.legend(firstColor: $0.firstColor) }.filter { !$0.name.isEmpty }
  }

  /// The first colour bar among the marks.
  var colorBar: ColorBar? { marks.lazy.compactMap(\.colorBar).first }

  /// What each axis shows, and whether its numbers are all whole; nil ranges hold no data.
  func domains() -> (x: AxisDomain, y: AxisDomain) {
    let extents = marks.map { $0.extent(x: x, y: y) }
    return (
      AxisDomain(
        axis: x, data: extents.map(\.x).reduce(nil, MarkExtent.union),
        isFilled: extents.contains(where: \.fillsX), keepsZero: false,
        isWhole: extents.allSatisfy(\.isWholeX)),
      AxisDomain(
        axis: y, data: extents.map(\.y).reduce(nil, MarkExtent.union),
        isFilled: extents.contains(where: \.fillsY), keepsZero: extents.allSatisfy(\.fillsX),
        isWhole: extents.allSatisfy(\.isWholeY))
    )
  }
}

/// The numbers that an axis shows.
struct AxisDomain: Equatable, Sendable {
  let range: ClosedRange<Double>
  let isWhole: Bool
  /// Whether there is nothing to show.
  let isEmpty: Bool

  /// The domain of `axis` for `data`: its own range where one is set, else that of the data.
  ///
  /// - Parameters:
  ///   - axis: The axis.
  ///   - data: The smallest range that holds the data; nil where there are none.
  ///   - isFilled: Whether the axis ends where the data end; otherwise a twentieth is left on each side.
  ///   - keepsZero: Whether data that begin or end at zero end the axis there.
  ///   - isWhole: Whether all numbers are whole.
  init(
    axis: Axis, data: ClosedRange<Double>?, isFilled: Bool, keepsZero: Bool, isWhole: Bool
  ) {
    isEmpty = data == nil
    let isLogarithmic = axis.scale == .logarithmic
    guard axis.range == nil, let data else {
      range = axis.range ?? (isLogarithmic ? 1...10 : 0...1)
      self.isWhole = isWhole && data != nil
      return
    }
    self.isWhole = isWhole
    if isLogarithmic {
      let low = Logarithm.ofTen(data.lowerBound)
      let high = Logarithm.ofTen(data.upperBound)
      let margin = high > low ? (isFilled ? 0 : (high - low) * 0.05) : 0.3
      range =
        Logarithm.power(of: max(low - margin, -303))...Logarithm.power(of: min(high + margin, 303))
      return
    }
    let length = data.upperBound - data.lowerBound
    guard length > 4 * max(data.upperBound.magnitude, data.lowerBound.magnitude).ulp else {
      let margin = max(data.lowerBound.magnitude * 0.1, isWhole ? 1 : 0.1)
      range = data.lowerBound - margin...data.lowerBound + margin
      return
    }
    let margin = isFilled ? 0 : length * 0.05
    let low = data.lowerBound == 0 && keepsZero ? 0 : data.lowerBound - margin
    let high = data.upperBound == 0 && keepsZero ? 0 : data.upperBound + margin
    range = low...high
  }
}
