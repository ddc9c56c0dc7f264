import CQuantumKernels
import Circuits

/// Layers of turns and diagonals.
extension ProgramBuilder {
  /// Turns of weights only leave their norms to the layer's diagonal where that pays: it costs one pass, and
  /// each turn saves half of one.
  private static let fewestTurnsWithoutNorm = 3

  mutating func add(_ layers: [Layer]) {
    for layer in layers {
      var layer = layer
      layer.turns = addOpening(layer.turns)
      let diagonals = layer.diagonals.filter { $0.angle != 0 }
      let tabled = diagonals.filter(isInTable)
      let ownTurns = layer.turns.filter { !isShared($0.angle) }
      addTurns(ownTurns, keepingNorm: true)
      let sharedTurns = layer.turns.filter { isShared($0.angle) }
      let keepsNorm =
        !usesTables || tabled.isEmpty && sharedTurns.count < Self.fewestTurnsWithoutNorm
      let firstTurn = parts.turns.count
      addTurns(sharedTurns, keepingNorm: keepsNorm)
      if !tabled.isEmpty || !keepsNorm {
        addDiagonals(tabled, turns: firstTurn..<parts.turns.count)
      }
      for diagonal in diagonals where !isInTable(diagonal) {
        var record = hq_operation()
        record.kind = Int32(HQ_ROTATION)
        record.z = diagonal.z
        record.slot = slot(-diagonal.angle)
        parts.operations.append(record)
      }
    }
  }

  /// Adds the turns of single bits if they open a tile's circuit: they make a product state of |0…0⟩.
  ///
  /// They come by bit, so that the state grows from the lowest on, and keep their norms.
  ///
  /// - Returns: The turns that are left.
  private mutating func addOpening(_ turns: [Turn]) -> [Turn] {
    let isFirst = parts.operations.allSatisfy { operation in
      operation.kind == Int32(HQ_DIAGONAL)
        && (operation.first..<(operation.first + operation.count)).allSatisfy {
          parts.strings[Int($0)].slot < parts.constantSlotCount
        }
    }
    guard layout.lanes == .samples, parts.startPlaces == nil, isFirst else { return turns }
    let single = turns.filter { $0.x == $0.z && $0.x.nonzeroBitCount == 1 }.sorted { $0.x < $1.x }
    guard !single.isEmpty else { return turns }
    let first = parts.operations.count
    addGroups(single, keepingNorm: true)
    parts.opening = first..<parts.operations.count
    return turns.filter { $0.x != $0.z || $0.x.nonzeroBitCount != 1 }
  }

  /// Adds a diagonal, or as many as the limit of strings that cross a table's bounds asks for.
  private mutating func addDiagonals(_ diagonals: [Diagonal], turns: Range<Int>) {
    let limit = Int(HQ_MAX_ACROSS)
    addDiagonal(Array(diagonals.prefix(limit)), turns: turns)
    for start in stride(from: limit, to: diagonals.count, by: limit) {
      let end = min(start + limit, diagonals.count)
      addDiagonal(Array(diagonals[start..<end]), turns: turns.upperBound..<turns.upperBound)
    }
  }

  private mutating func addDiagonal(_ diagonals: [Diagonal], turns: Range<Int>) {
    var record = hq_operation()
    let diagonals = sorted(diagonals, into: &record)
    record.isLow = 1
    record.kind = Int32(HQ_DIAGONAL)
    record.slot = -1
    record.first = Int32(parts.strings.count)
    record.count = Int32(diagonals.count)
    record.firstTurn = Int32(turns.lowerBound)
    record.turnCount = Int32(turns.count)
    record.table = Int32(parts.tableCount)
    parts.tableCount += 1
    parts.strings += diagonals.map { hq_string(z: $0.z, slot: slot($0.angle)) }
    parts.operations.append(record)
  }

  /// Adds turns in groups that one pass does; a turn that exchanges the lanes of a line has its own.
  private mutating func addTurns(_ turns: [Turn], keepingNorm: Bool) {
    let lanes = (UInt64(1) << UInt64(layout.laneBits)) - 1
    addGroups(turns.filter { $0.x & lanes == 0 && !isLow($0) }, keepingNorm: keepingNorm)
    for turn in turns where turn.x & lanes != 0 {
      addGroup([turn], steps: nil, keepingNorm: true)
    }
    addGroups(turns.filter { $0.x & lanes == 0 && isLow($0) }, keepingNorm: keepingNorm)
  }

  /// Whether a turn stays within the lines of a table.
  private func isLow(_ turn: Turn) -> Bool { turn.x >> UInt64(scope.tableQubitCount) == 0 }

  private mutating func addGroups(_ turns: [Turn], keepingNorm: Bool) {
    for start in stride(from: 0, to: turns.count, by: Int(HQ_MAX_TURNS)) {
      let group = Array(turns[start..<min(start + Int(HQ_MAX_TURNS), turns.count)])
      addGroup(group, steps: steps(of: group), keepingNorm: keepingNorm)
    }
  }

  private mutating func addGroup(_ turns: [Turn], steps: [UInt64]?, keepingNorm: Bool) {
    var record = hq_operation()
    record.kind = Int32(HQ_TURNS)
    record.slot = -1
    record.first = Int32(parts.turns.count)
    record.count = Int32(turns.count)
    record.keepsNorm = keepingNorm ? 1 : 0
    record.isLow = turns.allSatisfy(isLow) ? 1 : 0
    record.firstStep = Int32(parts.steps.count)
    record.stepCount = steps.map { Int32($0.count) } ?? -1
    parts.steps += steps ?? []
    parts.turns += turns.map { hq_turn(x: $0.x, z: $0.z, slot: slot($0.angle)) }
    parts.operations.append(record)
  }

  /// Lines that span one of each set of lines that a group turns together: a basis of what is left of all
  /// lines by the x of the turns, with even parity in every z.
  private func steps(of group: [Turn]) -> [UInt64] {
    let bits = UInt64(layout.laneBits)
    let turns = group.map { (x: $0.x >> bits, z: $0.z >> bits) }
    var pivots: UInt64 = 0
    var reduced: [(pivot: UInt64, bits: UInt64)] = []
    for turn in turns {
      var rest = turn.x
      for (pivot, bits) in reduced where rest & pivot != 0 { rest ^= bits }
      let pivot = UInt64(1) << UInt64(63 - rest.leadingZeroBitCount)
      pivots |= pivot
      reduced = reduced.map { ($0.pivot, $0.bits & pivot == 0 ? $0.bits : $0.bits ^ rest) }
      reduced.append((pivot, rest))
    }
    let bitCount = group.allSatisfy(isLow) ? scope.tableQubitCount : scope.qubitCount
    return (0..<(bitCount - layout.laneBits)).map { UInt64(1) << UInt64($0) }
      .filter { $0 & pivots == 0 }
      .map { line in
        turns.reduce(line) { ($1.z & line).isOdd ? $0 ^ $1.x : $0 }
      }
  }

  mutating func addReorder(_ frame: Frame) {
    var record = hq_operation()
    record.kind = Int32(HQ_REORDER)
    record.slot = -1
    record.first = Int32(parts.steps.count)
    parts.steps += frame.steps(qubitCount: parts.qubitCount)
    parts.reorders = true
    parts.operations.append(record)
  }
}
