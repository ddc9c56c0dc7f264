import CircuitDrawing
import Circuits
import Testing

@Suite("Text drawing") struct TextDrawingTests {
  private static func circuit(_ name: String) throws -> Circuit {
    try #require(CircuitGallery.samples.first { $0.name == name }?.circuit)
  }

  @Test("shows a Bell pair")
  func bell() throws {
    #expect(
      try Self.circuit("Bell pair").drawing() == """
            ┌───┐     ┌───┐
        q0: ┤ H ├──●──┤ M ├
            └───┘  │  └───┘
                 ┌─┴─┐┌───┐
        q1: ─────┤ X ├┤ M ├
                 └───┘└───┘
        """)
  }

  @Test("is what a circuit prints as")
  func description() {
    let circuit = Circuit(qubits: 2) {
      AngleEncoding(.x)
      BasicEntanglingLayers(depth: 1)
    }
    #expect("\(circuit)" == circuit.drawing() && "\(circuit)".contains("x[0]"))
  }

  @Test("shows controls on both states, exchanges, blocks, barriers and bits")
  func everyShape() throws {
    #expect(
      try Self.circuit("controls, crosses and blocks").drawing() == """
                                 ┌──────────────────┐    ░ ┌─────┐
        q0: ──●───×──────────────┤ 0 fSim(π/2, π/6) ├────░─┤ √X† ├─────────×─────────────────
            ┌─┴─┐ │ ┌───────────┐└────────┬─────────┘    ░ └──┬──┘         │
        q1: ┤ X ├─●─┤1          ├─────────┼──────────────░────○────────────×─────────────────
            └─┬─┘ │ │  RXX(0.3) │         │              ░    │   ┌──────────────────┐
        q2: ──┼───┼─┤0          ├─────────┼───────────●──░────┼───┤ U(0.1, -0.2, -π) ├───────
              │   │ └───────────┘         │           │  ░    │   └──────────────────┘
              │   │              ┌────────┴─────────┐ │       │          ┌───┐        ┌─────┐
        q3: ──●───×──────────────┤ 1 fSim(π/2, π/6) ├─●───────●──────────┤ X ├────────┤ M→0 ├
                                 └──────────────────┘                    └───┘        └─────┘
        """)
  }

  @Test("shows a Z under controls as discs on all its qubits, whichever is the target")
  func signs() {
    for order in [[0, 1], [1, 0]] {
      var circuit = Circuit(qubits: 2)
      circuit.append(.cz, to: order)
      #expect(
        circuit.drawing() == """
          q0: ─●─
               │
          q1: ─●─
          """)
    }
    var open = Circuit(qubits: 3)
    open.append(.z, to: [1], controls: [.off(0), .on(2)])
    open.append(.z, to: [0])
    #expect(
      open.drawing() == """
               ┌───┐
        q0: ─○─┤ Z ├
             │ └───┘
        q1: ─●──────
             │
        q2: ─●──────
        """)
  }

  @Test("shows resets, and what depends on a condition after the bits that it reads")
  func conditions() {
    var circuit = Circuit(qubits: 3)
    let flags = circuit.addRegister("flags", size: 2)
    circuit.h(0)
    circuit.measure(0)
    circuit.measure(1, into: 0)
    circuit.append(
      If(flags[0]) {
        X(2)
      } else: {
        Reset(2)
      })
    circuit.append(If(flags.equals(2)) { CX(0, 2) })
    circuit.x(0)
    #expect(
      circuit.drawing(width: 120) == """
            ┌───┐┌───┐                                                 ┌────────────────┐     ┌──────┐┌───┐
        q0: ┤ H ├┤ M ├─────────────────────────────────────────────────┤                ├──●──┤      ├┤ X ├
            └───┘└───┘┌─────┐                                          │                │  │  │      │└───┘
        q1: ──────────┤ M→0 ├──────────────────────────────────────────┤  if flags == 2 ├──┼──┤  end ├─────
                      └─────┘┌─────────────┐┌───┐┌──────┐┌─────┐┌─────┐│                │┌─┴─┐│      │
        q2: ─────────────────┤ if flags[0] ├┤ X ├┤ else ├┤ |0⟩ ├┤ end ├┤                ├┤ X ├┤      ├─────
                             └─────────────┘└───┘└──────┘└─────┘└─────┘└────────────────┘└───┘└──────┘
        """)
  }

  @Test("goes on below where a line would be too long")
  func wraps() throws {
    var circuit = Circuit(qubits: 2)
    for _ in 0..<4 {
      circuit.append(.h, to: [0])
      circuit.append(.cx, to: [0, 1])
    }
    #expect(
      circuit.drawing(width: 26) == """
            ┌───┐     ┌───┐     »
        q0: ┤ H ├──●──┤ H ├──●──»
            └───┘┌─┴─┐└───┘┌─┴─┐»
        q1: ─────┤ X ├─────┤ X ├»
                 └───┘     └───┘»

            «┌───┐     ┌───┐
        q0: «┤ H ├──●──┤ H ├──●──
            «└───┘┌─┴─┐└───┘┌─┴─┐
        q1: «─────┤ X ├─────┤ X ├
            «     └───┘     └───┘
        """)
  }

  @Test("names global phases, and phases under controls alone")
  func phases() throws {
    #expect(
      try Self.circuit("phases").drawing() == """
        global phase: π/2

        q0: ───────●────────
            ┌──────┴───────┐
        q1: ┤ ● phase(0.5) ├
            └──────────────┘
        """)
  }

  @Test("shows a hundred wires")
  func manyWires() {
    let text = Circuit(qubits: 100) {
      H(70)
      CX(70, 99)
      GPHASE(0.5)
    }.drawing()
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("q70: ") && $0.contains("H") && $0.contains("●") })
    #expect(lines.contains { $0.hasPrefix("q99: ") && $0.contains("X") })
  }

  @Test("shows empty wires, and nothing where there are none")
  func empty() {
    #expect(Circuit(qubits: 2).drawing() == "q0: ──\n\nq1: ──")
    #expect(Circuit(qubits: 0).drawing().isEmpty)
  }

  @Test("holds every label, within the width", arguments: CircuitGallery.samples)
  func holdsLabels(_ sample: DrawnSample) {
    let width = 64
    let text = sample.circuit.drawing(width: width)
    for label in sample.texts {
      #expect(text.contains(label.replacing("−", with: "-")), "'\(label)' not in\n\(text)")
    }
    for line in text.split(separator: "\n") {
      #expect(line.count <= width, "\(line.count) characters: \(line)")
      #expect(line.last != " ")
    }
    let wires = text.split(separator: "\n").filter { $0.contains("q0: ") }.count
    #expect(
      text.split(separator: "\n").filter { $0.contains("q\(sample.circuit.qubitCount - 1): ") }
        .count == wires)
  }

  @Test(
    "joins every vertical stroke to what lies above and below", arguments: CircuitGallery.samples)
  func joinsLines(_ sample: DrawnSample) {
    let up: Set<Character> = ["│", "┴", "┼", "└", "┘", "├", "┤"]
    let down: Set<Character> = ["│", "┬", "┼", "┌", "┐", "├", "┤"]
    let knots: Set<Character> = ["●", "○", "×"]
    for block in sample.circuit.drawing(width: 80).split(separator: "\n\n") {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
      func at(_ row: Int, _ column: Int) -> Character {
        lines.indices.contains(row) && lines[row].indices.contains(column)
          ? lines[row][column] : " "
      }
      for (row, line) in lines.enumerated() {
        for (column, character) in line.enumerated() where "│┴┬┼".contains(character) {
          let (above, below) = (at(row - 1, column), at(row + 1, column))
          if "│┴┼".contains(character) {
            #expect(
              down.contains(above) || knots.contains(above), "\(character) at \(row), \(column)")
          }
          if "│┬┼".contains(character) {
            #expect(
              up.contains(below) || knots.contains(below), "\(character) at \(row), \(column)")
          }
        }
      }
    }
  }

  @Test("draws every gate of the catalogue from its record", arguments: Gate.all)
  func drawsCatalogue(_ gate: Gate) {
    var circuit = Circuit(qubits: gate.qubitCount + 1)
    let angles = (0..<gate.parameterCount).map { Angle(Double($0) + 0.25) }
    circuit.append(gate, angles: angles, to: Array(0..<gate.qubitCount))
    let text = circuit.drawing(width: 200)
    let isExchange = text.contains("×")
    // A Z under controls looks like one control more.
    let isSign = gate.symbol == "Z" && gate.controlCount > 0
    let mark =
      gate.qubitCount == 0 ? "global phase" : isExchange ? "×" : isSign ? "●" : gate.symbol
    #expect(text.contains(mark))
    #expect(text.count { $0 == "●" } == gate.controlCount + (isSign ? 1 : 0))
    if isExchange { #expect(text.count { $0 == "×" } == 2) }
    var controlled = Circuit(qubits: gate.qubitCount + 2)
    controlled.append(
      gate, angles: angles, to: Array(1..<gate.qubitCount + 1),
      controls: [.off(0), .on(gate.qubitCount + 1)])
    let discs = controlled.drawing(width: 200).count { $0 == "○" }
    #expect(discs == 1)
    let svg = controlled.figure().svg
    #expect(isExchange || svg.contains("</text>"))
  }

  @Test("marks inverses and powers")
  func marksPowers() throws {
    var circuit = Circuit(qubits: 2)
    circuit.append(.gate(try GateApplication(.x, on: [0]).power(0.5)))
    circuit.append(.gate(try GateApplication(.swap, on: [0, 1]).power(0.5)))
    circuit.append(.gate(GateApplication(.iswap, on: [0, 1]).inverse()))
    let text = circuit.drawing()
    #expect(text.contains("X^0.5"))
    #expect(text.contains("SWAP^0.5"))
    #expect(!text.contains("×"))
  }
}
