import CArrayKernels

/// How a loop over two operands of one broadcast shape walks through them: as few axes as their
/// layouts allow, strides in bytes, 0 along stretched axes.
struct PairLayout {
  var rank = 0
  var lengths = AxisNumbers(repeating: 1)
  var stridesA = AxisNumbers()
  var stridesB = AxisNumbers()

  /// The layout of two arrays over `shape`, which both broadcast to.
  init(_ a: NDArray, _ b: NDArray, over shape: Shape) {
    let stepsA = Self.steps(a, over: shape)
    let stepsB = Self.steps(b, over: shape)
    for axis in 0..<shape.rank where shape[axis] != 1 {
      let length = shape[axis]
      let last = rank - 1
      // An axis whose outer neighbour steps over all of it, in both operands, is one with it.
      if rank > 0, stridesA[last] == stepsA[axis] * length, stridesB[last] == stepsB[axis] * length
      {
        lengths[last] *= length
        stridesA[last] = stepsA[axis]
        stridesB[last] = stepsB[axis]
      } else {
        lengths[rank] = length
        stridesA[rank] = stepsA[axis]
        stridesB[rank] = stepsB[axis]
        rank += 1
      }
    }
    if rank == 0 { rank = 1 }
  }

  private static func steps(_ array: NDArray, over shape: Shape) -> AxisNumbers {
    let size = array.dtype.byteCount
    let strides = array.strides
    let lead = shape.rank - array.rank
    var result = AxisNumbers()
    for axis in 0..<array.rank where array.shape[axis] != 1 {
      result[axis + lead] = strides[axis] * size
    }
    return result
  }

  /// Calls `body` with parts of the outermost axis: a layout, and the part's first place in each
  /// operand, in bytes, and in the result, in elements.
  func forEachPart(_ body: (PairLayout, _ inA: Int, _ inB: Int, _ inResult: Int) -> Void) {
    var block = 1
    for axis in 1..<max(rank, 1) { block *= lengths[axis] }
    let outer = lengths[0]
    let rows = max(1, ElementwiseParts.size / max(block, 1))
    ElementwiseParts.forEachPart(of: outer, by: rows) { start, count in
      var part = self
      part.lengths[0] = count
      body(part, start * stridesA[0], start * stridesB[0], start * block)
    }
  }

  /// Calls `body` with the rank, the lengths and the strides as C takes them.
  @inline(__always)
  func withC(
    _ body: (Int32, UnsafePointer<Int64>, UnsafePointer<Int64>, UnsafePointer<Int64>) -> Void
  ) {
    unsafe lengths.withPointer { lengths in
      unsafe stridesA.withPointer { a in
        unsafe stridesB.withPointer { b in unsafe body(Int32(rank), lengths, a, b) }
      }
    }
  }
}
