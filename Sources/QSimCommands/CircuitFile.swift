import ArgumentParser
import Foundation
import Hilbert

/// A circuit file named on the command line.
struct CircuitFile {
  let path: String
  /// The command that reads it, as messages name it.
  let command: String

  /// The path as messages print it, on one line.
  private var name: String {
    String(path.map { $0.isNewline || ($0.asciiValue ?? 32) < 32 ? "?" : $0 })
  }

  /// A file larger than this is no circuit that could be run.
  private static let byteLimit = 256 << 20

  /// Reads the circuit; what goes wrong is written to standard error.
  ///
  /// - Throws: The exit code of a file that cannot be read, or is no circuit.
  func circuit() throws(ExitCode) -> Circuit {
    let bytes = try self.bytes()
    do throws(CircuitParseError) {
      return try Circuit(openQASM2: bytes, file: name)
    } catch {
      throw CommandFailure.badCircuit("\(error)")
    }
  }

  /// Reads in pieces, so that a device without end is refused.
  private func bytes() throws(ExitCode) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw failure("there is no such file")
    }
    if isFolder.boolValue { throw failure("it is a folder") }
    guard let file = FileHandle(forReadingAtPath: path) else { throw failure("permission denied") }
    var bytes: [UInt8] = []
    do {
      while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
        bytes += piece
        if bytes.count > Self.byteLimit { break }
      }
    } catch {
      throw failure("reading fails")
    }
    guard bytes.count <= Self.byteLimit else { throw failure("it is larger than 256 MiB") }
    return bytes
  }

  private func failure(_ reason: String) -> ExitCode {
    CommandFailure.unreadable("\(command): \(name): cannot be read: \(reason)")
  }
}
