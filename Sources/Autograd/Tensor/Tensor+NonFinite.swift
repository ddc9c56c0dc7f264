import Arrays

extension Tensor {
  /// Runs `body` and returns the name of the first operation in it, on tracked tensors, whose
  /// result holds an infinity or is not a number; nil if there is none.
  ///
  /// To find where a loss went wrong, run the forward pass again under it: nothing is paid before.
  ///
  /// - Complexity: One more pass over each result.
  public static func firstNonFiniteOperation(
    in body: () throws -> Tensor
  ) rethrows -> String? {
    var result: Tensor?
    let culprit = try Ambient.watching { result = try body() }
    if let culprit { return culprit }
    guard let result, !result.array.isFiniteEverywhere else { return nil }
    return "input"
  }

  /// The name of the operation where an infinity, or what is not a number, first appeared among the
  /// values that the tape of this tensor still holds; nil if there is none.
  ///
  /// A tape holds what derivatives need, not every result: where the result of an operation is not
  /// held, the next one that shows the fault is named. "leaf" is a parameter or an input that was
  /// bad already. ``firstNonFiniteOperation(in:)`` names the operation exactly.
  ///
  /// - Complexity: One pass over the values held; ask before `backward()`, which frees them.
  public func firstNonFiniteOperation() -> String? {
    if let node, let tape = node.tape, let name = tape.firstNonFinite(upTo: Int(node.index)) {
      return name
    }
    guard !array.isFiniteEverywhere else { return nil }
    return node?.tape.map { tape in tape.name(at: Int(node?.index ?? 0)) } ?? "leaf"
  }
}

extension Tape {
  /// The name of the operation recorded at `index`.
  func name(at index: Int) -> String {
    (self[index].keeper as? CustomDerivative)?.name ?? operationName(at: index)
  }

  /// Notes the operation recorded at `index` if its result is not finite and it is the first one.
  @inline(never)
  func blameIfNotFinite(_ index: Int, _ result: NDArray) {
    if !result.isFiniteEverywhere { Ambient.blame(name(at: index)) }
  }

  private func operationName(at index: Int) -> String { unsafe self[index].operation.name }

  /// The name of the first operation that leads to `root` and that a saved value shows to be at
  /// fault.
  fileprivate func firstNonFinite(upTo root: Int) -> String? {
    var leads = [Bool](repeating: false, count: root + 1)
    leads[root] = true
    for index in (0...root).reversed() where leads[index] && self[index].state != .vacant {
      for slot in 0..<Int(self[index].inputCount) where self[index].input(slot) >= 0 {
        leads[Int(self[index].input(slot))] = true
      }
    }
    var earliest = root + 1
    for index in 0...root where leads[index] {
      let saved = [
        (self[index].first, self[index].firstSource),
        (self[index].second, self[index].secondSource),
      ]
      for case (let array?, let source) in saved where !array.isFiniteEverywhere {
        let place = self[index].place(of: source, at: Int32(truncatingIfNeeded: index))
        earliest = min(earliest, place < 0 ? index : Int(place))
      }
    }
    return earliest <= root ? name(at: earliest) : nil
  }

  /// The names of all the operations on the tape, in order.
  var operationNames: [String] {
    (0..<count).filter { self[$0].state != .vacant }.map { name(at: $0) }
  }
}

extension Tensor {
  /// The names of the operations on the tape of this tensor, in order; for tests.
  package var recordedOperationNames: [String] { node?.tape?.operationNames ?? [] }
}
