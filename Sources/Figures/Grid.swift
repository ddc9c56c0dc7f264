import Compute

extension Chart {
  /// A matrix of numbers to be shown as colours, row by row.
  public struct Grid: Hashable, Sendable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// The numbers, row-major; a NaN or an infinity is shown as a grey cell.
    public let values: [Double]

    /// A matrix of `rows` by `columns` numbers.
    ///
    /// - Precondition: `values` has `rows * columns` elements, and both are positive.
    public init(rows: Int, columns: Int, values: [Double]) {
      require(
        rows > 0 && columns > 0,
        "grid: rows and columns must be positive, found \(rows) and \(columns)")
      require(
        values.count == rows * columns,
        "grid: expected \(rows) * \(columns) values, found \(values.count)")
      self.rows = rows
      self.columns = columns
      self.values = values
    }

    /// A matrix from its rows.
    ///
    /// - Precondition: there is a row, no row is empty, and all have the same count.
    public init(_ rows: [[Double]]) {
      let columns = rows.first?.count ?? 0
      for (index, row) in rows.enumerated() {
        require(
          row.count == columns, "grid: row \(index): expected \(columns) values, found \(row.count)"
        )
      }
      self.init(rows: rows.count, columns: columns, values: rows.flatMap(\.self))
    }

    /// The least and the greatest finite number, widened where they are equal; nil without one.
    var range: ClosedRange<Double>? {
      guard let range = MarkExtent.range(of: values, on: "") else { return nil }
      return range.lowerBound < range.upperBound
        ? range : range.lowerBound - 0.5...range.upperBound + 0.5
    }
  }
}

/// The cells of a grid as colours.
struct GridMark: Mark {
  /// How a number becomes a colour.
  enum Coloring: Equatable, Sendable {
    /// By its place in a range.
    case map(ColorMap, range: ClosedRange<Double>, label: String)
    /// By the class it names; each class has a tint of its colour.
    case classes(count: Int)
  }

  let grid: Chart.Grid
  let coloring: Coloring
  /// The numbers along each axis that the grid covers.
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  /// The number of decimals with which cells show their numbers; nil for none.
  let decimals: Int?

  var colorCount: Int { 0 }

  var colorBar: ColorBar? {
    guard case .map(let map, let range, let label) = coloring else { return nil }
    return ColorBar(map: map, range: range, label: label)
  }

  func extent(x axisX: Axis, y axisY: Axis) -> MarkExtent {
    let isIndexed = axisY.isReversed
    return MarkExtent(
      x: x, y: y, fillsX: true, fillsY: true, isWholeX: isIndexed, isWholeY: isIndexed)
  }

  func legend(firstColor: Int) -> [LegendEntry] { [] }

  func draw(in frame: PlotFrame) -> [SVGElement] {
    guard let left = frame.x(x.lowerBound), let right = frame.x(x.upperBound),
      let top = frame.y(frame.axes.y.isReversed ? y.lowerBound : y.upperBound),
      let bottom = frame.y(frame.axes.y.isReversed ? y.upperBound : y.lowerBound)
    else { return [] }
    let width = (right - left) / Double(grid.columns)
    let height = (bottom - top) / Double(grid.rows)
    // Cells of one colour form one path in units of cells, so that large grids stay small files.
    var paths: [Color: String] = [:]
    for row in 0..<grid.rows {
      let line = frame.axes.y.isReversed ? row : grid.rows - 1 - row
      var column = 0
      while column < grid.columns {
        let color = color(row, column)
        var end = column + 1
        while end < grid.columns && self.color(row, end) == color { end += 1 }
        paths[color, default: ""] += "M\(column) \(line)h\(end - column)v1h\(column - end)z"
        column = end
      }
    }
    let ordered = paths.sorted { $0.key.hex < $1.key.hex }
    let scale = "\(precise(width)) \(precise(height))"
    let cells = SVGElement(
      "g",
      [
        "transform":
          "translate(\(SVGElement.coordinate(left)) \(SVGElement.coordinate(top))) scale(\(scale))",
        "shape-rendering": "crispEdges",
      ],
      children: ordered.map { SVGElement("path", ["d": $0.value, "fill": $0.key.hex]) })
    return [cells] + numbers(left: left, top: top, width: width, height: height, frame)
  }

  /// The numbers in the cells, in a size that fits the longest.
  private func numbers(
    left: Double, top: Double, width: Double, height: Double, _ frame: PlotFrame
  ) -> [SVGElement] {
    guard let decimals else { return [] }
    let texts = grid.values.map {
      $0.isFinite ? NumberText.fixed($0, decimals: decimals) : NumberText.compact($0)
    }
    let widest = texts.map { TextMetrics.width(of: $0, size: 1) }.max() ?? 1
    let size = min(12, width * 0.9 / max(widest, 0.1), height * 0.8)
    guard size >= 5 else { return [] }
    return texts.indices.map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: grid.columns)
      let line = frame.axes.y.isReversed ? row : grid.rows - 1 - row
      return .label(
        texts[index], x: left + (Double(column) + 0.5) * width,
        y: top + (Double(line) + 0.5) * height + size * 0.36, anchor: .middle, size: size,
        color: color(row, column).readable)
    }
  }

  private func color(_ row: Int, _ column: Int) -> Color {
    let value = grid.values[row * grid.columns + column]
    guard value.isFinite else { return .missing }
    switch coloring {
    case .map(let map, let range, _):
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      // 128 levels cannot be told from a continuum, and cells of one level share a path.
      return map.color(at: (min(max(share, 0), 1) * 127).rounded() / 127)
    case .classes:
      return Color.series(Int(value)).mixed(with: .white, 0.72)
    }
  }

  /// A scale factor, with the digits that a product with the cell count needs.
  private func precise(_ value: Double) -> String {
    let millionths = Int((value * 1e6).rounded())
    let fraction = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)."
      + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}
