import LinearAlgebra

extension Gate {
  /// Rotation about the X axis: `exp(-i·theta·X/2)`.
  public static let rx = Gate(
    "rx", qubitCount: 1, parameterNames: ["theta"],
    symbol: "RX",
    summary: "Rotation about the X axis: `exp(-i·theta·X/2)`.",
    aliases: GateAlias.qelib1("rx", parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.x(0), .weight(0))],
    matrix: { MatrixLaw.rotationX($0[0]) })

  /// Rotation about the Y axis: `exp(-i·theta·Y/2)`.
  public static let ry = Gate(
    "ry", qubitCount: 1, parameterNames: ["theta"],
    symbol: "RY",
    summary: "Rotation about the Y axis: `exp(-i·theta·Y/2)`.",
    aliases: GateAlias.qelib1("ry", parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.y(0), .weight(0))],
    matrix: { MatrixLaw.rotationY($0[0]) })

  /// Rotation about the Z axis: `exp(-i·theta·Z/2)`.
  public static let rz = Gate(
    "rz", qubitCount: 1, parameterNames: ["theta"],
    symbol: "RZ",
    summary: "Rotation about the Z axis: `exp(-i·theta·Z/2)`.",
    aliases: GateAlias.qelib1("rz", parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.z(0), .weight(0))],
    matrix: { MatrixLaw.rotationZ($0[0]) })

  /// Phase of the state 1: `diag(1, e^{i·lambda})`.
  public static let p = Gate(
    "p", qubitCount: 1, parameterNames: ["lambda"],
    symbol: "P",
    summary: "Phase of the state 1: `diag(1, e^{i·lambda})`.",
    aliases: GateAlias.qelib1("p", parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.phase(.weight(0), 0)],
    matrix: { MatrixLaw.phase($0[0]) })

}
