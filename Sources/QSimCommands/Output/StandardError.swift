import Foundation

/// Where messages go; one that cannot be written is lost, and stops nothing.
enum StandardError {
  /// Writes text as it is.
  static func write(_ text: String) {
    // Nobody is left who could be told.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
