import Foundation
import Testing

/// Ctrl-C, and the signal by which schedulers end programs.
@Suite struct InterruptionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func whatIsHalfWrittenIsRemoved(signal: Int32, code: Int32) throws {
    let file = try folder.file("wide.qasm", "OPENQASM 2.0;\nqreg q[24];\n")
    let outcome = try Program.interrupted(
      ["run", file, "--state-out", folder.path + "/state.npy"], by: signal,
      after: { folder.names.contains { $0.hasSuffix(".tmp") } })
    #expect(outcome.isExit && outcome.exitCode == code)
    #expect(outcome.output.isEmpty && outcome.errors == "\ninterrupted\n")
    #expect(folder.names == ["wide.qasm"])
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func aTrainingTellsWhatItHasReached(signal: Int32, code: Int32) throws {
    let checkpoint = folder.path + "/check.json"
    let outcome = try Program.interrupted(
      [
        "train", "circuits/variational/ising-chain.qasm", "Z0*Z1 + X0", "--steps", "100000000",
        "--checkpoint", checkpoint, "--checkpoint-every", "10",
      ], by: signal, after: { FileManager.default.fileExists(atPath: checkpoint) })
    #expect(outcome.isExit && outcome.exitCode == code)
    #expect(outcome.output.contains(" steps: interrupted\n"))
    #expect(folder.names == ["check.json"])
  }
}
