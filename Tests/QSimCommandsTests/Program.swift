import Foundation
import Testing

/// The built program `qsim`, run as its users run it: from the root of the checkout.
struct Program {
  /// What a run left behind.
  struct Outcome {
    let output: String
    let errors: String
    let exitCode: Int32
    /// Whether it ended by itself, and not by a signal.
    let isExit: Bool
  }

  /// The root of the checkout.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of what was built: that of the running tests.
  private static let products = URL(
    filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  ).deletingLastPathComponent()

  /// Runs `qsim` with arguments and waits for it.
  ///
  /// Both outputs go to files, so that long ones block nothing.
  static func qsim(_ arguments: String...) throws -> Outcome { try qsim(arguments) }

  /// Runs `qsim`; what it writes goes to files of the test's own, or to those at `device` and `errorDevice`, which are
  /// not read.
  ///
  /// `input` is what it reads from standard input; nothing where it is nil.
  static func qsim(
    _ arguments: [String], output device: String? = nil, errors errorDevice: String? = nil,
    input: String? = nil
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    let output = try folder.file("output", [])
    let errors = try folder.file("errors", [])
    let process = made(
      arguments, output: try FileHandle(forWritingTo: URL(filePath: device ?? output)),
      errors: try FileHandle(forWritingTo: URL(filePath: errorDevice ?? errors)))
    if let input {
      process.standardInput = try FileHandle(
        forReadingFrom: URL(filePath: try folder.file("input", input)))
    }
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8),
      exitCode: process.terminationStatus, isExit: process.terminationReason == .exit)
  }
}

extension Program {
  /// Runs `qsim` and sends it a signal, SIGINT by default, once `isReady` holds, a minute at most.
  static func interrupted(
    _ arguments: [String], by signal: Int32 = SIGINT, after isReady: () -> Bool
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    let output = try folder.file("output", [])
    let errors = try folder.file("errors", [])
    let process = made(
      arguments, output: try FileHandle(forWritingTo: URL(filePath: output)),
      errors: try FileHandle(forWritingTo: URL(filePath: errors)))
    try process.run()
    // One that fails the test goes on for no one.
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    for _ in 0..<6000 where !isReady() { Thread.sleep(forTimeInterval: 0.01) }
    #if os(Linux)
      try requireHandler(of: signal, in: process.processIdentifier)
    #endif
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return Outcome(
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8),
      exitCode: process.terminationStatus, isExit: process.terminationReason == .exit)
  }

  /// Requires that a process has a handler for a signal and does not ignore it: then it does not matter which of its
  /// threads the system gives the signal to.
  private static func requireHandler(of signal: Int32, in process: Int32) throws {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    func holds(_ mask: String) throws -> Bool {
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(mask + ":") })
      let digits = line.dropFirst(mask.count + 1).filter(\.isHexDigit)
      return try #require(UInt64(digits, radix: 16)) >> UInt64(signal - 1) & 1 == 1
    }
    try #require(try holds("SigCgt"), "no handler of signal \(signal)")
    try #require(try !holds("SigIgn"), "signal \(signal) is ignored")
  }

  /// The program, not yet running, without standard input.
  private static func made(
    _ arguments: [String], output: FileHandle, errors: FileHandle
  ) -> Process {
    let process = Process()
    process.executableURL = products.appending(path: "qsim")
    process.arguments = arguments
    process.currentDirectoryURL = root
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs `qsim` with `--format json` and gives the members of the object that it prints.
  static func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try qsim(arguments + ["--format", "json"])
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let members = try #require(object as? [String: Any])
    #expect(members["schema"] as? String == "qsim/1")
    #expect(members["command"] as? String == arguments.first)
    return members
  }

  /// Expects that `qsim` refuses: its exit code, nothing on standard output, this text on standard error.
  static func expect(
    _ arguments: [String], fails code: Int32, with errors: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try qsim(arguments)
    #expect(outcome.isExit, sourceLocation: location)
    #expect(outcome.exitCode == code, sourceLocation: location)
    #expect(outcome.output.isEmpty, sourceLocation: location)
    #expect(outcome.errors == errors, sourceLocation: location)
  }
}

/// A folder of the test's own, removed with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/qsim-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // A folder that stays behind in the temporary directory harms nobody.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and gives its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = path + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  /// Reads a file of the folder as text.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// The names of its files.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Writes a file of text and gives its path.
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }
}
