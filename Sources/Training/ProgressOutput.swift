import Foundation

/// Where a training is: after each step, and once more at the end of each epoch.
public struct ProgressReport: Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// The last epoch that is planned.
  public let lastEpoch: Int
  /// The steps done in this epoch.
  public let step: Int
  /// The steps of an epoch.
  public let stepsPerEpoch: Int
  /// The scores over the batches of this epoch so far.
  public let training: History.Scores
  /// The names of the metrics in the order given.
  public let metricNames: [String]
  /// The epoch as the history keeps it, where this is the report at its end.
  public let finished: History.Epoch?
  /// Whether the training ends here.
  public let isLast: Bool
  /// The seconds since the training began.
  public let seconds: Double

  /// The report as one line, without a line end.
  public var line: String {
    let scores = { (scores: History.Scores) in
      metricNames.reduce("loss \(Self.short(scores.loss))") { text, name in
        scores[name].map { "\(text)  \(name) \(Self.short($0))" } ?? text
      }
    }
    var text = "epoch \(epoch)/\(lastEpoch)"
    if finished == nil { text += "  step \(step)/\(stepsPerEpoch)" }
    text += "  \(scores(finished?.training ?? training))"
    if let validation = finished?.validation { text += "  | validation \(scores(validation))" }
    return text + "  \(String(format: "%.1f", seconds)) s"
  }

  private static func short(_ value: Double) -> String {
    value.magnitude < 1e-3 && value != 0
      ? String(format: "%.2e", value) : String(format: "%.4f", value)
  }
}

/// What a training shows while it runs; nothing by default.
public struct ProgressOutput: Sendable {
  private let makeReceiver: @Sendable () -> (ProgressReport) -> Void

  /// Nothing.
  public static let none = ProgressOutput { { _ in } }

  /// One live line on the error stream where that is a terminal, otherwise nothing.
  public static let line = ProgressOutput {
    if isatty(STDERR_FILENO) == 0 { return { _ in } }
    let start = Date()
    var nextTime = 0.0
    return { report in
      let now = Date().timeIntervalSince(start)
      guard report.finished != nil || now >= nextTime else { return }
      nextTime = now + 0.1
      // Back to the line's begin, the text, and the rest of the line cleared. A text that wrapped would
      // leave its first line behind.
      write("\r\(report.line.prefix(terminalWidth - 1))\u{1B}[K\(report.isLast ? "\n" : "")")
    }
  }

  /// A line for each epoch on the error stream, terminal or not.
  public static let lines = ProgressOutput {
    { report in if report.finished != nil { write(report.line + "\n") } }
  }

  /// Whatever `receive` does with each report; it is called on the training's thread.
  public static func custom(
    _ receive: @escaping @Sendable (ProgressReport) -> Void
  ) -> ProgressOutput {
    ProgressOutput { receive }
  }

  private init(_ makeReceiver: @escaping @Sendable () -> (ProgressReport) -> Void) {
    self.makeReceiver = makeReceiver
  }

  /// What takes the reports of one training.
  func receiver() -> (ProgressReport) -> Void { makeReceiver() }

  /// The columns of the terminal that the error stream goes to; 80 where it does not say.
  private static var terminalWidth: Int {
    var size = winsize()
    let status = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
  }

  private static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
