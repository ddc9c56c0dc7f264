import ArgumentParser
import Foundation

/// Where results go: a result that does not arrive whole is a failure.
enum StandardOutput {
  /// Writes lines of text.
  ///
  /// - Throws: The exit code of results that cannot be written, as on a full disk.
  static func write(_ text: String) throws(ExitCode) {
    ProgressLine.hideAll()
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      throw CommandFailure.unwritable("qsim: the results cannot be written: \(reason(error))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying =
      (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    guard underlying.domain == NSPOSIXErrorDomain else { return underlying.localizedDescription }
    return unsafe String(cString: strerror(Int32(underlying.code)))
  }
}
