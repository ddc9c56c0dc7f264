import ComplexModule
import LinearAlgebra
import RealModule

private let r = MatrixLaw.Number(Double.sqrt(0.5))

extension Gate {
  /// X under one control.
  public static let cx = Gate(
    "cx", qubitCount: 2, controlCount: 1,
    symbol: "X",
    summary: "X under one control.",
    aliases: GateAlias.qelib1("cx", "CX"),
    inverse: .itself,
    factors: [.pauli(.x(1), controls: 0)],
    matrix: MatrixLaw.permutation([0, 3, 2, 1]))

  /// Y under one control.
  public static let cy = Gate(
    "cy", qubitCount: 2, controlCount: 1,
    symbol: "Y",
    summary: "Y under one control.",
    aliases: GateAlias.qelib1("cy"),
    inverse: .itself,
    factors: [.pauli(.y(1), controls: 0)],
    matrix: { _ in MatrixLaw.controlled(MatrixLaw.pauli(.y)) })

  /// Z under one control: -1 on the state 11.
  public static let cz = Gate(
    "cz", qubitCount: 2, controlCount: 1,
    symbol: "Z",
    summary: "Z under one control: -1 on the state 11.",
    aliases: GateAlias.qelib1("cz"),
    inverse: .itself,
    factors: [.pauli(.z(1), controls: 0)],
    matrix: { _ in .diagonal([1, 1, 1, -1]) })

  /// The Hadamard gate under one control.
  public static let ch = Gate(
    "ch", qubitCount: 2, controlCount: 1,
    symbol: "H",
    summary: "The Hadamard gate under one control.",
    aliases: GateAlias.qelib1("ch"),
    inverse: .itself,
    factors: [.matrix(MatrixLaw.hadamard, 1, controls: 0)],
    matrix: { _ in MatrixLaw.controlled(ComplexMatrix([[r, r], [r, -r]])) })

  /// The square root of X under one control.
  public static let csx = Gate(
    "csx", qubitCount: 2, controlCount: 1,
    symbol: "√X",
    summary: "The square root of X under one control.",
    aliases: GateAlias.qelib1("csx"),
    inverse: .power,
    factors: [.matrix(MatrixLaw.rootX, 1, controls: 0)],
    matrix: { _ in
      MatrixLaw.controlled(
        MatrixLaw.rotationX(.pi / 2).scaled(by: MatrixLaw.unit(.pi / 4)))
    })

}
