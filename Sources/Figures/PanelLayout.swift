/// Where the parts of one panel lie: title, legend, axes, plot and colour bar.
///
/// Text is measured before anything is placed, so that no part covers another.
struct PanelLayout: Sendable {
  static let titleSize = 14.0
  static let labelSize = 12.0
  static let tickSize = 11.0
  private static let margin = 10.0

  let chart: Chart
  let outer: Rectangle
  let title: [String]
  let legend: [LegendRow]
  let domains: (x: AxisDomain, y: AxisDomain)
  private(set) var plot: Rectangle
  private(set) var xTicks: Ticks
  private(set) var yTicks: Ticks
  /// Whether the labels along x are turned, because side by side they would touch.
  private(set) var turnsLabels = false
  private(set) var barTicks: Ticks?

  /// One row of the legend: entries and where each begins, from the left of the row.
  struct LegendRow: Sendable {
    var entries: [(entry: LegendEntry, x: Double)] = []
    var width = 0.0
  }

  init(chart: Chart, outer: Rectangle) {
    self.chart = chart
    self.outer = outer
    let room = outer.width - 2 * Self.margin
    title = TextMetrics.wrapped(
      chart.title, to: room, size: Self.titleSize, isBold: true, limit: 3)
    legend = Self.rows(of: chart.legend, room: room)
    domains = chart.domains()
    plot = outer
    xTicks = Ticks(positions: [], labels: [])
    yTicks = xTicks
    // The height of the plot sets the ticks along y, their width sets that of the plot, and that may turn
    // the labels along x, which changes the height: three rounds settle it.
    for _ in 0..<3 { place() }
    keepAspect()
  }

  /// The baseline of the last line of the title.
  var titleBaseline: Double { outer.y + Self.margin + 12 }
  /// The middle of the first row of the legend.
  var legendTop: Double {
    outer.y + Self.margin + Double(title.count) * 18 + (title.isEmpty ? 0 : 4)
  }

  private mutating func place() {
    let top = legendTop + Double(legend.count) * 18 + 10
    let height = max(outer.bottom - top - bottomRoom, 40)
    yTicks = Ticks.nice(
      over: domains.y.range, axis: chart.y, count: max(2, Int(height / 42)),
      isWhole: domains.y.isWhole)
    yTicks.labels = yTicks.labels.map {
      TextMetrics.shortenedInside($0, to: outer.width * 0.28, size: Self.tickSize)
    }
    let caption = chart.y.caption(exponent: yTicks.exponent)
    let beside = Self.margin + (caption.isEmpty ? 0 : 20) + widest(yTicks) + 9
    let left = max(beside, reachOfTurned)
    let right = barRoom(height: height)
    let width = max(outer.width - left - right, 40)
    plot = Rectangle(x: outer.x + left, y: top, width: width, height: height)
    placeTicksAlongX()
  }

  /// The height under the plot.
  private var bottomRoom: Double {
    var room = Self.margin + 20
    if turnsLabels { room += widest(xTicks) * 0.6 }
    if !chart.x.caption(exponent: xTicks.exponent).isEmpty { room += 20 }
    return room
  }

  /// How far the turned labels along x reach to the left of the plot, with the margin.
  private var reachOfTurned: Double {
    guard turnsLabels else { return 0 }
    let project = xProjection
    let reaches = zip(xTicks.positions, xTicks.labels).map { position, label in
      width(of: label) * 0.82 - ((project(position) ?? plot.x) - plot.x)
    }
    return Self.margin + (reaches.max() ?? 0)
  }

  static let longestTurned = 150.0

  /// The width right of the plot, with the colour bar.
  private mutating func barRoom(height: Double) -> Double {
    let overhang = (xTicks.labels.last.map { width(of: $0) / 2 } ?? 0) + 4
    guard let bar = chart.colorBar else {
      return max(Self.margin + 4, turnsLabels ? Self.margin + 4 : overhang)
    }
    let ticks = Self.ticks(of: bar, height: height)
    barTicks = ticks
    let caption = Axis(bar.label).caption(exponent: ticks.exponent)
    return 14 + 14 + 8 + widest(ticks) + (caption.isEmpty ? 0 : 20) + Self.margin
  }

  private static func ticks(of bar: ColorBar, height: Double) -> Ticks {
    Ticks.nice(over: bar.range, axis: "", count: max(1, Int(height / 32)), isWhole: false)
  }

  private mutating func placeTicksAlongX() {
    var count = max(2, Int(plot.width / 64))
    repeat {
      xTicks = Ticks.nice(
        over: domains.x.range, axis: chart.x, count: count, isWhole: domains.x.isWhole)
      count -= 1
    } while count > 0 && chart.x.categories == nil && labelsTouch
    turnsLabels = chart.x.categories != nil && labelsTouch
    if turnsLabels {
      xTicks.labels = xTicks.labels.map {
        TextMetrics.shortenedInside($0, to: Self.longestTurned, size: Self.tickSize)
      }
    }
  }

  /// Whether two neighbours along x come closer than 8 pixels.
  private var labelsTouch: Bool {
    let project = xProjection
    var end = -Double.infinity
    for (position, label) in zip(xTicks.positions, xTicks.labels) {
      guard let middle = project(position) else { continue }
      let half = width(of: label) / 2
      if middle - half < end + 8 { return true }
      end = middle + half
    }
    return false
  }

  /// Shrinks the plot to the aspect of the chart, in the middle of its room.
  private mutating func keepAspect() {
    guard let aspect = chart.aspect else { return }
    let width = min(plot.width, plot.height * aspect)
    let height = max(min(plot.height, width / aspect), 12)
    plot.x += (plot.width - width) / 2
    plot.width = max(width, 12)
    plot.height = height
    placeTicksAlongX()
    yTicks = Ticks.nice(
      over: domains.y.range, axis: chart.y, count: max(1, Int(height / 24)),
      isWhole: domains.y.isWhole)
    yTicks.labels = yTicks.labels.map {
      TextMetrics.shortenedInside($0, to: outer.width * 0.28, size: Self.tickSize)
    }
    barTicks = chart.colorBar.map { Self.ticks(of: $0, height: height) }
  }

  var xProjection: Projection {
    Projection(
      scale: chart.x.scale, domain: domains.x.range, start: plot.x, end: plot.right)
  }

  var yProjection: Projection {
    chart.y.isReversed
      ? Projection(scale: .linear, domain: domains.y.range, start: plot.y, end: plot.bottom)
      : Projection(
        scale: chart.y.scale, domain: domains.y.range, start: plot.bottom, end: plot.y)
  }

  /// The width of the widest label.
  func widest(_ ticks: Ticks) -> Double { ticks.labels.map { width(of: $0) }.max() ?? 0 }

  private func width(of label: String) -> Double {
    TextMetrics.width(of: label, size: Self.tickSize)
  }

  /// The entries in rows no wider than `room`.
  private static func rows(of entries: [LegendEntry], room: Double) -> [LegendRow] {
    var rows: [LegendRow] = []
    for entry in entries {
      let name = TextMetrics.shortened(entry.name, to: room - 26, size: tickSize)
      let width = 26 + TextMetrics.width(of: name, size: tickSize)
      let short = LegendEntry(name: name, color: entry.color, symbol: entry.symbol)
      if let row = rows.last, row.width + 14 + width <= room {
        rows[rows.count - 1].entries.append((short, row.width + 14))
        rows[rows.count - 1].width += 14 + width
      } else {
        rows.append(LegendRow(entries: [(short, 0)], width: width))
      }
    }
    return rows
  }
}
