import Circuits
import Compute

extension StabilizerState {
  /// The probability of an outcome of measuring all qubits: 0 or a power of 1/2.
  ///
  /// Powers beyond 2⁻¹⁰⁷⁴ are 0 in double precision.
  ///
  /// - Precondition: `outcome` has n bits.
  /// - Complexity: O(n³ / 256).
  public func probability(of outcome: BitString) -> Double {
    require(
      outcome.count == qubitCount,
      "outcome \(outcome): found \(outcome.count) bits, expected \(qubitCount)")
    var collapsing = tableau
    var probability = 1.0
    for qubit in 0..<qubitCount {
      let wanted = outcome[qubit]
      let found = collapsing.measure(qubit) { wanted }
      guard found.outcome == wanted else { return 0 }
      if found.isRandom { probability /= 2 }
    }
    return probability
  }

  /// The probability of a basis state, by its number.
  ///
  /// - Precondition: `basis` is in `0..<2ⁿ`.
  /// - Complexity: O(n³ / 256).
  public func probability(of basis: Int) -> Double {
    probability(of: BitString(basis: basis, count: qubitCount))
  }

  /// The probabilities of the outcomes of some qubits: the first one named is the least significant bit.
  ///
  /// - Throws: ``SimulationError/qubitOutOfRange(qubit:qubitCount:)``, ``SimulationError/repeatedQubit(_:)``, or
  ///   ``SimulationError/tooManyOutcomes(qubits:limit:)`` for more than 24 qubits.
  /// - Complexity: O(2ᵏ + k·n² / 256 + n·k) for k qubits.
  public func probabilities(of qubits: [Int]) throws(SimulationError) -> [Double] {
    try Measurement.probabilities(of: qubits).validate(qubitCount: qubitCount)
    // All outcomes that are possible are equally probable: one of them, flipped by the X of the stabilizers.
    var collapsing = tableau
    var first = 0
    for (place, qubit) in qubits.enumerated()
    where collapsing.measure(qubit, choosing: { false }).outcome { first |= 1 << place }
    var basis: [UInt64] = []
    for number in 0..<qubitCount {
      let rest = basis.reduce(tableau.flips(number, on: qubits)) { min($0, $0 ^ $1) }
      if rest != 0 { basis.append(rest) }
    }
    var outcomes = [first]
    for flip in basis { outcomes += outcomes.map { $0 ^ Int(flip) } }
    var probabilities = [Double](repeating: 0, count: 1 << qubits.count)
    for outcome in outcomes { probabilities[outcome] = 1 / Double(outcomes.count) }
    return probabilities
  }

  /// The probabilities of all basis states.
  ///
  /// - Throws: ``SimulationError/tooManyOutcomes(qubits:limit:)`` for more than 24 qubits.
  public func probabilities() throws(SimulationError) -> [Double] {
    try probabilities(of: Array(0..<qubitCount))
  }
}
