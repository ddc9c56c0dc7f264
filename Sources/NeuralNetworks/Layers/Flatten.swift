public import Autograd

/// Joins all axes from one on, by default all but the batch axis.
///
/// - Shape: input `[batch, a, b, …]`, output `[batch, a·b·…]`.
public struct Flatten: Layer {
  /// The first of the axes that are joined.
  public let firstAxis: Int

  /// A layer that joins the axes from `firstAxis` on.
  public init(from firstAxis: Int = 1) { self.firstAxis = firstAxis }

  /// Returns the elements of `x` in the same order, with the axes joined.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.flatten(from: firstAxis) }
}
