public import Arrays
import Compute

extension Tensor {
  /// Whether gradients with respect to the tensor, or through it, can be asked for.
  public var requiresGradient: Bool { node != nil }

  /// Whether the tensor was made, not computed from tracked ones.
  public var isLeaf: Bool { node?.isLeaf ?? true }

  /// A new leaf of the same value, whose gradient is collected.
  public func requiringGradient() -> Tensor { Tensor(array, requiresGradient: true) }

  /// The same value as a constant: no gradient passes through it.
  public func detach() -> Tensor { Tensor(array) }

  /// The sum of the gradients of all sweeps so far, for a leaf that one has reached; otherwise nil.
  ///
  /// For a real loss `L` of a complex `z = x + iy` it is `∂L/∂x + i·∂L/∂y`, as torch has it: a step
  /// against it lowers the loss.
  public var gradient: NDArray? { node?.asLeaf?.gradient }

  /// Forgets the gradient of a leaf; the next sweep begins anew.
  public func zeroGradient() { node?.asLeaf?.gradient = nil }

  /// Adds to the gradient of each leaf that this tensor depends on its own.
  ///
  /// The graph is used up: what it had saved is freed, and a second sweep over it traps, unless
  /// `retainGraph` is set. Gradients add up from call to call; an optimizer, or ``zeroGradient()``,
  /// starts them anew.
  ///
  /// - Parameters:
  ///   - upstream: The gradient with respect to this tensor, of its shape; 1 if nil.
  ///   - retainGraph: Keeps the graph for another sweep.
  /// - Precondition: A tracked tensor; one element, unless `upstream` is given.
  /// - Complexity: About twice the work of the operations recorded.
  public func backward(_ upstream: Tensor? = nil, retainGraph: Bool = false) {
    Sweep.accumulate(from: self, upstream: seed(upstream, "backward"), retainGraph: retainGraph)
  }

  /// The gradient that a sweep starts from.
  func seed(_ upstream: Tensor?, _ caller: StaticString) -> Tensor {
    guard let upstream else {
      require(
        count == 1,
        "\(caller): a tensor of shape \(shape) needs an upstream gradient; only one of one element does not"
      )
      return Tensor(.ones(shape, dtype: dtype))
    }
    require(
      upstream.shape == shape,
      "\(caller): the upstream gradient has shape \(upstream.shape), the tensor \(shape)")
    return upstream.dtype == dtype ? upstream : upstream.cast(to: dtype)
  }
}

/// Returns the gradients of `output` with respect to each of `inputs`; those of no leaf change.
///
/// With `createGraph` the gradients are themselves recorded, and can be differentiated:
///
/// ```swift
/// let slope = grad(of: f(x), withRespectTo: [x], createGraph: true)[0]
/// let curvature = grad(of: slope.sum(), withRespectTo: [x])[0]
/// ```
///
/// - Parameters:
///   - output: What is differentiated.
///   - inputs: Leaves or results on the way to `output`; of a parameter its `value`.
///   - upstream: The gradient with respect to `output`, of its shape; 1 if nil.
///   - createGraph: Records the computation of the gradients.
///   - retainGraph: Keeps the graph for another sweep; if nil, as `createGraph`.
/// - Returns: One tensor for each input, of its shape and type; zeros where `output` does not
///   depend on it.
/// - Precondition: Each input requires a gradient; `output` has one element unless `upstream` is
///   given.
public func grad(
  of output: Tensor, withRespectTo inputs: [Tensor], upstream: Tensor? = nil,
  createGraph: Bool = false, retainGraph: Bool? = nil
) -> [Tensor] {
  let gradients = Sweep.gradients(
    of: output, withRespectTo: inputs, upstream: output.seed(upstream, "grad"),
    createsGraph: createGraph, retainGraph: retainGraph ?? createGraph)
  return zip(inputs, gradients).map { input, gradient in
    gradient ?? Tensor(.zeros(input.shape, dtype: input.dtype))
  }
}
