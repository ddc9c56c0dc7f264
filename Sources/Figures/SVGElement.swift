/// One element of an SVG document: its name, attributes in the order of writing, text and children.
package struct SVGElement: Equatable, Sendable {
  package var name: String
  package var attributes: [(name: String, value: String)]
  package var children: [SVGElement]
  package var text: String

  /// An element that holds `children`.
  package init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    children: [SVGElement] = []
  ) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    self.children = children
    text = ""
  }

  /// An element that holds `text`, which is escaped when written.
  package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    children = []
    self.text = text
  }

  package static func == (left: SVGElement, right: SVGElement) -> Bool {
    left.serialized == right.serialized
  }

  /// The element with one attribute more.
  package func with(_ name: String, _ value: String) -> SVGElement {
    var copy = self
    copy.attributes.append((name, value))
    return copy
  }

  /// The element as XML text, children indented by one space.
  package var serialized: String {
    var out = ""
    append(to: &out, indentation: 0)
    return out
  }

  private func append(to out: inout String, indentation: Int) {
    let margin = String(repeating: " ", count: indentation)
    out += margin + "<" + name
    for attribute in attributes {
      out += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
    }
    if children.isEmpty && text.isEmpty {
      out += "/>\n"
    } else if children.isEmpty {
      out += ">\(Self.escaped(text))</\(name)>\n"
    } else {
      out += ">\n"
      for child in children { child.append(to: &out, indentation: indentation + 1) }
      out += margin + "</\(name)>\n"
    }
  }

  /// `text` with the characters that mean something to XML written as entities, and without the
  /// control characters that XML 1.0 forbids.
  package static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\t", "\n", "\r": out += " "
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": continue
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension SVGElement {
  /// The families in which text is set: the system's sans-serif.
  package static let fontFamily =
    "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

  /// The root of a document of `width` by `height` pixels on white, named `title` for readers.
  package static func document(
    width: Double, height: Double, title: String, children: [SVGElement]
  ) -> SVGElement {
    let w = coordinate(width)
    let h = coordinate(height)
    var inside = [SVGElement("rect", ["width": w, "height": h, "fill": "#ffffff"])]
    if !title.isEmpty { inside.insert(SVGElement("title", text: title), at: 0) }
    return SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": w, "height": h,
        "viewBox": "0 0 \(w) \(h)", "role": "img", "font-family": fontFamily, "font-size": "12",
        "fill": Color.ink.hex,
      ],
      children: inside + children)
  }

  /// A line of text whose baseline is at `y` and whose `anchor` is at `x`.
  package static func label(
    _ text: String, x: Double, y: Double, anchor: TextAnchor = .start, size: Double = 12,
    isBold: Bool = false, color: Color = .ink
  ) -> SVGElement {
    var element = SVGElement(
      "text", ["x": coordinate(x), "y": coordinate(y), "font-size": coordinate(size)], text: text)
    if anchor != .start { element = element.with("text-anchor", anchor.rawValue) }
    if isBold { element = element.with("font-weight", "600") }
    if color != .ink { element = element.with("fill", color.hex) }
    return element
  }

  /// A straight line.
  package static func segment(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), color: Color,
    width: Double = 1
  ) -> SVGElement {
    SVGElement(
      "line",
      [
        "x1": coordinate(start.x), "y1": coordinate(start.y), "x2": coordinate(end.x),
        "y2": coordinate(end.y), "stroke": color.hex, "stroke-width": coordinate(width),
      ])
  }

  /// A coordinate in pixels, to a hundredth, without trailing zeros.
  ///
  /// - Precondition: `value` is finite and below 10¹⁴ in size.
  package static func coordinate(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let size = hundredths.magnitude
    var text = "\(size / 100)"
    let fraction = size % 100
    if fraction % 10 != 0 {
      text += fraction < 10 ? ".0\(fraction)" : ".\(fraction)"
    } else if fraction != 0 {
      text += ".\(fraction / 10)"
    }
    return hundredths < 0 ? "-" + text : text
  }
}

/// The point of a line of text that is put at its place.
package enum TextAnchor: String, Sendable {
  case start
  case middle
  case end
}
