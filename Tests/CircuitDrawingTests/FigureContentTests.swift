import CircuitDrawing
import Circuits
import Foundation
import TestSupport
import Testing

@Suite("Circuit figure, content") struct FigureContentTests {
  private static func titles(_ circuit: Circuit, options: DrawingOptions = DrawingOptions()) throws
    -> [String]
  {
    let root = try #require(ReadElement.parse(circuit.figure(options: options).svg))
    return root.all.filter { $0.name == "title" }.map(\.text)
  }

  @Test("says each instruction in full where the pointer rests")
  func titles() throws {
    var circuit = Circuit(qubits: 3)
    let angle: Angle = 2 * .weight(0) * .input(0) + 0.123456789 + .weight(1) * .weight(1)
    circuit.append(.rz, angles: [angle], to: [1], controls: [.off(2)])
    circuit.append(.cx, to: [0, 1])
    circuit.append(.barrier([0, 1]))
    circuit.measure(0)
    circuit.append(If(.bit(0)) { X(1) })
    circuit.append(.assign(bit: 1, !.bit(0)))
    circuit.append(.loop(while: .bit(0), body: [.reset(0), .measure(qubit: 0, bit: 0)]))
    let options = DrawingOptions(parameterNames: ["theta", "phi"], qubitNames: ["a"])
    #expect(
      try Self.titles(circuit, options: options) == [
        "rz(0.123456789 + 2.0*theta*x[0] + phi*phi) q_1 where q_2 = 0", "cx a, q_1",
        "barrier a, q_1", "measure a → c[0]", "if c[0]: x q_1", "c[1] := !c[0]", "while c[0]",
        "reset a", "measure a → c[0]", "end of while c[0]",
      ])
  }

  @Test(
    "draws every gate of the catalogue, with its name where the pointer rests", arguments: Gate.all)
  func drawsCatalogue(_ gate: Gate) throws {
    guard gate.qubitCount > 0 else { return }
    var circuit = Circuit(qubits: gate.qubitCount + 2)
    let angles = (0..<gate.parameterCount).map { Angle(Double($0) + 0.25) }
    circuit.append(gate, angles: angles, to: Array(0..<gate.qubitCount))
    // On qubits apart, under a control.
    circuit.append(
      gate, angles: angles, to: Array((1...gate.qubitCount).reversed().map { $0 == 1 ? 0 : $0 }),
      controls: [.off(gate.qubitCount + 1)])
    let titles = try Self.titles(circuit)
    #expect(titles.count == 2)
    for title in titles { #expect(title.hasPrefix(gate.name)) }
  }

  /// The contrast of two colours, from 1 to 21, by the formula of WCAG 2.1.
  private static func contrast(_ first: String, _ second: String) -> Double? {
    func luminance(_ code: String) -> Double? {
      guard code.hasPrefix("#"), let bits = Int(code.dropFirst(), radix: 16) else { return nil }
      let channels = [bits >> 16, bits >> 8 & 255, bits & 255].map { value in
        let share = Double(value) / 255
        return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
    guard let first = luminance(first), let second = luminance(second) else { return nil }
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  @Test("has text and borders that stand out at 4.5 to 1", arguments: CircuitGallery.samples)
  func contrasts(_ sample: DrawnSample) throws {
    let root = try #require(ReadElement.parse(sample.circuit.figure().svg))
    let ink = try #require(root.attributes["fill"])
    let boxes = root.all.filter { $0.attributes["rx"] != nil }
    for box in boxes {
      let inside = try #require(box.attributes["fill"])
      let edge = try #require(box.attributes["stroke"])
      for text in [ink, "#555555"] {
        let found = try #require(Self.contrast(text, inside))
        #expect(found >= 4.5, "\(text) on \(inside)")
      }
      let found = try #require(Self.contrast(edge, "#ffffff"))
      #expect(found >= 4.5, "\(edge) on white")
    }
    // A background of its own, for viewers that are dark.
    let first = root.children.first { $0.name == "rect" }
    #expect(first?.attributes["fill"] == "#ffffff")
    #expect(first?.attributes["width"] == root.attributes["width"])
  }

  @Test("is small: 500 gates on 30 qubits take less than 250 kilobytes")
  func isSmall() {
    var circuit = Circuit(qubits: 30)
    for place in 0..<250 {
      circuit.append(.rz, angles: [.weight(place)], to: [7 * place % 30])
      circuit.append(.cx, to: [place % 30, (place + 1 + place / 30) % 30])
    }
    circuit.measureAll()
    let size = circuit.figure().svg.utf8.count
    #expect(size < 250_000, "\(size) bytes")
  }
}
