import CProcessor
import Dispatch
import Foundation
import Synchronization

/// Threads that wait for loops to share: they spin for a moment after each loop, then sleep.
///
/// One loop at a time has the threads; a caller that finds them taken runs its own loop alone, with
/// the same result, since the partition into tasks is the caller's and never depends on threads.
///
/// `Sendable` by promise: the fields of a loop are written before the gate opens and read only by
/// threads that passed the gate; the gate closes, and all have left, before they change again.
@safe package final class WorkerPool: @unchecked Sendable {
  /// The number of threads that work on a loop, the caller among them.
  package let threadCount: Int

  /// The threads inside the loop while it is open; below zero when it is closed.
  private let gate = Atomic<Int>(WorkerPool.closed)
  private let nextTask = Atomic<Int>(0)
  private let taken = Atomic<Bool>(false)
  private let generation = Atomic<Int>(0)
  private let sleeping = Atomic<Int>(0)
  private let wake = DispatchSemaphore(value: 0)
  private nonisolated(unsafe) var taskCount = 0
  private nonisolated(unsafe) var body: ((Int) -> Void)?

  private static let closed = Int.min / 2
  /// How long a thread looks for the next loop before it sleeps: to be woken takes some 50 µs, and the
  /// loops of a training step follow each other faster than that.
  private static let patience = Duration.microseconds(200)

  /// Starts `threadCount - 1` threads.
  package init(threadCount: Int) {
    require(threadCount >= 1, "a pool has at least one thread: found \(threadCount)")
    self.threadCount = threadCount
    for number in 1..<max(threadCount, 1) {
      let thread = Thread { self.work() }
      thread.name = "hilbert-\(number)"
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  /// Calls `body` once for each task in `0..<count`, in any order, on the pool's threads and the
  /// caller's, and returns when all calls have.
  package func forEach(count: Int, _ body: (Int) -> Void) {
    guard count > 1, threadCount > 1, !taken.exchange(true, ordering: .acquiring) else {
      for task in 0..<max(count, 0) { body(task) }
      return
    }
    withoutActuallyEscaping(body) { body in
      unsafe self.body = body
      unsafe taskCount = count
      nextTask.store(0, ordering: .relaxed)
      gate.store(0, ordering: .releasing)
      generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
      let asleep = min(sleeping.load(ordering: .sequentiallyConsistent), count - 1)
      for _ in 0..<max(asleep, 0) { wake.signal() }
      run(body, count)
      gate.wrappingAdd(Self.closed, ordering: .acquiringAndReleasing)
      while gate.load(ordering: .acquiring) != Self.closed { processor_pause() }
      unsafe self.body = nil
    }
    taken.store(false, ordering: .releasing)
  }

  private func run(_ body: (Int) -> Void, _ count: Int) {
    while true {
      let task = nextTask.wrappingAdd(1, ordering: .relaxed).oldValue
      guard task < count else { return }
      body(task)
    }
  }

  /// What a thread of the pool does, for ever.
  private func work() {
    var seen = 0
    while true {
      seen = waitForLoop(after: seen)
      var inside = gate.load(ordering: .relaxed)
      while inside >= 0 {
        let (entered, found) = gate.weakCompareExchange(
          expected: inside, desired: inside + 1, ordering: .acquiringAndReleasing)
        if entered {
          if let body = unsafe body { run(body, unsafe taskCount) }
          gate.wrappingSubtract(1, ordering: .releasing)
          break
        }
        inside = found
      }
    }
  }

  private func waitForLoop(after seen: Int) -> Int {
    let start = ContinuousClock.now
    repeat {
      for _ in 0..<64 {
        let now = generation.load(ordering: .acquiring)
        if now != seen { return now }
        processor_pause()
      }
    } while ContinuousClock.now - start < Self.patience
    sleeping.wrappingAdd(1, ordering: .sequentiallyConsistent)
    var now = generation.load(ordering: .sequentiallyConsistent)
    while now == seen {
      wake.wait()
      now = generation.load(ordering: .sequentiallyConsistent)
    }
    sleeping.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    return now
  }
}
