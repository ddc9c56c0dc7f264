import Circuits
import Figures

/// Lays a circuit out in pixels.
struct SVGDrawing {
  /// The distance of neighbouring wires of qubits.
  static let pitch = 42.0
  /// The distance of neighbouring wires of registers, and of the first from the last qubit.
  static let registerPitch = 34.0
  private static let gap = 12.0
  private static let margin = 14.0

  private let layout: CircuitLayout
  private let title: String
  private let width: Double

  init(_ layout: CircuitLayout, title: String, width: Double) {
    self.layout = layout
    self.title = title
    self.width = width
  }

  /// A folded row: its columns, and what it takes along the wires.
  private struct Row {
    var columns: Range<Int>
    var length: Double
  }

  var document: SVGElement {
    let widths = layout.columns.map { steps in
      steps.map { StepDrawing(step: $0).width }.max() ?? 0
    }
    let rows = cut(widths)
    let titleWidth = TextMetrics.width(of: title, size: 16, isBold: true) + 2 * Self.margin
    let full = max(
      left + lead + max(rows.map(\.length).max() ?? 0, 30) + Self.margin, min(titleWidth, 480))
    var children: [SVGElement] = []
    var y = Self.margin
    let room = full - 2 * Self.margin
    for line in TextMetrics.wrapped(title, to: room, size: 16, isBold: true, limit: 3) {
      children.append(
        .label(line, x: full / 2, y: y + 14, anchor: .middle, size: 16, isBold: true))
      y += 24
    }
    if let phase = layout.globalPhase {
      let angle = AngleText.whole(phase, options: layout.wires.options)
      let text = "global phase: " + StepDrawing.typeset(angle)
      children.append(
        .label(
          TextMetrics.shortened(text, to: room, size: 12), x: Self.margin, y: y + 12, size: 12))
      y += 22
    }
    for (number, row) in rows.enumerated() {
      let isLast = number + 1 == rows.count
      let end = rows.count == 1 ? full - Self.margin : left + lead + row.length
      children.append(
        SVGElement(
          "g", ["class": "row", "stroke-width": "1.3"],
          children: draw(row, widths: widths, top: y, end: end)))
      y += height + (isLast ? 0 : 20)
    }
    return .document(
      width: full.rounded(.up), height: (y + Self.margin).rounded(.up), title: title,
      children: children)
  }

  // MARK: Measures

  /// The height of a row.
  private var height: Double {
    let wires = layout.wires
    let classical = wires.registers.isEmpty ? 0 : Double(wires.registers.count) * Self.registerPitch
    return Self.pitch * Double(wires.qubitCount) + classical
  }

  /// The height of a wire below the top of its row.
  private func y(ofWire wire: Int) -> Double {
    let qubits = layout.wires.qubitCount
    guard wire >= qubits else { return Self.pitch * (Double(wire) + 0.5) }
    let first = qubits == 0 ? Self.registerPitch * 0.4 : Self.pitch * (Double(qubits) - 0.5) + 31
    return first + Self.registerPitch * Double(wire - qubits)
  }

  /// Where wires begin.
  private var left: Double {
    let names = (0..<layout.wires.count).map { TextMetrics.width(of: name(ofWire: $0), size: 13) }
    return Self.margin + (names.max() ?? 0) + 8
  }

  /// What the wires take before the first column: the sizes of registers stand there.
  private var lead: Double {
    let sizes = layout.wires.registers.map { TextMetrics.width(of: "\($0.size)", size: 10) }
    return sizes.max().map { $0 + 14 } ?? 4
  }

  /// The name of a wire, with the number of an unnamed qubit as an index.
  private func name(ofWire wire: Int) -> String {
    let wires = layout.wires
    if let register = wires.register(wire) { return register.name }
    return wire < wires.options.qubitNames.count
      ? wires.qubit(wire)
      : "q" + String("\(wire)".compactMap { $0.wholeNumberValue.map { Self.indices[$0] } })
  }

  private static let indices = Array("₀₁₂₃₄₅₆₇₈₉")

  /// The columns of each row, as many as fit.
  private func cut(_ widths: [Double]) -> [Row] {
    var rows = [Row(columns: 0..<0, length: Self.gap)]
    let room = width - left - lead - Self.margin
    for (column, columnWidth) in widths.enumerated() {
      let last = rows.count - 1
      if rows[last].length + columnWidth + Self.gap > room && !rows[last].columns.isEmpty {
        rows.append(Row(columns: column..<column, length: Self.gap))
      }
      rows[rows.count - 1].columns = rows[rows.count - 1].columns.lowerBound..<column + 1
      rows[rows.count - 1].length += columnWidth + Self.gap
    }
    return rows
  }

  // MARK: Drawing

  /// One row of the circuit: frames, wires, then what stands on them.
  private func draw(_ row: Row, widths: [Double], top: Double, end: Double) -> [SVGElement] {
    let height = { (wire: Int) in top + y(ofWire: wire) }
    var starts: [Double] = []
    var x = left + lead + Self.gap
    for column in row.columns {
      starts.append(x)
      x += widths[column] + Self.gap
    }
    var elements = frames(
      in: row, from: starts, widths: widths, end: end, top: top)
    elements += wires(from: left, to: end, at: height)
    let (highest, lowest) = (top + 4, top + self.height - 6)
    if row.columns.lowerBound > 0 { elements.append(cutMark(at: left, highest, lowest)) }
    if row.columns.upperBound < layout.columns.count {
      elements.append(cutMark(at: end, highest, lowest))
    }
    for (column, start) in zip(row.columns, starts) {
      for step in layout.columns[column] {
        elements.append(
          StepDrawing(step: step).element(x: start + widths[column] / 2, y: height))
      }
    }
    return elements
  }

  /// The shades behind conditional instructions and loops, as far as they lie in the row.
  private func frames(
    in row: Row, from starts: [Double], widths: [Double], end: Double, top: Double
  ) -> [SVGElement] {
    layout.frames.compactMap { frame in
      guard frame.columns.overlaps(row.columns) else { return nil }
      let first = max(frame.columns.lowerBound, row.columns.lowerBound)
      let last = min(frame.columns.upperBound, row.columns.upperBound - 1)
      let isBegun = frame.columns.lowerBound < first
      let isContinued = frame.columns.upperBound > last
      let offset = row.columns.lowerBound
      let x0 = isBegun ? left : starts[first - offset] + widths[first] / 2
      let x1 = isContinued ? end : starts[last - offset] + widths[last] / 2
      // A little beyond the boxes, and less so where it lies in others.
      let half = StepDrawing.boxHeight / 2 + Double(max(4 - frame.depth, 1))
      let y0 = top + y(ofWire: frame.wires.lowerBound) - half
      let y1 = top + y(ofWire: frame.wires.upperBound) + half
      return SVGElement(
        "rect",
        [
          "x": SVGElement.coordinate(x0), "y": SVGElement.coordinate(y0),
          "width": SVGElement.coordinate(x1 - x0), "height": SVGElement.coordinate(y1 - y0),
          "fill": GateFamily.frame(depth: frame.depth).hex, "stroke": "#c4c4bc",
          "stroke-width": "1",
        ])
    }
  }

  /// The wires with their names, and the sizes of registers.
  private func wires(from left: Double, to end: Double, at height: (Int) -> Double) -> [SVGElement]
  {
    var paths = ""
    var elements: [SVGElement] = []
    func line(_ y: Double) {
      paths +=
        "M\(SVGElement.coordinate(left)) \(SVGElement.coordinate(y))H\(SVGElement.coordinate(end))"
    }
    for wire in 0..<layout.wires.count {
      let y = height(wire)
      elements.append(
        .label(name(ofWire: wire), x: left - 8, y: y + 4.5, anchor: .end, size: 13))
      guard let register = layout.wires.register(wire) else {
        line(y)
        continue
      }
      line(y - 1.5)
      line(y + 1.5)
      elements.append(
        .segment(from: (left + 4, y + 6), to: (left + 10, y - 6), color: .axis, width: 1.2))
      elements.append(.label("\(register.size)", x: left + 12, y: y - 5, size: 10))
    }
    guard !paths.isEmpty else { return elements }
    return elements + [
      SVGElement(
        "path", ["d": paths, "fill": "none", "stroke": Color.axis.hex, "stroke-width": "1.1"])
    ]
  }

  /// The broken line at which a row goes on elsewhere.
  private func cutMark(at x: Double, _ top: Double, _ bottom: Double) -> SVGElement {
    SVGElement.segment(from: (x, top), to: (x, bottom), color: .axis)
      .with("stroke-dasharray", "2 3")
  }
}
