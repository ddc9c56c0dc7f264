import Foundation

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

  /// Runs `qsim`; what it writes goes to a file of the test's own, or to the one at `device`, which is not
  /// read.
  static func qsim(_ arguments: [String], output device: String? = nil) throws -> Outcome {
    let folder = try TemporaryFolder()
    let output = try folder.file("output", [])
    let errors = try folder.file("errors", [])
    let process = Process()
    process.executableURL = products.appending(path: "qsim")
    process.arguments = arguments
    process.currentDirectoryURL = root
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: device ?? output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8),
      exitCode: process.terminationStatus, isExit: process.terminationReason == .exit)
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

  /// Writes a file of text and gives its path.
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }
}
