import Foundation
import Synchronization

/// The most bytes that buffers may hold, checked before anything is allocated.
public struct MemoryBudget: Sendable, Hashable {
  /// The limit in bytes.
  public var limit: Int

  /// Creates a budget of `limit` bytes.
  public init(limit: Int) {
    Compute.require(limit >= 0, "a memory limit is not negative: found \(limit) bytes")
    self.limit = limit
  }

  /// The physical memory of this machine.
  public static let machine = MemoryBudget(
    limit: Int(clamping: ProcessInfo.processInfo.physicalMemory))

  private static let current = Atomic<Int>(machine.limit)

  /// The budget of this process: that of the machine until it is set.
  public static var process: MemoryBudget {
    get { MemoryBudget(limit: current.load(ordering: .relaxed)) }
    set { current.store(newValue.limit, ordering: .relaxed) }
  }

  /// Checks that `bytes` more can be held beside the live buffers.
  ///
  /// - Parameters:
  ///   - bytes: What is about to be allocated.
  ///   - purpose: What it is for, as the error will say it: "34 qubits in double precision".
  /// - Throws: ``MemoryBudgetError`` if the limit would be passed. Nothing is allocated here.
  public func require(_ bytes: Int, for purpose: @autoclosure () -> String)
    throws(MemoryBudgetError)
  {
    let held = AlignedBuffer.liveByteCount
    let (sum, overflow) = bytes.addingReportingOverflow(held)
    if overflow || sum > limit {
      throw MemoryBudgetError(purpose: purpose(), needed: bytes, held: held, limit: limit)
    }
  }
}

/// A refusal to allocate: what was asked for does not fit the budget, or the system does not have it.
public struct MemoryBudgetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the memory was for.
  public let purpose: String
  /// The bytes asked for; `Int.max` where the number does not fit 63 bits.
  public let needed: Int
  /// The bytes held by live buffers already.
  public let held: Int
  /// The limit in bytes.
  public let limit: Int
  /// Whether the budget had room and the operating system refused.
  public let isRefusedBySystem: Bool

  /// Creates the refusal of `needed` bytes for `purpose`.
  public init(
    purpose: String, needed: Int, held: Int = 0, limit: Int, isRefusedBySystem: Bool = false
  ) {
    self.purpose = purpose
    self.needed = needed
    self.held = held
    self.limit = limit
    self.isRefusedBySystem = isRefusedBySystem
  }

  /// A sentence with the bytes needed and the limit.
  public var description: String {
    let besides = held > 1 << 20 ? " beside \(Self.text(held)) in use" : ""
    let refusal = isRefusedBySystem ? "the system refused; " : ""
    return
      "\(purpose): \(Self.text(needed)) needed\(besides), \(refusal)the limit is \(Self.text(limit))"
  }

  /// `bytes` in the largest binary unit that leaves at least one, as "16.0 GiB (17179869184 bytes)".
  public static func text(_ bytes: Int) -> String {
    if bytes == .max { return "more than 8 EiB" }
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var value = Double(bytes)
    var unit: String?
    for name in units where value >= 1024 {
      value /= 1024
      unit = name
    }
    guard let unit else { return "\(bytes) bytes" }
    return "\((value * 10).rounded() / 10) \(unit) (\(bytes) bytes)"
  }
}
