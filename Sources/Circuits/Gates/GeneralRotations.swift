import LinearAlgebra
import RealModule

extension Gate {
  /// Phase of the state 1, `p` by its older name: `diag(1, e^{i·lambda})`.
  public static let u1 = Gate(
    "u1", qubitCount: 1, parameterNames: ["lambda"],
    symbol: "U1",
    summary: "Phase of the state 1, `p` by its older name: `diag(1, e^{i·lambda})`.",
    aliases: GateAlias.names("u1", in: .openQASM2, .openQASM3, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.phase(.weight(0), 0)],
    matrix: { MatrixLaw.phase($0[0]) })

  /// The general gate at a quarter turn: `u(π/2, phi, lambda)`.
  public static let u2 = Gate(
    "u2", qubitCount: 1, parameterNames: ["phi", "lambda"],
    symbol: "U2",
    summary: "The general gate at a quarter turn: `u(π/2, phi, lambda)`.",
    aliases: GateAlias.names("u2", in: .openQASM2, parameterCount: 2)
      + [
        GateAlias(
          .openQASM3, "u2", parameterCount: 2, phase: (Angle.weight(0) + Angle.weight(1)) / -2)
      ],
    inverse: .angles([-.weight(1) - .pi, .pi - .weight(0)]),
    factors: [.phase(.weight(1), 0), .rotation(.y(0), .pi / 2), .phase(.weight(0), 0)],
    matrix: { MatrixLaw.general(.pi / 2, $0[0], $0[1]) })

  /// The general gate `P(phi)·RY(theta)·P(lambda)`, `u` by its older name.
  public static let u3 = Gate(
    "u3", qubitCount: 1, parameterNames: ["theta", "phi", "lambda"],
    symbol: "U3",
    summary: "The general gate `P(phi)·RY(theta)·P(lambda)`, `u` by its older name.",
    aliases: GateAlias.names("u3", in: .openQASM2, parameterCount: 3)
      + [
        GateAlias(
          .openQASM3, "u3", parameterCount: 3, phase: (Angle.weight(1) + Angle.weight(2)) / -2)
      ],
    inverse: .angles([-.weight(0), -.weight(2), -.weight(1)]),
    factors: [.phase(.weight(2), 0), .rotation(.y(0), .weight(0)), .phase(.weight(1), 0)],
    matrix: { MatrixLaw.general($0[0], $0[1], $0[2]) })

  /// The general gate `P(phi)·RY(theta)·P(lambda)`; its first entry is `cos(theta/2)`.
  public static let u = Gate(
    "u", qubitCount: 1, parameterNames: ["theta", "phi", "lambda"],
    symbol: "U",
    summary: "The general gate `P(phi)·RY(theta)·P(lambda)`; its first entry is `cos(theta/2)`.",
    aliases: [
      GateAlias(.openQASM2, "u", parameterCount: 3), GateAlias(.openQASM2, "U", parameterCount: 3),
      GateAlias(.openQASM3, "U", parameterCount: 3, phase: Angle.weight(0) / 2),
    ],
    inverse: .angles([-.weight(0), -.weight(2), -.weight(1)]),
    factors: [.phase(.weight(2), 0), .rotation(.y(0), .weight(0)), .phase(.weight(1), 0)],
    matrix: { MatrixLaw.general($0[0], $0[1], $0[2]) })

}
