import Circuits

/// The qubits on which a measurement, taken back through a circuit, may act.
///
/// With U the operations passed so far, every measured operator O has become U†OU. It acts on `support` alone,
/// and commutes with Z on each qubit outside `mixed`: both hold for every value of the angles. An operation that
/// commutes with all such operators cancels from U†OU, and the outputs do not depend on its angle.
struct LightCone {
  /// The qubits that may be acted on.
  private(set) var support: UInt64
  /// Those of them on which the measured operators need not be diagonal.
  private(set) var mixed: UInt64

  /// What an operation is to what is measured after it.
  enum Relation {
    /// Seen: the operation matters.
    case seen
    /// It acts on none of the qubits.
    case outside
    /// It shares qubits, but both are diagonal there.
    case commuting
  }

  init(_ measurement: Measurement) {
    switch measurement {
    case .probabilities(let qubits):
      support = qubits.reduce(0) { $0 | 1 << UInt64($1) }
      mixed = 0
    case .amplitudes:
      support = .max
      mixed = .max
    case .expectations, .variances, .covariances:
      let strings = measurement.measuredObservables.flatMap(\.terms).map(\.string)
      support = strings.reduce(0) { $0 | $1.support }
      mixed = strings.reduce(0) { $0 | $1.x }
    }
  }

  /// Takes the measured operators back through an operation.
  mutating func pass(_ operation: ElementaryOperation) -> Relation {
    let touched = operation.targetMask | operation.controls.mask
    let exchanged = operation.exchangedMask
    if touched & support == 0 { return .outside }
    if exchanged & support == 0 && touched & mixed == 0 { return .commuting }
    switch operation.kind {
    case .pauli where operation.controls == .none:
      // Every Pauli string becomes itself or its negative.
      return .seen
    case .swap(let first, let second) where operation.controls == .none:
      let (a, b) = (UInt64(1) << UInt64(first), UInt64(1) << UInt64(second))
      support = KnownQubits.exchanging(a, b, in: support)
      mixed = KnownQubits.exchanging(a, b, in: mixed)
      return .seen
    case .pauli, .swap:
      // A permutation of basis states keeps diagonal what is diagonal on all its qubits.
      if touched & mixed != 0 { mixed |= exchanged }
    case .rotation, .phase, .matrix:
      mixed |= exchanged
    }
    support |= touched
    return .seen
  }
}
