import Foundation
import Hilbert
import Synchronization

/// What Ctrl-C does, and the signal by which schedulers end programs: no file is left half written, and the exit code is
/// 130, or 143.
///
/// A command whose work can be cut short asks ``isRequested`` and ends with what it has reached; a second Ctrl-C ends
/// it at once. Other commands end at once, with the results that ``whenInterrupted(_:)`` knows of.
///
/// The signal may come to any thread, those of libraries among them. Its handler wakes a thread of its own, which does
/// the rest.
enum Interruption {
  /// The exit code of what was interrupted, as shells count it: 128 and the number of the signal.
  static var code: Int32 { 128 + signalNumber.load(ordering: .relaxed) }

  private static let requested = Atomic<Bool>(false)
  fileprivate static let signalNumber = Atomic<Int32>(SIGINT)
  private static let reached = Mutex<(@Sendable () -> Void)?>(nil)

  /// Whether Ctrl-C has been pressed.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// What writes the results so far, before a command that is not patient ends; nil where there are none.
  static func whenInterrupted(_ write: (@Sendable () -> Void)?) { reached.withLock { $0 = write } }

  /// Takes Ctrl-C over, unless the program was started to ignore it.
  ///
  /// - Parameter isPatient: Whether the command asks ``isRequested`` and ends by itself.
  static func handle(isPatient: Bool = false) {
    unsafe sem_init(arrivals, 0, 0)
    for number in [SIGINT, SIGTERM] { handle(number) }
    Thread.detachNewThread {
      while true {
        while unsafe sem_wait(arrivals) != 0 {}
        if isPatient, !requested.exchange(true, ordering: .relaxed) { continue }
        reached.withLock { $0?() }
        FileReplacement.removeTemporaries()
        StandardError.write("\ninterrupted\n")
        _exit(code)
      }
    }
  }

  private static func handle(_ number: Int32) {
    var before = sigaction()
    unsafe sigaction(number, nil, &before)
    guard unsafe unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) != 1 else {
      return
    }
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { number in
      Interruption.signalNumber.store(number, ordering: .relaxed)
      unsafe sem_post(arrivals)
    }
    action.sa_flags = SA_RESTART
    unsafe sigaction(number, &action, nil)
    // Whoever started the program may have blocked the signal.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}

/// Counts the signals that have come; made before the first of them can.
nonisolated(unsafe) private let arrivals = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
