/// Which density matrices a reverse sweep keeps.
///
/// A gate is undone by the transpose of its matrix, which is orthogonal; a channel is not undone: the matrix in front
/// of every step with one is kept, or made again from one that was. N of them take N states, or about 2 √N and one
/// more forward pass: every `spacing`-th is kept, and those of one segment of `spacing`.
///
/// Source: Griewank, "Achieving logarithmic growth of temporal and spatial complexity in reverse automatic
/// differentiation" (1992), doi:10.1080/10556789208805505; here with one level.
struct StateTape {
  /// Steps in whose place a state is kept, ascending.
  let steps: [Int]
  /// How many are made again at once.
  let spacing: Int

  init(_ steps: [Int], spacing: Int) {
    self.steps = steps
    self.spacing = max(1, min(spacing, steps.count))
  }

  /// The tape that makes nothing again.
  init(keepingAll steps: [Int]) { self.init(steps, spacing: steps.count) }

  /// The tape of the least memory.
  init(keepingFew steps: [Int]) {
    self.init(steps, spacing: Int(Double(steps.count).squareRoot().rounded(.up)))
  }

  /// The segments; the last needs no state to begin with.
  var segmentCount: Int { (steps.count + spacing - 1) / spacing }

  /// The states on the tape: the beginnings of all segments but the last, then one segment.
  var stateCount: Int { max(segmentCount - 1, 0) + min(spacing, steps.count) }

  /// The place of the state in front of step number `ordinal` of ``steps``, while its segment is there.
  func place(of ordinal: Int) -> Int { segmentCount - 1 + ordinal % spacing }

  func segment(of ordinal: Int) -> Int { ordinal / spacing }
}
