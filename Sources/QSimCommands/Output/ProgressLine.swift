import Foundation
import Synchronization

/// One live line on standard error while work is done that takes over two seconds; nothing where that is no terminal.
final class ProgressLine: Sendable {
  private struct State {
    var text: String
    var fraction: Double?
    var isShown = false
    var isFinished = false
  }

  private let state: Mutex<State>
  /// The line that is counting now.
  private static let live = Mutex<ProgressLine?>(nil)
  private let start = ContinuousClock.now

  private static let delay = 2.0
  private static let interval = 0.2
  private static let barWidth = 20

  /// Begins to count; `text` says what is done.
  init(_ text: String) {
    state = Mutex(State(text: text))
    guard Terminal.hasErrors else { return }
    Self.live.withLock { $0 = self }
    Thread.detachNewThread { [weak self] in
      Thread.sleep(forTimeInterval: Self.delay)
      while self?.show() == true { Thread.sleep(forTimeInterval: Self.interval) }
    }
  }

  deinit { finish() }

  /// Says how far the work is, from 0 to 1, and what is done.
  func update(_ fraction: Double?, _ text: String? = nil) {
    guard Terminal.hasErrors else { return }
    state.withLock {
      $0.fraction = fraction
      if let text { $0.text = text }
    }
  }

  /// Takes the line away; it does not come back.
  func finish() {
    state.withLock { state in
      state.isFinished = true
      if state.isShown { StandardError.write("\r\u{1B}[K") }
      state.isShown = false
    }
    Self.live.withLock { if $0 === self { $0 = nil } }
  }

  /// Takes the line away, whichever it is, while results are written.
  static func hideAll() { live.withLock { $0 }?.hide() }

  /// Takes the line away while something else is written.
  func hide() {
    state.withLock { state in
      if state.isShown { StandardError.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  /// Writes the line; false once it is finished.
  private func show() -> Bool {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return state.withLock { state in
      guard !state.isFinished else { return false }
      state.isShown = true
      var line = ""
      if let fraction = state.fraction {
        let eighths = Int((min(max(fraction, 0), 1) * Double(8 * Self.barWidth)).rounded())
        let bar = Histogram.bar(eighths: eighths)
        line = bar + String(repeating: "░", count: Self.barWidth - bar.count) + " "
      }
      line += "\(state.text)  \(Int(seconds)) s"
      StandardError.write("\r\(line.prefix(Terminal.errorWidth - 1))\u{1B}[K")
      return true
    }
  }
}
