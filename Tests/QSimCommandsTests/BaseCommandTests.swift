import Foundation
import Testing

/// `qsim` with the flags of `qsim_base`, and what stands around the commands: manual page, completions.
@Suite struct BaseCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func amplitudesArePrintedAsByQSimBase() throws {
    let outcome = try Program.qsim("-c", "circuits/bell.qasm", "-s", "1", "-t", "2", "-v", "0")
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.output == """
        00:      0.70710677               0      0.49999997
        01:               0               0               0
        10:               0               0               0
        11:      0.70710677               0      0.49999997

        """, "\(outcome.output)")
  }

  @Test func atMostEightAmplitudesAndTheTimeArePrinted() throws {
    let outcome = try Program.qsim(
      "-c", "circuits/ghz.qasm", "-s", "1", "-t", "2", "-f", "4", "-v", "1", "-z")
    #expect(outcome.exitCode == 0)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 9)
    #expect(lines[0].wholeMatch(of: /time is [0-9.e-]+ seconds\./) != nil)
    #expect(lines[1].hasPrefix("000:") && lines[8].hasPrefix("111:"))
    #expect(lines.dropFirst().allSatisfy { $0.count == 4 + 48 })
    #expect(
      outcome.errors.contains("qsim -c: -f has no effect here: how gates are fused is planned\n"))
    #expect(
      outcome.errors.contains(
        "qsim -c: -z has no effect here: denormal numbers stay as they are\n"))
  }

  /// As getopt reads them.
  @Test func valuesMayBeJoinedToTheirFlags() throws {
    let file = try folder.file("circuit.txt", "2\n0 h 0\n1 cx 0 1\n")
    let apart = try Program.qsim("-c", file, "-d", "0", "-s", "1", "-t", "2", "-f", "4", "-v", "0")
    let joined = try Program.qsim("-c\(file)", "-d0", "-s1", "-t2", "-f4", "-v0", "-z")
    #expect(joined.exitCode == 0 && joined.output == apart.output)
    let whole = try Program.qsim("-c", file)
    #expect(joined.output.hasPrefix("00:") && joined.output != whole.output)
  }

  @Test func faultsOfTheFlagsAreUsage() throws {
    for (arguments, message) in [
      (
        ["walk"],
        "Error: found the command 'walk', expected one of run, expect, grad, train, kernel"
      ),
      (["-z"], "Error: found no circuit file, expected -c FILE."),
      (["-c", "circuits/bell.qasm", "-t", "0"], "Error: found -t 0, expected 1 to 1024."),
      (
        ["-c", "circuits/bell.qasm", "-d", "3"],
        "qsim -c: -d: circuits/bell.qasm is OpenQASM 2, expected a qsim file: only those have times"
      ),
    ] {
      let outcome = try Program.qsim(arguments)
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix(message), "\(outcome.errors)")
    }
    let missing = folder.path + "/missing"
    try Program.expect(
      ["-c", missing], fails: 66,
      with: "qsim -c: \(missing): cannot be read: there is no such file\n")
  }

  @Test func withoutACommandTheHelpIsShown() throws {
    let outcome = try Program.qsim([])
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    let help = try Program.qsim("--help")
    #expect(help.output == outcome.output)
    for name in [
      "run", "expect", "grad", "train", "kernel", "draw", "convert", "info", "plan", "gates",
      "bench",
    ] {
      #expect(help.output.contains("\n  \(name) "), "\(name)")
      let own = try Program.qsim(name, "--help")
      #expect(own.exitCode == 0 && own.output.contains("\n  qsim \(name)"), "\(name)")
    }
  }

  @Test func theManualPageHoldsEveryCommand() throws {
    let page = try Program.qsim("manual")
    #expect(page.exitCode == 0 && page.errors.isEmpty)
    #expect(page.output.hasPrefix(".TH QSIM 1\n.SH NAME\nqsim \\- "))
    for name in ["run", "expect", "grad", "train", "kernel", "draw", "convert", "info", "gates"] {
      #expect(page.output.contains("\n.SS qsim \(name) "), "\(name)")
    }
    #expect(page.output.contains("\n.B \\-\\-set <name=value>\n"))
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsAreWritten(shell: String) throws {
    let script = try Program.qsim("--generate-completion-script", shell)
    #expect(script.exitCode == 0 && script.errors.isEmpty)
    #expect(script.output.contains("kernel") && script.output.contains("observable"))
  }

  /// The script is asked as bash asks it once Tab is pressed behind the last word.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")),
    arguments: [
      (["run", "circuits/ghz.q"], "circuits/ghz.qasm"),
      (["run", "circuits/bell.qasm", "circuits/ghz.q"], "circuits/ghz.qasm"),
      (["draw", "circuits/ghz.q"], "circuits/ghz.qasm"),
      (["run", "--noise", "circuits/ghz.e"], "circuits/ghz.expected.json"),
      (["run", "--noise", "circuits/ghz.q"], ""), (["run", "--include", "circ"], "circuits"),
      (["kernel", "circuits/ghz.qasm", "examples/data/win"], "examples/data/wine.csv"),
      (["gates", "rxx"], "rxx"), (["bench", "samp"], "sampling"), (["conv"], "convert"),
    ])
  func namesAreCompleted(words: [String], expected: String) throws {
    let script = try Program.qsim("--generate-completion-script", "bash").output
    let file = try folder.file(
      "ask.bash",
      script + """

        COMP_WORDS=(qsim "$@")
        COMP_CWORD=$#
        COMP_LINE="qsim $*"
        COMP_POINT=${#COMP_LINE}
        _qsim qsim "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        echo "${COMPREPLY[*]}"

        """)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["--norc", file] + words
    process.currentDirectoryURL = Program.root
    process.standardOutput = pipe
    try process.run()
    let found = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(String(decoding: found, as: UTF8.self) == expected + "\n")
  }
}
