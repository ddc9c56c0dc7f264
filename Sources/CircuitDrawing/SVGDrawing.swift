import Circuits
import Figures

/// Lays a circuit out in pixels.
struct SVGDrawing {
  /// The distance of neighbouring wires.
  static let pitch = 48.0
  static let boxHeight = 32.0
  static let labelSize = 14.0
  static let angleSize = 10.5
  private static let gap = 14.0
  private static let margin = 14.0
  /// The longest list of angles in a box, in characters.
  static let angleLimit = 32

  private let columns: CircuitColumns
  private let title: String
  private let width: Double

  init(_ columns: CircuitColumns, title: String, width: Double) {
    self.columns = columns
    self.title = title
    self.width = width
  }

  var document: SVGElement {
    let widths = columns.columns.map { steps in
      steps.map { StepDrawing(step: $0).width }.max() ?? 0
    }
    let rows = cut(widths)
    let lengths = rows.map { row in row.reduce(0) { $0 + widths[$1] + Self.gap } }
    let left = Self.margin + nameWidth
    let titleWidth = TextMetrics.width(of: title, size: 16, isBold: true) + 2 * Self.margin
    let full = max(
      left + max(lengths.max() ?? 0, 30) + Self.gap + Self.margin, min(titleWidth, 480))
    var children: [SVGElement] = []
    var y = Self.margin
    for line in TextMetrics.wrapped(
      title, to: full - 2 * Self.margin, size: 16, isBold: true, limit: 3)
    {
      children.append(
        .label(line, x: full / 2, y: y + 14, anchor: .middle, size: 16, isBold: true))
      y += 24
    }
    if let phase = columns.globalPhase {
      let text = "global phase: " + StepDrawing.typeset(AngleText.whole(phase))
      children.append(
        .label(
          TextMetrics.shortened(text, to: full - 2 * Self.margin, size: 12), x: Self.margin,
          y: y + 12, size: 12))
      y += 22
    }
    for (number, row) in rows.enumerated() {
      let isLast = number + 1 == rows.count
      children.append(
        SVGElement(
          "g", ["class": "row"],
          children: draw(
            row, widths: widths, left: left, top: y + Self.pitch / 2,
            end: isLast && rows.count == 1 ? full - Self.margin : left + lengths[number] + Self.gap,
            cutsBefore: number > 0, cutsAfter: !isLast)))
      y += Self.pitch * Double(columns.qubitCount) + (isLast ? 0 : 18)
    }
    return .document(
      width: full.rounded(.up), height: (y + Self.margin).rounded(.up), title: title,
      children: children)
  }

  /// The width of the names of the wires.
  private var nameWidth: Double {
    TextMetrics.width(of: "q\(max(columns.qubitCount - 1, 0))", size: 13) + 8
  }

  /// The columns of each row, as many as fit.
  private func cut(_ widths: [Double]) -> [[Int]] {
    var rows: [[Int]] = [[]]
    var length = 0.0
    let room = width - 2 * Self.margin - nameWidth - Self.gap
    for (column, columnWidth) in widths.enumerated() {
      let longer = length + columnWidth + Self.gap
      if longer > room && !rows[rows.count - 1].isEmpty {
        rows.append([])
        length = 0
      }
      rows[rows.count - 1].append(column)
      length += columnWidth + Self.gap
    }
    return rows
  }

  /// One row of the circuit: the wires, then what stands on them.
  private func draw(
    _ row: [Int], widths: [Double], left: Double, top: Double, end: Double, cutsBefore: Bool,
    cutsAfter: Bool
  ) -> [SVGElement] {
    var wires = ""
    var elements: [SVGElement] = []
    for qubit in 0..<columns.qubitCount {
      let y = top + Double(qubit) * Self.pitch
      elements.append(
        .label("q\(qubit)", x: left - 8, y: y + 4.5, anchor: .end, size: 13))
      wires +=
        "M\(SVGElement.coordinate(left)) \(SVGElement.coordinate(y))H\(SVGElement.coordinate(end))"
    }
    if !wires.isEmpty {
      elements.append(
        SVGElement(
          "path", ["d": wires, "fill": "none", "stroke": Color.axis.hex, "stroke-width": "1.2"]))
    }
    let bottom = top + Double(columns.qubitCount - 1) * Self.pitch
    if cutsBefore { elements.append(cutMark(at: left, top, bottom)) }
    if cutsAfter { elements.append(cutMark(at: end, top, bottom)) }
    var x = left + Self.gap
    for column in row {
      for step in columns.columns[column] {
        elements += StepDrawing(step: step).elements(x: x + widths[column] / 2) {
          top + Double($0) * Self.pitch
        }
      }
      x += widths[column] + Self.gap
    }
    return elements
  }

  /// The broken line at which a row goes on elsewhere.
  private func cutMark(at x: Double, _ top: Double, _ bottom: Double) -> SVGElement {
    SVGElement.segment(
      from: (x, top - Self.pitch * 0.4), to: (x, bottom + Self.pitch * 0.4), color: .axis
    ).with("stroke-dasharray", "2 3")
  }
}
