public import Circuits
import Compute

/// What the outcomes of a circuit's shots are called: the keys of its counts, as Qiskit prints them.
///
/// Where the circuit writes a classical bit, a key holds the bits of its registers, the last one declared leftmost, with
/// a space between registers, the least significant bit of each rightmost. A bit that nothing is written to is 0; one
/// that belongs to no register does not appear, and outcomes that differ in such bits alone are counted together. A
/// circuit without declared registers has one of all its bits.
///
/// Where the circuit writes no classical bit, a key holds the outcomes of all qubits, qubit 0 rightmost, also where
/// registers are declared; without qubits it is `0`.
///
/// ```swift
/// let keys = OutcomeKeys(circuit)
/// let state = try StateVector(running: circuit)
/// let counts = keys.counts(ofBasisStates: state.counts(shots: 1000, seed: 1))   // ["1 01": 480, …]
/// ```
public struct OutcomeKeys: Sendable {
  /// What the letters of a key are.
  public enum Letters: Hashable, Sendable {
    /// Bits of classical registers.
    case registers
    /// Outcomes of all qubits.
    case qubits
  }

  /// What the letters of a key are.
  public let letters: Letters
  /// Whether outcomes of measuring all qubits in the end tell the keys: nothing writes bits but final measurements.
  public let areToldByQubits: Bool
  private let qubitCount: Int
  private let bitCount: Int
  private let registers: [ClassicalRegister]
  private let measurements: [(qubit: Int, bit: Int)]

  /// The keys of a circuit's outcomes.
  public init(_ circuit: Circuit) {
    letters = circuit.writesBits ? .registers : .qubits
    qubitCount = circuit.qubitCount
    bitCount = circuit.bitCount
    registers = letters == .registers ? circuit.registers : []
    let finals = Set(circuit.finalMeasurementPlaces)
    areToldByQubits = circuit.instructions.enumerated().allSatisfy { place, instruction in
      finals.contains(place) || !instruction.writesBits
    }
    measurements = circuit.measurements
  }

  /// The key of an outcome as ``CircuitSampler`` draws it: the classical bits of a circuit that writes some, else its
  /// qubits.
  ///
  /// - Precondition: The outcome has as many bits.
  public func key(_ outcome: BitString) -> String {
    let count = letters == .registers ? bitCount : qubitCount
    require(
      outcome.count == count, "key: found an outcome of \(outcome.count) bits, expected \(count)")
    guard count > 0 else { return "0" }
    return outcome.text(registers: registers)
  }

  /// The key of an outcome of measuring all qubits in the end.
  ///
  /// - Precondition: The outcome has one bit for each qubit, and ``areToldByQubits`` is true.
  public func key(ofQubits outcome: BitString) -> String {
    guard letters == .registers else { return key(outcome) }
    require(
      areToldByQubits,
      "key: found a circuit that writes bits in the middle, expected final measurements; draw shots with a "
        + "CircuitSampler")
    require(
      outcome.count == qubitCount,
      "key: found an outcome of \(outcome.count) qubits, expected \(qubitCount)")
    var bits = BitString([Bool](repeating: false, count: bitCount))
    for (qubit, bit) in measurements where outcome[qubit] { bits[bit] = true }
    return bits.text(registers: registers)
  }

  /// Counts by keys, from those that ``CircuitSampler/counts(shots:seed:weights:inputs:)`` gives.
  ///
  /// - Precondition: As ``key(_:)``.
  public func counts(_ counts: [BitString: Int]) -> [String: Int] {
    added(counts) { key($0) }
  }

  /// Counts by keys, from counts of all qubits such as ``StabilizerState/bitStringCounts(shots:seed:)`` gives.
  ///
  /// - Precondition: As ``key(ofQubits:)``.
  public func counts(ofQubits counts: [BitString: Int]) -> [String: Int] {
    added(counts) { key(ofQubits: $0) }
  }

  /// Counts by keys, from counts of basis states such as ``StateVector/counts(shots:seed:)`` gives.
  ///
  /// - Precondition: As ``key(ofQubits:)``.
  public func counts(ofBasisStates counts: [Int: Int]) -> [String: Int] {
    added(counts) { key(ofQubits: BitString(basis: $0, count: qubitCount)) }
  }

  private func added<Outcome>(
    _ counts: [Outcome: Int], key: (Outcome) -> String
  ) -> [String: Int] {
    counts.reduce(into: [:]) { $0[key($1.key), default: 0] += $1.value }
  }
}

extension BitString {
  /// The bits as registers, the last one leftmost, with a space between them, as Qiskit prints counts.
  ///
  /// The least significant bit of each is rightmost. Bits of no register are left out; without any register, all bits
  /// are written.
  ///
  /// - Precondition: The registers' bits are bits of the string.
  public func text(registers: [ClassicalRegister]) -> String {
    guard !registers.isEmpty else { return description }
    return registers.reversed().map { register in
      register.bits.reversed().map { self[$0] ? "1" : "0" }.joined()
    }.joined(separator: " ")
  }
}
