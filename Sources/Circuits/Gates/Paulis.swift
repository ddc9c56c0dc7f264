import ComplexModule
import LinearAlgebra

extension Gate {
  /// The identity.
  public static let id = Gate(
    "id", qubitCount: 1,
    symbol: "I",
    summary: "Leaves the qubit as it is.",
    aliases: GateAlias.names("id", in: .openQASM2, .openQASM3)
      + [
        GateAlias(.openQASM2, "u0", parameterCount: 1, angles: []), GateAlias(.qsim, "id1"),
      ],
    inverse: .itself,
    factors: [],
    matrix: MatrixLaw.fixed([[1, 0], [0, 1]]))

  /// The Pauli operator X.
  public static let x = Gate(
    "x", qubitCount: 1,
    symbol: "X",
    summary: "Flips the qubit: the Pauli operator X.",
    aliases: GateAlias.names("x", in: .openQASM2, .openQASM3, .qsim),
    inverse: .itself,
    factors: [.pauli(.x(0))],
    matrix: MatrixLaw.fixed([[0, 1], [1, 0]]))

  /// The Pauli operator Y.
  public static let y = Gate(
    "y", qubitCount: 1,
    symbol: "Y",
    summary: "The Pauli operator Y.",
    aliases: GateAlias.names("y", in: .openQASM2, .openQASM3, .qsim),
    inverse: .itself,
    factors: [.pauli(.y(0))],
    matrix: MatrixLaw.fixed([[0, -.i], [.i, 0]]))

  /// The Pauli operator Z.
  public static let z = Gate(
    "z", qubitCount: 1,
    symbol: "Z",
    summary: "The Pauli operator Z.",
    aliases: GateAlias.names("z", in: .openQASM2, .openQASM3, .qsim),
    inverse: .itself,
    factors: [.pauli(.z(0))],
    matrix: MatrixLaw.fixed([[1, 0], [0, -1]]))

}
