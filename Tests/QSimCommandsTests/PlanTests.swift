import Foundation
import Testing

/// What `qsim plan` prints: its structure; times are checked for being there alone.
@Suite struct PlanTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func object(_ arguments: String...) throws -> [String: Any] {
    let outcome = try Program.qsim(["plan"] + arguments + ["--format", "json"])
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  private func passes(_ object: [String: Any]) throws -> [[String: Any]] {
    try #require(object["passes"] as? [[String: Any]])
  }

  /// A file of `layers` of RY on every qubit and CZ on alternating neighbours.
  private func brickwork(qubits: Int, layers: Int) throws -> String {
    var lines = ["OPENQASM 2.0;", "include \"qelib1.inc\";", "qreg q[\(qubits)];"]
    for layer in 0..<layers {
      for qubit in 0..<qubits { lines.append("ry(0.\(layer + 1)) q[\(qubit)];") }
      for qubit in stride(from: layer % 2, to: qubits - 1, by: 2) {
        lines.append("cz q[\(qubit)],q[\(qubit + 1)];")
      }
    }
    return try folder.file("brickwork.qasm", lines.joined(separator: "\n") + "\n")
  }

  @Test func aSmallStateIsOnePass() throws {
    let outcome = try Program.qsim("plan", "circuits/qft.qasm")
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "circuits/qft.qasm: 5 qubits, 20 gates, depth 12, double precision")
    #expect(lines[1] == "the final state: a state is one block of 512 bytes, on 1 thread")
    #expect(lines.contains { $0.wholeMatch(of: /\s+gates +20/) != nil })
    #expect(lines.contains { $0.firstMatch(of: /^ *renumberings +2\b/) != nil })
    #expect(lines.contains { $0.firstMatch(of: /^1 forward +0-4 +\d+ +0\.000\b/) != nil })
    #expect(
      lines.contains { $0.wholeMatch(of: /all forward .+\d+\.\d+ +\d+\.\d+ +with .+/) != nil })
    #expect(lines.last?.hasPrefix("predicted is the longest of memory at ") == true)
    #expect(lines.last?.hasSuffix("measured on 1 thread") == true)
  }

  @Test func aLargeStateIsPassesOverBlocks() throws {
    let file = try brickwork(qubits: 17, layers: 4)
    let plan = try object(file)
    #expect(plan["layout"] as? String == "passes")
    #expect(plan["stateBytes"] as? Double == 16.0 * 0x1p17)
    #expect(plan["pruned"] == nil)
    let passes = try passes(plan)
    #expect(passes.count >= 2)
    var turns = 0
    for pass in passes {
      let qubits = try #require(pass["qubits"] as? [Int])
      #expect(qubits.count == 14 && qubits.allSatisfy { (0..<17).contains($0) })
      for key in ["predictedSeconds", "measuredSeconds"] {
        #expect(try #require(pass[key] as? Double) > 0)
      }
      turns += (pass["steps"] as? [String: Int])?["turn"] ?? 0
    }
    // One turn for every RY, each in one pass; the last pass goes over the whole state, there and back.
    #expect(turns == 4 * 17 && plan["turns"] as? Int == turns)
    #expect(passes.last?["memoryBytes"] as? Double == 2 * 16.0 * 0x1p17)
    #expect(try #require(plan["forwardSeconds"] as? Double) > 0)
  }

  @Test func anObservableLeavesItsLightCone() throws {
    let file = try brickwork(qubits: 40, layers: 3)
    let plan = try object(file, "--expect", "Z20*Z21")
    #expect(plan["qubits"] as? Int == 40 && plan["simulatedQubits"] as? Int == 6)
    let pruned = try #require(plan["pruned"] as? [String: Int])
    // Of 20 + 19 + 20 CZ are seen 3 of the first layer and 2 of the second, of 120 RY 6 + 4 + 2; of the last layer's
    // CZ one is on the measured qubits, and diagonal.
    #expect(pruned == ["onBasisStates": 0, "lostControls": 0, "outsideCone": 161, "commuting": 1])
    let text = try Program.qsim("plan", file, "--expect", "Z20*Z21", "--no-measure").output
    #expect(text.contains("161 outside the light cone, 1 diagonal like the measurement"))
    #expect(text.contains("6   renumbered from 0"))
    // What is planned is what is run.
    let run = try Program.qsim("run", file, "--expect", "Z20*Z21")
    #expect(run.exitCode == 0 && run.output.contains("⟨Z20*Z21⟩ = "))
  }

  @Test func aBatchIsTilesThereAndBack() throws {
    let file = try brickwork(qubits: 6, layers: 3)
    let plan = try object(
      file, "--expect", "X0", "--expect", "X5", "--batch", "20", "--gradient", "--precision",
      "single", "--threads", "1")
    #expect(plan["layout"] as? String == "tiles" && plan["threads"] as? Int == 1)
    #expect(plan["stateBytes"] as? Double == 8.0 * 16 * 64)
    let passes = try passes(plan)
    #expect(passes.map { $0["direction"] as? String } == ["forward", "backward"])
    // X0 and X5 do not see the last RY of two qubits; the first layer is undone at once.
    #expect((passes[0]["steps"] as? [String: Int])?["turn"] == 6 + 6 + 4)
    #expect((passes[1]["steps"] as? [String: Int])?["turn"] == 6 + 4)
    #expect((passes[1]["steps"] as? [String: Int])?["contraction"] == 1)
    let work = passes.compactMap { $0["operations"] as? Double }
    #expect(work[1] > work[0])
    for key in ["forwardSeconds", "backwardSeconds"] {
      #expect(try #require(plan[key] as? Double) > 0)
    }
  }

  @Test func withoutMeasuringNothingNeedsToFit() throws {
    let file = try brickwork(qubits: 40, layers: 2)
    let refused = try Program.qsim("plan", file)
    #expect(refused.exitCode == 71 && refused.output.isEmpty)
    #expect(refused.errors.hasPrefix("qsim plan: 40 qubits in double precision: 16.0 TiB"))
    #expect(refused.errors.hasSuffix("; --no-measure plans without it\n"))
    let plan = try object(file, "--no-measure")
    #expect(plan["limits"] == nil && plan["forwardSeconds"] == nil)
    #expect(try passes(plan).allSatisfy { $0["predictedSeconds"] == nil })
    #expect(plan["turns"] as? Int == 80)
  }

  @Test func standardInputHasItsName() throws {
    let text = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[2];\n"
    let plan = try Program.qsim(["plan", "-", "--no-measure"], input: text + "h q[0];\n")
    #expect(plan.exitCode == 0 && plan.output.hasPrefix("<stdin>: 2 qubits, 1 gate, "))
    let reset = try Program.qsim(
      ["plan", "-", "--no-measure"], input: text + "h q[0];\nreset q[0];\n")
    #expect(reset.exitCode == 65 && reset.errors.hasPrefix("qsim plan: <stdin>: instruction 1, "))
  }

  @Test func badInputIsToldAsByRun() throws {
    let missing = folder.path + "/missing.qasm"
    let unread = try Program.qsim("plan", missing)
    #expect(unread.exitCode == 66)
    #expect(
      unread.errors == "qsim plan: \(missing): cannot be read: there is no such file\n")
    let bad = try folder.file("bad.qasm", "OPENQASM 2.0;\nqreg q[2];\nh q[2];\n")
    #expect(try Program.qsim("plan", bad).exitCode == 65)
    let expression = try Program.qsim("plan", "circuits/bell.qasm", "--expect", "Z7")
    #expect(expression.exitCode == 64 && expression.errors.hasPrefix("qsim plan: --expect:\nZ7\n"))
    for (flags, message) in [
      (["--gradient"], "found --gradient alone, expected --expect with what is measured."),
      (["--batch", "0"], "found --batch 0, expected 1 to 1000000."),
      (["--threads", "0"], "found --threads 0, expected 1 to 1024."),
    ] {
      let outcome = try Program.qsim(["plan", "circuits/bell.qasm"] + flags)
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("Error: " + message), "\(outcome.errors)")
    }
  }

  @Test func pastSixtyThreeQubitsNothingIsAdvisedInVain() throws {
    let many = try folder.file("many.qasm", "OPENQASM 2.0;\nqreg q[100];\n")
    for flags in [[], ["--no-measure"], ["--expect", "Z0"]] {
      let refused = try Program.qsim(["plan", many] + flags)
      #expect(refused.exitCode == 71 && refused.output.isEmpty)
      #expect(
        refused.errors
          == "qsim plan: \(many): found 100 qubits, expected at most 63, also with --no-measure and "
          + "where --expect sees few of them; a Clifford circuit of more than 63 qubits runs with qsim run --method "
          + "stabilizer\n")
    }
    // What is advised helps up to there.
    let last = try brickwork(qubits: 63, layers: 2)
    #expect(try Program.qsim("plan", last).errors.hasSuffix("; --no-measure plans without it\n"))
    #expect(try object(last, "--no-measure")["qubits"] as? Int == 63)
    #expect(try object(last, "--expect", "Z0", "--no-measure")["simulatedQubits"] as? Int == 2)
  }
}
