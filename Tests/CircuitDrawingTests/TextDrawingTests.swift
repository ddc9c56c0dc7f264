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
             ┌───┐   ┌─────┐
        q_0: ┤ H ├─●─┤ M→0 ├
             └───┘ │ ├──╫──┤
        q_1: ──────⊕─┤ M→1 ├
                     └──╥──┘
        c: 2/═══════════╩═══
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
        q_0: ─●──✕──────────────┤ 0 fSim(π/2, π/6) ├────░─┤ √X† ├─────────✕───────────────
              │  │ ┌───────────┐└────────┬─────────┘    ░ └──┬──┘         │
        q_1: ─⊕──●─┤1          ├─────────┼──────────────░────○────────────✕───────────────
              │  │ │  RXX(0.3) │         │              ░    │   ┌──────────────────┐
        q_2: ─┼──┼─┤0          ├─────────┼───────────●──░────┼───┤ U(0.1, -0.2, -π) ├─────
              │  │ └───────────┘┌────────┴─────────┐ │  ░    │   ├──────────────────┤┌───┐
        q_3: ─●──✕──────────────┤ 1 fSim(π/2, π/6) ├─●───────●───┤        X         ├┤ M ├
                                └──────────────────┘             └──────────────────┘└─╥─┘
        c: 1/══════════════════════════════════════════════════════════════════════════╩══
                                                                                       0
        """)
  }

  @Test("shows a Z under controls as discs on all its qubits, whichever is the target")
  func signs() {
    for order in [[0, 1], [1, 0]] {
      var circuit = Circuit(qubits: 2)
      circuit.append(.cz, to: order)
      #expect(
        circuit.drawing() == """
          q_0: ─●─
                │
          q_1: ─●─
          """)
    }
    var open = Circuit(qubits: 3)
    open.append(.z, to: [1], controls: [.off(0), .on(2)])
    open.append(.z, to: [0])
    #expect(
      open.drawing() == """
                ┌───┐
        q_0: ─○─┤ Z ├
              │ └───┘
        q_1: ─●──────
              │
        q_2: ─●──────
        """)
  }

  @Test("makes boxes that touch equally wide, and one line of their edges")
  func stacks() {
    let circuit = Circuit(qubits: 3) {
      H(0)
      RZ(.pi / 2, 1)
      X(2)
      SWAP(0, 2)
    }
    #expect(
      circuit.drawing() == """
             ┌─────────┐
        q_0: ┤    H    ├─✕─
             ├─────────┤ │
        q_1: ┤ RZ(π/2) ├─┼─
             ├─────────┤ │
        q_2: ┤    X    ├─✕─
             └─────────┘
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
      circuit.drawing(width: 24) == """
             ┌───┐   ┌───┐
        q_0: ┤ H ├─●─┤ H ├─●─»
             └───┘ │ └───┘ │
        q_1: ──────⊕───────⊕─»

              ┌───┐   ┌───┐
        q_0: «┤ H ├─●─┤ H ├─●─
              └───┘ │ └───┘ │
        q_1: «──────⊕───────⊕─
        """)
    #expect(!circuit.drawing(width: nil).contains("»"))
  }

  @Test("names global phases, and phases under controls alone")
  func phases() throws {
    #expect(
      try Self.circuit("phases").drawing() == """
        global phase: π/2

        q_0: ───────●────────
             ┌──────┴───────┐
        q_1: ┤ ● phase(0.5) ├
             └──────────────┘
        """)
  }

  @Test("calls qubits and parameters by the names that it is given")
  func names() {
    let circuit = Circuit(qubits: 3) {
      RY(.weight(0), 0)
      RX(.weight(1) * .input(0), 1)
      RZ(.weight(2), 2)
    }
    let options = DrawingOptions(
      parameterNames: ["theta", "phi"],
      qubitNames: DrawingOptions.names(ofRegisters: [("data", 1), ("anc", 1)]))
    #expect(
      circuit.drawing(options: options) == """
                 ┌──────────────┐
        data[0]: ┤  RY(theta)   ├
                 ├──────────────┤
         anc[0]: ┤ RX(phi·x[0]) ├
                 ├──────────────┤
            q_2: ┤   RZ(w[2])   ├
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
    #expect(lines.contains { $0.hasPrefix("q_70: ") && $0.contains("H") && $0.contains("●") })
    #expect(lines.contains { $0.hasPrefix("q_99: ") && $0.contains("⊕") })
  }

  @Test("shows empty wires, and nothing where there are none")
  func empty() {
    #expect(Circuit(qubits: 2).drawing() == "q_0: ──\n\nq_1: ──")
    #expect(Circuit(qubits: 1, bits: 2).drawing() == "q_0: ──\n\nc: 2/══")
    #expect(Circuit(qubits: 0).drawing().isEmpty)
  }

  @Test("cuts labels and folds global phases that are wider than its lines")
  func narrow() {
    let names = DrawingOptions(parameterNames: ["first_angle", "second_angle"])
    let circuit = Circuit(qubits: 2) {
      GPHASE(.weight(0) + .weight(1))
      RX(.weight(0) + .weight(1), 0)
      H(1)
    }
    #expect(
      circuit.drawing(width: 20, options: names) == """
        global phase:
          first_angle +
          second_angle

             ┌───────────┐
        q_0: ┤ RX(firs…) ├
             ├───────────┤
        q_1: ┤     H     ├
             └───────────┘
        """)
    // Nothing is cut that has its room.
    #expect(circuit.drawing(width: 60, options: names).contains("RX(first_angle + second_angle)"))
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
    #expect(!text.contains("✕"))
  }
}
