import ArgumentParser
import Foundation

/// How a command ends that could not do its work; the numbers are those of sysexits.h.
enum CommandFailure {
  /// Flags, and expressions given as flags, that make no sense.
  case usage
  /// A circuit file that is not right.
  case badCircuit
  /// A file that cannot be read.
  case unreadable
  /// Results that cannot be written.
  case unwritable
  /// A fault of the program itself.
  case `internal`
  /// More memory than the limit or the machine has.
  case memory

  private var code: Int32 {
    switch self {
    case .usage: 64
    case .badCircuit: 65
    case .unreadable: 66
    case .internal: 70
    case .memory: 71
    case .unwritable: 74
    }
  }

  /// Writes `message` to standard error and gives the exit code to throw.
  func callAsFunction(_ message: String) -> ExitCode {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    return ExitCode(code)
  }
}
