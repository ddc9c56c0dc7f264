import ComplexModule
import LinearAlgebra

extension Gate {
  /// Phase of the state 11: `diag(1, 1, 1, e^{i·lambda})`.
  public static let cp = Gate(
    "cp", qubitCount: 2, controlCount: 1, parameterNames: ["lambda"],
    symbol: "P",
    summary: "Phase of the state 11: `diag(1, 1, 1, e^{i·lambda})`.",
    aliases: GateAlias.names("cp", in: .openQASM2, .openQASM3, parameterCount: 1)
      + [
        GateAlias(.openQASM2, "cu1", parameterCount: 1),
        GateAlias(.openQASM3, "cphase", parameterCount: 1),
        GateAlias(.qsim, "cp", parameterCount: 1, angles: [-.weight(0)]),
      ],
    inverse: .angles([-.weight(0)]),
    factors: [.phase(.weight(0), 0, 1)],
    matrix: { .diagonal([1, 1, 1, MatrixLaw.unit($0[0])]) })

  /// Rotation about the X axis under one control.
  public static let crx = Gate(
    "crx", qubitCount: 2, controlCount: 1, parameterNames: ["theta"],
    symbol: "RX",
    summary: "Rotation about the X axis under one control.",
    aliases: GateAlias.names("crx", in: .openQASM2, .openQASM3, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.x(1), .weight(0), controls: 0)],
    matrix: { MatrixLaw.controlled(MatrixLaw.rotationX($0[0])) })

  /// Rotation about the Y axis under one control.
  public static let cry = Gate(
    "cry", qubitCount: 2, controlCount: 1, parameterNames: ["theta"],
    symbol: "RY",
    summary: "Rotation about the Y axis under one control.",
    aliases: GateAlias.names("cry", in: .openQASM2, .openQASM3, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.y(1), .weight(0), controls: 0)],
    matrix: { MatrixLaw.controlled(MatrixLaw.rotationY($0[0])) })

  /// Rotation about the Z axis under one control.
  public static let crz = Gate(
    "crz", qubitCount: 2, controlCount: 1, parameterNames: ["theta"],
    symbol: "RZ",
    summary: "Rotation about the Z axis under one control.",
    aliases: GateAlias.names("crz", in: .openQASM2, .openQASM3, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(.z(1), .weight(0), controls: 0)],
    matrix: { MatrixLaw.controlled(MatrixLaw.rotationZ($0[0])) })

  /// The gate `e^{i·gamma}·u(theta, phi, lambda)` under one control.
  public static let cu = Gate(
    "cu", qubitCount: 2, controlCount: 1, parameterNames: ["theta", "phi", "lambda", "gamma"],
    symbol: "U",
    summary: "The gate `e^{i·gamma}·u(theta, phi, lambda)` under one control.",
    aliases: GateAlias.names("cu", in: .openQASM2, .openQASM3, parameterCount: 4)
      + [
        GateAlias(
          .openQASM2, "cu3", parameterCount: 3, angles: [.weight(0), .weight(1), .weight(2), 0])
      ],
    inverse: .angles([-.weight(0), -.weight(2), -.weight(1), -.weight(3)]),
    factors: [
      .phase(.weight(2), 0, 1), .rotation(.y(1), .weight(0), controls: 0), .phase(.weight(1), 0, 1),
      .phase(.weight(3), 0),
    ],
    matrix: {
      MatrixLaw.controlled(
        MatrixLaw.general($0[0], $0[1], $0[2]).scaled(by: MatrixLaw.unit($0[3])))
    })

}
