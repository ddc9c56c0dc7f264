import ArgumentParser
import Hilbert

/// A file of results: there whole, or not at all.
enum ResultFile {
  /// Writes `text` under a temporary name, brings it to the disk and renames it.
  ///
  /// - Throws: The exit code of results that cannot be written.
  static func write(_ text: String, to path: String, of command: String) throws(ExitCode) {
    try write(Array(text.utf8), to: path, of: command)
  }

  /// Writes bytes, as ``write(_:to:of:)-(String,_,_)`` does.
  static func write(_ bytes: [UInt8], to path: String, of command: String) throws(ExitCode) {
    try write(to: path, of: command) { (emit: FileReplacement.Emit) throws(FigureError) in
      try emit(bytes)
    }
  }

  /// Writes what `body` emits, piece by piece.
  static func write(
    to path: String, of command: String,
    _ body: (FileReplacement.Emit) throws(FigureError) -> Void
  ) throws(ExitCode) {
    do throws(FigureError) {
      try FileReplacement.write(to: path, body)
    } catch {
      throw CommandFailure.unwritable("\(command): \(error)")
    }
  }
}
