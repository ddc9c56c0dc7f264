import LinearAlgebra

extension Gate {
  /// Rotation about the X axis: `exp(-i·theta·X/2)`.
  public static let rx = Gate(
    "rx", qubitCount: 1, parameterNames: ["theta"],
    symbol: "RX",
    summary: "Rotation about the X axis: `exp(-i·theta·X/2)`.",
    aliases: GateAlias.names("rx", in: .openQASM2, .openQASM3, .qsim, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.x(0), .weight(0))],
    matrix: { MatrixLaw.rotationX($0[0]) })

  /// Rotation about the Y axis: `exp(-i·theta·Y/2)`.
  public static let ry = Gate(
    "ry", qubitCount: 1, parameterNames: ["theta"],
    symbol: "RY",
    summary: "Rotation about the Y axis: `exp(-i·theta·Y/2)`.",
    aliases: GateAlias.names("ry", in: .openQASM2, .openQASM3, .qsim, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.y(0), .weight(0))],
    matrix: { MatrixLaw.rotationY($0[0]) })

  /// Rotation about the Z axis: `exp(-i·theta·Z/2)`.
  public static let rz = Gate(
    "rz", qubitCount: 1, parameterNames: ["theta"],
    symbol: "RZ",
    summary: "Rotation about the Z axis: `exp(-i·theta·Z/2)`.",
    aliases: GateAlias.names("rz", in: .openQASM2, .openQASM3, .qsim, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.z(0), .weight(0))],
    matrix: { MatrixLaw.rotationZ($0[0]) })

  /// Phase of the state 1: `diag(1, e^{i·lambda})`.
  public static let p = Gate(
    "p", qubitCount: 1, parameterNames: ["lambda"],
    symbol: "P",
    summary: "Phase of the state 1: `diag(1, e^{i·lambda})`.",
    aliases: GateAlias.names("p", in: .openQASM2, .openQASM3, parameterCount: 1)
      + [GateAlias(.openQASM3, "phase", parameterCount: 1)],
    inverse: .angles([-.weight(0)]),
    factors: [.phase(.weight(0), 0)],
    matrix: { MatrixLaw.phase($0[0]) })

  /// Rotation by `theta` about the axis at `phi` from X to Y: `exp(-i·theta·(cos(phi)·X + sin(phi)·Y)/2)`.
  public static let r = Gate(
    "r", qubitCount: 1, parameterNames: ["theta", "phi"],
    symbol: "R",
    summary: "Rotation about an axis between X and Y: "
      + "`exp(-i·theta·(cos(phi)·X + sin(phi)·Y)/2)`.",
    aliases: [GateAlias(.qsim, "rxy", parameterCount: 2, angles: [.weight(1), .weight(0)])],
    inverse: .angles([-.weight(0), .weight(1)]),
    factors: [
      .rotation(.z(0), -.weight(1)), .rotation(.x(0), .weight(0)), .rotation(.z(0), .weight(1)),
    ],
    matrix: { MatrixLaw.rotationXY($0[0], axis: $0[1]) })

  /// The principal square root of `W = (X + Y)/√2`: `e^{iπ/4}·r(π/2, π/4)`.
  public static let sqrtw = Gate(
    "sqrtw", qubitCount: 1,
    symbol: "√W",
    summary: "The principal square root of `W = (X + Y)/√2`: `e^{iπ/4}·r(π/2, π/4)`.",
    aliases: GateAlias.names("hz_1_2", in: .qsim),
    inverse: .power,
    factors: [.matrix(MatrixLaw.rootW, 0)],
    matrix: { _ in
      MatrixLaw.rotationXY(.pi / 2, axis: .pi / 4).scaled(by: MatrixLaw.unit(.pi / 4))
    })

}
