import ComplexModule
import LinearAlgebra
import RealModule

private let root = MatrixLaw.Number(Double.sqrt(0.5))

extension Gate {
  /// X under one control.
  public static let cx = Gate(
    "cx", qubitCount: 2, controlCount: 1,
    symbol: "X",
    summary: "X under one control.",
    aliases: GateAlias.names("cx", in: .openQASM2, .openQASM3)
      + GateAlias.names("CX", in: .openQASM2, .openQASM3)
      + [GateAlias(.qsim, "cnot"), GateAlias(.qsim, "cx")],
    inverse: .itself,
    factors: [.pauli(.x(1), controls: 0)],
    matrix: MatrixLaw.permutation([0, 3, 2, 1]))

  /// Y under one control.
  public static let cy = Gate(
    "cy", qubitCount: 2, controlCount: 1,
    symbol: "Y",
    summary: "Y under one control.",
    aliases: GateAlias.names("cy", in: .openQASM2, .openQASM3),
    inverse: .itself,
    factors: [.pauli(.y(1), controls: 0)],
    matrix: { _ in MatrixLaw.controlled(MatrixLaw.pauli(.y)) })

  /// Z under one control: -1 on the state 11.
  public static let cz = Gate(
    "cz", qubitCount: 2, controlCount: 1,
    symbol: "Z",
    summary: "Z under one control: -1 on the state 11.",
    aliases: GateAlias.names("cz", in: .openQASM2, .openQASM3, .qsim),
    inverse: .itself,
    factors: [.pauli(.z(1), controls: 0)],
    matrix: { _ in .diagonal([1, 1, 1, -1]) })

  /// The Hadamard gate under one control.
  public static let ch = Gate(
    "ch", qubitCount: 2, controlCount: 1,
    symbol: "H",
    summary: "The Hadamard gate under one control.",
    aliases: GateAlias.names("ch", in: .openQASM2, .openQASM3),
    inverse: .itself,
    factors: [.matrix(MatrixLaw.hadamard, 1, controls: 0)],
    matrix: { _ in MatrixLaw.controlled(ComplexMatrix([[root, root], [root, -root]])) })

  /// S under one control: i on the state 11.
  public static let cs: Gate = Gate(
    "cs", qubitCount: 2, controlCount: 1,
    symbol: "S",
    summary: "S under one control: i on the state 11.",
    inverse: .gate { .csdg },
    factors: [.phase(.pi / 2, 0, 1)],
    matrix: { _ in .diagonal([1, 1, 1, .i]) })

  /// The inverse of S under one control: -i on the state 11.
  public static let csdg: Gate = Gate(
    "csdg", qubitCount: 2, controlCount: 1,
    symbol: "S†",
    summary: "The inverse of S under one control: -i on the state 11.",
    inverse: .gate { .cs },
    factors: [.phase(-.pi / 2, 0, 1)],
    matrix: { _ in .diagonal([1, 1, 1, -.i]) })

  /// The square root of X under one control.
  public static let csx = Gate(
    "csx", qubitCount: 2, controlCount: 1,
    symbol: "√X",
    summary: "The square root of X under one control.",
    aliases: GateAlias.names("csx", in: .openQASM2),
    inverse: .power,
    factors: [.matrix(MatrixLaw.rootX, 1, controls: 0)],
    matrix: { _ in
      MatrixLaw.controlled(
        MatrixLaw.rotationX(.pi / 2).scaled(by: MatrixLaw.unit(.pi / 4)))
    })

}
