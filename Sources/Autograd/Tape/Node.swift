import Arrays
import Compute

/// What a tracked tensor holds: its place on a tape, or a leaf.
///
/// All copies of a tensor share one node. While it lives the record at its place lives; the tape
/// moves `index` when records move and `tape` when two tapes become one.
class Node {
  /// The tape; nil for a leaf.
  final var tape: Tape?
  /// The place on the tape; for a leaf a guess at its place on the tape that took it last.
  final var index: Int32
  final let isLeaf: Bool

  init(tape: Tape, index: Int32) {
    self.tape = tape
    self.index = index
    isLeaf = false
  }

  fileprivate init() {
    tape = nil
    index = 0
    isLeaf = true
  }

  /// The node as a leaf, if it is one.
  @inline(__always)
  final var asLeaf: Leaf? { isLeaf ? unsafe unsafeDowncast(self, to: Leaf.self) : nil }

  deinit {
    tape?.nodeWillGo(index)
  }
}

/// A tensor that gradients are collected for: a parameter, or an input made with
/// `requiresGradient`.
///
/// It belongs to no tape; each tape that meets it makes a record that holds it.
final class Leaf: Node {
  /// The sum of the gradients of all sweeps since it was last set to nil.
  var gradient: NDArray?

  let shape: Shape
  let dtype: DType

  /// - Precondition: A floating or complex type.
  init(of array: NDArray) {
    require(
      array.dtype.isDifferentiable, "a tensor of \(array.dtype) cannot require a gradient")
    shape = array.shape
    dtype = array.dtype
    super.init()
  }

  /// Adds to the gradient, in place where nobody else holds it.
  func accumulate(_ addend: NDArray) {
    if gradient == nil {
      // A gradient may be a view of a few numbers, as that of a sum is; what an optimizer reads is
      // not.
      gradient = addend.contiguous()
    } else {
      gradient?.addInPlace(addend)
    }
  }
}
