import Circuits
import Figures

/// One step as SVG.
struct StepDrawing {
  let step: DrawnStep

  static let boxHeight = 32.0
  private static let labelSize = 14.0
  private static let angleSize = 10.5
  private static let numberSize = 9.0

  /// Text with a true minus sign.
  static func typeset(_ text: String) -> String { text.replacing("-", with: "−") }

  // On a register there is room for one line.
  private var angles: String { isOnRegister ? "" : Self.typeset(step.angles) }
  private var label: String { Self.typeset(isOnRegister ? step.text : step.label) }
  private var edge: Color { step.family.edge }
  private var labelSize: Double { step.isBracket || isOnRegister ? 12 : Self.labelSize }
  private var isOnRegister: Bool { step.marks.values.contains(.label) }

  // MARK: Widths

  /// The width of the widest part.
  var width: Double {
    let footnote = TextMetrics.width(of: step.footnote, size: 10)
    let parts = step.parts.values.map(width).max() ?? 0
    return max(parts, footnote, isOnRegister ? boxWidth : 0)
  }

  private func width(_ part: DrawnStep.Part) -> Double {
    switch part {
    case .control: 12
    case .cross: 14
    case .not: 22
    case .barrier: 10
    case .measurement: 34
    case .box(let number): boxWidth + (number == nil ? 0 : 10)
    case .block: blockWidth
    }
  }

  private var boxWidth: Double {
    let text = TextMetrics.width(of: label, size: labelSize)
    let below = TextMetrics.width(of: angles, size: Self.angleSize)
    return max(step.isBracket ? 20 : 34, max(text, below) + 12)
  }

  /// Blocks of gates have their numbers at the left edge, marks of conditions have none.
  private var blockWidth: Double { boxWidth + (step.isBracket ? 0 : 12) }

  // MARK: Drawing

  /// The drawing about the vertical line at `x`; `y` gives the height of each wire.
  func element(x: Double, y: (Int) -> Double) -> SVGElement {
    var elements = [SVGElement("title", text: step.words)]
    if step.isBarrier {
      elements += barrier(x: x, y: y)
    } else {
      if let stem = step.stem { elements += self.stem(stem, x: x, y: y) }
      if let link = step.link {
        elements.append(
          .segment(
            from: (x, y(link.lowerBound)), to: (x, y(link.upperBound)), color: edge, width: 1.6))
      }
      if let block = step.block {
        elements += box(
          x: x, top: y(block.lowerBound), bottom: y(block.upperBound), width: blockWidth)
      }
      for (wire, part) in step.parts.sorted(by: { $0.key < $1.key }) {
        elements += draw(part, x: x, y: y(wire))
      }
      for (wire, mark) in step.marks.sorted(by: { $0.key < $1.key }) {
        elements += draw(mark, x: x, y: y(wire))
      }
      if let last = step.marks.keys.max(), !step.footnote.isEmpty {
        elements.append(
          .label(step.footnote, x: x, y: y(last) + 15, anchor: .middle, size: 10))
      }
    }
    return SVGElement("g", children: elements)
  }

  private func draw(_ part: DrawnStep.Part, x: Double, y: Double) -> [SVGElement] {
    switch part {
    case .control(let state):
      return [
        circle(x: x, y: y, radius: 5, fill: state ? edge : .white, width: 1.6)
      ]
    case .cross: return [stroke(cross(x: x, y: y, half: 5.5), width: 2)]
    case .not:
      let plus =
        "M\(at(x - 10)) \(at(y))H\(at(x + 10))M\(at(x)) \(at(y - 10))V\(at(y + 10))"
      return [
        circle(x: x, y: y, radius: 10, fill: step.family.inside, width: 1.6),
        stroke(plus, width: 1.6),
      ]
    case .box(let number):
      let width = self.width(part)
      return box(x: x, top: y, bottom: y, width: width)
        + numbers(number, x: x - width / 2, y: y)
    case .block(let number): return numbers(number, x: x - blockWidth / 2, y: y)
    case .measurement(let bit): return meter(x: x, y: y, bit: bit)
    case .barrier: return []
    }
  }

  /// What stands on a register: the tip of a measurement, the disc of a condition, or a box.
  private func draw(_ mark: DrawnStep.Mark, x: Double, y: Double) -> [SVGElement] {
    switch mark {
    case .written:
      let tip = "M\(at(x - 5)) \(at(y - 9))H\(at(x + 5))L\(at(x)) \(at(y - 1.5))z"
      return [SVGElement("path", ["d": tip, "fill": GateFamily.classical.edge.hex])]
    case .read:
      return [
        SVGElement(
          "circle",
          ["cx": at(x), "cy": at(y), "r": "4.5", "fill": GateFamily.classical.edge.hex])
      ]
    case .label: return box(x: x, top: y, bottom: y, width: boxWidth, height: 22)
    }
  }

  /// The double line to the registers.
  private func stem(_ wires: ClosedRange<Int>, x: Double, y: (Int) -> Double) -> [SVGElement] {
    let (top, bottom) = (y(wires.lowerBound), y(wires.upperBound))
    let path = [x - 1.5, x + 1.5].map { "M\(at($0)) \(at(top))V\(at(bottom - 4))" }
    return [
      SVGElement(
        "path",
        [
          "d": path.joined(), "fill": "none", "stroke": GateFamily.classical.edge.hex,
          "stroke-width": "1.1",
        ])
    ]
  }

  /// The number of a target, at the left edge of its box.
  private func numbers(_ number: Int?, x: Double, y: Double) -> [SVGElement] {
    guard let number else { return [] }
    return [
      .label("\(number)", x: x + 4, y: y + 3.2, size: Self.numberSize, color: .axis)
    ]
  }

  /// A box about the wires from `top` to `bottom`, with the label and under it the angles.
  private func box(
    x: Double, top: Double, bottom: Double, width: Double, height: Double = StepDrawing.boxHeight
  ) -> [SVGElement] {
    let middle = (top + bottom) / 2
    let center = width > boxWidth ? x + 5 : x
    let frame = SVGElement(
      "rect",
      [
        "x": at(x - width / 2), "y": at(top - height / 2), "width": at(width),
        "height": at(bottom - top + height), "rx": "3", "fill": step.family.inside.hex,
        "stroke": edge.hex,
      ])
    let text = SVGElement.label(
      label, x: center, y: angles.isEmpty ? middle + 0.35 * labelSize : middle - 1,
      anchor: .middle, size: labelSize)
    if angles.isEmpty { return [frame, text] }
    return [
      frame, text,
      .label(angles, x: center, y: middle + 11.5, anchor: .middle, size: Self.angleSize),
    ]
  }

  /// The dial of a measurement, and the classical bit.
  private func meter(x: Double, y: Double, bit: Int?) -> [SVGElement] {
    let up = bit == nil ? 0.0 : -4
    var elements = [
      SVGElement(
        "rect",
        [
          "x": at(x - 17), "y": at(y - Self.boxHeight / 2), "width": "34",
          "height": at(Self.boxHeight), "rx": "3", "fill": step.family.inside.hex,
          "stroke": edge.hex,
        ]),
      stroke(
        "M\(at(x - 10)) \(at(y + 6 + up))a10 10 0 0 1 20 0M\(at(x)) \(at(y + 6 + up))"
          + "L\(at(x + 7)) \(at(y - 7 + up))", width: 1.4),
    ]
    if let bit {
      elements.append(
        .label("→\(bit)", x: x, y: y + 12.5, anchor: .middle, size: Self.numberSize))
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

  private func circle(x: Double, y: Double, radius: Double, fill: Color, width: Double)
    -> SVGElement
  {
    SVGElement(
      "circle",
      [
        "cx": at(x), "cy": at(y), "r": at(radius), "fill": fill.hex, "stroke": edge.hex,
        "stroke-width": at(width),
      ])
  }

  private func stroke(_ path: String, width: Double) -> SVGElement {
    SVGElement(
      "path",
      ["d": path, "fill": "none", "stroke": edge.hex, "stroke-width": at(width)])
  }

  private func cross(x: Double, y: Double, half: Double) -> String {
    "M\(at(x - half)) \(at(y - half))L\(at(x + half)) \(at(y + half))"
      + "M\(at(x - half)) \(at(y + half))L\(at(x + half)) \(at(y - half))"
  }

  private func at(_ value: Double) -> String { SVGElement.coordinate(value) }
}
