public import ArgumentParser

/// The command `qsim`: runs circuit files and times workloads.
public struct QSim: ParsableCommand {
  /// The name, the help and the subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "qsim",
    abstract: "Runs, differentiates, trains, draws and converts quantum circuits from files.",
    discussion: """
      Examples:
        qsim run circuits/bell.qasm --shots 1000 --seed 1
        qsim expect circuits/ising.qasm "Z0*Z1" --variance
        qsim draw circuits/qft.qasm

      Files are OpenQASM 2, OpenQASM 3, qsim or JSON. 'qsim -c FILE -d 14 -s 1 -t 2 -f 4 -v 1 -z' prints what
      qsim_base of the simulator qsim prints.

      Exit codes: 0 done; 1 a check that did not pass; 64 bad flags or expressions;
      65 a bad circuit file; 66 a file that cannot be read; 70 a fault of qsim
      itself; 71 more memory than the limit or the machine has; 74 results that
      cannot be written; 130 ended by Ctrl-C; 143 ended by SIGTERM.
      """,
    version: "0.1.0",
    subcommands: [
      RunCommand.self, ExpectCommand.self, GradCommand.self, TrainCommand.self, KernelCommand.self,
      DrawCommand.self, ConvertCommand.self, InfoCommand.self, PlanCommand.self, GatesCommand.self,
      BenchCommand.self, BaseCommand.self, ManualCommand.self,
    ], defaultSubcommand: BaseCommand.self)

  /// Creates the command.
  public init() {}
}
