public import Circuits

/// What is read off the state at the end of a circuit, for every sample.
public enum Measurement: Hashable, Sendable {
  /// The expectation values ⟨ψ|O|ψ⟩ of observables, in this order.
  case expectations([PauliSum])
  /// The probabilities of the outcomes of `qubits`: 2ᵏ numbers, the first qubit named being the least
  /// significant bit of the index.
  case probabilities(of: [Int])

  /// The number of outputs of a sample.
  public var outputCount: Int {
    switch self {
    case .expectations(let observables): observables.count
    case .probabilities(let qubits): 1 << qubits.count
    }
  }

  /// Checks the qubits that are named against a circuit of `qubitCount`.
  func validate(qubitCount: Int) throws(SimulationError) {
    switch self {
    case .expectations(let observables):
      for observable in observables {
        for term in observable.terms {
          let support = term.string.support
          let highest = 63 - support.leadingZeroBitCount
          guard support == 0 || highest < qubitCount else {
            throw .qubitOutOfRange(qubit: highest, qubitCount: qubitCount)
          }
        }
      }
    case .probabilities(let qubits):
      var seen: Set<Int> = []
      for qubit in qubits {
        guard (0..<qubitCount).contains(qubit) else {
          throw .qubitOutOfRange(qubit: qubit, qubitCount: qubitCount)
        }
        guard seen.insert(qubit).inserted else { throw .repeatedQubit(qubit) }
      }
      guard qubits.count <= 24 else {
        throw .tooManyOutputs(found: 1 << min(qubits.count, 62), limit: 1 << 24)
      }
    }
  }
}
