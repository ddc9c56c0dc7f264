import Foundation
import Testing

/// What bad input gets: one message on standard error, nothing on standard output, its exit code.
@Suite struct RunErrorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expect(
    _ arguments: [String], fails code: Int32, with errors: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Program.qsim(arguments)
    #expect(outcome.isExit, sourceLocation: location)
    #expect(outcome.exitCode == code, sourceLocation: location)
    #expect(outcome.output.isEmpty, sourceLocation: location)
    #expect(outcome.errors == errors, sourceLocation: location)
  }

  @Test(arguments: [
    ("qreg q[2];\nh q[0]\ncx q[0], q[1];\n", "4:7: error: found the end of the line, expected"),
    ("qreg q[2];\nhh q[0];\n", "4:1: error: found 'hh', expected the name of a gate"),
    ("qreg q[2];\nh q[2];\n", "4:5: error: found index 2, expected 0 to 1 for 'q'"),
    ("qreg q[1];\nrx(zero) q[0];\n", "4:4: error: found 'zero', expected a number"),
    ("qreg q[1];\nrx(1/0) q[0];\n", "4:"),
    ("qreg q[4097];\n", "3:"),
    ("qreg q[2];\ncx q[0], q[0];\n", "4:"),
  ])
  func aBadCircuitIsToldWithItsPlace(body: String, message: String) throws {
    let file = try folder.file("bad.qasm", "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n" + body)
    let outcome = try Program.qsim("run", file, "--shots", "10")
    #expect(outcome.isExit)
    #expect(outcome.exitCode == 65)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix(file + ":" + message), "\(outcome.errors)")
    #expect(outcome.errors.contains(": error: found "), "\(outcome.errors)")
    #expect(outcome.errors.contains("expected "), "\(outcome.errors)")
    // The message, the line of the file and a caret below it.
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 3 && lines[2].hasSuffix("^"), "\(outcome.errors)")
  }

  @Test func anEmptyFileIsNoCircuit() throws {
    let file = try folder.file("empty.qasm", "")
    for (flags, expected) in [
      ([], "'OPENQASM 3.0;' or a statement"), (["--language", "openqasm2"], "'OPENQASM 2.0;'"),
    ] {
      let outcome = try Program.qsim(["run", file] + flags)
      #expect(outcome.exitCode == 65 && outcome.output.isEmpty)
      #expect(
        outcome.errors.hasPrefix(
          "\(file):1:1: error: found the end of the file, expected \(expected)\n"),
        "\(outcome.errors)")
    }
  }

  @Test func aLoopWithoutEndStopsAtItsRounds() throws {
    let file = try folder.file(
      "endless.qasm",
      "include \"stdgates.inc\"; qubit q; bit c; while (!c) { reset q; c = measure q; }\n")
    let outcome = try Program.qsim("run", file, "--shots", "3", "--max-rounds", "50")
    #expect(outcome.exitCode == 65 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("found more than 50 rounds in one shot"), "\(outcome.errors)")
    #expect(outcome.errors.contains("--max-rounds"))
  }

  @Test func boundsOfReadingCanBeRaisedAndLowered() throws {
    let file = try folder.file(
      "long.qasm", "include \"stdgates.inc\"; qubit q; for int i in [1:100] { x q; }\n")
    #expect(try Program.qsim("run", file).exitCode == 0)
    for (flag, words) in [("--max-steps", "steps"), ("--max-instructions", "instructions")] {
      let outcome = try Program.qsim("run", file, flag, "50")
      #expect(outcome.exitCode == 65)
      #expect(outcome.errors.contains("found ") && outcome.errors.contains(words))
      #expect(outcome.errors.contains(flag), "\(outcome.errors)")
    }
  }

  /// Bytes of a fixed congruence, each file another stretch of it.
  @Test(arguments: 1...8) func binaryGarbageIsNoCircuit(seed: Int) throws {
    var number = UInt32(seed)
    let garbage = (0..<4000).map { _ in
      number = number &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: number >> 24)
    }
    let header = seed.isMultiple(of: 2) ? Array("OPENQASM 2.0;\nqreg q[3];\n".utf8) : []
    let file = try folder.file("garbage.qasm", header + garbage)
    let outcome = try Program.qsim("run", file)
    #expect(outcome.isExit)
    #expect(outcome.exitCode == 65)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix(file + ":"))
    // At most twenty faults, with lines and carets where they can be shown, and a word on the rest.
    #expect(outcome.errors.split(separator: "\n").count <= 61)
  }

  @Test func aFileThatCannotBeRead() throws {
    let missing = folder.path + "/missing.qasm"
    try expect(
      ["run", missing], fails: 66,
      with: "qsim run: \(missing): cannot be read: there is no such file\n")
    try expect(
      ["run", folder.path], fails: 66,
      with: "qsim run: \(folder.path): cannot be read: it is a folder\n")
    try expect(
      ["run", "/dev/zero"], fails: 66,
      with: "qsim run: /dev/zero: cannot be read: it is larger than 256 MiB\n")
  }

  @Test(arguments: [
    ("Z0*+X1", 3, "found '+', expected a number or a Pauli operator such as Z0 after '*'"),
    ("", 0, "found the end of the text, expected a number or a Pauli operator such as Z0"),
    ("Z0 + 3*Z5", 8, "found qubit 5, expected an index below 2"),
    ("-X2", 2, "found qubit 2, expected an index below 2"),
    ("X0*Z0", 0, "found X0*Z0, which is not Hermitian; expected factors whose product is real"),
  ])
  func aBadExpressionHasACaretUnderThePlace(text: String, offset: Int, message: String) throws {
    let caret = String(repeating: " ", count: offset) + "^ "
    try expect(
      ["run", "circuits/bell.qasm", "--expect", text], fails: 64,
      with: "qsim run: --expect:\n\(text)\n\(caret)\(message)\n")
  }

  @Test func moreMemoryThanThereIsIsRefusedWithItsBytes() throws {
    let file = try folder.file("forty.qasm", "OPENQASM 2.0;\nqreg q[40];\n")
    try expect(
      ["run", file, "--amplitudes", "1", "--memory-limit", "16G"], fails: 71,
      with: "qsim run: 40 qubits in double precision: 16.0 TiB (17592186044416 bytes) needed, "
        + "the limit is 16.0 GiB (17179869184 bytes)\n")
    // A limit beyond the machine is the machine's.
    let bytes = ProcessInfo.processInfo.physicalMemory
    for flags in [[], ["--memory-limit", "1000T"]] {
      let outcome = try Program.qsim(
        ["run", file, "--amplitudes", "1", "--precision", "single"] + flags)
      #expect(outcome.isExit)
      #expect(outcome.exitCode == 71)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("qsim run: 40 qubits in single precision: 8.0 TiB"))
      #expect(outcome.errors.hasSuffix("(\(bytes) bytes)\n"), "\(outcome.errors)")
    }
    let largest = try folder.file("largest.qasm", "OPENQASM 2.0;\nqreg q[63];\n")
    #expect(try Program.qsim("run", largest, "--amplitudes", "3").exitCode == 71)
    // More qubits than masks of 64 bits hold.
    let many = try folder.file(
      "many.qasm", "OPENQASM 2.0;\nqreg q[100];\nCX q[3],q[99];\nU(0.1,0,0) q[0];\n")
    for flags in [[], ["--shots", "5"], ["--amplitudes", "3"], ["--expect", "Z62"]] {
      let outcome = try Program.qsim(["run", many] + flags)
      #expect(outcome.isExit && outcome.exitCode == 71 && outcome.output.isEmpty)
      #expect(
        outcome.errors.hasPrefix(
          "qsim run: 100 qubits in double precision: more than 8 EiB needed"),
        "\(outcome.errors)")
      #expect(
        outcome.errors.hasSuffix(
          "a Clifford circuit of more than 63 qubits runs with --method stabilizer\n"))
      #expect(
        outcome.errors.contains("; what --expect does not see is left out of at most 63 qubits; ")
          == flags.contains("--expect"))
    }
  }

  @Test func resultsThatCannotBeWrittenAreAFailure() throws {
    let outcome = try Program.qsim(["run", "circuits/bell.qasm"], output: "/dev/full")
    #expect(outcome.exitCode == 74)
    #expect(
      outcome.errors == "qsim: the results cannot be written: No space left on device\n")
  }

  @Test func namesOfFilesStayOnTheirLine() throws {
    let outcome = try Program.qsim("run", "no\nfile.qasm")
    #expect(outcome.errors == "qsim run: no?file.qasm: cannot be read: there is no such file\n")
  }

  @Test(arguments: ["0*Z7", "Z7 - Z7", "I7", "Z7*Z7 + Z0"])
  func qubitsOutOfRangeAreToldWhereTheirTermsCancel(observable: String) throws {
    let outcome = try Program.qsim("run", "circuits/bell.qasm", "--expect", observable)
    #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("found qubit 7, expected an index below 2"))
  }

  @Test func shotsAndPrintingAskForTheirMemory() throws {
    try expect(
      ["run", "circuits/bell.qasm", "--shots", "1000000", "--memory-limit", "1M"], fails: 71,
      with: "qsim run: 1000000 shots: 38.1 MiB (40000000 bytes) needed, the limit is "
        + "1.0 MiB (1048576 bytes)\n")
    let file = try folder.file("wide.qasm", "OPENQASM 2.0;\nqreg q[21];\n")
    let outcome = try Program.qsim(
      "run", file, "--amplitudes", "2000000", "--all", "--memory-limit", "100M")
    #expect(outcome.exitCode == 71)
    #expect(outcome.errors.hasPrefix("qsim run: printing 2000000 amplitudes beside the state: "))
    // Also below the number that needs --all.
    let even = try folder.file(
      "even.qasm", "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[16];\nh q;\n")
    for flags in [["--amplitudes", "65536"], ["--probabilities"]] {
      let refused = try Program.qsim(["run", even, "--memory-limit", "4M"] + flags)
      #expect(refused.exitCode == 71 && refused.output.isEmpty)
    }
    // 1000 times 2^16 numbers, before a trajectory is run.
    let means = try Program.qsim(
      "run", even, "--method", "trajectories", "--probabilities", "--memory-limit", "100M")
    #expect(means.exitCode == 71 && means.output.isEmpty)
    #expect(means.errors.hasPrefix("qsim run: 65536 outputs of 1000 trajectories at a time"))
  }

  @Test(arguments: [
    (["--shots", "-1"], "found --shots -1, expected 1 to 2147483647."),
    (["--shots", "0"], "found --shots 0, expected 1 to 2147483647."),
    (["--shots", "2147483648"], "found --shots 2147483648, expected 1 to 2147483647."),
    (
      ["--method", "trajectories", "--trajectories", "0"],
      "found --trajectories 0, expected 1 to 4294967296."
    ),
    (
      ["--trajectories", "50"],
      "found --trajectories with --method auto, expected --method trajectories."
    ),
    (
      ["--trajectories", "50", "--method", "density"],
      "found --trajectories with --method density, expected --method trajectories."
    ),
    (["--max-rounds", "0"], "found --max-rounds 0, expected at least 1."),
    (["--threads", "0"], "found --threads 0, expected 1 to 1024."),
    (["--amplitudes", "0"], "found --amplitudes 0, expected at least 1."),
    (["--precision", "half"], "The value 'half' is invalid for '--precision <precision>'."),
    (["--format", "xml"], "The value 'xml' is invalid for '--format <format>'."),
    (["--memory-limit", "many"], "The value 'many' is invalid for '--memory-limit"),
    (["--memory-limit", "0"], "The value '0' is invalid for '--memory-limit"),
    (["--memory-limit", "9e99"], "The value '9e99' is invalid for '--memory-limit"),
    (["--shots", "99999999999999999999"], "The value '99999999999999999999' is invalid for"),
    (["--seed", "x"], "The value 'x' is invalid for '--seed <seed>'"),
    (["--expect"], "Missing value for '--expect <expect>'"),
    (["--unknown"], "Unknown option '--unknown'"),
    (["--counts-out", "counts.csv"], "found --counts-out alone, expected --shots with it."),
    (
      ["--shots", "1", "--counts-out", "counts.txt"],
      "found --counts-out counts.txt, expected a name that ends in .json or .csv."
    ),
    (
      ["circuits/ghz.qasm", "--state-out", "state.npy"],
      "found --state-out with 2 files, expected one file."
    ),
    (["-", "-"], "found - twice, expected standard input once."),
    (["--set", "theta"], "The value 'theta' is invalid for '--set <name=value>'"),
    (["--set", "theta=0.1,"], "The value 'theta=0.1,' is invalid for '--set <name=value>'"),
    (["--max-time", "-1"], "found --max-time -1, expected at least 0."),
    (["--language", "quil"], "The value 'quil' is invalid for '--language <language>'"),
  ])
  func badFlagsAreUsage(flags: [String], message: String) throws {
    let outcome = try Program.qsim(["run", "circuits/bell.qasm"] + flags)
    #expect(outcome.isExit)
    #expect(outcome.exitCode == 64)
    #expect(outcome.output.isEmpty)
    let first = outcome.errors.split(separator: "\n").first ?? ""
    #expect(first.hasPrefix("Error: " + message), "\(outcome.errors)")
  }

  @Test func noFileIsUsage() throws {
    let outcome = try Program.qsim("run")
    #expect(outcome.exitCode == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: Missing expected argument '<file> ...'"))
    #expect(try Program.qsim("walk").exitCode == 64)
  }
}
