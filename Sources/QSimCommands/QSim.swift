public import ArgumentParser

/// The command `qsim`: runs circuit files and times workloads.
public struct QSim: ParsableCommand {
  /// The name, the help and the subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "qsim",
    abstract: "Runs quantum circuits from files, shows how, and times what Hilbert does.",
    discussion: """
      Examples:
        qsim run circuits/bell.qasm --shots 1000 --seed 1
        qsim plan circuits/qft.qasm
        qsim bench gradient --qubits 8

      Exit codes: 0 done; 64 bad flags or expressions; 65 a bad circuit file;
      66 a file that cannot be read; 70 a fault of qsim itself; 71 more memory
      than the limit or the machine has; 74 results that cannot be written.
      """,
    version: "0.1.0", subcommands: [RunCommand.self, PlanCommand.self, BenchCommand.self])

  /// Creates the command.
  public init() {}
}
