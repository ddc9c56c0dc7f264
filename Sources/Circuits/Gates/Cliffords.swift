import ComplexModule
import LinearAlgebra
import RealModule

private let r = MatrixLaw.Number(Double.sqrt(0.5))

extension Gate {
  /// The Hadamard gate, `(X + Z)/√2`.
  public static let h = Gate(
    "h", qubitCount: 1,
    symbol: "H",
    summary: "The Hadamard gate, `(X + Z)/√2`.",
    aliases: GateAlias.qelib1("h"),
    inverse: .itself,
    factors: [.matrix(MatrixLaw.hadamard, 0)],
    matrix: MatrixLaw.fixed([[r, r], [r, -r]]))

  /// The square root of Z: `diag(1, i)`.
  public static let s: Gate = Gate(
    "s", qubitCount: 1,
    symbol: "S",
    summary: "The square root of Z: `diag(1, i)`.",
    aliases: GateAlias.qelib1("s"),
    inverse: .gate { .sdg },
    factors: [.phase(.pi / 2, 0)],
    matrix: MatrixLaw.fixed([[1, 0], [0, .i]]))

  /// The inverse of S: `diag(1, -i)`.
  public static let sdg: Gate = Gate(
    "sdg", qubitCount: 1,
    symbol: "S†",
    summary: "The inverse of S: `diag(1, -i)`.",
    aliases: GateAlias.qelib1("sdg"),
    inverse: .gate { .s },
    factors: [.phase(-.pi / 2, 0)],
    matrix: MatrixLaw.fixed([[1, 0], [0, -.i]]))

  /// The fourth root of Z: `diag(1, e^{iπ/4})`.
  public static let t: Gate = Gate(
    "t", qubitCount: 1,
    symbol: "T",
    summary: "The fourth root of Z: `diag(1, e^{iπ/4})`.",
    aliases: GateAlias.qelib1("t"),
    inverse: .gate { .tdg },
    factors: [.phase(.pi / 4, 0)],
    matrix: { _ in MatrixLaw.phase(.pi / 4) })

  /// The inverse of T: `diag(1, e^{-iπ/4})`.
  public static let tdg: Gate = Gate(
    "tdg", qubitCount: 1,
    symbol: "T†",
    summary: "The inverse of T: `diag(1, e^{-iπ/4})`.",
    aliases: GateAlias.qelib1("tdg"),
    inverse: .gate { .t },
    factors: [.phase(-.pi / 4, 0)],
    matrix: { _ in MatrixLaw.phase(-.pi / 4) })

  /// The principal square root of X: `e^{iπ/4}·RX(π/2)`.
  public static let sx: Gate = Gate(
    "sx", qubitCount: 1,
    symbol: "√X",
    summary: "The principal square root of X: `e^{iπ/4}·RX(π/2)`.",
    aliases: GateAlias.qelib1("sx"),
    inverse: .gate { .sxdg },
    factors: [.matrix(MatrixLaw.rootX, 0)],
    matrix: { _ in MatrixLaw.rotationX(.pi / 2).scaled(by: MatrixLaw.unit(.pi / 4)) })

  /// The inverse of the square root of X: `e^{-iπ/4}·RX(-π/2)`.
  public static let sxdg: Gate = Gate(
    "sxdg", qubitCount: 1,
    symbol: "√X†",
    summary: "The inverse of the square root of X: `e^{-iπ/4}·RX(-π/2)`.",
    aliases: GateAlias.qelib1("sxdg"),
    inverse: .gate { .sx },
    factors: [.matrix(MatrixLaw.rootX.map { $0.map(\.conjugate) }, 0)],
    matrix: { _ in MatrixLaw.rotationX(-.pi / 2).scaled(by: MatrixLaw.unit(-.pi / 4)) })

}
