import Foundation
import Synchronization

/// How many threads a loop may use: a value that callers hand in.
///
/// Results never depend on it: the work is cut into the same tasks whatever the policy, and sums over
/// tasks have a fixed order.
public struct LoopPolicy: Sendable {
  private let pool: WorkerPool?

  /// Everything on the caller's thread.
  public static let serial = LoopPolicy(pool: nil)

  /// One thread for each core that is active.
  public static let automatic = LoopPolicy.threads(ProcessInfo.processInfo.activeProcessorCount)

  private static let pools = Mutex<[Int: WorkerPool]>([:])

  /// `count` threads, the caller's among them; policies of one count share their threads.
  public static func threads(_ count: Int) -> LoopPolicy {
    require(count >= 1, "a loop runs on at least one thread: found \(count)")
    if count == 1 { return serial }
    return LoopPolicy(
      pool: pools.withLock { pools in
        if let pool = pools[count] { return pool }
        let pool = WorkerPool(threadCount: count)
        pools[count] = pool
        return pool
      })
  }

  /// The number of threads, the caller's among them.
  public var threadCount: Int { pool?.threadCount ?? 1 }

  /// Calls `body` once for each task in `0..<count` and returns when all calls have.
  ///
  /// Tasks run in any order and at the same time; `body` must allow that. Keep a task above some ten
  /// microseconds, or run the loop under ``serial``: handing a loop over costs one to five.
  package func forEach(count: Int, _ body: (Int) -> Void) {
    if let pool {
      pool.forEach(count: count, body)
    } else {
      for task in 0..<max(count, 0) { body(task) }
    }
  }

  /// Calls `body` as ``forEach(count:_:)`` does, where calls may fail.
  ///
  /// - Throws: What the call of the lowest number threw; the other calls were made too.
  package func forEach<Failure: Error>(
    count: Int, throwing _: Failure.Type, _ body: (Int) throws(Failure) -> Void
  ) throws(Failure) {
    let first = Mutex<(task: Int, error: Failure)?>(nil)
    forEach(count: count) { task in
      do throws(Failure) {
        try body(task)
      } catch {
        first.withLock { first in
          if task < first?.task ?? .max { first = (task, error) }
        }
      }
    }
    if let error = first.withLock({ $0?.error }) { throw error }
  }
}
