import Foundation
import Testing

/// The whole output of `qsim run`, as people and programs read it.
@Suite struct RunOutputTests {
  /// Lines without the one with the times, which must be there.
  private func lines(_ outcome: Program.Outcome) throws -> [String] {
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let times = /parse \d+\.\d{3} ms, plan \d+\.\d{3} ms, simulate \d+\.\d{3} ms/
    #expect(lines.count { $0.wholeMatch(of: times) != nil } == 1)
    return lines.filter { $0.wholeMatch(of: times) == nil }
  }

  @Test func bellCountsWithASeed() throws {
    let outcome = try Program.qsim("run", "circuits/bell.qasm", "--shots", "1000", "--seed", "1")
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.isEmpty)
    #expect(
      try lines(outcome) == [
        "circuits/bell.qasm: 2 qubits, 4 instructions, depth 3, double precision "
          + "(bits: classical registers, the last one leftmost, bit 0 of each rightmost)",
        "", "counts (1000 shots, seed 1)",
        "  00  490   49.0 %  " + String(repeating: "█", count: 48),
        "  11  510   51.0 %  " + String(repeating: "█", count: 50), "", "",
      ])
  }

  @Test func whatIsToldByQubitsSaysSoBesideCountsByRegisters() throws {
    let outcome = try Program.qsim(
      "run", "circuits/bell.qasm", "--shots", "10", "--probabilities", "--amplitudes", "1")
    let lines = try lines(outcome)
    #expect(lines.contains("probabilities (qubit 0 rightmost)"))
    #expect(lines.contains("amplitudes (most probable first, qubit 0 rightmost)"))
  }

  @Test func withoutARequestTheAmplitudesAreShown() throws {
    let outcome = try Program.qsim("run", "circuits/bell.qasm")
    #expect(outcome.exitCode == 0)
    #expect(
      try lines(outcome).dropFirst(2) == [
        "amplitudes (most probable first)",
        "  00   0.70710678 + 0.00000000i   |a|² = 0.50000000",
        "  11   0.70710678 + 0.00000000i   |a|² = 0.50000000", "", "",
      ])
  }

  @Test func anExpressionMayBeginWithAMinus() throws {
    let outcome = try Program.qsim(
      "run", "circuits/bell.qasm", "--expect", "-Z0*Z1 + 0.5*Z0", "--expect", "-2 - X0*X1")
    #expect(outcome.exitCode == 0)
    #expect(
      try lines(outcome).dropFirst(2) == [
        "expectations", "  ⟨-Z0*Z1 + 0.5*Z0⟩ = -1.000000000000",
        "  ⟨-2 - X0*X1⟩ = -3.000000000000", "", "",
      ])
  }

  /// Objects print one key a line, so that the order of keys can be read off the text.
  private func keys(_ output: String) -> [String] {
    output.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^  "(\w+)":/).map { String($0.output.1) }
    }
  }

  private let always = [
    "schema", "command", "file", "qubits", "instructions", "depth", "method", "precision",
    "bitOrder",
  ]

  @Test func jsonHasAllKeysThatWereAskedForInOrder() throws {
    let outcome = try Program.qsim(
      "run", "circuits/bell.qasm", "--shots", "3", "--seed", "18446744073709551615",
      "--probabilities", "--amplitudes", "1", "--expect", "Z0", "--format", "json")
    #expect(outcome.exitCode == 0)
    #expect(
      keys(outcome.output) == always
        + ["shots", "seed", "counts", "probabilities", "amplitudes", "expectations", "seconds"])
    #expect(outcome.output.contains("\"seed\": 18446744073709551615"))
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let members = try #require(object as? [String: Any])
    let seconds = try #require(members["seconds"] as? [String: Double])
    #expect(seconds.keys.sorted() == ["parse", "plan", "simulate"])
    #expect(seconds.values.allSatisfy { $0 > 0 && $0 < 60 })
    #expect(
      members["bitOrder"] as? String
        == "classical registers, the last one leftmost, bit 0 of each rightmost")
  }

  @Test func jsonLeavesOutWhatWasNotAskedFor() throws {
    let asked = try Program.qsim(
      "run", "circuits/bell.qasm", "--expect", "Z0", "--format", "json")
    #expect(keys(asked.output) == always + ["expectations", "seconds"])
    // Where nothing is, the most probable amplitudes are shown, as in the text.
    let outcome = try Program.qsim("run", "circuits/bell.qasm", "--format", "json")
    #expect(outcome.exitCode == 0)
    #expect(keys(outcome.output) == always + ["amplitudes", "seconds"])
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    #expect(
      (object as? [String: Any])?["bitOrder"] as? String
        == "qubit 0 is the least significant bit, printed rightmost")
  }

  @Test func namesOfFilesAreEscapedInJSON() throws {
    let folder = try TemporaryFolder()
    let text = try String(
      contentsOf: Program.root.appending(path: "circuits/bell.qasm"), encoding: .utf8)
    let file = try folder.file("a \"b\"\\\t\u{1}é.qasm", text)
    let outcome = try Program.qsim("run", file, "--format", "json")
    #expect(outcome.exitCode == 0)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    #expect((object as? [String: Any])?["file"] as? String == file)
  }

  @Test func aCircuitWithoutQubitsIsOneNumber() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("none.qasm", "OPENQASM 2.0;\n")
    let outcome = try Program.qsim("run", file, "--probabilities", "--expect", "2")
    #expect(outcome.exitCode == 0)
    #expect(
      try lines(outcome).dropFirst(2) == [
        "probabilities", "  0  1.00000000", "", "expectations", "  ⟨2⟩ = 2.000000000000", "", "",
      ])
  }

  @Test func moreThanAMillionEntriesNeedAll() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "even.qasm", "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[21];\nh q;\n")
    for (flags, count, what) in [
      (["--probabilities"], 2_097_152, "probabilities"),
      (["--amplitudes", "1048577"], 1_048_577, "amplitudes"),
    ] {
      let refused = try Program.qsim(["run", file] + flags)
      #expect(refused.exitCode == 64)
      #expect(refused.output.isEmpty)
      #expect(
        refused.errors
          == "qsim run: found \(count) \(what), expected at most 1048576; add --all to print them\n"
      )
    }
    let printed = try Program.qsim("run", file, "--probabilities", "--all")
    #expect(printed.exitCode == 0)
    #expect(printed.output.utf8.count { $0 == UInt8(ascii: "\n") } == 2_097_152 + 5)
    let most = try Program.qsim("run", file, "--amplitudes", "1048576")
    #expect(most.exitCode == 0)
  }
}
