import Foundation

/// The terminals that the tool writes to.
enum Terminal {
  /// Whether messages are read as they come.
  static let hasErrors = isatty(STDERR_FILENO) != 0

  /// The columns of standard output; nil where it is no terminal.
  static var outputWidth: Int? {
    isatty(STDOUT_FILENO) == 0 ? nil : width(of: STDOUT_FILENO)
  }

  /// The columns of standard error; 80 where it does not say.
  static var errorWidth: Int { width(of: STDERR_FILENO) }

  private static func width(of file: Int32) -> Int {
    var size = winsize()
    let status = unsafe ioctl(file, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
  }
}
