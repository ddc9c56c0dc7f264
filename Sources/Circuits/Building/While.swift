import Compute

/// A loop on a classical condition, in a circuit builder.
///
/// ```swift
/// let circuit = Circuit(qubits: 1) {
///   H(0)
///   Measure(0, into: 0)
///   While(.bit(0)) {               // until 0 is found
///     H(0)
///     Measure(0, into: 0)
///   }
/// }
/// ```
///
/// The condition is asked before each round, for each shot, of the bits as they are then. What runs a loop bounds its
/// rounds.
public struct While: CircuitFragment {
  /// The condition.
  public let condition: ClassicalCondition
  private let body: CircuitSequence

  /// Creates the loop that repeats `body` as long as the condition holds.
  public init(_ condition: ClassicalCondition, @CircuitBuilder body: () -> CircuitSequence) {
    self.condition = condition
    self.body = body()
  }

  /// Appends one loop; templates in it take new weights of the circuit, the same in every round.
  ///
  /// - Precondition: No fragment brings an initial state.
  public func append(to circuit: inout Circuit) {
    var round = circuit.emptied()
    round.append(body)
    require(
      round.initialState == circuit.initialState,
      "while: found an initial state in a loop, expected it in front of all instructions")
    circuit.append(.loop(while: condition, body: round.instructions))
    circuit.reserve(weights: round.weightCount, inputs: round.inputCount)
  }
}
