public import ArgumentParser

/// The command `qsim`: runs circuit files and times workloads.
public struct QSim: ParsableCommand {
  /// The name, the help and the subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "qsim",
    abstract: "Runs quantum circuits from files, and times what Hilbert does.",
    discussion: """
      qsim run circuits/bell.qasm --shots 1000 --seed 1
      qsim bench gradient --qubits 8
      """,
    version: "0.1.0", subcommands: [RunCommand.self, BenchCommand.self])

  /// Creates the command.
  public init() {}
}
