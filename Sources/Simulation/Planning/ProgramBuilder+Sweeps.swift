import CQuantumKernels
import Circuits
import Compute
import RealModule

/// Passes over states that are larger than a block.
extension ProgramBuilder {
  /// A pass over the state, its operations on the bits of a block.
  struct Pass {
    /// The stored bits that change with each bit as the pass sees it: lanes, the bits of a table, the block's
    /// others, the rest.
    let columns: [UInt64]
    /// The bits of a block.
    let bitCount: Int
    /// The bits, as the pass sees them, in which the state before it is zero.
    let empty: UInt64
    /// Whether lines count that no bit of `empty` tells to be zero, though they are: memory must hold zeros there.
    let readsAll: Bool
    let stages: [Reduction.Stage]
  }

  /// The passes that do all stages.
  func passes(for stages: [Reduction.Stage]) -> [Pass] {
    var items: [SweepItem] = []
    for stage in stages {
      switch stage {
      case .layers(let layers):
        for layer in layers {
          items += layer.turns.map { SweepItem(.turn($0)) }
          items += layer.diagonals.filter { $0.angle != 0 }.map { SweepItem(.diagonal($0)) }
        }
      case .operation(let operation): items.append(SweepItem(.operation(operation)))
      case .channel, .reorder: stop("a large state is neither noisy nor reordered at once")
      }
    }
    let schedule = SweepSchedule(
      items, bitCount: parts.qubitCount, laneBits: layout.laneBits,
      blockBits: layout.blocks.lineBits)
    // At the start qubit q is the stored bit q.
    var reached: UInt64 =
      layout.startsAtZero ? (parts.startPlaces ?? []).reduce(0) { $0 | 1 << UInt64($1) } : .max
    return schedule.passes.map { scheduled in
      let pass = pass(scheduled, reached: reached)
      reached |= scheduled.items.reduce(0) { $0 | $1.exchanged }
      return pass
    }
  }

  /// A pass in its own coordinates; `reached` are the bits in which the state before it is not all zero.
  private func pass(_ pass: SweepSchedule.Pass, reached: UInt64) -> Pass {
    let places = places(of: pass)
    var coordinates = Array(repeating: 0, count: places.count)
    for (coordinate, place) in places.enumerated() { coordinates[place] = coordinate }
    func moved(_ bits: UInt64) -> UInt64 {
      bits.setBits.reduce(0) { $0 | 1 << UInt64(coordinates[$1]) }
    }
    // Of what is folded an exchange is that of the pivot, and so is a parity.
    func movedExchange(_ x: UInt64) -> UInt64 {
      guard let pivot = pass.pivot, x & pass.folded != 0 else { return moved(x) }
      return moved(x & ~pass.folded | 1 << UInt64(pivot))
    }
    func movedParity(_ z: UInt64) -> UInt64 {
      guard let pivot = pass.pivot else { return moved(z) }
      let bit = UInt64(1) << UInt64(pivot)
      return moved((z & pass.folded).isOdd ? z | bit : z & ~bit)
    }
    func moved(_ operation: ElementaryOperation) -> ElementaryOperation {
      let mapped = operation.mapped(to: coordinates)
      let kind: ElementaryOperation.Kind
      switch operation.kind {
      case .rotation(let string):
        kind = .rotation(PauliString(x: movedExchange(string.x), z: movedParity(string.z)))
      case .pauli(let string):
        kind = .pauli(PauliString(x: movedExchange(string.x), z: movedParity(string.z)))
      case .phase, .swap, .matrix: return mapped
      }
      return ElementaryOperation(kind, angle: mapped.angle, controls: mapped.controls)
    }
    var stages: [Reduction.Stage] = []
    var stack = LayerStack()
    for item in pass.items {
      switch item.action {
      case .turn(let turn):
        stack.add(
          Turn(x: movedExchange(turn.x), z: movedParity(turn.z), angle: turn.angle))
      case .diagonal(let diagonal):
        stack.add(Diagonal(z: movedParity(diagonal.z), angle: diagonal.angle))
      case .operation(let operation):
        stages += [.layers(stack.layers), .operation(moved(operation))]
        stack = LayerStack()
      }
    }
    stages.append(.layers(stack.layers))
    let all = (UInt64(1) << UInt64(parts.qubitCount)) - 1
    return Pass(
      columns: places.map { $0 == pass.pivot ? pass.folded : 1 << UInt64($0) },
      bitCount: pass.bits.nonzeroBitCount,
      empty: moved(~(reached | pass.folded) & all), readsAll: pass.folded & ~reached != 0,
      stages: stages)
  }

  mutating func add(_ pass: Pass) {
    let first = parts.operations.count
    scope = Scope(
      qubitCount: pass.bitCount, tableQubitCount: parts.tableQubitCount)
    for stage in pass.stages {
      let start = parts.operations.count
      switch stage {
      case .layers(let layers): add(layers)
      case .operation(let operation):
        add(operation)
        markLow(from: start)
      case .channel, .reorder: stop("a pass is neither noisy nor reordered")
      }
    }
    var sweep = hq_sweep()
    sweep.firstOperation = Int32(first)
    sweep.operationCount = Int32(parts.operations.count - first)
    sweep.bits = Int32(pass.bitCount - layout.laneBits)
    unsafe withUnsafeMutableBytes(of: &sweep.columns) { bytes in
      let columns = unsafe bytes.assumingMemoryBound(to: UInt64.self)
      for (index, column) in pass.columns.dropFirst(layout.laneBits).enumerated() {
        unsafe columns[index] = column >> UInt64(layout.laneBits)
      }
    }
    sweep.empty = pass.empty >> UInt64(layout.laneBits)
    parts.passes.append(sweep)
    parts.passesReadAll = parts.passesReadAll || pass.readsAll
  }

  // Exchanges of a table's bits run in the first-level cache: the bits with the fewest stay outside tables.
  private func places(of pass: SweepSchedule.Pass) -> [Int] {
    let bits = pass.bits.setBits.filter { $0 >= layout.laneBits }
    let counts = bits.map { bit in
      pass.items.count { $0.exchanged >> UInt64(bit) & 1 == 1 }
    }
    let outer = zip(bits, counts).sorted { $0.1 < $1.1 }.prefix(
      max(0, bits.count - layout.blocks.tableLineBits))
    let high = Set(outer.map(\.0))
    return Array(0..<layout.laneBits) + bits.filter { !high.contains($0) } + high.sorted()
      + (0..<parts.qubitCount).filter { pass.bits >> UInt64($0) & 1 == 0 }
  }

  /// Marks operations whose pairs lie within a table.
  private mutating func markLow(from start: Int) {
    for index in start..<parts.operations.count {
      let exchanged = exchanged(by: parts.operations[index])
      parts.operations[index].isLow = exchanged >> UInt64(scope.tableQubitCount) == 0 ? 1 : 0
    }
  }

  /// The bits whose amplitudes an operation that is run as it is mixes.
  private func exchanged(by operation: hq_operation) -> UInt64 {
    guard operation.kind == Int32(HQ_MATRIX) else { return operation.x }
    return unsafe withUnsafeBytes(of: operation.targets) { bytes in
      let targets = unsafe bytes.assumingMemoryBound(to: Int32.self)
      return (0..<Int(operation.count)).reduce(0) {
        unsafe $0 | 1 << UInt64(targets[$1])
      }
    }
  }

  /// Sorts the strings of a diagonal by where they lie, and counts each kind.
  func sorted(_ diagonals: [Diagonal], into record: inout hq_operation) -> [Diagonal] {
    let inside = (UInt64(1) << UInt64(scope.tableQubitCount)) - 1
    func kind(_ diagonal: Diagonal) -> Int {
      if diagonal.z & ~inside == 0 { return 0 }
      if diagonal.z & inside == 0 { return 1 }
      guard let angle = diagonal.angle.constantValue else { return 3 }
      // Odd multiples of π/4, whose rounding is below that of one operation.
      let quarters = angle / (.pi / 4)
      let isOdd = quarters.rounded() == quarters && Int(quarters).isMultiple(of: 2) == false
      return isOdd ? 2 : 3
    }
    let kinds = diagonals.map { (diagonal: $0, kind: kind($0)) }
    record.insideCount = Int32(kinds.count { $0.kind == 0 })
    record.outsideCount = Int32(kinds.count { $0.kind == 1 })
    record.quarterCount = Int32(kinds.count { $0.kind == 2 })
    record.acrossCount = Int32(kinds.count { $0.kind == 3 })
    return kinds.sorted {
      ($0.kind, $0.kind == 3 ? $0.diagonal.z & inside : 0, $0.diagonal.z)
        < ($1.kind, $1.kind == 3 ? $1.diagonal.z & inside : 0, $1.diagonal.z)
    }.map(\.diagonal)
  }
}
