import CircuitDrawing
import Circuits
import Testing

@Suite("Laws of text drawings") struct TextLawTests {
  /// The lines of each folded row.
  private func rows(_ text: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // A row begins a line above the first wire, or at it.
    let starts = lines.indices.filter { lines[$0].contains("q_0: ") }
    return starts.enumerated().map { place, start in
      let end = place + 1 < starts.count ? starts[place + 1] - 1 : lines.count
      let above = start > 0 && !lines[start - 1].isEmpty ? start - 1 : start
      return Array(lines[above..<end]).filter { !$0.isEmpty }
    }
  }

  @Test(
    "every label is there, and no line is wider than asked for", arguments: CircuitGallery.samples)
  func holdsLabels(_ sample: DrawnSample) {
    for width in [64, 80, 120] {
      let text = sample.circuit.drawing(width: width)
      for label in sample.texts {
        #expect(text.contains(label.replacing("−", with: "-")), "'\(label)' not in\n\(text)")
      }
      for line in text.split(separator: "\n") {
        #expect(line.count <= width, "\(line.count) characters: \(line)")
        #expect(line.last != " ")
      }
    }
  }

  @Test(
    "the wires of a row end together, and nothing stands right of them",
    arguments: CircuitGallery.samples)
  func endsTogether(_ sample: DrawnSample) {
    let circuit = sample.circuit
    let wires = circuit.qubitCount + circuit.registers.count
    for width in [64, 100, nil] as [Int?] {
      for row in rows(circuit.drawing(width: width)) {
        let widest = row.map(\.count).max() ?? 0
        let named = row.filter { $0.contains(": ") }
        #expect(named.count >= wires)
        for line in named { #expect(line.count == widest, "\(line)") }
      }
    }
  }

  @Test(
    "every vertical stroke is joined to what lies above and below",
    arguments: CircuitGallery.samples)
  func joinsLines(_ sample: DrawnSample) {
    let knots = "●○✕⊕■"
    let up: [Character: Set<Character>] = [
      "l": Set("│┴┼└┘├┤" + knots), "d": Set("║╨╫╩╬" + knots),
    ]
    let down: [Character: Set<Character>] = [
      "l": Set("│┬┼┌┐├┤" + knots), "d": Set("║╥╫╦╬" + knots),
    ]
    let all = [
      (strokes: "│┴┼└┘├┤", weight: Character("l"), isUp: true), ("│┬┼┌┐├┤", "l", false),
      ("║╨╫╩╬", "d", true), ("║╥╫╦╬", "d", false),
    ]
    for row in rows(sample.circuit.drawing(width: 80)) {
      let lines = row.map(Array.init)
      func at(_ row: Int, _ column: Int) -> Character {
        lines.indices.contains(row) && lines[row].indices.contains(column)
          ? lines[row][column] : " "
      }
      for (place, line) in lines.enumerated() {
        for (column, character) in line.enumerated() {
          for (strokes, weight, isUp) in all where strokes.contains(character) {
            let next = isUp ? place - 1 : place + 1
            let other = at(next, column)
            let fitting = isUp ? down[weight] : up[weight]
            // A line goes through the edge that two boxes share, and ends there.
            if "┼╫".contains(character), " M→0123456789".contains(other) { continue }
            // Or at the label of an assignment.
            if lines.indices.contains(next), lines[next].contains("╡") { continue }
            #expect(
              fitting?.contains(other) == true,
              "\(character) at line \(place), column \(column) meets '\(other)'")
          }
        }
      }
    }
  }

  @Test("every gate of the catalogue is drawn from its record", arguments: Gate.all)
  func drawsCatalogue(_ gate: Gate) {
    var circuit = Circuit(qubits: gate.qubitCount + 1)
    let angles = (0..<gate.parameterCount).map { Angle(Double($0) + 0.25) }
    circuit.append(gate, angles: angles, to: Array(0..<gate.qubitCount))
    let text = circuit.drawing(width: 200)
    let isExchange = text.contains("✕")
    // The target of a Z under controls looks like one control more, that of an X is a ⊕.
    let isSign = gate.symbol == "Z" && gate.controlCount > 0
    let isFlip = gate.symbol == "X" && gate.controlCount > 0
    let mark =
      gate.qubitCount == 0
      ? "global phase" : isExchange ? "✕" : isSign ? "●" : isFlip ? "⊕" : gate.symbol
    #expect(text.contains(mark))
    #expect(text.count { $0 == "●" } == gate.controlCount + (isSign ? 1 : 0))
    if isExchange { #expect(text.count { $0 == "✕" } == 2) }
    var controlled = Circuit(qubits: gate.qubitCount + 2)
    controlled.append(
      gate, angles: angles, to: Array(1..<gate.qubitCount + 1),
      controls: [.off(0), .on(gate.qubitCount + 1)])
    #expect(controlled.drawing(width: 200).count { $0 == "○" } == 1)
  }
}
