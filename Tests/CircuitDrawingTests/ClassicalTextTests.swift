import CircuitDrawing
import Circuits
import Testing

@Suite("Text drawing of what is classical") struct ClassicalTextTests {
  @Test("joins a measurement to its register, and crosses the wires and registers between")
  func measurements() {
    var circuit = Circuit(qubits: 2)
    _ = circuit.addRegister("a", size: 2)
    _ = circuit.addRegister("b", size: 12)
    circuit.measure(0, into: 1)
    circuit.h(0)
    circuit.measure(0, into: 12)
    #expect(
      circuit.drawing() == """
              ┌───┐┌───┐┌───┐
         q_0: ┤ M ├┤ H ├┤ M ├
              └─╥─┘└───┘└─╥─┘
         q_1: ──╫─────────╫──
                ║         ║
         a: 2/══╩═════════╬══
                1         ║
        b: 12/════════════╩══
                          10
        """)
  }

  @Test("joins a single gate on a condition to the register that it reads")
  func singleGates() {
    var circuit = Circuit(qubits: 3)
    let flags = circuit.addRegister("flags", size: 2)
    circuit.measure(0)
    circuit.append(If(flags.equals(2)) { CX(2, 0) })
    circuit.append(If(flags[1]) { Reset(1) })
    #expect(
      circuit.drawing() == """
                 ┌───┐
            q_0: ┤ M ├─────⊕────────────────
                 └─╥─┘     │       ┌─────┐
            q_1: ──╫───────┼───────┤ |0⟩ ├──
                   ║       │       └──╥──┘
            q_2: ──╫───────●──────────╫─────
                   ║       ║          ║
        flags: 2/══╩═══════■══════════■═════
                   0   flags == 2  flags[1]
        """)
  }

  @Test("puts branches between marks, after the bits that they read")
  func branches() {
    var circuit = Circuit(qubits: 3)
    circuit.measure(0)
    circuit.append(
      If(.bit(0)) {
        X(1)
        CZ(1, 2)
      } else: {
        Reset(2)
      })
    circuit.h(1)
    #expect(
      circuit.drawing() == """
             ┌───┐
        q_0: ┤ M ├──────────────────────────────────────────────
             └─╥─┘┌─────────┐┌───┐   ┌──────┐       ┌─────┐┌───┐
        q_1: ──╫──┤         ├┤ X ├─●─┤      ├───────┤     ├┤ H ├
               ║  │ if c[0] │└───┘ │ │ else │┌─────┐│ end │└───┘
        q_2: ──╫──┤         ├──────●─┤      ├┤ |0⟩ ├┤     ├─────
               ║  └────╥────┘        └──────┘└─────┘└─────┘
        c: 1/══╩═══════■════════════════════════════════════════
               0
        """)
  }

  @Test("puts loops between marks, with their assignments on the register")
  func loops() throws {
    let name = "a loop, a branch in it, and an assignment"
    let circuit = try #require(CircuitGallery.samples.first { $0.name == name }?.circuit)
    #expect(
      circuit.drawing(width: 120) == """
                ┌────────────────┐┌───┐   ┌─────┐┌────────────┐ ┌───┐ ┌──────┐              ┌─────┐
           q_0: ┤                ├┤ H ├─●─┤ M→0 ├┤            ├─┤ X ├─┤      ├──────────────┤     ├»
                │                │└───┘ │ └──╥──┘│            │ └───┘ │      │              │     │
           q_1: ┤ while !done[0] ├──────┼────╫───┤ if flag[0] ├───────┤ else ├──────────────┤ end ├»
                │                │      │ ┌──╨──┐│            │┌─────┐│      │              │     │
           q_2: ┤                ├──────⊕─┤ M→1 ├┤            ├┤ |0⟩ ├┤      ├──────────────┤     ├»
                └───────╥────────┘        └──╥──┘└─────╥──────┘└─────┘└──────┘              └─────┘
        flag: 2/════════╬════════════════════╩═════════■══════════════════════╡ phase(0.5) ╞═══════»
                        ║
        done: 1/════════■══════════════════════════════════════════════════════════════════════════»

                                                 ┌─────┐
           q_0: «────────────────────────────────┤     ├──────────
                                                 │     │┌───┐┌───┐
           q_1: «────────────────────────────────┤ end ├┤ H ├┤ M ├
                                                 │     │└───┘└─╥─┘
           q_2: «────────────────────────────────┤     ├───────╫──
                                                 └─────┘       ║
        flag: 2/«═══════════════■══════════════════════════════╩══
                                ║                              1
        done: 1/«╡ done[0] := flag[0] ^ flag[1] ╞═════════════════
        """)
  }

  @Test("can leave the inside of conditional instructions and loops out")
  func collapses() throws {
    let name = "a loop, a branch in it, and an assignment"
    let circuit = try #require(CircuitGallery.samples.first { $0.name == name }?.circuit)
    #expect(
      circuit.drawing(options: DrawingOptions(expandsConditionals: false)) == """
                ┌─────────────────────────────────┐
           q_0: ┤                                 ├──────────
                │                                 │┌───┐┌───┐
           q_1: ┤ while !done[0] (6 instructions) ├┤ H ├┤ M ├
                │                                 │└───┘└─╥─┘
           q_2: ┤                                 ├───────╫──
                └────────────────╥────────────────┘       ║
        flag: 2/═════════════════╬════════════════════════╩══
                                 ║                        1
        done: 1/═════════════════■═══════════════════════════
        """)
  }

  @Test("shows two hundred conditions in each other")
  func nests() {
    var inner: [Instruction] = [.reset(0), .reset(0)]
    for bit in 0..<200 {
      inner = [.conditional(.bit(bit), then: inner + [.reset(0)], otherwise: [])]
    }
    var circuit = Circuit(qubits: 1)
    for instruction in inner { circuit.append(instruction) }
    let text = circuit.drawing()
    #expect(text.count { $0 == "■" } == 200)
    #expect(text.split(separator: "┤ end ├").count == 201)
  }
}
