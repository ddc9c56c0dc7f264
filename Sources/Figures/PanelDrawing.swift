/// Turns the layout of a panel into SVG.
struct PanelDrawing {
  let layout: PanelLayout
  /// The number of the panel in its figure, which makes the identifiers unique.
  let number: Int

  private var chart: Chart { layout.chart }
  private var plot: Rectangle { layout.plot }

  /// The whole panel.
  var element: SVGElement {
    let isGridded = chart.colorBar == nil && !chart.marks.contains { $0 is GridMark }
    var children = title + legend
    if isGridded { children += gridLines }
    children.append(contentsOf: marks)
    children += axes(isFramed: !isGridded)
    children += captions + colorBar
    if layout.domains.x.isEmpty || layout.domains.y.isEmpty {
      children.append(
        .label(
          "no data", x: plot.middle.x, y: plot.middle.y, anchor: .middle, color: .axis))
    }
    return SVGElement("g", ["class": "panel"], children: children)
  }

  private var title: [SVGElement] {
    layout.title.enumerated().map { line, text in
      .label(
        text, x: layout.outer.x + layout.outer.width / 2,
        y: layout.titleBaseline + Double(line) * 18, anchor: .middle,
        size: PanelLayout.titleSize, isBold: true)
    }
  }

  private var legend: [SVGElement] {
    var elements: [SVGElement] = []
    // Above the plot, and within the panel where a row is wider than the plot.
    for (line, row) in layout.legend.enumerated() {
      let left = max(
        layout.outer.x + 10, min(plot.x, layout.outer.right - 10 - row.width))
      let y = layout.legendTop + Double(line) * 18 + 6
      for (entry, offset) in row.entries {
        elements.append(symbol(of: entry, x: left + offset, y: y))
        elements.append(
          .label(entry.name, x: left + offset + 26, y: y + 4, size: PanelLayout.tickSize))
      }
    }
    return elements
  }

  private func symbol(of entry: LegendEntry, x: Double, y: Double) -> SVGElement {
    switch entry.symbol {
    case .line(let dash):
      let line = SVGElement.segment(from: (x, y), to: (x + 20, y), color: entry.color, width: 2)
      return dash.isEmpty ? line : line.with("stroke-dasharray", dash)
    case .marker(let marker):
      return PointMark.group(
        marker, color: entry.color,
        [SVGElement("path", ["d": marker.path(x: x + 13, y: y, radius: 4)])])
    case .box:
      return SVGElement(
        "rect",
        [
          "x": SVGElement.coordinate(x + 7), "y": SVGElement.coordinate(y - 6), "width": "12",
          "height": "12", "fill": entry.color.hex,
        ])
    }
  }

  private var gridLines: [SVGElement] {
    let project = layout.yProjection
    var path = ""
    for position in layout.yTicks.positions {
      guard let y = project(position) else { continue }
      path +=
        "M\(SVGElement.coordinate(plot.x)) \(SVGElement.coordinate(y))"
        + "H\(SVGElement.coordinate(plot.right))"
    }
    if chart.x.categories == nil {
      let projectX = layout.xProjection
      for position in layout.xTicks.positions {
        guard let x = projectX(position) else { continue }
        path +=
          "M\(SVGElement.coordinate(x)) \(SVGElement.coordinate(plot.y))"
          + "V\(SVGElement.coordinate(plot.bottom))"
      }
    }
    return path.isEmpty
      ? [] : [SVGElement("path", ["d": path, "fill": "none", "stroke": Color.grid.hex])]
  }

  private var marks: [SVGElement] {
    let clip = "plot-\(number)"
    let region = SVGElement(
      "clipPath", ["id": clip],
      children: [
        SVGElement(
          "rect",
          [
            "x": SVGElement.coordinate(plot.x), "y": SVGElement.coordinate(plot.y),
            "width": SVGElement.coordinate(plot.width),
            "height": SVGElement.coordinate(plot.height),
          ])
      ])
    let drawn = chart.coloredMarks.flatMap { mark, firstColor in
      mark.draw(
        in: PlotFrame(
          area: plot, x: layout.xProjection, y: layout.yProjection, axes: (chart.x, chart.y),
          firstColor: firstColor))
    }
    return [
      region, SVGElement("g", ["clip-path": "url(#\(clip))"], children: drawn),
    ]
  }

  /// Axis lines, ticks and tick labels; with a frame all round where the plot is filled.
  private func axes(isFramed: Bool) -> [SVGElement] {
    let left = SVGElement.coordinate(plot.x)
    let bottom = SVGElement.coordinate(plot.bottom)
    var path = "M\(left) \(SVGElement.coordinate(plot.y))V\(bottom)"
    path += "H\(SVGElement.coordinate(plot.right))"
    if isFramed { path += "V\(SVGElement.coordinate(plot.y))z" }
    var labels: [SVGElement] = []
    let (projectX, projectY) = (layout.xProjection, layout.yProjection)
    for (position, label) in zip(layout.xTicks.positions, layout.xTicks.labels) {
      guard let x = projectX(position) else { continue }
      path += "M\(SVGElement.coordinate(x)) \(bottom)v4"
      labels.append(labelAlongX(label, x: x))
    }
    for position in layout.xTicks.minor {
      guard let x = projectX(position) else { continue }
      path += "M\(SVGElement.coordinate(x)) \(bottom)v2.5"
    }
    for (position, label) in zip(layout.yTicks.positions, layout.yTicks.labels) {
      guard let y = projectY(position) else { continue }
      path += "M\(left) \(SVGElement.coordinate(y))h-4"
      labels.append(
        .label(label, x: plot.x - 7, y: y + 4, anchor: .end, size: PanelLayout.tickSize))
    }
    for position in layout.yTicks.minor {
      guard let y = projectY(position) else { continue }
      path += "M\(left) \(SVGElement.coordinate(y))h-2.5"
    }
    // Negative bars hang from a line at zero.
    if chart.x.categories != nil, layout.domains.y.range.lowerBound < 0, !chart.y.isReversed,
      chart.y.scale == .linear, let zero = projectY(0), zero > plot.y
    {
      path += "M\(left) \(SVGElement.coordinate(zero))H\(SVGElement.coordinate(plot.right))"
    }
    return [SVGElement("path", ["d": path, "fill": "none", "stroke": Color.axis.hex])] + labels
  }

  private func labelAlongX(_ text: String, x: Double) -> SVGElement {
    guard layout.turnsLabels else {
      return .label(
        text, x: x, y: plot.bottom + 17, anchor: .middle, size: PanelLayout.tickSize)
    }
    let place = (x: x + 4, y: plot.bottom + 13)
    return SVGElement.label(
      text, x: place.x, y: place.y, anchor: .end, size: PanelLayout.tickSize
    ).with(
      "transform",
      "rotate(-35 \(SVGElement.coordinate(place.x)) \(SVGElement.coordinate(place.y)))")
  }

  /// The labels of both axes.
  private var captions: [SVGElement] {
    var elements: [SVGElement] = []
    let below = chart.x.caption(exponent: layout.xTicks.exponent)
    if !below.isEmpty {
      let turned = layout.turnsLabels ? layout.widest(layout.xTicks) * 0.6 : 0
      let room = layout.outer.width - 20
      let text = TextMetrics.shortened(below, to: room, size: PanelLayout.labelSize)
      let half = TextMetrics.width(of: text, size: PanelLayout.labelSize) / 2
      let x = min(
        max(plot.middle.x, layout.outer.x + 10 + half), layout.outer.right - 10 - half)
      elements.append(
        .label(
          text, x: x, y: plot.bottom + 37 + turned, anchor: .middle, size: PanelLayout.labelSize))
    }
    let beside = chart.y.caption(exponent: layout.yTicks.exponent)
    if !beside.isEmpty {
      elements.append(
        turned(beside, x: plot.x - 9 - layout.widest(layout.yTicks) - 9))
    }
    return elements
  }

  /// A label along the height of the plot, read from below, with its baseline at `x`.
  private func turned(_ text: String, x: Double) -> SVGElement {
    let room = layout.outer.height - 20
    let short = TextMetrics.shortened(text, to: room, size: PanelLayout.labelSize)
    let half = TextMetrics.width(of: short, size: PanelLayout.labelSize) / 2
    let y = min(
      max(plot.middle.y, layout.outer.y + 10 + half), layout.outer.bottom - 10 - half)
    return SVGElement.label(
      short, x: x, y: y, anchor: .middle, size: PanelLayout.labelSize
    ).with("transform", "rotate(-90 \(SVGElement.coordinate(x)) \(SVGElement.coordinate(y)))")
  }

  private var colorBar: [SVGElement] {
    guard let bar = chart.colorBar, let ticks = layout.barTicks else { return [] }
    let id = "colors-\(number)"
    let last = Double(bar.map.stops.count - 1)
    let gradient = SVGElement(
      "linearGradient", ["id": id, "x1": "0", "y1": "1", "x2": "0", "y2": "0"],
      children: bar.map.stops.enumerated().map { index, color in
        SVGElement(
          "stop",
          [
            "offset": SVGElement.coordinate(Double(index) / last * 100) + "%",
            "stop-color": color.hex,
          ])
      })
    let x = plot.right + 14
    let box = SVGElement(
      "rect",
      [
        "x": SVGElement.coordinate(x), "y": SVGElement.coordinate(plot.y), "width": "14",
        "height": SVGElement.coordinate(plot.height), "fill": "url(#\(id))",
        "stroke": Color.axis.hex, "stroke-width": "0.6",
      ])
    let project = Projection(
      scale: .linear, domain: bar.range, start: plot.bottom, end: plot.y)
    var path = ""
    var labels: [SVGElement] = []
    for (position, label) in zip(ticks.positions, ticks.labels) {
      guard let y = project(position) else { continue }
      path += "M\(SVGElement.coordinate(x + 14)) \(SVGElement.coordinate(y))h4"
      labels.append(.label(label, x: x + 21, y: y + 4, size: PanelLayout.tickSize))
    }
    let caption = Axis(bar.label).caption(exponent: ticks.exponent)
    if !caption.isEmpty {
      labels.append(turned(caption, x: x + 21 + layout.widest(ticks) + 16))
    }
    return [
      gradient, box, SVGElement("path", ["d": path, "fill": "none", "stroke": Color.axis.hex]),
    ] + labels
  }
}
