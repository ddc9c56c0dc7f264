import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element read back from an SVG document by Foundation's XML parser.
package final class ReadElement {
  package let name: String
  package let attributes: [String: String]
  package fileprivate(set) var text = ""
  package fileprivate(set) var children: [ReadElement] = []

  fileprivate init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// The element and all below it.
  package var all: [ReadElement] { [self] + children.flatMap(\.all) }

  package func number(_ attribute: String) -> Double? { attributes[attribute].flatMap(Double.init) }

  /// The root of `document`; nil where it is not well-formed XML.
  package static func parse(_ document: String) -> ReadElement? {
    let reader = SVGReader()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    return parser.parse() ? reader.root : nil
  }
}

private final class SVGReader: NSObject, XMLParserDelegate {
  var root: ReadElement?
  private var open: [ReadElement] = []

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let element = ReadElement(name: elementName, attributes: attributes)
    if let parent = open.last { parent.children.append(element) } else { root = element }
    open.append(element)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    open.removeLast()
  }
}

/// A box in pixels.
package struct Box: CustomStringConvertible {
  package var left: Double
  package var top: Double
  package var right: Double
  package var bottom: Double

  package var description: String { "(\(left), \(top)) to (\(right), \(bottom))" }

  package func isInside(_ other: Box) -> Bool {
    left >= other.left - 0.01 && top >= other.top - 0.01 && right <= other.right + 0.01
      && bottom <= other.bottom + 0.01
  }

  package func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// The box of the corners `points`.
  init?(_ points: [(x: Double, y: Double)]) {
    guard let first = points.first else { return nil }
    self.init(left: first.x, top: first.y, right: first.x, bottom: first.y)
    for point in points {
      left = min(left, point.x)
      right = max(right, point.x)
      top = min(top, point.y)
      bottom = max(bottom, point.y)
    }
  }

  package init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }
}

extension ReadElement {
  /// The box of the element's own shape, text and rotation included; nil for what draws nothing.
  ///
  /// - Parameter textWidth: The width of a text in a font size.
  /// - Returns: The box in pixels.
  package func box(textWidth: (String, Double) -> Double) -> Box? {
    switch name {
    case "rect":
      guard let x = number("x"), let y = number("y"), let w = number("width"),
        let h = number("height")
      else { return nil }
      return Box(left: x, top: y, right: x + w, bottom: y + h)
    case "line":
      guard let x = number("x1"), let y = number("y1"), let u = number("x2"),
        let v = number("y2")
      else { return nil }
      return Box([(x, y), (u, v)])
    case "circle":
      guard let x = number("cx"), let y = number("cy"), let r = number("r") else { return nil }
      return Box(left: x - r, top: y - r, right: x + r, bottom: y + r)
    case "path": return attributes["d"].flatMap { Box(Self.corners(of: $0)) }
    case "text": return textBox(textWidth)
    default: return nil
    }
  }

  private func textBox(_ textWidth: (String, Double) -> Double) -> Box? {
    guard let x = number("x"), let y = number("y"), let size = number("font-size") else {
      return nil
    }
    let width = textWidth(text, size)
    let shift: Double =
      switch attributes["text-anchor"] {
      case "middle": width / 2
      case "end": width
      default: 0
      }
    let corners = [(x - shift, y - 0.75 * size), (x - shift + width, y + 0.22 * size)]
    guard let transform = attributes["transform"] else { return Box(corners) }
    let numbers = transform.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
    guard transform.hasPrefix("rotate("), numbers.count == 3 else { return nil }
    let angle = numbers[0] * .pi / 180
    let all = [corners[0].0, corners[1].0].flatMap { u in
      [corners[0].1, corners[1].1].map { v in
        (
          x: numbers[1] + (u - numbers[1]) * cos(angle) - (v - numbers[2]) * sin(angle),
          y: numbers[2] + (u - numbers[1]) * sin(angle) + (v - numbers[2]) * cos(angle)
        )
      }
    }
    return Box(all)
  }

  /// The points that a path goes through; arcs count with their ends.
  package static func corners(of path: String) -> [(x: Double, y: Double)] {
    var points: [(x: Double, y: Double)] = []
    var here = (x: 0.0, y: 0.0)
    var start = here
    var rest = Substring(path)
    while let command = rest.popFirst() {
      let end = rest.firstIndex { $0.isLetter } ?? rest.endIndex
      let numbers = rest[..<end].split { " ,".contains($0) }.compactMap { Double($0) }
      rest = rest[end...]
      switch command {
      case "M", "L": here = (numbers[0], numbers[1])
      case "H": here.x = numbers[0]
      case "V": here.y = numbers[0]
      case "h": here.x += numbers[0]
      case "v": here.y += numbers[0]
      case "a": here = (here.x + numbers[5], here.y + numbers[6])
      case "Q": here = (numbers[2], numbers[3])
      case "z": here = start
      default: return []
      }
      if command == "M" { start = here }
      points.append(here)
    }
    return points
  }
}
