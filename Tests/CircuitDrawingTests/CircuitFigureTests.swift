import CircuitDrawing
import Circuits
import Figures
import Foundation
import TestSupport
import Testing

@Suite("Circuit figure") struct CircuitFigureTests {
  private func boxes(_ root: ReadElement) -> [(element: ReadElement, box: Box)] {
    root.all.compactMap { element in
      element.box { text, size in
        TextMetrics.width(of: text, size: size, isBold: element.attributes["font-weight"] != nil)
      }.map { (element, $0) }
    }
  }

  @Test("is well-formed, with every label whole", arguments: CircuitGallery.samples)
  func showsLabels(_ sample: DrawnSample) throws {
    let root = try #require(ReadElement.parse(sample.circuit.figure(title: sample.name).svg))
    let texts = root.all.filter { $0.name == "text" }.map(\.text)
    #expect(texts.contains(sample.name))
    for label in sample.texts where !label.hasPrefix("M") {
      #expect(texts.contains(label), "'\(label)' not in \(texts)")
    }
    #expect(
      texts.contains("q₀")
        && texts.contains { $0.hasPrefix("q") && $0 != "q₀" } == (sample.circuit.qubitCount > 1))
  }

  @Test(
    "stays inside its view box and the width asked for", arguments: CircuitGallery.samples)
  func staysInside(_ sample: DrawnSample) throws {
    for width in [420.0, 1100, nil] {
      let root = try #require(ReadElement.parse(sample.circuit.figure(width: width).svg))
      let sheet = Box(
        left: 0, top: 0, right: try #require(root.number("width")),
        bottom: try #require(root.number("height")))
      #expect(sheet.right <= (width ?? .infinity) + 1)
      for (element, box) in boxes(root) {
        #expect(box.isInside(sheet), "\(element.name) \(element.text) at \(box)")
      }
      let rows = root.all.filter { $0.attributes["class"] == "row" }
      for row in rows {
        #expect(row.all.contains { $0.text == "q₀" }, "a row without the names of its wires")
      }
      #expect(width != nil || rows.count == 1)
    }
  }

  @Test(
    "lets no text cover another, and keeps labels inside their boxes",
    arguments: CircuitGallery.samples)
  func keepsTextApart(_ sample: DrawnSample) throws {
    let root = try #require(ReadElement.parse(sample.circuit.figure(title: "A title").svg))
    let all = boxes(root)
    let texts = all.filter { $0.element.name == "text" }
    for first in texts.indices {
      for second in texts.indices.dropFirst(first + 1) {
        #expect(
          !texts[first].box.overlaps(texts[second].box),
          "'\(texts[first].element.text)' covers '\(texts[second].element.text)'")
      }
    }
    let rects = all.filter { $0.element.attributes["rx"] != nil }
    for first in rects.indices {
      for second in rects.indices.dropFirst(first + 1) {
        #expect(!rects[first].box.overlaps(rects[second].box))
      }
      for text in texts where rects[first].box.overlaps(text.box) {
        #expect(text.box.isInside(rects[first].box), "'\(text.element.text)' crosses a border")
      }
    }
  }

  @Test("draws one disc for each control, filled for 1")
  func drawsControls() throws {
    var circuit = Circuit(qubits: 4)
    circuit.append(.h, to: [2], controls: [.on(0), .off(1), .off(3)])
    let root = try #require(ReadElement.parse(circuit.figure().svg))
    let fills = root.all.filter { $0.name == "circle" }.compactMap { $0.attributes["fill"] }
    #expect(fills.count == 3)
    #expect(fills.filter { $0 == "#ffffff" }.count == 2)
  }

  @Test("draws a Z under controls as discs joined by a line, without a box")
  func drawsSigns() throws {
    var circuit = Circuit(qubits: 3)
    circuit.append(.cz, to: [2, 0])
    let root = try #require(ReadElement.parse(circuit.figure().svg))
    let discs = root.all.filter { $0.name == "circle" }
    #expect(discs.count == 2)
    #expect(Set(discs.map { $0.attributes["fill"] }).count == 1)
    #expect(Set(discs.map { $0.attributes["cx"] }).count == 1)
    #expect(!root.all.contains { $0.attributes["rx"] != nil || $0.text == "Z" })
  }

  @Test("gives the same text each time, and writes it whole")
  func isWritten() throws {
    let circuit = try #require(CircuitGallery.samples.last?.circuit)
    let figure = circuit.figure(title: "x < y")
    #expect(figure == circuit.figure(title: "x < y"))
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hilbert-circuit-\(UUID().uuidString).svg").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try figure.write(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == figure.svg)
    #expect(throws: FigureError.directoryMissing(path: "/none/x.svg", directory: "/none")) {
      try figure.write(to: "/none/x.svg")
    }
  }
}
