import ArgumentParser
import Foundation
import Hilbert

/// A file named on the command line; "-" is standard input.
struct CircuitFile {
  let path: String
  /// The command that reads it, as messages name it.
  let command: String

  /// The path as messages print it, on one line.
  var name: String {
    if isStandardInput { return "<stdin>" }
    return String(path.map { $0.isNewline || ($0.asciiValue ?? 32) < 32 ? "?" : $0 })
  }

  /// The path as results give it.
  var label: String { isStandardInput ? "<stdin>" : path }

  /// A file larger than this is no circuit that could be run.
  private static let byteLimit = 256 << 20

  private var isStandardInput: Bool { path == "-" }

  /// Reads a circuit with what its file says besides; what goes wrong is written to standard error.
  ///
  /// - Parameters:
  ///   - language: The language; told from the text where it is nil.
  ///   - options: How it is read.
  /// - Returns: The circuit with its names and notes.
  /// - Throws: The exit code of a file that cannot be read, or is no circuit.
  func document(
    as language: CircuitFormat? = nil, _ options: ReadingOptions = ReadingOptions()
  ) throws(ExitCode) -> CircuitDocument {
    let bytes = try self.bytes()
    var options = options
    // What is piped in lies in no folder: only those that are named are searched.
    if isStandardInput, options.includeFolders?.isEmpty == true { options.includeFolders = nil }
    do throws(CircuitParseError) {
      return try CircuitDocument(reading: bytes, file: name, as: language, options: options)
    } catch {
      throw failure(error, options)
    }
  }

  /// Tells of a file that is no circuit.
  ///
  /// Values that do not fit its inputs are at no place of the file: they are faults of the flags.
  private func failure(_ error: CircuitParseError, _ options: ReadingOptions) -> ExitCode {
    let areValues = error.faults.allSatisfy { fault in
      switch fault.reason {
      case .unknownInput, .valueCount: true
      default: false
      }
    }
    if areValues {
      let lines = error.faults.map { "\(command): \(name): \($0.reason)" }
      return CommandFailure.usage(lines.joined(separator: "\n"))
    }
    let isOpen = error.faults.contains { fault in
      if case .needsValue = fault.reason { true } else { false }
    }
    guard options.keepsParameters, isOpen else { return CommandFailure.badCircuit("\(error)") }
    return CommandFailure.badCircuit(
      "\(error)\n\(command): inputs stay open here, also with --set: angles may be polynomials of them alone"
    )
  }

  /// Reads in pieces, so that a device without end is refused.
  ///
  /// - Throws: The exit code of a file that cannot be read.
  func bytes() throws(ExitCode) -> [UInt8] {
    let file = try open()
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

  private func open() throws(ExitCode) -> FileHandle {
    if isStandardInput { return .standardInput }
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw failure("there is no such file")
    }
    if isFolder.boolValue { throw failure("it is a folder") }
    guard let file = FileHandle(forReadingAtPath: path) else { throw failure("permission denied") }
    return file
  }

  private func failure(_ reason: String) -> ExitCode {
    CommandFailure.unreadable("\(command): \(name): cannot be read: \(reason)")
  }
}
