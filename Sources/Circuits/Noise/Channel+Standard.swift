import ComplexModule
import Foundation
import LinearAlgebra

private let identity: ComplexMatrix = .identity(2)
private let pauliX = ComplexMatrix([[0, 1], [1, 0]])
private let pauliY = ComplexMatrix([[0, -.i], [.i, 0]])
private let pauliZ = ComplexMatrix([[1, 0], [0, -1]])
private let paulis = [identity, pauliX, pauliY, pauliZ]

/// The channels that textbooks and other packages name.
///
/// Source: Nielsen, Chuang, "Quantum Computation and Quantum Information" (2010), chapter 8.
extension Channel {
  /// X with `probability`.
  ///
  /// - Throws: ``ChannelError/rateOutOfRange(name:found:lower:upper:)``, as all of these do.
  public static func bitFlip(_ probability: Double) throws(ChannelError) -> Channel {
    try flip("bitFlip", probability, pauliX)
  }

  /// Z with `probability`.
  public static func phaseFlip(_ probability: Double) throws(ChannelError) -> Channel {
    try flip("phaseFlip", probability, pauliZ)
  }

  /// Y with `probability`.
  public static func bitPhaseFlip(_ probability: Double) throws(ChannelError) -> Channel {
    try flip("bitPhaseFlip", probability, pauliY)
  }

  /// The Pauli operators X, Y, Z with these probabilities.
  public static func pauli(x: Double, y: Double, z: Double) throws(ChannelError) -> Channel {
    for (name, rate) in [
      ("pauli x", x), ("pauli y", y), ("pauli z", z), ("pauli x + y + z", x + y + z),
    ] {
      try check(name, rate)
    }
    return Channel(
      unchecked: "pauli", [x, y, z], weighted([max(0, 1 - x - y - z), x, y, z], paulis))
  }

  /// ρ → (1 - mixing) ρ + mixing · 1/2ⁿ: the weight of the maximally mixed state, as Qiskit's parameter.
  ///
  /// - Parameters:
  ///   - mixing: From 0 to 4ⁿ/(4ⁿ - 1), where the state itself is the one operator that never acts.
  ///   - qubits: 1 or 2.
  /// - Returns: The channel.
  /// - Throws: ``ChannelError`` if the parameter or the number of qubits is out of range.
  public static func depolarizing(mixing: Double, qubits: Int = 1) throws(ChannelError) -> Channel {
    let size = qubits == 2 ? 16.0 : 4.0
    guard qubits == 1 || qubits == 2 else {
      throw .wrongQubitCount(channel: "depolarizing", found: qubits, expected: 2)
    }
    try check("depolarizing mixing", mixing, size / (size - 1))
    return depolarizing(each: mixing / size, qubits, [mixing])
  }

  /// Every Pauli string but the identity with the same probability, `errorProbability` in all, as PennyLane's
  /// parameter.
  ///
  /// - Parameters:
  ///   - errorProbability: From 0 to 1.
  ///   - qubits: 1 or 2.
  /// - Returns: The channel.
  /// - Throws: ``ChannelError`` if the parameter or the number of qubits is out of range.
  public static func depolarizing(
    errorProbability: Double, qubits: Int = 1
  ) throws(ChannelError) -> Channel {
    guard qubits == 1 || qubits == 2 else {
      throw .wrongQubitCount(channel: "depolarizing", found: qubits, expected: 2)
    }
    try check("depolarizing error probability", errorProbability)
    return depolarizing(
      each: errorProbability / (qubits == 2 ? 15 : 3), qubits, [errorProbability])
  }

  /// Decay from 1 to 0 with probability `rate`.
  public static func amplitudeDamping(_ rate: Double) throws(ChannelError) -> Channel {
    try check("amplitudeDamping", rate)
    return Channel(unchecked: "amplitudeDamping", [rate], damping(rate, 0))
  }

  /// Decay towards the mixture with `excited` in state 1: with probability 1 - `excited` from 1 to 0, else from 0
  /// to 1, each with probability `rate`.
  public static func generalizedAmplitudeDamping(
    _ rate: Double, excited: Double
  ) throws(ChannelError) -> Channel {
    try check("generalizedAmplitudeDamping", rate)
    try check("generalizedAmplitudeDamping excited", excited)
    return Channel(
      unchecked: "generalizedAmplitudeDamping", [rate, excited], damping(rate, excited))
  }

  /// Coherences shrink by √(1 - rate), populations stay.
  public static func phaseDamping(_ rate: Double) throws(ChannelError) -> Channel {
    try check("phaseDamping", rate)
    return Channel(
      unchecked: "phaseDamping", [rate],
      [
        .diagonal([1, Complex((1 - rate).squareRoot())]),
        .diagonal([0, Complex(rate.squareRoot())]),
      ])
  }

  /// A wait of `time` with relaxation time `t1` and dephasing time `t2`, in the same unit, towards `excited` in
  /// state 1.
  ///
  /// Populations approach theirs as e^{-time/t1}, coherences shrink by e^{-time/t2}.
  ///
  /// - Throws: ``ChannelError/relaxationTimes(t1:t2:)`` unless 0 < t2 <= 2 t1; time must not be negative.
  public static func thermalRelaxation(
    t1: Double, t2: Double, time: Double, excited: Double = 0
  ) throws(ChannelError) -> Channel {
    guard t1 > 0, t2 > 0, t2 <= 2 * t1 else { throw .relaxationTimes(t1: t1, t2: t2) }
    guard time >= 0 else {
      throw .rateOutOfRange(
        name: "thermalRelaxation time", found: time, lower: 0, upper: .infinity)
    }
    try check("thermalRelaxation excited", excited)
    let rate = 1 - exp(-time / t1)
    // Damping alone shrinks coherences by e^{-time/(2 t1)}; the rest is dephasing.
    let rest = 1 - exp(2 * (time / (2 * t1) - time / t2))
    let relaxed = Channel(unchecked: "", [], damping(rate, excited))
    let dephased = Channel(
      unchecked: "", [],
      [
        .diagonal([1, Complex(max(0, 1 - rest).squareRoot())]),
        .diagonal([0, Complex(max(0, rest).squareRoot())]),
      ])
    return Channel(
      unchecked: "thermalRelaxation", [t1, t2, time, excited],
      relaxed.followed(by: dephased).operators)
  }

  /// The qubit is put into 0 with probability `toZero` and into 1 with `toOne`.
  public static func reset(toZero: Double, toOne: Double = 0) throws(ChannelError) -> Channel {
    try check("reset to zero", toZero)
    try check("reset to one", toOne)
    try check("reset to zero or one", toZero + toOne)
    let (stay, zero, one) = (
      Complex(max(0, 1 - toZero - toOne).squareRoot()), Complex(toZero.squareRoot()),
      Complex(toOne.squareRoot())
    )
    return Channel(
      unchecked: "reset", [toZero, toOne],
      [
        identity.scaled(by: stay), ComplexMatrix([[zero, 0], [0, 0]]),
        ComplexMatrix([[0, zero], [0, 0]]), ComplexMatrix([[0, 0], [one, 0]]),
        ComplexMatrix([[0, 0], [0, one]]),
      ])
  }

  // MARK: Parts

  private static func check(
    _ name: String, _ rate: Double, _ upper: Double = 1
  ) throws(ChannelError) {
    // Sums of rates may pass their limit by rounding.
    guard rate >= 0, rate <= upper * (1 + 1e-12) else {
      throw .rateOutOfRange(name: name, found: rate, lower: 0, upper: upper)
    }
  }

  private static func flip(
    _ name: String, _ probability: Double, _ matrix: ComplexMatrix
  ) throws(ChannelError) -> Channel {
    try check(name, probability)
    return Channel(
      unchecked: name, [probability], weighted([1 - probability, probability], [identity, matrix]))
  }

  private static func weighted(
    _ probabilities: [Double], _ matrices: [ComplexMatrix]
  ) -> [ComplexMatrix] {
    zip(probabilities, matrices).map { $1.scaled(by: Complex($0.squareRoot())) }
  }

  private static func depolarizing(each: Double, _ qubits: Int, _ parameters: [Double]) -> Channel {
    let strings =
      qubits == 1 ? paulis : paulis.flatMap { high in paulis.map { high.kronecker($0) } }
    let rest = max(0, 1 - each * Double(strings.count - 1))
    return Channel(
      unchecked: "depolarizing", parameters,
      weighted([rest] + Array(repeating: each, count: strings.count - 1), strings))
  }

  private static func damping(_ rate: Double, _ excited: Double) -> [ComplexMatrix] {
    let (keep, move) = (Complex((1 - rate).squareRoot()), Complex(rate.squareRoot()))
    let down = [ComplexMatrix.diagonal([1, keep]), ComplexMatrix([[0, move], [0, 0]])]
    let up = [ComplexMatrix.diagonal([keep, 1]), ComplexMatrix([[0, 0], [move, 0]])]
    return down.map { $0.scaled(by: Complex((1 - excited).squareRoot())) }
      + up.map { $0.scaled(by: Complex(excited.squareRoot())) }
  }
}
