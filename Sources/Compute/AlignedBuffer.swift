import Foundation
import Synchronization

/// Bytes at a 64-byte boundary, given back by their last owner.
///
/// Arrays and state vectors stand on this one kind of storage. Blocks of up to 64 MiB return to a
/// pool of power-of-two size classes, so that a training step allocates from the system only the
/// first time; from 4 MiB on, blocks lie on two-megabyte boundaries and ask for large pages.
///
/// The class is `Sendable` by promise: it only owns memory. Who writes through ``pointer`` makes sure
/// that nobody else reads or writes there meanwhile.
@safe public final class AlignedBuffer: @unchecked Sendable {
  /// The number of bytes asked for; the block may be larger.
  public let byteCount: Int
  /// The first byte, at a multiple of 64.
  package let pointer: UnsafeMutableRawPointer
  private let sizeClass: Int

  /// The bytes that live buffers hold now, as asked for; blocks waiting in the pool do not count.
  public static var liveByteCount: Int { bytes.load(ordering: .relaxed) }
  /// The number of live buffers.
  public static var liveCount: Int { buffers.load(ordering: .relaxed) }

  private static let bytes = Atomic<Int>(0)
  private static let buffers = Atomic<Int>(0)

  /// Allocates `byteCount` bytes, filled with zeros if asked, where nothing can be thrown.
  ///
  /// - Precondition: The process's budget and the system have room: otherwise it traps with the bytes. Who
  ///   can throw calls ``allocate(byteCount:for:zeroed:budget:)`` instead.
  package convenience init(byteCount: Int, zeroed: Bool = false) {
    require(byteCount >= 0, "a buffer has no negative size: found \(byteCount) bytes")
    do throws(MemoryBudgetError) {
      if byteCount >= BufferPool.checkedFrom {
        try MemoryBudget.process.require(byteCount, for: "a buffer")
      }
      try self.init(byteCount, zeroed, .process, "a buffer")
    } catch {
      stop(error.description)
    }
  }

  /// Allocates after asking `budget`.
  ///
  /// - Throws: ``MemoryBudgetError`` if the budget has no room, before anything is allocated, or if the
  ///   system refuses what the budget allows.
  package static func allocate(
    byteCount: Int, for purpose: @autoclosure () -> String, zeroed: Bool = false,
    budget: MemoryBudget = .process
  ) throws(MemoryBudgetError) -> AlignedBuffer {
    try budget.require(byteCount, for: purpose())
    return try AlignedBuffer(byteCount, zeroed, budget, purpose())
  }

  private init(
    _ byteCount: Int, _ zeroed: Bool, _ budget: MemoryBudget, _ purpose: @autoclosure () -> String
  ) throws(MemoryBudgetError) {
    let sizeClass = BufferPool.sizeClass(of: byteCount)
    guard let block = unsafe BufferPool.take(sizeClass, byteCount) else {
      throw MemoryBudgetError(
        purpose: purpose(), needed: byteCount, held: Self.liveByteCount, limit: budget.limit,
        isRefusedBySystem: true)
    }
    self.byteCount = byteCount
    self.sizeClass = sizeClass
    unsafe pointer = block
    if zeroed { unsafe pointer.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount) }
    Self.bytes.wrappingAdd(byteCount, ordering: .relaxed)
    Self.buffers.wrappingAdd(1, ordering: .relaxed)
  }

  deinit {
    Self.bytes.wrappingSubtract(byteCount, ordering: .relaxed)
    Self.buffers.wrappingSubtract(1, ordering: .relaxed)
    unsafe BufferPool.give(pointer, sizeClass)
  }
}

/// The blocks that wait for their next owner, by size class: class `c` holds `64 << c` bytes.
private enum BufferPool {
  /// Blocks above 64 MiB are not pooled: they are of exactly the size asked for.
  static let classCount = 21
  /// Sizes from here on are checked against the process's budget.
  static let checkedFrom = 1 << 20
  /// The most bytes that wait in the classes from `smallClassCount` on.
  static let capacity = 384 << 20
  /// Blocks of up to 16 KiB are counted by their shelf alone, whose lock is held anyway.
  static let smallClassCount = 9
  /// The most bytes that wait in each class of such blocks.
  static let smallCapacity = 16 << 20
  static let largePage = 2 << 20

  /// One size class: the addresses of its waiting blocks.
  private struct Shelf: ~Copyable {
    let waiting = Mutex<[UInt]>([])
  }
  // At fixed places, so that taking a block retains nothing; made once and never freed.
  private nonisolated(unsafe) static let shelves = {
    let shelves = UnsafeMutablePointer<Shelf>.allocate(capacity: classCount)
    for sizeClass in 0..<classCount { unsafe (shelves + sizeClass).initialize(to: Shelf()) }
    return unsafe shelves
  }()
  private static let waitingBytes = Atomic<Int>(0)

  static func sizeClass(of byteCount: Int) -> Int {
    let lines = max(1, byteCount >> 6 + (byteCount & 63 == 0 ? 0 : 1))
    return Int.bitWidth - (lines - 1).leadingZeroBitCount
  }

  /// A block for `byteCount` bytes; nil where the system has none, even after the waiting blocks went back to it.
  static func take(_ sizeClass: Int, _ byteCount: Int) -> UnsafeMutableRawPointer? {
    // No system has as much as a number whose rounding would overflow.
    guard byteCount <= Int.max - largePage else { return nil }
    guard sizeClass < classCount else { return unsafe allocate((byteCount + 63) & ~63) }
    let address = unsafe shelves[sizeClass].waiting.withLock { $0.popLast() }
    if let address, let block = unsafe UnsafeMutableRawPointer(bitPattern: address) {
      if sizeClass >= smallClassCount {
        waitingBytes.wrappingSubtract(64 << sizeClass, ordering: .relaxed)
      }
      return unsafe block
    }
    return unsafe allocate(64 << sizeClass)
  }

  static func give(_ block: UnsafeMutableRawPointer, _ sizeClass: Int) {
    let address = UInt(bitPattern: block)
    if sizeClass < smallClassCount {
      let isKept = unsafe shelves[sizeClass].waiting.withLock { waiting in
        let isKept = waiting.count < smallCapacity >> (6 + sizeClass)
        if isKept { waiting.append(address) }
        return isKept
      }
      if !isKept { unsafe free(block) }
      return
    }
    let size = 64 << min(sizeClass, classCount)
    if sizeClass >= classCount || waitingBytes.load(ordering: .relaxed) + size > capacity {
      unsafe free(block)
      return
    }
    waitingBytes.wrappingAdd(size, ordering: .relaxed)
    unsafe shelves[sizeClass].waiting.withLock { $0.append(address) }
  }

  private static func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    let alignment = size >= 2 * largePage ? largePage : 64
    var block: UnsafeMutableRawPointer?
    if unsafe posix_memalign(&block, alignment, size) != 0 {
      releaseAll()
      unsafe block = nil
      guard unsafe posix_memalign(&block, alignment, size) == 0 else { return nil }
    }
    #if os(Linux)
      if size >= 2 * largePage { _ = unsafe madvise(block, size, 14) }  // MADV_HUGEPAGE
    #endif
    return unsafe block
  }

  /// Gives all waiting blocks back to the system.
  private static func releaseAll() {
    for sizeClass in 0..<classCount {
      let addresses = unsafe shelves[sizeClass].waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      for address in addresses {
        unsafe free(UnsafeMutableRawPointer(bitPattern: address))
      }
      if sizeClass >= smallClassCount {
        waitingBytes.wrappingSubtract(addresses.count << (6 + sizeClass), ordering: .relaxed)
      }
    }
  }
}
