import ArgumentParser
import Foundation
import Hilbert

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
  /// A check that did not pass.
  case check
  /// A fault of the program itself.
  case `internal`
  /// More memory than the limit or the machine has.
  case memory

  private var code: Int32 {
    switch self {
    case .check: 1
    case .usage: 64
    case .badCircuit: 65
    case .unreadable: 66
    case .internal: 70
    case .memory: 71
    case .unwritable: 74
    }
  }

  /// What went wrong in a simulation, said of a file in the flags of a command; writes it to standard error.
  static func simulation(
    _ error: any Error, of file: String, qubitCount: Int, _ command: String
  ) -> ExitCode {
    switch error {
    case let exit as ExitCode: return exit
    case let error as MemoryBudgetError: return memory("\(command): \(error)")
    case GradientError.simulation(let error), KernelError.simulation(let error):
      return simulation(error, of: file, qubitCount: qubitCount, command)
    case KernelError.memory(let error): return memory("\(command): \(error)")
    case SimulationError.memory(let error): return memory("\(command): \(error)")
    case SimulationError.noise(let error): return usage("\(command): --noise: \(error)")
    case let error as SimulationError:
      if let text = error.probabilityText(qubitCount: qubitCount) {
        return usage("\(command): \(text)")
      }
      let text = command == RunCommand.name ? error.commandText : error.meanText
      return badCircuit("\(command): \(file): \(text)")
    case let error as GradientError: return usage("\(command): \(error)")
    default: return `internal`("\(command): \(error)")
    }
  }

  /// Writes `message` to standard error and gives the exit code to throw.
  func callAsFunction(_ message: String) -> ExitCode {
    StandardError.write(message + "\n")
    return ExitCode(code)
  }
}
