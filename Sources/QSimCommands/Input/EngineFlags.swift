import ArgumentParser
import Hilbert

/// What a command computes on: one group for all commands that simulate.
struct EngineFlags: ParsableArguments {
  @Option(parsing: .unconditional, help: "The number of threads; all cores by default.")
  var threads: Int?
  @Option(help: "The most memory to use, as 512M or 16G; the machine's by default.")
  var memoryLimit: MemorySize?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("found --threads \(threads), expected 1 to 1024.")
    }
  }

  var policy: LoopPolicy { threads.map { .threads($0) } ?? .automatic }

  /// The limit given, but never more than the machine has.
  var budget: MemoryBudget {
    let machine = MemoryBudget.machine.limit
    return MemoryBudget(limit: min(memoryLimit?.bytes ?? machine, machine))
  }

  /// The device on which expectation values and gradients are taken: state vectors, and density matrices under noise.
  func device(noise: NoiseModel?) -> any Device {
    guard let noise else { return StateVectorDevice(policy: policy, budget: budget) }
    return DensityMatrixDevice(noise: noise, policy: policy, budget: budget)
  }
}

/// The observables of a command: after the file, by flags, or in a file.
struct ObservableFlags: ParsableArguments {
  @Argument(
    parsing: .remaining,
    help: ArgumentHelp(
      "Observables such as \"0.5*Z0*Z1 - X2\"; write -- before one that begins with a minus.",
      valueName: "observable"))
  var inline: [String] = []
  @Option(
    name: [.customLong("observable"), .customLong("expect")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("An observable; may be repeated.", valueName: "observable"))
  var named: [String] = []
  @Option(
    help: ArgumentHelp(
      "A file of observables, one a line, with # comments and 'name = ' before it if wished.",
      valueName: "file"), completion: .file())
  var observables: String?

  /// Reads the observables.
  ///
  /// - Throws: The exit code of an expression that is none, of a file that cannot be read, or of none at all.
  func read(of command: String) throws(ExitCode) -> [ObservableFlag] {
    var result: [ObservableFlag] = []
    for text in inline { result.append(try ObservableFlag(text, of: command, flag: "observable")) }
    for text in named { result.append(try ObservableFlag(text, of: command, flag: "--observable")) }
    if let observables {
      result += try ObservableFile(path: observables, command: command).observables()
    }
    guard !result.isEmpty else {
      throw CommandFailure.usage(
        "\(command): found no observable, expected one after the file, with --observable or in --observables"
      )
    }
    return result
  }
}
