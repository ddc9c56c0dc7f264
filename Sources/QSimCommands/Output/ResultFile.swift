import ArgumentParser
import Foundation
import Hilbert

/// A file of results: there whole, or not at all.
enum ResultFile {
  /// Checks, before the work begins, that files can be written: their folders are there, none of them is a folder, and
  /// no two are the same.
  ///
  /// - Throws: The exit code of results that cannot be written, or of flags that make no sense.
  static func check(_ paths: [String?], of command: String) throws(ExitCode) {
    let paths = paths.compactMap(\.self)
    for (place, path) in paths.enumerated() {
      guard path != "-" else {
        throw CommandFailure.usage(
          "\(command): found '-' for a file of results, expected its name; /dev/stdout is standard output"
        )
      }
      guard !paths[..<place].map(resolved).contains(resolved(path)) else {
        throw CommandFailure.usage("\(command): \(path): found twice, expected different files")
      }
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      if isFolder(path) {
        throw CommandFailure.unwritable("\(command): \(path): cannot be written: it is a folder")
      }
      guard isFolder(folder) else {
        throw CommandFailure.unwritable(
          "\(command): \(path): cannot be written: there is no folder '\(folder)'")
      }
    }
  }

  /// The file that a path names, without links, `.` and `..`.
  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return isThere && isFolder.boolValue
  }

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
