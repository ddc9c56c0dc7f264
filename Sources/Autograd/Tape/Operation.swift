/// A differentiable operation: its name and the rule of its derivative.
///
/// Each one is a static constant beside the function that records it. The rule is made of tensor
/// operations: run on plain values it gives a gradient, run on recorded ones a gradient that can be
/// differentiated again.
final class Operation: Sendable {
  let name: String
  /// Passes the upstream gradient on to the inputs.
  let derivative: @Sendable (Derivation) -> Void

  init(_ name: String, derivative: @escaping @Sendable (Derivation) -> Void) {
    self.name = name
    self.derivative = derivative
  }

  /// Stands for a leaf on a tape; the sweep ends there.
  static let leaf = Operation("leaf") { _ in }
}
