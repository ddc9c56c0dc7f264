import ComplexModule
import LinearAlgebra
import RealModule

private let root = MatrixLaw.Number(Double.sqrt(0.5))

extension Gate {
  /// The Hadamard gate, `(X + Z)/√2`.
  public static let h = Gate(
    "h", qubitCount: 1,
    symbol: "H",
    summary: "The Hadamard gate, `(X + Z)/√2`.",
    aliases: GateAlias.names("h", in: .openQASM2, .openQASM3, .qsim),
    inverse: .itself,
    factors: [.matrix(MatrixLaw.hadamard, 0)],
    matrix: MatrixLaw.fixed([[root, root], [root, -root]]))

  /// The square root of Z: `diag(1, i)`.
  public static let s: Gate = Gate(
    "s", qubitCount: 1,
    symbol: "S",
    summary: "The square root of Z: `diag(1, i)`.",
    aliases: GateAlias.names("s", in: .openQASM2, .openQASM3, .qsim),
    inverse: .gate { .sdg },
    factors: [.phase(.pi / 2, 0)],
    matrix: MatrixLaw.fixed([[1, 0], [0, .i]]))

  /// The inverse of S: `diag(1, -i)`.
  public static let sdg: Gate = Gate(
    "sdg", qubitCount: 1,
    symbol: "S†",
    summary: "The inverse of S: `diag(1, -i)`.",
    aliases: GateAlias.names("sdg", in: .openQASM2, .openQASM3),
    inverse: .gate { .s },
    factors: [.phase(-.pi / 2, 0)],
    matrix: MatrixLaw.fixed([[1, 0], [0, -.i]]))

  /// The fourth root of Z: `diag(1, e^{iπ/4})`.
  public static let t: Gate = Gate(
    "t", qubitCount: 1,
    symbol: "T",
    summary: "The fourth root of Z: `diag(1, e^{iπ/4})`.",
    aliases: GateAlias.names("t", in: .openQASM2, .openQASM3, .qsim),
    inverse: .gate { .tdg },
    factors: [.phase(.pi / 4, 0)],
    matrix: { _ in MatrixLaw.phase(.pi / 4) })

  /// The inverse of T: `diag(1, e^{-iπ/4})`.
  public static let tdg: Gate = Gate(
    "tdg", qubitCount: 1,
    symbol: "T†",
    summary: "The inverse of T: `diag(1, e^{-iπ/4})`.",
    aliases: GateAlias.names("tdg", in: .openQASM2, .openQASM3),
    inverse: .gate { .t },
    factors: [.phase(-.pi / 4, 0)],
    matrix: { _ in MatrixLaw.phase(-.pi / 4) })

  /// The principal square root of X: `e^{iπ/4}·RX(π/2)`.
  public static let sx: Gate = Gate(
    "sx", qubitCount: 1,
    symbol: "√X",
    summary: "The principal square root of X: `e^{iπ/4}·RX(π/2)`.",
    aliases: GateAlias.names("sx", in: .openQASM2, .openQASM3) + [GateAlias(.qsim, "x_1_2")],
    inverse: .gate { .sxdg },
    factors: [.matrix(MatrixLaw.rootX, 0)],
    matrix: { _ in MatrixLaw.rotationX(.pi / 2).scaled(by: MatrixLaw.unit(.pi / 4)) })

  /// The inverse of the square root of X: `e^{-iπ/4}·RX(-π/2)`.
  public static let sxdg: Gate = Gate(
    "sxdg", qubitCount: 1,
    symbol: "√X†",
    summary: "The inverse of the square root of X: `e^{-iπ/4}·RX(-π/2)`.",
    aliases: GateAlias.names("sxdg", in: .openQASM2),
    inverse: .gate { .sx },
    factors: [.matrix(MatrixLaw.rootX.map { $0.map(\.conjugate) }, 0)],
    matrix: { _ in MatrixLaw.rotationX(-.pi / 2).scaled(by: MatrixLaw.unit(-.pi / 4)) })

  /// The principal square root of Y: `e^{iπ/4}·RY(π/2)`.
  public static let sy: Gate = Gate(
    "sy", qubitCount: 1,
    symbol: "√Y",
    summary: "The principal square root of Y: `e^{iπ/4}·RY(π/2)`.",
    aliases: GateAlias.names("y_1_2", in: .qsim),
    inverse: .power,
    factors: [.matrix(MatrixLaw.rootY, 0)],
    matrix: { _ in MatrixLaw.rotationY(.pi / 2).scaled(by: MatrixLaw.unit(.pi / 4)) })

}
