import Compute

extension Chart {
  /// A heat map of a matrix, row 0 on top, with a colour bar.
  ///
  /// Cells are square. NaN and infinite numbers are grey cells; numbers outside `range` take the colour of
  /// its nearer end.
  ///
  /// - Parameters:
  ///   - grid: The matrix.
  ///   - title: The title of the chart.
  ///   - x: The axis along the columns.
  ///   - y: The axis along the rows.
  ///   - columnNames: Names in place of column numbers.
  ///   - rowNames: Names in place of row numbers.
  ///   - map: The colours from the lowest number to the highest.
  ///   - range: The numbers of the first and the last colour; the least and the greatest where it is nil.
  ///   - label: The quantity, beside the colour bar.
  ///   - decimals: The decimals with which each cell shows its number; nil shows none. Numbers that would
  ///     be smaller than 5 pixels are left out.
  /// - Returns: The chart.
  /// - Precondition: names, where given, are as many as columns or rows; `range` has a finite positive
  ///   length.
  public static func heatMap(
    _ grid: Grid, title: String = "", x: Axis = "", y: Axis = "", columnNames: [String]? = nil,
    rowNames: [String]? = nil, map: ColorMap = .viridis, range: ClosedRange<Double>? = nil,
    label: String = "", decimals: Int? = nil
  ) -> Chart {
    for (names, count, what) in [
      (columnNames, grid.columns, "column"), (rowNames, grid.rows, "row"),
    ] {
      require(
        names.map { $0.count == count } ?? true,
        "heat map: expected \(count) \(what) names, found \(names?.count ?? 0)")
    }
    var horizontal = x
    var vertical = y
    horizontal.categories = columnNames
    vertical.categories = rowNames
    vertical.isReversed = true
    horizontal.scale = .linear
    vertical.scale = .linear
    horizontal.range = nil
    vertical.range = nil
    let mark = GridMark(
      grid: grid,
      coloring: .map(map, range: checked(range) ?? grid.range ?? 0...1, label: label),
      x: -0.5...Double(grid.columns) - 0.5, y: -0.5...Double(grid.rows) - 0.5, decimals: decimals)
    var chart = Chart(title: title, x: horizontal, y: vertical, marks: [mark])
    chart.aspect = Double(grid.columns) / Double(grid.rows)
    return chart
  }

  /// The regions of a plane in which a classifier decides for each class, with the samples on top.
  ///
  /// The plane is cut into cells, and `predict` is asked once for all their middles.
  ///
  /// - Parameters:
  ///   - points: The samples, one group for each class in the order of their numbers; their ranges, and a
  ///     tenth more on each side, are the part of the plane that is shown.
  ///   - title: The title of the chart.
  ///   - x: The axis of the first feature; its range, where set, is what is shown.
  ///   - y: The axis of the second feature.
  ///   - resolution: The number of cells along each axis; at least 2.
  ///   - predict: Returns the class number of each point (x, y), in their order.
  /// - Returns: The chart.
  /// - Throws: What `predict` throws.
  /// - Precondition: `predict` returns one class number, not negative, for each point; both axes are
  ///   linear.
  /// - Complexity: one call of `predict` with `resolution²` points.
  public static func decisionRegions(
    _ points: [Points], title: String = "", x: Axis = "", y: Axis = "", resolution: Int = 120,
    predict: ([(x: Double, y: Double)]) throws -> [Int]
  ) rethrows -> Chart {
    let (across, up) = plane(of: points, x, y)
    let classes = try values("decision regions", across, up, resolution, predict)
    for group in classes {
      require(group >= 0, "decision regions: expected a class number, found \(group)")
    }
    let grid = Grid(rows: resolution, columns: resolution, values: classes.map(Double.init))
    let count = max(points.count, (classes.max() ?? 0) + 1)
    return layered(
      GridMark(grid: grid, coloring: .classes(count: count), x: across, y: up, decimals: nil),
      points, title, x, y)
  }

  /// The scores of a classifier of two classes over a plane, with the samples on top.
  ///
  /// As ``decisionRegions(_:title:x:y:resolution:predict:)``, with a colour bar that runs from the first
  /// class to the second: scores at the middle of `range` lie on the border.
  ///
  /// - Parameters:
  ///   - points: The samples, one group a class.
  ///   - title: The title of the chart.
  ///   - x: The axis of the first feature.
  ///   - y: The axis of the second feature.
  ///   - resolution: The number of cells along each axis; at least 2.
  ///   - range: The scores of the first and the last colour; symmetric about 0 where it is nil.
  ///   - label: The quantity, beside the colour bar.
  ///   - score: Returns the score of each point (x, y), in their order.
  /// - Returns: The chart.
  /// - Throws: What `score` throws.
  /// - Precondition: `score` returns one number for each point; both axes are linear.
  /// - Complexity: one call of `score` with `resolution²` points.
  public static func decisionScores(
    _ points: [Points], title: String = "", x: Axis = "", y: Axis = "", resolution: Int = 120,
    range: ClosedRange<Double>? = nil, label: String = "",
    score: ([(x: Double, y: Double)]) throws -> [Double]
  ) rethrows -> Chart {
    let (across, up) = plane(of: points, x, y)
    let scores = try values("decision scores", across, up, resolution, score)
    let largest = scores.filter(\.isFinite).map(\.magnitude).max() ?? 0
    let symmetric = largest > 0 ? -largest...largest : -1...1
    let grid = Grid(rows: resolution, columns: resolution, values: scores)
    let coloring = GridMark.Coloring.map(
      ColorMap(stops: ColorMap.diverging.stops.map { $0.mixed(with: .white, 0.4) }),
      range: checked(range) ?? symmetric, label: label)
    return layered(
      GridMark(grid: grid, coloring: coloring, x: across, y: up, decimals: nil), points, title, x,
      y)
  }

  /// The part of the plane that shows all of `points`.
  private static func plane(of points: [Points], _ x: Axis, _ y: Axis)
    -> (x: ClosedRange<Double>, y: ClosedRange<Double>)
  {
    require(
      x.scale == .linear && y.scale == .linear, "decision regions: both axes must be linear")
    func widened(_ range: ClosedRange<Double>?) -> ClosedRange<Double> {
      guard let range else { return 0...1 }
      let length = range.upperBound - range.lowerBound
      let margin = length > 0 ? length * 0.1 : 0.5
      return range.lowerBound - margin...range.upperBound + margin
    }
    return (
      x.range ?? widened(MarkExtent.range(of: points.flatMap(\.x), on: x)),
      y.range ?? widened(MarkExtent.range(of: points.flatMap(\.y), on: y))
    )
  }

  /// What `function` gives at the middles of the cells, row by row from the lowest y.
  private static func values<Value>(
    _ what: String, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ resolution: Int,
    _ function: ([(x: Double, y: Double)]) throws -> [Value]
  ) rethrows -> [Value] {
    require(
      resolution >= 2, "\(what): expected a resolution of 2 or more, found \(resolution)")
    func middle(_ index: Int, _ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * (Double(index) + 0.5)
        / Double(resolution)
    }
    let middles = (0..<resolution).flatMap { row in
      (0..<resolution).map { (x: middle($0, x), y: middle(row, y)) }
    }
    let values = try function(middles)
    require(
      values.count == middles.count,
      "\(what): expected \(middles.count) values, found \(values.count)")
    return values
  }

  private static func layered(
    _ mark: GridMark, _ points: [Points], _ title: String, _ x: Axis, _ y: Axis
  ) -> Chart {
    Chart(title: title, x: x, y: y, marks: [mark, PointMark(groups: points)])
  }

  private static func checked(_ range: ClosedRange<Double>?) -> ClosedRange<Double>? {
    if let range {
      require(
        range.lowerBound.isFinite && range.upperBound.isFinite
          && range.lowerBound < range.upperBound,
        "colours: expected a finite range of positive length, found \(range)")
    }
    return range
  }
}
