import Foundation
import Synchronization

/// Writing a file whole: whoever reads the path finds the old content or the new, never a part.
package enum FileReplacement {
  /// What emits the next bytes of a file.
  package typealias Emit = (_ bytes: [UInt8]) throws(FigureError) -> Void

  /// The temporary files that are being written now.
  private static let temporaries = Mutex<Set<String>>([])

  /// Writes `text` to a temporary name beside `path`, brings it to the disk and renames it to `path`.
  ///
  /// A link stays one, and the file that it names is replaced; a file keeps its permissions. What is no file, such as
  /// a terminal or a pipe, and what standard output goes to is written to as it is.
  ///
  /// - Throws: ``FigureError`` where the directory is missing or the system refuses a step; the temporary
  ///   file is then gone, and what was at `path` before is untouched.
  package static func write(_ text: String, to path: String) throws(FigureError) {
    try write(to: path) { (emit: Emit) throws(FigureError) in try emit(Array(text.utf8)) }
  }

  /// Writes what `body` emits, piece by piece, as ``write(_:to:)`` does: large files need not be held whole.
  ///
  /// - Throws: As ``write(_:to:)``.
  package static func write(
    to path: String, _ body: (Emit) throws(FigureError) -> Void
  ) throws(FigureError) {
    var old = stat()
    let isThere = unsafe stat(path, &old) == 0
    if isThere, isStandardOutput(old) {
      return try writeStraight(to: path, dup(STDOUT_FILENO), body)
    }
    if isThere, ![S_IFREG, S_IFDIR].contains(old.st_mode & S_IFMT) {
      return try writeStraight(to: path, unsafe open(path, O_WRONLY), body)
    }
    let target = target(of: path)
    if isThere, !isSame(old, atPath: target) {
      return try writeStraight(to: path, unsafe open(path, O_WRONLY | O_TRUNC), body)
    }
    let directory = URL(fileURLWithPath: target).deletingLastPathComponent().path
    var isDirectory: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(
      atPath: directory, isDirectory: &isDirectory)
    guard exists && isDirectory.boolValue else {
      throw .directoryMissing(path: path, directory: directory)
    }
    let temporary = "\(target).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard file >= 0 else {
      throw .writeFailed(path: path, step: .create, errorNumber: errno)
    }
    _ = temporaries.withLock { $0.insert(temporary) }
    defer { _ = temporaries.withLock { $0.remove(temporary) } }
    // A file system without permissions keeps none.
    if isThere { _ = fchmod(file, old.st_mode & 0o7777) }
    var failure = failure(of: path, emitting: body, to: file)
    if failure == nil && fsync(file) != 0 {
      failure = .writeFailed(path: path, step: .synchronize, errorNumber: errno)
    }
    if close(file) != 0 && failure == nil {
      failure = .writeFailed(path: path, step: .write, errorNumber: errno)
    }
    if failure == nil, unsafe rename(temporary, target) != 0 {
      failure = .writeFailed(path: path, step: .rename, errorNumber: errno)
    }
    if let failure {
      _ = unsafe unlink(temporary)
      throw failure
    }
  }

  /// The file that a path names in the end, behind all links; it need not be there.
  private static func target(of path: String) -> String {
    var target = path
    // As many links as the system follows.
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else {
        break
      }
      target =
        next.hasPrefix("/")
        ? next : URL(fileURLWithPath: target).deletingLastPathComponent().path + "/" + next
    }
    return target
  }

  /// Whether a path names a file: links such as `/dev/fd/3` may name what has no path, or has lost it.
  private static func isSame(_ file: stat, atPath path: String) -> Bool {
    var other = stat()
    let isThere = unsafe stat(path, &other) == 0
    return isThere && other.st_dev == file.st_dev && other.st_ino == file.st_ino
  }

  /// Whether a file is what standard output goes to: `/dev/stdout`, where the shell has put a file in its place.
  private static func isStandardOutput(_ file: stat) -> Bool {
    var output = stat()
    let isOpen = unsafe fstat(STDOUT_FILENO, &output) == 0
    return isOpen && output.st_dev == file.st_dev && output.st_ino == file.st_ino
  }

  /// Writes to what is no file, and so can be neither replaced nor brought to a disk.
  private static func writeStraight(
    to path: String, _ file: Int32, _ body: (Emit) throws(FigureError) -> Void
  ) throws(FigureError) {
    guard file >= 0 else {
      throw .writeFailed(path: path, step: .create, errorNumber: errno)
    }
    var failure = failure(of: path, emitting: body, to: file)
    if close(file) != 0 && failure == nil {
      failure = .writeFailed(path: path, step: .write, errorNumber: errno)
    }
    if let failure { throw failure }
  }

  /// Writes what `body` emits to an open file; why that failed, if it did.
  private static func failure(
    of path: String, emitting body: (Emit) throws(FigureError) -> Void, to file: Int32
  ) -> FigureError? {
    do throws(FigureError) {
      try body { (bytes) throws(FigureError) in
        if let number = writeAll(bytes, to: file) {
          throw .writeFailed(path: path, step: .write, errorNumber: number)
        }
      }
      return nil
    } catch {
      return error
    }
  }

  /// Removes what is being written, for a process that is about to end before it is whole.
  package static func removeTemporaries() {
    for path in temporaries.withLock({ $0 }) { _ = unsafe unlink(path) }
  }

  /// Writes all of `bytes`; returns the error number of the call that failed, if one did.
  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32? {
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        let written = unsafe Foundation.write(file, rest.baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return errno }
        done += written
      }
      return nil
    }
  }
}

/// What the C library says of its error numbers.
enum SystemText {
  static func description(ofError number: Int32) -> String {
    unsafe String(cString: strerror(number)).lowercased()
  }
}
