import CQuantumKernels

extension ProgramParts {
  /// The lines of a block: 2¹¹ of 128 bytes, so that two states' blocks fit a second-level cache.
  static let blockBits = 11

  /// Orders the operations of a single state into sweeps.
  ///
  /// An operation whose exchanges stay inside a block can share a pass with others like it. Operations
  /// on disjoint qubits commute, and so do diagonal ones: each sweep takes, in order, every operation
  /// that is local and that no operation left behind stands before.
  mutating func arrangeSweeps(laneBits: Int) {
    let blockQubits = Self.blockBits + laneBits
    if qubitCount <= blockQubits {
      sweeps = [Sweep(operations: 0..<operations.count, isLocal: true)]
      return
    }
    let outside = ~UInt64(0) << UInt64(blockQubits)
    var remaining = operations.map { Footprint($0) }
    var ordered: [hq_operation] = []
    while !remaining.isEmpty {
      var left: [Footprint] = []
      let start = ordered.count
      var blocked: UInt64 = 0
      var blockedForExchange: UInt64 = 0
      for footprint in remaining {
        let passes =
          footprint.exchanged & (blocked | blockedForExchange) == 0
          && footprint.diagonal & blocked == 0
        if passes && footprint.exchanged & outside == 0 {
          ordered.append(footprint.operation)
        } else {
          left.append(footprint)
          blocked |= footprint.exchanged
          blockedForExchange |= footprint.diagonal
        }
      }
      if ordered.count > start {
        sweeps.append(Sweep(operations: start..<ordered.count, isLocal: true))
      }
      if !left.isEmpty {
        // The first that was left behind reaches across blocks: it has a pass of its own.
        sweeps.append(Sweep(operations: ordered.count..<(ordered.count + 1), isLocal: false))
        ordered.append(left.removeFirst().operation)
      }
      remaining = left
    }
    operations = ordered
  }
}

/// An operation and the qubits it touches: those it exchanges, and those it is diagonal in.
struct Footprint {
  let operation: hq_operation
  let exchanged: UInt64
  let diagonal: UInt64

  init(_ operation: hq_operation) {
    self.operation = operation
    var exchanged: UInt64 = operation.x
    if operation.kind == Int32(HQ_MATRIX) {
      unsafe withUnsafeBytes(of: operation.targets) { bytes in
        let targets = unsafe bytes.assumingMemoryBound(to: Int32.self)
        for index in 0..<Int(operation.count) {
          exchanged |= unsafe 1 << UInt64(targets[index])
        }
      }
    }
    self.exchanged = exchanged
    diagonal = (operation.z | operation.controlMask) & ~exchanged
  }
}
