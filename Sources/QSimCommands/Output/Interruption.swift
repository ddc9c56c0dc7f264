import Foundation
import Hilbert
import Synchronization

/// What Ctrl-C does: no file is left half written, and the exit code is 130.
///
/// A command whose work can be cut short asks ``isRequested`` and ends with what it has reached; a second Ctrl-C ends
/// it at once. Other commands end at once, with the results that ``whenInterrupted(_:)`` knows of.
enum Interruption {
  /// The exit code of what was interrupted, as shells count it: 128 and the number of the signal.
  static let code: Int32 = 130

  private static let requested = Atomic<Bool>(false)
  private static let reached = Mutex<(@Sendable () -> Void)?>(nil)

  /// What writes the results so far, before a command that is not patient ends; nil where there are none.
  static func whenInterrupted(_ write: (@Sendable () -> Void)?) { reached.withLock { $0 = write } }

  /// Whether Ctrl-C has been pressed.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Takes Ctrl-C over, before any other thread begins: the signal is blocked, and a thread of its own waits for it.
  ///
  /// - Parameter isPatient: Whether the command asks ``isRequested`` and ends by itself.
  static func handle(isPatient: Bool = false) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let waited = signals
    Thread.detachNewThread {
      var signals = waited
      var number: Int32 = 0
      while unsafe sigwait(&signals, &number) == 0 {
        if isPatient, !requested.exchange(true, ordering: .relaxed) { continue }
        reached.withLock { $0?() }
        FileReplacement.removeTemporaries()
        FileHandle.standardError.write(Data("\ninterrupted\n".utf8))
        _exit(code)
      }
    }
  }
}
