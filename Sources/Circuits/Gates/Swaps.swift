import ComplexModule
import LinearAlgebra
import RealModule

private let xx: PauliString = "XX"
private let yy: PauliString = "YY"

extension Gate {
  /// Exchanges two qubits.
  public static let swap = Gate(
    "swap", qubitCount: 2,
    symbol: "SWAP",
    summary: "Exchanges two qubits.",
    aliases: GateAlias.names("swap", in: .openQASM2, .openQASM3) + [GateAlias(.qsim, "sw")],
    inverse: .itself,
    factors: [ElementaryOperation(.swap(0, 1))],
    matrix: MatrixLaw.permutation([0, 2, 1, 3]))

  /// Exchanges two qubits and multiplies 01 and 10 by i.
  public static let iswap = Gate(
    "iswap", qubitCount: 2,
    symbol: "iSWAP",
    summary: "Exchanges two qubits and multiplies 01 and 10 by i.",
    aliases: GateAlias.names("is", in: .qsim),
    inverse: .power,
    factors: [.rotation(xx, -.pi / 2), .rotation(yy, -.pi / 2)],
    matrix: MatrixLaw.fixed([
      [1, 0, 0, 0], [0, 0, .i, 0], [0, .i, 0, 0], [0, 0, 0, 1],
    ]))

  /// The principal square root of iSWAP.
  public static let sqrtiswap = Gate(
    "sqrtiswap", qubitCount: 2,
    symbol: "√iSWAP",
    summary: "The principal square root of iSWAP.",
    inverse: .power,
    factors: [.rotation(xx, -.pi / 4), .rotation(yy, -.pi / 4)],
    matrix: { _ in
      let c = MatrixLaw.Number(Double.sqrt(0.5))
      let s = MatrixLaw.Number(0, Double.sqrt(0.5))
      return ComplexMatrix([[1, 0, 0, 0], [0, c, s, 0], [0, s, c, 0], [0, 0, 0, 1]])
    })

  /// Two CX, the first qubit being the control of the first and the target of the second.
  public static let dcx = Gate(
    "dcx", qubitCount: 2,
    symbol: "DCX",
    summary: "Two CX, the first qubit being the control of the first and the target of the second.",
    inverse: .power,
    factors: [.pauli(.x(1), controls: 0), .pauli(.x(0), controls: 1)],
    matrix: MatrixLaw.permutation([0, 2, 3, 1]))

  /// Exchange by `theta` within 01 and 10, and `e^{-i·phi}` on 11.
  public static let fsim = Gate(
    "fsim", qubitCount: 2, parameterNames: ["theta", "phi"],
    symbol: "fSim",
    summary: "Exchange by `theta` within 01 and 10, and `e^{-i·phi}` on 11.",
    aliases: GateAlias.names("fs", in: .qsim, parameterCount: 2),
    inverse: .angles([-.weight(0), -.weight(1)]),
    factors: [
      .rotation(xx, .weight(0)), .rotation(yy, .weight(0)), .phase(-.weight(1), 0, 1),
    ],
    matrix: { angles in
      let c = MatrixLaw.Number(Double.cos(angles[0]))
      let s = MatrixLaw.Number(0, -Double.sin(angles[0]))
      return ComplexMatrix([
        [1, 0, 0, 0], [0, c, s, 0], [0, s, c, 0], [0, 0, 0, MatrixLaw.unit(-angles[1])],
      ])
    })

}
