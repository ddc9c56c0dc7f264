import CQuantumKernels
import Compute

/// Draws basis states of a state with their probabilities, without a table of them all.
///
/// The state is cut into blocks, whose probabilities are summed; a shot first finds its block, and the shots of a
/// block then find their basis states in it while the block is in cache.
@safe struct StateSampler {
  private let buffer: AlignedBuffer
  private let kernels: hq_kernels
  private let policy: LoopPolicy
  private let bytesPerAmplitude: Int
  /// Basis states, those that fill a line included.
  private let size: Int
  private let blockSize: Int

  /// The basis states of a block, at most.
  private static let blockLimit = 1024
  private static let shotsOfTask = 1 << 14

  init(
    _ buffer: AlignedBuffer, precision: Precision, qubitCount: Int, policy: LoopPolicy,
    _ table: KernelTable
  ) {
    self.buffer = buffer
    kernels = table.kernels(precision)
    self.policy = policy
    bytesPerAmplitude = precision.bytesPerAmplitude
    size = max(1 << qubitCount, KernelTable.lanes(precision))
    blockSize = min(size, Self.blockLimit)
  }

  private var blockCount: Int { size / blockSize }

  /// Bytes of the tables of blocks: their sums, where the shots of each begin, and how far each has come.
  static func tableBytes(qubitCount: Int) -> Int {
    3 * 8 * ((1 << qubitCount) / blockLimit + 1)
  }

  /// The probabilities of a block's basis states; returns their sum.
  private func weigh(_ block: Int, _ out: UnsafeMutablePointer<Double>) -> Double {
    unsafe kernels.probabilities(
      buffer.pointer + block * blockSize * bytesPerAmplitude,
      Int64(blockSize * bytesPerAmplitude / 128), out)
  }

  /// The sums of the blocks before each block, and of all.
  private func sumsBefore() -> [Double] {
    let blocks = blockCount
    let tasks = min(blocks, LoopPolicy.partLimit)
    var sums = [Double](repeating: 0, count: blocks + 1)
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      nonisolated(unsafe) let sums = unsafe sums
      policy.forEach(count: tasks) { task in
        unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: blockSize) { room in
          guard let room = room.baseAddress else { return }
          for block in (task * blocks / tasks)..<((task + 1) * blocks / tasks) {
            unsafe sums[block + 1] = weigh(block, room)
          }
        }
      }
    }
    for block in 0..<blocks { sums[block + 1] += sums[block] }
    return sums
  }

  /// The first index from `low` on, at most `high`, whose entry lies above `point`.
  private static func firstAbove(
    _ point: Double, _ entries: UnsafePointer<Double>, _ count: Int
  ) -> Int {
    var low = 0
    var high = count - 1
    while low < high {
      let middle = (low + high) >> 1
      if unsafe entries[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The basis states of `shots` shots; shot i is decided by the i-th number of the stream of `seed`.
  func samples(shots: Int, seed: UInt64) -> [Int] {
    require(shots >= 0, "a number of shots is not negative: found \(shots)")
    var points = [Double](repeating: 0, count: shots)
    unsafe points.withUnsafeMutableBufferPointer { points in
      nonisolated(unsafe) let points = unsafe points
      policy.forEach(count: (shots + Self.shotsOfTask - 1) / Self.shotsOfTask) { task in
        let start = task * Self.shotsOfTask
        var stream = RandomStream(
          seed: seed, purpose: .shots, startingAtPair: UInt32(truncatingIfNeeded: start / 2))
        for shot in start..<min(start + Self.shotsOfTask, shots) {
          unsafe points[shot] = stream.nextUniform()
        }
      }
    }
    return samples(points: points)
  }

  /// The basis state in which each of `points`, numbers in `0..<1`, falls when probabilities are laid end to end.
  func samples(points: consuming [Double]) -> [Int] {
    let shots = points.count
    guard shots > 0 else { return [] }
    let before = sumsBefore()
    let total = before[blockCount]
    // Rounding may put a point on the total: no shot falls behind the last block that is possible.
    let blocks = (before.firstIndex(of: total) ?? 1)
    // Where each shot falls: its block, and how far into it.
    var blockOfShot = [Int32](repeating: 0, count: shots)
    var rest = points
    unsafe blockOfShot.withUnsafeMutableBufferPointer { blockOfShot in
      unsafe rest.withUnsafeMutableBufferPointer { rest in
        unsafe before.withUnsafeBufferPointer { before in
          nonisolated(unsafe) let (blockOfShot, rest) = unsafe (blockOfShot, rest)
          guard let first = before.baseAddress else { return }
          nonisolated(unsafe) let (base, edges) = unsafe (first, first + 1)
          policy.forEach(count: (shots + Self.shotsOfTask - 1) / Self.shotsOfTask) { task in
            let start = task * Self.shotsOfTask
            for shot in start..<min(start + Self.shotsOfTask, shots) {
              let point = unsafe rest[shot] * total
              let block = unsafe Self.firstAbove(point, edges, blocks)
              unsafe blockOfShot[shot] = Int32(block)
              unsafe rest[shot] = unsafe point - base[block]
            }
          }
        }
      }
    }
    return outcomes(blockOfShot, rest)
  }

  /// The basis state of every shot, block by block.
  private func outcomes(_ blockOfShot: [Int32], _ rest: [Double]) -> [Int] {
    let blocks = blockCount
    let shots = rest.count
    var starts = [Int](repeating: 0, count: blocks + 1)
    for block in blockOfShot { starts[Int(block) + 1] += 1 }
    for block in 0..<blocks { starts[block + 1] += starts[block] }
    var order = [Int](repeating: 0, count: shots)
    var next = starts
    for (shot, block) in blockOfShot.enumerated() {
      order[next[Int(block)]] = shot
      next[Int(block)] += 1
    }
    var result = [Int](repeating: 0, count: shots)
    let tasks = min(blocks, LoopPolicy.partLimit)
    unsafe result.withUnsafeMutableBufferPointer { result in
      nonisolated(unsafe) let result = unsafe result
      policy.forEach(count: tasks) { [order, starts] task in
        unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: blockSize) { room in
          guard let room = room.baseAddress else { return }
          for block in (task * blocks / tasks)..<((task + 1) * blocks / tasks)
          where starts[block + 1] > starts[block] {
            _ = unsafe weigh(block, room)
            // Sums up to each basis state; what is beyond the last possible one falls to that.
            var last = 0
            var sum = 0.0
            for index in 0..<blockSize {
              if unsafe room[index] > 0 { last = index }
              sum += unsafe room[index]
              unsafe room[index] = sum
            }
            for place in starts[block]..<starts[block + 1] {
              let shot = order[place]
              let index = unsafe Self.firstAbove(rest[shot], room, last + 1)
              unsafe result[shot] = block * blockSize + index
            }
          }
        }
      }
    }
    return result
  }
}
