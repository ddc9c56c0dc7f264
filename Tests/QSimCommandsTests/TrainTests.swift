import Foundation
import Testing

/// `qsim train`: the energy that it reaches, its files, and trainings that go on.
@Suite struct TrainTests {
  private let folder: TemporaryFolder
  private let chain = "circuits/variational/ising-chain.qasm"
  private let energy = ["--observables", "circuits/variational/ising-chain.txt"]

  init() throws { folder = try TemporaryFolder() }

  private func train(_ flags: [String]) throws -> [String: Any] {
    try Program.json(["train", chain] + energy + flags)
  }

  @Test func theGroundStateOfTheIsingChainIsReached() throws {
    let exact = try VariationalOracle.read().ising.energy
    let members = try train([
      "--steps", "20000", "--learning-rate", "0.05", "--schedule", "cosine", "--seed", "2",
    ])
    let found = try #require(members["value"] as? Double)
    #expect(abs(found - exact) < 1e-6, "\(found) and \(exact)")
    #expect(found > exact - 1e-10)
    #expect(members["steps"] as? Int == 20_000)
    #expect(members["end"] as? String == "completed")
    #expect((members["parameters"] as? [String: Double])?.count == 66)
  }

  @Test(arguments: [
    ["--optimizer", "sgd", "--momentum", "0.9", "--nesterov", "--learning-rate", "0.01"],
    ["--optimizer", "adamw", "--amsgrad", "--schedule", "step", "--period", "10"],
    ["--optimizer", "adam", "--schedule", "cyclic", "--period", "7", "--final-rate", "0.02"],
    ["--method", "spsa", "--repetitions", "3", "--learning-rate", "0.02", "--warm-up", "3"],
    [
      "--shots", "200", "--schedule", "exponential", "--factor", "0.5", "--period", "20",
      "--learning-rate", "0.03",
    ],
    ["--method", "parameter-shift", "--schedule", "multi-step", "--milestones", "10,20"],
  ])
  func aTrainingThatGoesOnIsTheOneThatWasNotInterrupted(flags: [String]) throws {
    let all = flags + ["--seed", "5"]
    let (whole, parts) = (folder.path + "/whole.json", folder.path + "/parts.json")
    let (wholeCSV, partsCSV) = (folder.path + "/whole.csv", folder.path + "/parts.csv")
    let once = try train(all + ["--steps", "30", "--checkpoint", whole, "--csv", wholeCSV])
    _ = try train(all + ["--steps", "12", "--checkpoint", parts, "--checkpoint-every", "5"])
    let resumed = try train(
      all + ["--steps", "30", "--resume", parts, "--checkpoint", parts, "--csv", partsCSV])
    #expect(resumed["value"] as? Double == once["value"] as? Double)
    #expect(
      resumed["parameters"] as? [String: Double] == once["parameters"] as? [String: Double])
    #expect(try folder.text("parts.csv") == folder.text("whole.csv"))
    #expect(try folder.text("parts.json") == folder.text("whole.json"))
    #expect((once["value"] as? Double ?? 0) < -1)
  }

  /// The learning rates of a training, by step.
  private func rates(_ flags: [String]) throws -> [Double] {
    let csv = folder.path + "/rates.csv"
    _ = try train(flags + ["--learning-rate", "0.1", "--final-rate", "0.02", "--csv", csv])
    return try folder.text("rates.csv").split(separator: "\n").dropFirst().dropLast().map { line in
      try #require(Double(line.split(separator: ",")[2]))
    }
  }

  @Test(arguments: ["linear", "cosine", "polynomial"])
  func aScheduleBehindAWarmUpEndsWithTheTraining(schedule: String) throws {
    let flags = ["--schedule", schedule] + (schedule == "polynomial" ? ["--power", "2"] : [])
    let whole = try rates(flags + ["--steps", "12", "--warm-up", "4"])
    let plain = try rates(flags + ["--steps", "8"])
    #expect(whole.count == 12 && plain.count == 8)
    #expect(Array(whole[4...]) == plain)
    for (step, rate) in whole[..<4].enumerated() {
      #expect(abs(rate - 0.025 * Double(step + 1)) < 1e-15)
    }
  }

  @Test func filesOfTheRunAreWhole() throws {
    let (csv, svg) = (folder.path + "/run.csv", folder.path + "/run.svg")
    let members = try train(["--steps", "5", "--csv", csv, "--svg", svg, "--initial", "zero"])
    let lines = try folder.text("run.csv").split(separator: "\n").map(String.init)
    #expect(lines.count == 7)
    #expect(lines[0] == "step,value,learning_rate,gradient_norm")
    // From |+…+⟩ with all angles 0 nothing pulls.
    #expect(lines[1].hasPrefix("0,-6") || lines[1].hasPrefix("0,-5.99999"))
    let last = lines[6].split(separator: ",", omittingEmptySubsequences: false)
    #expect(last.count == 4 && last[0] == "5" && last[2].isEmpty && last[3].isEmpty)
    let value = try #require(members["value"] as? Double)
    #expect(abs((Double(last[1]) ?? 0) - value) < 1e-14)
    let picture = try folder.text("run.svg")
    #expect(picture.hasPrefix("<?xml") || picture.hasPrefix("<svg"))
    #expect(picture.contains("learning rate"))
    #expect(folder.names == ["run.csv", "run.svg"])
  }

  @Test func aValueThatHasSettledEndsTheTraining() throws {
    let members = try train([
      "--steps", "5000", "--tolerance", "1e-3", "--learning-rate", "0.05", "--seed", "2",
    ])
    #expect(members["end"] as? String == "settled")
    #expect(try #require(members["steps"] as? Int) < 5000)
  }

  @Test func maximisingIsMinimisingTheContrary() throws {
    let circuit = try folder.file(
      "turn.qasm",
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float turn;\nqubit[1] q;\nry(turn) q[0];\n")
    let flags = ["--steps", "300", "--learning-rate", "0.05", "--set", "turn=1"]
    let low = try Program.json(["train", circuit, "Z0"] + flags)
    let high = try Program.json(["train", circuit, "Z0", "--maximise"] + flags)
    #expect(abs(try #require(low["value"] as? Double) + 1) < 1e-3)
    #expect(abs(try #require(high["value"] as? Double) - 1) < 1e-3)
    let text = try Program.qsim(["train", circuit, "Z0"] + flags)
    #expect(text.exitCode == 0 && text.errors.isEmpty)
    #expect(text.output.hasPrefix("\(circuit): ⟨Z0⟩ over 1 parameter, adam\n\n  ⟨Z0⟩ = -"))
    #expect(text.output.contains(" after 300 steps: all steps done\n"))
  }

  @Test func aCheckpointOfAnotherTrainingIsRefused() throws {
    let file = folder.path + "/check.json"
    _ = try train(["--steps", "2", "--checkpoint", file])
    let other = try Program.qsim(
      ["train", chain] + energy + ["--steps", "4", "--resume", file, "--optimizer", "sgd"])
    #expect(other.exitCode == 64 && other.output.isEmpty)
    #expect(
      other.errors
        == "qsim train: --resume: \(file): found optimizer 'adam', expected 'sgd' as in this command\n"
    )
    let garbage = try folder.file("garbage.json", "{}")
    try Program.expect(
      ["train", chain] + energy + ["--resume", garbage], fails: 64,
      with:
        "qsim train: --resume: \(garbage): found another content than that of a checkpoint of qsim train\n"
    )
  }

  /// Ctrl-C is the signal SIGINT.
  @Test func anInterruptedTrainingEndsWithWhatItReached() throws {
    let file = folder.path + "/check.json"
    let outcome = try Program.interrupted(
      ["train", chain] + energy + [
        "--steps", "100000000", "--checkpoint", file, "--checkpoint-every", "100", "--format",
        "json",
      ], after: { FileManager.default.fileExists(atPath: file) })
    #expect(outcome.isExit && outcome.exitCode == 130)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let members = try #require(object as? [String: Any])
    #expect(members["end"] as? String == "interrupted")
    let steps = try #require(members["steps"] as? Int)
    #expect(steps >= 100)
    #expect(folder.names == ["check.json"])
    let resumed = try train(["--steps", "\(steps + 1)", "--resume", file])
    #expect(resumed["steps"] as? Int == steps + 1)
  }

  @Test(arguments: [
    (
      ["--optimizer", "sgd", "--beta1", "0.9"],
      "found --beta1 with --optimizer sgd, which has none."
    ),
    (["--nesterov"], "found --nesterov, expected --optimizer sgd with a --momentum above 0"),
    (["--schedule", "step"], "found --schedule step, expected --period with it."),
    (["--power", "2"], "found --power with --schedule constant, which does not read it."),
    (["--learning-rate", "-1"], "found --learning-rate -1.0, expected a number of at least 0."),
    (["--steps", "-1"], "found --steps -1, expected 0 to 100000000."),
    (
      ["--schedule", "step", "--period", "100000001"],
      "found --period 100000001, expected 1 to 100000000."
    ),
    (["--milestones", "5,x"], "The value '5,x' is invalid for '--milestones <milestones>'"),
  ])
  func badFlagsAreUsage(flags: [String], message: String) throws {
    let outcome = try Program.qsim(["train", chain] + energy + flags)
    #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: " + message), "\(outcome.errors)")
  }

  @Test func oneObservableIsTrained() throws {
    try Program.expect(
      ["train", chain, "Z0", "Z1"], fails: 64,
      with: "qsim train: found 2 observables, expected the one to be minimised\n")
  }
}
