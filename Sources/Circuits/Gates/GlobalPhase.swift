import ComplexModule
import LinearAlgebra

extension Gate {
  /// A global phase, `e^{i·gamma}`, on no qubit; under controls it is a phase of their states.
  public static let gphase = Gate(
    "gphase", qubitCount: 0, parameterNames: ["gamma"],
    symbol: "phase",
    summary: "Multiplies every amplitude by `e^{i·gamma}`.",
    aliases: [
      GateAlias(.openQASM3, "gphase", parameterCount: 1), GateAlias(.qsim, "p", parameterCount: 1),
    ],
    inverse: .angles([-.weight(0)]),
    factors: [.phase(.weight(0))],
    matrix: { .diagonal([MatrixLaw.unit($0[0])]) })

}
