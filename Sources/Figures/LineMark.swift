import Compute

extension Chart {
  /// A curve: numbers over numbers, with a band of uncertainty if wished.
  public struct Series: Hashable, Sendable {
    /// The name in the legend; empty for none.
    public var name: String
    /// Where the points lie along x.
    public var x: [Double]
    /// Where the points lie along y; a NaN or an infinity leaves a gap in the curve.
    public var y: [Double]
    /// The lower edge of the band around the curve, at the same x; nil for no band.
    public var low: [Double]?
    /// The upper edge of the band.
    public var high: [Double]?

    /// A curve through the points (`x[i]`, `y[i]`), joined in the order given.
    ///
    /// - Parameters:
    ///   - name: The name in the legend.
    ///   - x: The places along x; 0, 1, 2, … where it is nil.
    ///   - y: The values.
    ///   - low: The lower edge of a band, such as the least of several runs.
    ///   - high: The upper edge of the band.
    /// - Precondition: all arrays have the same count, and `low` and `high` are given together.
    public init(
      _ name: String = "", x: [Double]? = nil, y: [Double], low: [Double]? = nil,
      high: [Double]? = nil
    ) {
      self.name = name
      self.x = x ?? y.indices.map(Double.init)
      self.y = y
      self.low = low
      self.high = high
      require(
        self.x.count == y.count,
        "series '\(name)': x and y differ in count: \(self.x.count) and \(y.count)")
      require(
        (low == nil) == (high == nil), "series '\(name)': a band has both a low and a high edge")
      for edge in [low, high].compactMap(\.self) {
        require(
          edge.count == y.count,
          "series '\(name)': y and its band differ in count: \(y.count) and \(edge.count)")
      }
    }
  }

  /// A chart of curves.
  ///
  /// Each curve takes the next colour of the palette, and from the ninth on a dashed line. Points that
  /// are NaN, infinite or, on a logarithmic axis, not positive leave a gap; a point between two gaps is
  /// drawn as a dot. Curves with more points than pixels are thinned to the extremes of each pixel column.
  public static func lines(
    _ series: [Series], title: String = "", x: Axis = "", y: Axis = ""
  ) -> Chart {
    Chart(title: title, x: x, y: y, marks: [LineMark(series: series)])
  }
}

/// Curves and their bands.
struct LineMark: Mark {
  let series: [Chart.Series]

  var colorCount: Int { series.count }
  var colorBar: ColorBar? { nil }

  func extent(x: Axis, y: Axis) -> MarkExtent {
    var extent = MarkExtent(fillsX: true, isWholeX: true)
    for one in series {
      let shown = one.x.indices.filter { index in
        x.shows(one.x[index]) && (x.range?.contains(one.x[index]) ?? true)
      }
      let values = shown.flatMap { index in
        [one.y[index]] + [one.low?[index], one.high?[index]].compactMap(\.self)
      }
      let hasValue = shown.filter { y.shows(one.y[$0]) }
      extent.x = MarkExtent.union(
        extent.x, MarkExtent.range(of: hasValue.map { one.x[$0] }, on: x))
      extent.y = MarkExtent.union(extent.y, MarkExtent.range(of: values, on: y))
      extent.isWholeX = extent.isWholeX && shown.allSatisfy { one.x[$0] == one.x[$0].rounded() }
    }
    return extent
  }

  func legend(firstColor: Int) -> [LegendEntry] {
    series.indices.map { index in
      LegendEntry(
        name: series[index].name, color: .series(firstColor + index),
        symbol: .line(dash: dash(firstColor + index)))
    }
  }

  func draw(in frame: PlotFrame) -> [SVGElement] {
    let bands = series.indices.flatMap { band(of: series[$0], color: frame.firstColor + $0, frame) }
    let curves = series.indices.flatMap {
      curve(of: series[$0], color: frame.firstColor + $0, frame)
    }
    return bands + curves
  }

  private func dash(_ color: Int) -> String {
    ["", "6 3", "2 3", "8 3 2 3"][color / Color.palette.count % 4]
  }

  private func curve(of one: Chart.Series, color: Int, _ frame: PlotFrame) -> [SVGElement] {
    var runs: [[(x: Double, y: Double)]] = [[]]
    for (x, y) in zip(one.x, one.y) {
      if let px = frame.x(x), let py = frame.y(y) {
        runs[runs.count - 1].append((px, py))
      } else if runs[runs.count - 1].isEmpty == false {
        runs.append([])
      }
    }
    let stroke = Color.series(color)
    return runs.filter { !$0.isEmpty }.map { run in
      if run.count == 1 {
        return SVGElement(
          "circle",
          [
            "cx": SVGElement.coordinate(run[0].x), "cy": SVGElement.coordinate(run[0].y),
            "r": "2.5", "fill": stroke.hex,
          ])
      }
      var element = SVGElement(
        "path",
        [
          "d": "M" + Self.points(Self.thinned(run)), "fill": "none", "stroke": stroke.hex,
          "stroke-width": "1.8", "stroke-linejoin": "round", "stroke-linecap": "round",
        ])
      let pattern = dash(color)
      if !pattern.isEmpty { element = element.with("stroke-dasharray", pattern) }
      return element
    }
  }

  private func band(of one: Chart.Series, color: Int, _ frame: PlotFrame) -> [SVGElement] {
    guard let low = one.low, let high = one.high else { return [] }
    var runs: [[(x: Double, low: Double, high: Double)]] = [[]]
    for index in one.x.indices {
      if let x = frame.x(one.x[index]), let bottom = frame.y(low[index]),
        let top = frame.y(high[index])
      {
        runs[runs.count - 1].append((x, bottom, top))
      } else if runs[runs.count - 1].isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { $0.count > 1 }.map { run in
      let upper = Self.thinned(run.map { ($0.x, $0.high) })
      let lower = Self.thinned(run.map { ($0.x, $0.low) })
      return SVGElement(
        "path",
        [
          "d": "M" + Self.points(upper + lower.reversed()) + "z",
          "fill": Color.series(color).hex, "fill-opacity": "0.18",
        ])
    }
  }

  private static func points(_ points: [(x: Double, y: Double)]) -> String {
    points.map { SVGElement.coordinate($0.x) + " " + SVGElement.coordinate($0.y) }
      .joined(separator: "L")
  }

  /// At most four points for each half pixel along x: the first, the extremes and the last.
  private static func thinned(_ run: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard run.count > 2000 else { return run }
    var kept: [(x: Double, y: Double)] = []
    var start = 0
    while start < run.count {
      let column = (run[start].x * 2).rounded(.down)
      var end = start
      var lowest = start
      var highest = start
      while end < run.count && (run[end].x * 2).rounded(.down) == column {
        if run[end].y < run[lowest].y { lowest = end }
        if run[end].y > run[highest].y { highest = end }
        end += 1
      }
      for index in Set([start, lowest, highest, end - 1]).sorted() { kept.append(run[index]) }
      start = end
    }
    return kept
  }
}
