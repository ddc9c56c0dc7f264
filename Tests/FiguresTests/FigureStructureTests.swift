import Figures
import Foundation
import TestSupport
import Testing

@Suite("Structure of figures") struct FigureStructureTests {
  private func parsed(_ sample: Sample) throws -> ReadElement {
    try #require(ReadElement.parse(sample.figure.svg), "not well-formed: \(sample.name)")
  }

  /// What is drawn outside clipped groups and definitions.
  private func visible(_ element: ReadElement) -> [ReadElement] {
    if element.attributes["clip-path"] != nil || element.name == "clipPath" { return [] }
    return [element] + element.children.flatMap(visible)
  }

  private func box(_ element: ReadElement) -> Box? {
    element.box { TextMetrics.width(of: $0, size: $1, isBold: element.isBold) }
  }

  @Test("is well-formed XML with a view box of its size", arguments: Gallery.samples)
  func isWellFormed(_ sample: Sample) throws {
    let root = try parsed(sample)
    let width = try #require(root.attributes["width"])
    let height = try #require(root.attributes["height"])
    #expect(root.name == "svg")
    #expect(root.attributes["viewBox"] == "0 0 \(width) \(height)")
  }

  @Test("shows every label whole", arguments: Gallery.samples)
  func showsLabels(_ sample: Sample) throws {
    let texts = try parsed(sample).all.filter { $0.name == "text" }.map(\.text)
    for text in sample.texts { #expect(texts.contains(text), "'\(text)' not in \(texts)") }
  }

  @Test("draws nothing outside the view box", arguments: Gallery.samples)
  func staysInside(_ sample: Sample) throws {
    let root = try parsed(sample)
    let width = try #require(root.number("width"))
    let height = try #require(root.number("height"))
    let sheet = Box(left: 0, top: 0, right: width, bottom: height)
    for element in visible(root) {
      if let box = box(element) {
        #expect(box.isInside(sheet), "\(element.name) \(element.text) at \(box)")
      }
    }
    // Clipped marks stay inside because the region that clips them does.
    for region in root.all where region.name == "clipPath" {
      let rect = try #require(region.children.first.flatMap(box))
      #expect(rect.isInside(sheet))
    }
  }

  @Test("lets no text cover another", arguments: Gallery.samples)
  func keepsTextApart(_ sample: Sample) throws {
    let texts = visible(try parsed(sample)).filter { element in
      element.name == "text" && !(element.attributes["transform"] ?? "").contains("-35")
    }
    let boxes = texts.map(box)
    for first in boxes.indices {
      for second in boxes.indices.dropFirst(first + 1) {
        let (a, b) = (try #require(boxes[first]), try #require(boxes[second]))
        #expect(!a.overlaps(b), "'\(texts[first].text)' covers '\(texts[second].text)'")
      }
    }
  }

  @Test("gives identifiers that are unique and used", arguments: Gallery.samples)
  func identifiersAreUnique(_ sample: Sample) throws {
    let all = try parsed(sample).all
    let identifiers = all.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for element in all {
      for value in [element.attributes["clip-path"], element.attributes["fill"]] {
        guard let value, value.hasPrefix("url(#") else { continue }
        #expect(identifiers.contains(String(value.dropFirst(5).dropLast())))
      }
    }
  }

  @Test("writes the same text each time", arguments: Gallery.samples)
  func isDeterministic(_ sample: Sample) { #expect(sample.figure.svg == sample.figure.svg) }

  @Test("keeps NaN and infinities out of coordinates", arguments: Gallery.samples)
  func hasOnlyNumbers(_ sample: Sample) throws {
    for element in try parsed(sample).all {
      for (name, value) in element.attributes where name != "font-family" {
        let lowered = value.lowercased()
        #expect(!lowered.contains("nan") && !lowered.contains("inf"), "\(name)=\(value)")
      }
    }
  }

  @Test("survives data at the ends of the range of numbers")
  func survivesExtremes() throws {
    let extremes = [
      Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude, 1e300, -1e300,
      .leastNonzeroMagnitude, 0, .nan, .infinity, 1, 1.0.nextUp,
    ]
    for scale in [Axis.Scale.linear, .logarithmic] {
      for pair in extremes.flatMap({ a in extremes.map { b in [a, b] } }) {
        let axis = Axis("value", scale: scale)
        let chart = Chart.lines([Chart.Series(x: pair, y: pair)], x: axis, y: axis)
          .overlaid(by: Chart.scatter([Chart.Points(x: pair, y: pair)]))
        let root = ReadElement.parse(Figure(chart).svg)
        #expect(root != nil, "\(pair) on a \(scale) axis")
      }
    }
  }

  @Test("shows a curve as one path with a gap for each number that is missing")
  func leavesGaps() throws {
    let series = Chart.Series(y: [1, 2, .nan, 3, .infinity, 4, 5])
    let root = try #require(ReadElement.parse(Figure(Chart.lines([series])).svg))
    let clipped = try #require(root.all.first { $0.attributes["clip-path"] != nil })
    #expect(clipped.children.filter { $0.name == "path" }.count == 2)
    #expect(clipped.children.filter { $0.name == "circle" }.count == 1)
  }

  @Test("puts larger numbers higher and further right, and row 0 of a matrix on top")
  func ordersCoordinates() throws {
    let chart = Chart.lines([Chart.Series(x: [0, 1, 2], y: [1, 10, 100])])
    let root = try #require(ReadElement.parse(Figure(chart).svg))
    let curve = try #require(
      root.all.first { $0.attributes["clip-path"] != nil }?.children.first?.attributes["d"])
    let corners = ReadElement.corners(of: curve)
    #expect(corners.count == 3)
    #expect(corners[0].x < corners[1].x && corners[1].x < corners[2].x)
    #expect(corners[0].y > corners[1].y && corners[1].y > corners[2].y)
    let matrix = Chart.heatMap(Chart.Grid([[0, 0], [0, 1]]), map: .viridis)
    let cells = try #require(ReadElement.parse(Figure(matrix).svg)).all
    let brightest = try #require(cells.first { $0.attributes["fill"] == "#fde725" })
    #expect(brightest.attributes["d"] == "M1 1h1v1h-1z")
  }
}

extension ReadElement {
  var isBold: Bool { attributes["font-weight"] != nil }
}
