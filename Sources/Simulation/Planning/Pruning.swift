package import Circuits

/// A circuit without what its measurement cannot see.
///
/// It depends on the structure of the circuit alone, never on the values of weights and inputs, and holds for circuits
/// of which outputs are read that no global phase changes, not amplitudes. Qubits that are prepared are in no known
/// state, and stay. Three rules: what acts on qubits that are still
/// in a basis state is a global phase, or loses its controls; what no measured qubit can see is left out (its light
/// cone, taken backwards through the circuit); so is what is diagonal where all that is measured after it is diagonal.
/// Gradients with respect to angles that are left out are exactly zero. Only the qubits in the cone are kept.
package struct Pruning {
  /// The operations that are left, on the qubits that are left.
  package private(set) var operations: [ElementaryOperation] = []
  /// The measurement on those qubits.
  package let measurement: Measurement
  /// The initial state on those qubits.
  package let initialState: InitialState?
  /// The qubits that are left, ascending: the new qubit i is the old `qubits[i]`.
  package let qubits: [Int]
  /// What was left out, and why.
  package private(set) var counts = Counts()

  /// How many operations each rule removed.
  package struct Counts: Hashable, Sendable {
    /// Operations that do nothing but a global phase to qubits in basis states.
    package var onBasisStates = 0
    /// Operations that lost controls which are always fulfilled.
    package var lostControls = 0
    /// Operations outside the light cone.
    package var outsideCone = 0
    /// Operations that commute with everything that is measured after them.
    package var commuting = 0

    /// Nothing removed.
    package init() {}

    /// All operations that were left out.
    package var removed: Int { onBasisStates + outsideCone + commuting }
  }

  /// Whether nothing was found.
  package let isTrivial: Bool

  /// Prunes a circuit for a measurement.
  ///
  /// - Complexity: O(operations).
  package init(
    _ operations: [ElementaryOperation], qubitCount: Int, measuring measurement: Measurement,
    startingFrom initialState: InitialState? = nil
  ) {
    var counts = Counts()
    let prepared = (initialState?.qubits ?? []).reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    var known = KnownQubits(qubitCount: qubitCount, prepared: prepared)
    var kept: [ElementaryOperation] = []
    kept.reserveCapacity(operations.count)
    for operation in operations {
      guard let rest = known.reduced(operation) else {
        counts.onBasisStates += 1
        continue
      }
      if rest.controls != operation.controls { counts.lostControls += 1 }
      kept.append(rest)
    }
    var cone = LightCone(measurement)
    var used = cone.support | prepared
    var seen: [ElementaryOperation] = []
    seen.reserveCapacity(kept.count)
    for operation in kept.reversed() {
      switch cone.pass(operation) {
      case .seen:
        seen.append(operation)
        used |= operation.targetMask | operation.controls.mask
      case .outside: counts.outsideCone += 1
      case .commuting: counts.commuting += 1
      }
    }
    self.counts = counts
    let all = Array(0..<qubitCount)
    let inCone = all.filter { used >> UInt64($0) & 1 == 1 }
    qubits = inCone.isEmpty ? Array(all.prefix(1)) : inCone
    isTrivial = counts == Counts() && qubits == all
    var places = all
    for (place, qubit) in qubits.enumerated() { places[qubit] = place }
    self.measurement = qubits == all ? measurement : measurement.mapped(to: places)
    self.initialState = initialState?.mapped(to: places)
    self.operations =
      qubits == all ? seen.reversed() : seen.reversed().map { $0.mapped(to: places) }
  }
}

extension Measurement {
  /// The measurement with each qubit q moved to `places[q]`.
  func mapped(to places: [Int]) -> Measurement {
    switch self {
    case .probabilities(let qubits): .probabilities(of: qubits.map { places[$0] })
    case .expectations(let observables): .expectations(observables.map { $0.mapped(to: places) })
    case .variances(let observables): .variances(observables.map { $0.mapped(to: places) })
    case .covariances(let observables): .covariances(observables.map { $0.mapped(to: places) })
    case .amplitudes(let states):
      .amplitudes(
        of: states.map { basis in
          UInt64(basis).setBits.reduce(0) { $0 | 1 << places[$1] }
        })
    }
  }
}

extension PauliSum {
  /// The sum with each qubit q moved to `places[q]`.
  fileprivate func mapped(to places: [Int]) -> PauliSum {
    PauliSum(terms.map { Term($0.coefficient, $0.string.mapped(to: places)) })
  }
}
