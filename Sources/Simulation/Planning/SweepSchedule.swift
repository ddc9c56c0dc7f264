import Circuits

/// One thing that a sweep may do, and the stored bits it touches.
struct SweepItem {
  enum Action {
    case turn(Turn)
    case diagonal(Diagonal)
    case operation(ElementaryOperation)
  }

  let action: Action
  /// The bits whose amplitudes it mixes.
  let exchanged: UInt64
  /// The other bits it depends on.
  let diagonal: UInt64

  init(_ action: Action) {
    self.action = action
    switch action {
    case .turn(let turn):
      exchanged = turn.x
      diagonal = turn.z & ~turn.x
    case .diagonal(let string):
      exchanged = 0
      diagonal = string.z
    case .operation(let operation):
      switch operation.kind {
      case .rotation(let string), .pauli(let string):
        exchanged = string.x
        diagonal = (string.z | operation.controls.mask) & ~string.x
      case .phase:
        exchanged = 0
        diagonal = operation.controls.mask
      case .swap, .matrix:
        exchanged = operation.targetMask
        diagonal = operation.controls.mask
      }
    }
  }
}

/// The passes over a large state: which bits a block of each holds, and what is done.
///
/// An item can join a pass if the bits it exchanges are in the block and nothing that was left behind and does
/// not commute with it stands before it. So with entanglers between neighbours a pass over a window of
/// qubits does many layers of a circuit, fewer towards the window's ends. Windows are tried one after the other,
/// then single bits are exchanged as long as that adds work; the pass that does most is taken.
struct SweepSchedule {
  struct Pass {
    /// The stored bits of a block, lanes among them.
    var bits: UInt64
    var items: [SweepItem]
  }

  private(set) var passes: [Pass] = []
  private let bitCount: Int
  private let laneBits: Int
  private let blockBits: Int

  /// - Parameters:
  ///   - items: In the circuit's order.
  ///   - bitCount: The bits of a basis state.
  ///   - laneBits: The lowest bits, which every block holds.
  ///   - blockBits: The bits of a block besides.
  init(_ items: [SweepItem], bitCount: Int, laneBits: Int, blockBits: Int) {
    self.bitCount = bitCount
    self.laneBits = laneBits
    self.blockBits = min(blockBits, bitCount - laneBits)
    var rest = items
    while !rest.isEmpty {
      let bits = bestBits(for: rest)
      var taken: [SweepItem] = []
      var left: [SweepItem] = []
      scan(rest, bits) { index, isTaken in
        if isTaken { taken.append(rest[index]) } else { left.append(rest[index]) }
      }
      passes.append(Pass(bits: bits, items: taken))
      rest = left
    }
  }

  private var lanes: UInt64 { (1 << UInt64(laneBits)) - 1 }

  /// Goes through the items in order and tells which a pass over `bits` can do.
  private func scan(_ items: [SweepItem], _ bits: UInt64, _ body: (Int, Bool) -> Void) {
    var blocked: UInt64 = 0
    var blockedForExchange: UInt64 = 0
    for index in items.indices {
      let item = items[index]
      let passes =
        item.exchanged & ~bits == 0 && item.exchanged & (blocked | blockedForExchange) == 0
        && item.diagonal & blocked == 0
      body(index, passes)
      if !passes {
        blocked |= item.exchanged
        blockedForExchange |= item.diagonal
      }
    }
  }

  /// What a pass over `bits` does: exchanges count, diagonals come along.
  private func score(_ items: [SweepItem], _ bits: UInt64) -> Int {
    var score = 0
    var blocked: UInt64 = 0
    var blockedForExchange: UInt64 = 0
    for item in items {
      if item.exchanged & ~bits == 0 && item.exchanged & (blocked | blockedForExchange) == 0
        && item.diagonal & blocked == 0
      {
        score += item.exchanged == 0 ? 1 : 16
      } else {
        blocked |= item.exchanged
        blockedForExchange |= item.diagonal
        if bits & ~(blocked | blockedForExchange) == 0 { break }
      }
    }
    return score
  }

  private func bestBits(for items: [SweepItem]) -> UInt64 {
    let free = Array(laneBits..<bitCount)
    var best = lanes
    var bestScore = -1
    func consider(_ bits: UInt64) -> Bool {
      let score = score(items, bits)
      guard score > bestScore else { return false }
      best = bits
      bestScore = score
      return true
    }
    guard free.count > blockBits else { return ~0 >> UInt64(64 - bitCount) }
    // What the first items exchange must be there, so that every pass does something.
    var needed = items.first { $0.exchanged & ~lanes != 0 }?.exchanged ?? 0
    needed |= lanes
    for start in free.indices {
      var bits = needed
      for offset in 0..<free.count where bits.nonzeroBitCount < blockBits + laneBits {
        bits |= 1 << UInt64(free[(start + offset) % free.count])
      }
      _ = consider(bits)
      // The same window without what the first items need.
      let window = (0..<blockBits).reduce(lanes) {
        $0 | 1 << UInt64(free[(start + $1) % free.count])
      }
      _ = consider(window)
    }
    var improves = true
    while improves {
      improves = false
      for leaving in (best & ~lanes).setBits {
        for entering in free where best >> UInt64(entering) & 1 == 0 {
          if consider(best & ~(1 << UInt64(leaving)) | 1 << UInt64(entering)) {
            improves = true
            break
          }
        }
      }
    }
    // Nothing at all fits a window: take what the first item needs.
    if bestScore <= 0 { return needed }
    return best
  }
}
