import ComplexModule
import LinearAlgebra

extension Gate {
  /// X under two controls: the Toffoli gate.
  public static let ccx = Gate(
    "ccx", qubitCount: 3, controlCount: 2,
    symbol: "X",
    summary: "X under two controls: the Toffoli gate.",
    aliases: GateAlias.names("ccx", in: .openQASM2, .openQASM3),
    inverse: .itself,
    factors: [.pauli(.x(2), controls: 0, 1)],
    matrix: MatrixLaw.permutation([0, 1, 2, 7, 4, 5, 6, 3]))

  /// Z under two controls: -1 on the state 111.
  public static let ccz = Gate(
    "ccz", qubitCount: 3, controlCount: 2,
    symbol: "Z",
    summary: "Z under two controls: -1 on the state 111.",
    inverse: .itself,
    factors: [.pauli(.z(2), controls: 0, 1)],
    matrix: { _ in .diagonal([1, 1, 1, 1, 1, 1, 1, -1]) })

  /// The exchange of two qubits under one control: the Fredkin gate.
  public static let cswap = Gate(
    "cswap", qubitCount: 3, controlCount: 1,
    symbol: "SWAP",
    summary: "The exchange of two qubits under one control: the Fredkin gate.",
    aliases: GateAlias.names("cswap", in: .openQASM2, .openQASM3),
    inverse: .itself,
    factors: [ElementaryOperation(.swap(1, 2), controls: ControlMask([Control(0)]))],
    matrix: MatrixLaw.permutation([0, 1, 2, 5, 4, 3, 6, 7]))

}
