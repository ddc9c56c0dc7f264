import Compute

extension Chart {
  /// A group of points, such as the samples of one class.
  public struct Points: Hashable, Sendable {
    /// The name in the legend; empty for none.
    public var name: String
    /// Where the points lie along x.
    public var x: [Double]
    /// Where the points lie along y.
    public var y: [Double]

    /// The points (`x[i]`, `y[i]`).
    ///
    /// - Precondition: `x` and `y` have the same count.
    public init(_ name: String = "", x: [Double], y: [Double]) {
      require(
        x.count == y.count, "points '\(name)': x and y differ in count: \(x.count) and \(y.count)")
      self.name = name
      self.x = x
      self.y = y
    }

    /// The points, one group for each class in the order of `names`.
    ///
    /// - Parameters:
    ///   - x: Where the points lie along x.
    ///   - y: Where the points lie along y.
    ///   - classes: The class of each point, an index of `names`.
    ///   - names: The names of the classes.
    /// - Returns: One group a class, empty groups included so that colours keep their classes.
    /// - Precondition: the arrays have the same count, and every class is an index of `names`.
    public static func grouped(x: [Double], y: [Double], classes: [Int], names: [String])
      -> [Points]
    {
      require(
        x.count == y.count && y.count == classes.count,
        "points: x, y and classes differ in count: \(x.count), \(y.count) and \(classes.count)")
      var groups = names.map { Points($0, x: [], y: []) }
      for index in classes.indices {
        let group = classes[index]
        require(
          groups.indices.contains(group),
          "points: expected a class in 0..<\(groups.count), found \(group)")
        groups[group].x.append(x[index])
        groups[group].y.append(y[index])
      }
      return groups
    }
  }

  /// A scatter chart: each group with a colour and a shape of its own.
  ///
  /// Points that are NaN, infinite, outside a range set on an axis or, on a logarithmic axis, not positive
  /// are left out.
  public static func scatter(
    _ groups: [Points], title: String = "", x: Axis = "", y: Axis = ""
  ) -> Chart {
    Chart(title: title, x: x, y: y, marks: [PointMark(groups: groups)])
  }
}

/// Groups of points.
struct PointMark: Mark {
  let groups: [Chart.Points]

  var colorCount: Int { groups.count }
  var colorBar: ColorBar? { nil }

  func extent(x: Axis, y: Axis) -> MarkExtent {
    var extent = MarkExtent(isWholeX: true, isWholeY: true)
    for group in groups {
      for (px, py) in zip(group.x, group.y) where x.shows(px) && y.shows(py) {
        extent.x = MarkExtent.union(extent.x, px...px)
        extent.y = MarkExtent.union(extent.y, py...py)
        extent.isWholeX = extent.isWholeX && px == px.rounded()
        extent.isWholeY = extent.isWholeY && py == py.rounded()
      }
    }
    return extent
  }

  func legend(firstColor: Int) -> [LegendEntry] {
    groups.indices.map { index in
      LegendEntry(
        name: groups[index].name, color: .series(firstColor + index),
        symbol: .marker(.group(firstColor + index)))
    }
  }

  func draw(in frame: PlotFrame) -> [SVGElement] {
    let total = groups.reduce(0) { $0 + $1.x.count }
    let radius = total > 2000 ? 2.0 : total > 400 ? 2.8 : 3.6
    return groups.indices.compactMap { index in
      let marker = Marker.group(frame.firstColor + index)
      var shapes: [SVGElement] = []
      for (x, y) in zip(groups[index].x, groups[index].y)
      where frame.x.domain.contains(x) && frame.y.domain.contains(y) {
        if let px = frame.x(x), let py = frame.y(y) {
          shapes.append(SVGElement("path", ["d": marker.path(x: px, y: py, radius: radius)]))
        }
      }
      return shapes.isEmpty
        ? nil : Self.group(marker, color: .series(frame.firstColor + index), shapes)
    }
  }

  /// The shapes of a group, closed ones filled with a white edge, so that neighbours stay apart.
  static func group(_ marker: Marker, color: Color, _ shapes: [SVGElement]) -> SVGElement {
    marker.isOpen
      ? SVGElement(
        "g", ["fill": "none", "stroke": color.hex, "stroke-width": "1.8"], children: shapes)
      : SVGElement(
        "g", ["fill": color.hex, "stroke": "#ffffff", "stroke-width": "0.8"], children: shapes)
  }
}
