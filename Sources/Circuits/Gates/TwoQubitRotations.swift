import ComplexModule
import LinearAlgebra
import RealModule

private let xx: PauliString = "XX"
private let yy: PauliString = "YY"
private let zz: PauliString = "ZZ"
/// Z of qubit 0 and X of qubit 1.
private let zx: PauliString = "XZ"

extension Gate {
  /// Rotation about XX: `exp(-i·theta·X⊗X/2)`.
  public static let rxx = Gate(
    "rxx", qubitCount: 2, parameterNames: ["theta"],
    symbol: "RXX",
    summary: "Rotation about XX: `exp(-i·theta·X⊗X/2)`.",
    aliases: GateAlias.names("rxx", in: .openQASM2, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(xx, .weight(0))],
    matrix: { MatrixLaw.exponential(MatrixLaw.pauli([.x, .x]), $0[0]) })

  /// Rotation about YY: `exp(-i·theta·Y⊗Y/2)`.
  public static let ryy = Gate(
    "ryy", qubitCount: 2, parameterNames: ["theta"],
    symbol: "RYY",
    summary: "Rotation about YY: `exp(-i·theta·Y⊗Y/2)`.",
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(yy, .weight(0))],
    matrix: { MatrixLaw.exponential(MatrixLaw.pauli([.y, .y]), $0[0]) })

  /// Rotation about ZZ: `exp(-i·theta·Z⊗Z/2)`.
  public static let rzz = Gate(
    "rzz", qubitCount: 2, parameterNames: ["theta"],
    symbol: "RZZ",
    summary: "Rotation about ZZ: `exp(-i·theta·Z⊗Z/2)`.",
    aliases: GateAlias.names("rzz", in: .openQASM2, parameterCount: 1),
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(zz, .weight(0))],
    matrix: { MatrixLaw.exponential(MatrixLaw.pauli([.z, .z]), $0[0]) })

  /// Rotation about Z of the first qubit and X of the second: `exp(-i·theta·X⊗Z/2)`.
  public static let rzx = Gate(
    "rzx", qubitCount: 2, parameterNames: ["theta"],
    symbol: "RZX",
    summary: "Rotation about Z of the first qubit and X of the second: `exp(-i·theta·X⊗Z/2)`.",
    inverse: .angles([-.weight(0)]),
    factors: [.rotation(zx, .weight(0))],
    matrix: { MatrixLaw.exponential(MatrixLaw.pauli([.z, .x]), $0[0]) })

  /// The echoed cross resonance, `(I⊗X - X⊗Y)/√2`.
  public static let ecr = Gate(
    "ecr", qubitCount: 2,
    symbol: "ECR",
    summary: "The echoed cross resonance, `(I⊗X - X⊗Y)/√2`.",
    inverse: .itself,
    factors: [.rotation(zx, .pi / 2), .pauli(.x(0))],
    matrix: { _ in
      let r = MatrixLaw.Number(Double.sqrt(0.5))
      let i = MatrixLaw.Number(0, Double.sqrt(0.5))
      return ComplexMatrix([[0, r, 0, i], [r, 0, -i, 0], [0, i, 0, r], [-i, 0, r, 0]])
    })

}
