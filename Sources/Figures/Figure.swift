import Compute

/// Charts on one sheet, in a grid, as an SVG document.
///
/// The same figure gives the same text on every machine. Text is set in the system's sans-serif font;
/// numbers that cannot be shown (NaN, infinities, sizes beyond 10³⁰⁰, and on a logarithmic axis what is not
/// positive) are left out, and a chart without any number says so.
///
/// ```swift
/// let figure = Figure(title: "Training", columns: 2) {
///   Chart.lines([Chart.Series("train", y: losses)], x: "epoch", y: "loss")
///   Chart.lines([Chart.Series("test", y: accuracies)], x: "epoch", y: "accuracy")
/// }
/// try figure.write(to: "training.svg")
/// ```
public struct Figure: Sendable {
  /// The title above all charts; empty for none.
  public var title: String
  /// The charts, row by row.
  public var charts: [Chart]
  /// The number of charts side by side.
  public var columns: Int
  /// The width of each chart in pixels.
  public var panelWidth: Double
  /// The height of each chart in pixels.
  public var panelHeight: Double

  /// A figure of `charts`.
  ///
  /// - Parameters:
  ///   - charts: The charts, row by row.
  ///   - title: The title above all of them.
  ///   - columns: How many charts lie side by side; nil gives one row of up to three, and beyond that the
  ///     squarest grid.
  ///   - panelWidth: The width of each chart in pixels.
  ///   - panelHeight: The height of each chart in pixels.
  /// - Precondition: `columns` is positive; panels are 120 to 10,000 pixels wide and high.
  public init(
    _ charts: [Chart], title: String = "", columns: Int? = nil, panelWidth: Double = 520,
    panelHeight: Double = 360
  ) {
    let squarest = Int(Double(charts.count).squareRoot().rounded(.up))
    self.charts = charts
    self.title = title
    self.columns = columns ?? (charts.count <= 3 ? max(charts.count, 1) : squarest)
    self.panelWidth = panelWidth
    self.panelHeight = panelHeight
    require(self.columns > 0, "figure: expected a positive number of columns")
    for size in [panelWidth, panelHeight] {
      require(
        (120...10_000).contains(size),
        "figure: expected panels of 120...10000 pixels, found \(size)")
    }
  }

  /// A figure of one chart.
  ///
  /// - Parameters:
  ///   - chart: The chart.
  ///   - width: The width of the panel in pixels.
  ///   - height: The height of the panel; where it is nil, 400 pixels, or what a wide heat map needs.
  /// - Precondition: width and height are 120 to 10,000 pixels.
  public init(_ chart: Chart, width: Double = 640, height: Double? = nil) {
    let needed = chart.aspect.map { (width - 120) / $0 + 90 } ?? 400
    self.init(
      [chart], panelWidth: width, panelHeight: height ?? min(max(needed.rounded(), 120), 400))
  }

  /// A figure of the charts listed in `charts`.
  ///
  /// - Precondition: as for ``init(_:title:columns:panelWidth:panelHeight:)``.
  public init(
    title: String = "", columns: Int? = nil, panelWidth: Double = 520, panelHeight: Double = 360,
    @ChartList charts: () throws -> [Chart]
  ) rethrows {
    self.init(
      try charts(), title: title, columns: columns, panelWidth: panelWidth,
      panelHeight: panelHeight)
  }

  /// The figure as an SVG 1.1 document.
  public var svg: String {
    let across = min(columns, max(charts.count, 1))
    let rows = (charts.count + columns - 1) / columns
    let gap = 8.0
    let width = 2 * gap + Double(across) * panelWidth
    let lines = TextMetrics.wrapped(title, to: width - 20, size: 17, isBold: true, limit: 2)
    let head = lines.isEmpty ? gap : Double(lines.count) * 22 + 16
    let height = head + Double(max(rows, 1)) * panelHeight + gap
    var children = lines.enumerated().map { line, text in
      SVGElement.label(
        text, x: width / 2, y: 26 + Double(line) * 22, anchor: .middle, size: 17, isBold: true)
    }
    for (index, chart) in charts.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let outer = Rectangle(
        x: gap + Double(column) * panelWidth, y: head + Double(row) * panelHeight,
        width: panelWidth, height: panelHeight)
      let layout = PanelLayout(chart: chart, outer: outer)
      children.append(PanelDrawing(layout: layout, number: index).element)
    }
    let name = title.isEmpty ? charts.first?.title ?? "" : title
    return SVGElement.document(width: width, height: height, title: name, children: children)
      .serialized
  }

  /// Writes ``svg`` to `path`, whole or not at all: under a temporary name first, which is then renamed.
  ///
  /// - Throws: ``FigureError`` naming the path, where its directory is missing or cannot be written.
  public func write(to path: String) throws(FigureError) {
    try FileReplacement.write(svg, to: path)
  }
}

/// Lists the charts of a ``Figure``.
@resultBuilder
public enum ChartList {
  /// One chart.
  public static func buildExpression(_ chart: Chart) -> [Chart] { [chart] }
  /// Several charts.
  public static func buildExpression(_ charts: [Chart]) -> [Chart] { charts }
  /// The charts of all statements.
  public static func buildBlock(_ charts: [Chart]...) -> [Chart] { charts.flatMap(\.self) }
  /// The charts of all turns of a loop.
  public static func buildArray(_ charts: [[Chart]]) -> [Chart] { charts.flatMap(\.self) }
  /// The charts of an `if` without `else`.
  public static func buildOptional(_ charts: [Chart]?) -> [Chart] { charts ?? [] }
  /// The charts of an `if`.
  public static func buildEither(first charts: [Chart]) -> [Chart] { charts }
  /// The charts of an `else`.
  public static func buildEither(second charts: [Chart]) -> [Chart] { charts }
}
