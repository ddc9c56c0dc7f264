import Compute

extension Chart {
  /// One bar for each category, all in one colour.
  public struct Bars: Hashable, Sendable {
    /// The name in the legend; empty for none.
    public var name: String
    /// The height of each bar; a NaN or an infinity leaves its place empty.
    public var values: [Double]
    /// The half length of the error bar of each value, such as the standard deviation; nil for none.
    public var errors: [Double]?

    /// Bars of the heights `values`.
    ///
    /// - Precondition: `errors`, where given, has the count of `values`.
    public init(_ name: String = "", values: [Double], errors: [Double]? = nil) {
      require(
        errors.map { $0.count == values.count } ?? true,
        "bars '\(name)': values and errors differ in count: \(values.count) and \(errors?.count ?? 0)"
      )
      self.name = name
      self.values = values
      self.errors = errors
    }
  }

  /// A chart of bars: for each category one bar of every group, side by side, from zero.
  ///
  /// Error bars that are NaN, infinite or not positive are left out. On a logarithmic axis bars begin at
  /// the foot of the chart, and values that are not positive are left out.
  ///
  /// - Precondition: every group has as many values as there are categories.
  public static func bars(
    _ groups: [Bars], categories: [String], title: String = "", x: Axis = "", y: Axis = ""
  ) -> Chart {
    for group in groups {
      require(
        group.values.count == categories.count,
        "bars '\(group.name)': expected \(categories.count) values, found \(group.values.count)")
    }
    var axis = x
    axis.categories = categories
    axis.scale = .linear
    axis.range = nil
    return Chart(
      title: title, x: axis, y: y, marks: [BarMark(groups: groups, count: categories.count)])
  }
}

/// Groups of bars with their error bars.
struct BarMark: Mark {
  let groups: [Chart.Bars]
  let count: Int

  var colorCount: Int { groups.count }
  var colorBar: ColorBar? { nil }

  func extent(x: Axis, y: Axis) -> MarkExtent {
    var values = y.scale == .linear ? [0.0] : []
    for group in groups {
      for index in group.values.indices where y.shows(group.values[index]) {
        values.append(group.values[index])
        if let error = error(of: group, index) {
          values += [group.values[index] - error, group.values[index] + error]
        }
      }
    }
    return MarkExtent(
      x: -0.5...max(Double(count), 1) - 0.5, y: MarkExtent.range(of: values, on: y), fillsX: true)
  }

  func legend(firstColor: Int) -> [LegendEntry] {
    groups.indices.map {
      LegendEntry(name: groups[$0].name, color: .series(firstColor + $0), symbol: .box)
    }
  }

  func draw(in frame: PlotFrame) -> [SVGElement] {
    var bars: [SVGElement] = []
    var whiskers = ""
    let foot =
      frame.y(frame.axes.y.scale == .linear ? 0 : frame.y.domain.lowerBound) ?? frame.area.bottom
    let unit = frame.area.width / Double(max(count, 1))
    let width = min(unit * 0.76 / Double(max(groups.count, 1)), 64)
    for (number, group) in groups.enumerated() {
      let color = Color.series(frame.firstColor + number)
      for index in group.values.indices {
        guard let middle = frame.x(Double(index)), let top = frame.y(group.values[index]) else {
          continue
        }
        let left = middle + (Double(number) - Double(groups.count) / 2) * width
        bars.append(
          SVGElement(
            "rect",
            [
              "x": SVGElement.coordinate(left + width * 0.04),
              "y": SVGElement.coordinate(min(top, foot)),
              "width": SVGElement.coordinate(width * 0.92),
              "height": SVGElement.coordinate(abs(foot - top)), "fill": color.hex,
            ]))
        if let error = error(of: group, index),
          let high = frame.y(group.values[index] + error)
        {
          let low = frame.y(group.values[index] - error) ?? frame.area.bottom
          whiskers += whisker(x: left + width / 2, from: low, to: high, cap: min(width * 0.2, 6))
        }
      }
    }
    if !whiskers.isEmpty {
      bars.append(
        SVGElement(
          "path",
          ["d": whiskers, "fill": "none", "stroke": Color.ink.hex, "stroke-width": "1.3"]))
    }
    return bars
  }

  private func error(of group: Chart.Bars, _ index: Int) -> Double? {
    guard let error = group.errors?[index], error.isFinite, error > 0 else { return nil }
    return error
  }

  private func whisker(x: Double, from low: Double, to high: Double, cap: Double) -> String {
    let left = SVGElement.coordinate(x - cap)
    let right = SVGElement.coordinate(x + cap)
    let (bottom, top) = (SVGElement.coordinate(low), SVGElement.coordinate(high))
    return "M\(SVGElement.coordinate(x)) \(bottom)V\(top)M\(left) \(top)H\(right)"
      + "M\(left) \(bottom)H\(right)"
  }
}
