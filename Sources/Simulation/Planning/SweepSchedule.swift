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

  /// Whether it is a product of Z operators.
  var isString: Bool {
    if case .diagonal = action { true } else { false }
  }

  /// Where its Pauli string, if it is one, has Z or Y.
  var strings: UInt64 {
    switch action {
    case .turn(let turn): turn.z
    case .diagonal(let string): string.z
    case .operation(let operation):
      switch operation.kind {
      case .rotation(let string), .pauli(let string): string.z
      case .phase, .swap, .matrix: 0
      }
    }
  }

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
///
/// A Pauli string on more qubits than a block holds has a pass of its own, which sees most of what the string
/// exchanges as a single bit; see ``Pass/folded``.
struct SweepSchedule {
  struct Pass {
    /// The stored bits of a block, lanes among them.
    var bits: UInt64
    var items: [SweepItem]
    /// Stored bits that are exchanged together or not at all.
    ///
    /// The lowest, which is among `bits`, stands for them all: a block spans, in its place, the exclusive or
    /// of all.
    var folded: UInt64 = 0

    /// The bit that stands for those that are folded.
    var pivot: Int? { folded == 0 ? nil : folded.trailingZeroBitCount }
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
      if let pass = foldedPass(rest) {
        passes.append(pass)
        rest.removeFirst(pass.items.count)
        continue
      }
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
    let first = items.first { $0.exchanged & ~lanes != 0 }
    let needed = lanes | (first.map { isWide($0) ? 0 : $0.exchanged } ?? 0)
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
    return best
  }

  // MARK: Items that no block holds

  /// Whether an item exchanges more bits than a block has.
  private func isWide(_ item: SweepItem) -> Bool {
    (item.exchanged & ~lanes).nonzeroBitCount > blockBits
  }

  /// The pass of the first item, or of the first that exchanges anything where only strings of Z stand before
  /// it, if no block holds it.
  private func foldedPass(_ items: [SweepItem]) -> Pass? {
    guard let end = items.firstIndex(where: { $0.exchanged != 0 }), isWide(items[end]),
      items[..<end].allSatisfy(\.isString)
    else { return nil }
    let item = items[end]
    // P = i^|x & z| X^x Z^z keeps its phase if the number of Y is the same modulo 4: so many stay by themselves.
    let exchanged = item.exchanged & ~lanes
    let doubles = (exchanged & item.strings).setBits
    let single = doubles.prefix(doubles.count & 3).reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    let folded = exchanged & ~single
    var bits = lanes | single | (folded & ~(folded &- 1))
    for bit in laneBits..<bitCount where bits.nonzeroBitCount < blockBits + laneBits {
      bits |= 1 << UInt64(bit)
    }
    return Pass(bits: bits, items: Array(items[...end]), folded: folded)
  }
}
