import Circuits
import Testing

/// A circuit with a name, as an argument of tests.
struct DrawnSample: Sendable, CustomTestStringConvertible {
  let name: String
  let circuit: Circuit
  /// What must be readable in the drawing.
  let texts: [String]

  var testDescription: String { name }

  init(_ name: String, qubits: Int, texts: [String], _ build: (inout Circuit) -> Void) {
    var circuit = Circuit(qubits: qubits)
    build(&circuit)
    self.name = name
    self.circuit = circuit
    self.texts = texts
  }
}

/// Circuits of every kind: the structure tests run over all of them.
enum CircuitGallery {
  static let samples = small + wide + dynamic

  static let small = [
    DrawnSample("nothing on one qubit", qubits: 1, texts: []) { _ in },
    DrawnSample("one qubit", qubits: 1, texts: ["H", "RZ", "π/4", "M"]) { circuit in
      circuit.append(.h, to: [0])
      circuit.append(.rz, angles: [Angle(.pi / 4)], to: [0])
      circuit.measure(0)
    },
    DrawnSample("inputs as amplitudes", qubits: 3, texts: ["ψ(x)", "H"]) { circuit in
      circuit.append(AmplitudeEmbedding(qubits: [1, 2]))
      circuit.append(.h, to: [0])
      circuit.append(.h, to: [1])
    },
    DrawnSample("amplitudes on qubits apart", qubits: 3, texts: ["ψ(x)"]) { circuit in
      circuit.append(AmplitudeEmbedding(qubits: [2, 0]))
    },
    DrawnSample("Bell pair", qubits: 2, texts: ["H", "M"]) { circuit in
      circuit.append(.h, to: [0])
      circuit.append(.cx, to: [0, 1])
      circuit.measureAll()
    },
    DrawnSample(
      "controls, crosses and blocks", qubits: 4,
      texts: ["RXX", "fSim", "√X†", "U"]
    ) { circuit in
      circuit.append(.ccx, to: [0, 3, 1])
      circuit.append(.cswap, to: [1, 0, 3])
      circuit.append(.rxx, angles: [0.3], to: [2, 1])
      circuit.append(.fsim, angles: [Angle(.pi / 2), Angle(.pi / 6)], to: [0, 3])
      circuit.append(.cz, to: [3, 2])
      circuit.append(.barrier([0, 1, 2]))
      circuit.append(.sxdg, to: [0], controls: [.off(1), .on(3)])
      circuit.append(.u, angles: [0.1, -0.2, Angle(-.pi)], to: [2])
      circuit.append(.x, to: [3])
      circuit.append(.swap, to: [0, 1])
      circuit.append(.measure(qubit: 3, bit: 0))
    },
    DrawnSample(
      "weights and inputs", qubits: 3, texts: ["w[3]", "x[0]", "π − x[2]", "2·w[0]·x[1]²"]
    ) { circuit in
      circuit.append(.ry, angles: [.input(0)], to: [0])
      circuit.append(.rx, angles: [.pi - .input(2)], to: [1])
      circuit.append(.rz, angles: [.weight(3)], to: [2])
      circuit.append(
        .cp, angles: [2 * .weight(0) * .input(1) * .input(1)], to: [0, 2])
      circuit.append(
        .rzz, angles: [2 * (.pi - .input(0)) * (.pi - .input(1))], to: [0, 1])
      circuit.append(
        .u3, angles: [.weight(4), .weight(5), .weight(6)], to: [2], controls: [.off(0)])
    },
    DrawnSample("phases", qubits: 2, texts: ["global phase: π/2", "● phase"]) { circuit in
      circuit.append(.gphase, angles: [Angle(.pi / 4)], to: [])
      circuit.append(.gphase, angles: [Angle(.pi / 4)], to: [])
      circuit.append(.gphase, angles: [0.5], to: [], controls: [.on(0), .on(1)])
    },
  ]

  static let wide = [
    DrawnSample("teleportation", qubits: 3, texts: ["if c[1]", "else", "end", "|0⟩", "c[0]"]) {
      circuit in
      circuit.append(.h, to: [1])
      circuit.append(.cx, to: [1, 2])
      circuit.append(.cx, to: [0, 1])
      circuit.append(.h, to: [0])
      circuit.measure(0)
      circuit.measure(1)
      circuit.append(
        If(.bit(1)) {
          X(2)
        } else: {
          Z(2)
        })
      circuit.append(If(.bit(0)) { CX(0, 2) })
      circuit.reset(1)
    },
    DrawnSample("ten qubits in layers", qubits: 10, texts: ["w[59]", "RY"]) { circuit in
      for layer in 0..<3 {
        for qubit in 0..<10 {
          circuit.append(.ry, angles: [.weight(layer * 20 + 2 * qubit)], to: [qubit])
          circuit.append(.rz, angles: [.weight(layer * 20 + 2 * qubit + 1)], to: [qubit])
        }
        for qubit in 0..<10 { circuit.append(.cx, to: [qubit, (qubit + 1 + layer) % 10]) }
      }
      circuit.measureAll()
    },
    DrawnSample("Fourier transform", qubits: 5, texts: ["H", "π/16", "P"]) { circuit in
      for target in (0..<5).reversed() {
        circuit.append(.h, to: [target])
        for control in (0..<target).reversed() {
          let angle = Double.pi / Double(1 << (target - control))
          circuit.append(.cp, angles: [Angle(angle)], to: [control, target])
        }
      }
      circuit.append(.swap, to: [0, 4])
      circuit.append(.swap, to: [1, 3])
    },
    DrawnSample("a block of five targets", qubits: 7, texts: ["0", "4"]) { circuit in
      circuit.append(
        .pauliRotation("XIZYYZX"), angles: [.weight(0)], to: Array(0..<7))
      circuit.append(
        .pauliRotation("ZYX"), angles: [0.25], to: [5, 3, 4], controls: [.on(0), .off(6)])
    },
  ]

  static let dynamic = [
    DrawnSample(
      "a loop, a branch in it, and an assignment", qubits: 3,
      texts: ["while !done[0]", "if flag[0]", "else", "end", "done[0] := flag[0] ^ flag[1]", "M→1"]
    ) { circuit in
      let flag = circuit.addRegister("flag", size: 2)
      let done = circuit.addRegister("done", size: 1)
      circuit.append(
        .loop(
          while: !done[0],
          body: [
            .gate(GateApplication(.h, on: [0])),
            .gate(GateApplication(.cx, on: [0, 2])),
            .measure(qubit: 0, bit: 0), .measure(qubit: 2, bit: 1),
            .conditional(
              flag[0], then: [.gate(GateApplication(.x, on: [0])), .reset(2)],
              otherwise: [.gate(GateApplication(.gphase, angles: [0.5], on: []))]),
            .assign(bit: 2, flag[0] ^ flag[1]),
          ]))
      circuit.append(.h, to: [1])
      circuit.measure(1, into: 1)
    },
    DrawnSample(
      "conditions without qubits", qubits: 2, texts: ["if c[0]", "c[1] := true"]
    ) { circuit in
      circuit.measure(0)
      circuit.append(
        .conditional(
          .bit(0), then: [.assign(bit: 1, .always)],
          otherwise: [.gate(GateApplication(.gphase, angles: [Angle(.pi)], on: []))]))
      circuit.append(If(.register([0, 1], equals: 3)) { CX(1, 0) })
    },
    DrawnSample(
      "channels and bits of no register", qubits: 3, texts: ["depolarizing", "c[7] && (!a[0])"]
    ) { circuit in
      circuit.declare(ClassicalRegister(name: "a", bits: 0..<2))
      if let channel = try? Channel.depolarizing(mixing: 0.01) {
        circuit.append(.channel(channel, [0]))
      }
      if let channel = try? Channel.depolarizing(mixing: 0.02, qubits: 2) {
        circuit.append(.channel(channel, [1, 2]))
      }
      circuit.measure(2, into: 7)
      circuit.append(If(.bit(7) && !.bit(0)) { H(1) })
    },
    DrawnSample("thirty qubits", qubits: 30, texts: ["RY", "w[0]", "w[59]", "M→29"]) { circuit in
      for layer in 0..<2 {
        for qubit in 0..<30 {
          circuit.append(.ry, angles: [.weight(30 * layer + qubit)], to: [qubit])
        }
        for qubit in stride(from: 0, to: 29, by: 2) { circuit.append(.cx, to: [qubit, qubit + 1]) }
        for qubit in stride(from: 1, to: 29, by: 2) { circuit.append(.cz, to: [qubit, qubit + 1]) }
      }
      circuit.append(.barrier(Array(0..<30)))
      circuit.measureAll()
    },
  ]
}
