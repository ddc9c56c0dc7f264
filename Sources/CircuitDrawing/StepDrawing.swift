import Circuits
import Figures

/// One instruction as SVG.
struct StepDrawing {
  let step: DrawnStep

  private static let numberSize = 9.0

  /// Text with a true minus sign.
  static func typeset(_ text: String) -> String { text.replacing("-", with: "−") }

  private var angles: String {
    Self.typeset(AngleText.list(step.angles, limit: SVGDrawing.angleLimit))
  }

  private var label: String { Self.typeset(step.label) }

  /// The width of the widest part.
  var width: Double { step.parts.values.map(width).max() ?? 0 }

  private func width(_ part: DrawnStep.Part) -> Double {
    switch part {
    case .control: 12
    case .cross: 14
    case .not: 24
    case .barrier: 12
    case .measurement: 36
    case .box(let number):
      boxWidth + (number == nil ? 0 : 10)
    case .block: boxWidth + 12
    }
  }

  private var boxWidth: Double {
    let text = TextMetrics.width(of: label, size: SVGDrawing.labelSize)
    let below = TextMetrics.width(of: angles, size: SVGDrawing.angleSize)
    return max(34, max(text, below) + 12)
  }

  /// The edge and the inside of boxes: by what their angles depend on; gray for the marks of conditions.
  private var colors: (edge: Color, inside: Color) {
    if step.isBracket { return (.axis, Color(0xF2F2F2)) }
    if step.angles.contains(where: { $0.weightCount > 0 }) {
      return (Color(0xB35900), Color(0xFDF0E2))
    }
    if step.angles.contains(where: { $0.inputCount > 0 }) {
      return (Color(0x007A58), Color(0xE6F5EF))
    }
    return (Color(0x0068A6), Color(0xE9F2F9))
  }

  /// The drawing about the vertical line at `x`; `y` gives the height of each wire.
  func elements(x: Double, y: (Int) -> Double) -> [SVGElement] {
    if step.parts.values.contains(.barrier) { return barrier(x: x, y: y) }
    var elements: [SVGElement] = []
    let edge = colors.edge
    if step.span.count > 1 {
      elements.append(
        .segment(
          from: (x, y(step.span.lowerBound)), to: (x, y(step.span.upperBound)), color: edge,
          width: 1.6))
    }
    if let block = step.block {
      elements += box(
        x: x, top: y(block.lowerBound), bottom: y(block.upperBound), width: boxWidth + 12)
    }
    for (qubit, part) in step.parts.sorted(by: { $0.key < $1.key }) {
      elements += draw(part, x: x, y: y(qubit), edge: edge)
    }
    return elements
  }

  private func draw(_ part: DrawnStep.Part, x: Double, y: Double, edge: Color) -> [SVGElement] {
    switch part {
    case .control(let state):
      return [
        circle(x: x, y: y, radius: 5, fill: state ? edge : .white, edge: edge, width: 1.6)
      ]
    case .cross:
      return [stroke(cross(x: x, y: y, half: 5.5), edge, width: 2)]
    case .not:
      let plus =
        "M\(at(x - 10)) \(at(y))H\(at(x + 10))M\(at(x)) \(at(y - 10))V\(at(y + 10))"
      return [
        circle(x: x, y: y, radius: 10, fill: colors.inside, edge: edge, width: 1.6),
        stroke(plus, edge, width: 1.6),
      ]
    case .box(let number):
      let width = self.width(part)
      return box(x: x, top: y, bottom: y, width: width)
        + numbers(number, x: x - width / 2, y: y)
    case .block(let number):
      return numbers(number, x: x - (boxWidth + 12) / 2, y: y)
    case .measurement(let bit): return meter(x: x, y: y, bit: bit)
    case .barrier: return []
    }
  }

  /// The number of a target, at the left edge of its box.
  private func numbers(_ number: Int?, x: Double, y: Double) -> [SVGElement] {
    guard let number else { return [] }
    return [
      .label("\(number)", x: x + 4, y: y + 3.2, size: Self.numberSize, color: .axis)
    ]
  }

  /// A box about the wires from `top` to `bottom`, with the label and under it the angles.
  private func box(x: Double, top: Double, bottom: Double, width: Double) -> [SVGElement] {
    let height = bottom - top + SVGDrawing.boxHeight
    let middle = (top + bottom) / 2
    let hasNumbers = width > boxWidth
    let center = hasNumbers ? x + 5 : x
    var elements = [
      SVGElement(
        "rect",
        [
          "x": at(x - width / 2), "y": at(top - SVGDrawing.boxHeight / 2), "width": at(width),
          "height": at(height), "rx": "3", "fill": colors.inside.hex, "stroke": colors.edge.hex,
          "stroke-width": "1.3",
        ])
    ]
    let baseline = angles.isEmpty ? middle + 5 : middle - 1
    elements.append(
      .label(label, x: center, y: baseline, anchor: .middle, size: SVGDrawing.labelSize))
    if !angles.isEmpty {
      var text = SVGElement.label(
        angles, x: center, y: middle + 11.5, anchor: .middle, size: SVGDrawing.angleSize)
      let whole = Self.typeset(step.angles.map(AngleText.whole).joined(separator: ", "))
      // What was cut is shown where the pointer rests.
      if whole != angles { text = text.with("aria-label", whole) }
      elements.append(text)
    }
    return elements
  }

  /// The dial of a measurement, and the classical bit.
  private func meter(x: Double, y: Double, bit: Int?) -> [SVGElement] {
    let gray = Color.axis
    let up = bit == nil ? 0.0 : -4
    var elements = [
      SVGElement(
        "rect",
        [
          "x": at(x - 17), "y": at(y - SVGDrawing.boxHeight / 2), "width": "34",
          "height": at(SVGDrawing.boxHeight), "rx": "3", "fill": "#f2f2f2", "stroke": gray.hex,
          "stroke-width": "1.3",
        ]),
      stroke(
        "M\(at(x - 10)) \(at(y + 6 + up))a10 10 0 0 1 20 0M\(at(x)) \(at(y + 6 + up))"
          + "L\(at(x + 7)) \(at(y - 7 + up))", gray, width: 1.4),
    ]
    if let bit {
      elements.append(
        .label("→ \(bit)", x: x, y: y + 12.5, anchor: .middle, size: Self.numberSize))
    }
    return elements
  }

  private func barrier(x: Double, y: (Int) -> Double) -> [SVGElement] {
    step.parts.keys.sorted().flatMap { qubit in
      let (top, height) = (y(qubit) - SVGDrawing.pitch / 2, SVGDrawing.pitch)
      return [
        SVGElement(
          "rect",
          [
            "x": at(x - 4), "y": at(top), "width": "8", "height": at(height), "fill": "#ebebeb",
          ]),
        SVGElement.segment(from: (x, top), to: (x, top + height), color: .axis)
          .with("stroke-dasharray", "4 4"),
      ]
    }
  }

  private func circle(
    x: Double, y: Double, radius: Double, fill: Color, edge: Color, width: Double
  ) -> SVGElement {
    SVGElement(
      "circle",
      [
        "cx": at(x), "cy": at(y), "r": at(radius), "fill": fill.hex, "stroke": edge.hex,
        "stroke-width": at(width),
      ])
  }

  private func stroke(_ path: String, _ color: Color, width: Double) -> SVGElement {
    SVGElement(
      "path",
      ["d": path, "fill": "none", "stroke": color.hex, "stroke-width": at(width)])
  }

  private func cross(x: Double, y: Double, half: Double) -> String {
    "M\(at(x - half)) \(at(y - half))L\(at(x + half)) \(at(y + half))"
      + "M\(at(x - half)) \(at(y + half))L\(at(x + half)) \(at(y - half))"
  }

  private func at(_ value: Double) -> String { SVGElement.coordinate(value) }
}
