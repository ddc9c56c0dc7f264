import Foundation
import Testing

/// Where results and messages go: links, permissions, pipes, what is refused before the work begins.
@Suite struct ResultFileTests {
  private let folder: TemporaryFolder
  private let bell = "circuits/bell.qasm"

  init() throws { folder = try TemporaryFolder() }

  private func convert(to path: String) throws -> Program.Outcome {
    try Program.qsim("convert", bell, "--to", "openqasm2", "--out", path)
  }

  @Test func aLinkStaysOneAndItsFileIsReplaced() throws {
    let target = try folder.file("target.qasm", "old")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.qasm", withDestinationPath: "target.qasm")
    #expect(try convert(to: folder.path + "/link.qasm").exitCode == 0)
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/link.qasm")
    #expect(link == "target.qasm")
    #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("OPENQASM 2.0;\n"))
    #expect(folder.names == ["link.qasm", "target.qasm"])
  }

  @Test func aFileKeepsItsPermissions() throws {
    let path = try folder.file("secret.qasm", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    #expect(try convert(to: path).exitCode == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(try folder.text("secret.qasm").hasPrefix("OPENQASM 2.0;\n"))
  }

  @Test func aPipeIsWrittenTo() throws {
    let path = folder.path + "/pipe"
    try #require(unsafe mkfifo(path, 0o600) == 0)
    // Open for reading before anything is written: the text fits the pipe.
    let reader = unsafe open(path, O_RDONLY | O_NONBLOCK)
    try #require(reader >= 0)
    #expect(try convert(to: path).exitCode == 0)
    let pipe = FileHandle(fileDescriptor: reader, closeOnDealloc: true)
    let text = String(decoding: try pipe.readToEnd() ?? Data(), as: UTF8.self)
    #expect(text.hasPrefix("OPENQASM 2.0;\n") && text.hasSuffix(";\n"))
    #expect(folder.names == ["pipe"])
  }

  /// Standard output is a file here, which is not replaced: what is printed besides stays in it.
  @Test func standardOutputMayBeNamed() throws {
    let outcome = try Program.qsim(
      "train", "circuits/variational/encoding.qasm", "Z0", "--steps", "2", "--csv", "/dev/stdout")
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("circuits/variational/encoding.qasm: "))
    #expect(outcome.output.contains("\nstep,value,learning_rate,gradient_norm\n0,"))
    #expect(outcome.output.hasSuffix(",,\n"))
  }

  @Test func aDashIsNoFileOfResults() throws {
    try Program.expect(
      ["convert", bell, "--to", "openqasm2", "--out", "-"], fails: 64,
      with:
        "qsim convert: found '-' for a file of results, expected its name; /dev/stdout is standard output\n"
    )
  }

  @Test func whatCannotBeWrittenIsToldBeforeTheWork() throws {
    let train = [
      "train", "circuits/variational/encoding.qasm", "Z0", "--steps", "3", "--checkpoint",
      folder.path + "/check.json",
    ]
    let path = folder.path + "/nosuch/run.csv"
    try Program.expect(
      train + ["--csv", path], fails: 74,
      with:
        "qsim train: \(path): cannot be written: there is no folder '\(folder.path)/nosuch'\n")
    try Program.expect(
      train + ["--svg", folder.path], fails: 74,
      with: "qsim train: \(folder.path): cannot be written: it is a folder\n")
    let (once, again) = (folder.path + "/run.csv", folder.path + "/./run.csv")
    for other in [once, again] {
      try Program.expect(
        train + ["--csv", once, "--svg", other], fails: 64,
        with: "qsim train: \(other): found twice, expected different files\n")
    }
    #expect(folder.names.isEmpty)
  }

  @Test func aTrainingIsToldWhereItsFilesCannotBeWritten() throws {
    let outcome = try Program.qsim(
      "train", "circuits/variational/encoding.qasm", "Z0", "--steps", "3", "--csv", "/dev/full")
    #expect(outcome.isExit && outcome.exitCode == 74)
    #expect(outcome.output.contains(" after 3 steps: all steps done\n"))
    #expect(outcome.errors == "qsim train: /dev/full: cannot write: no space left on device\n")
  }

  @Test func messagesThatCannotBeWrittenStopNothing() throws {
    let missing = try Program.qsim(["run", folder.path + "/missing.qasm"], errors: "/dev/full")
    #expect(missing.isExit && missing.exitCode == 66 && missing.output.isEmpty)
    let file = try folder.file(
      "delay.qasm", "include \"stdgates.inc\"; qubit q; x q; delay[100ns] q;\n")
    let arguments = ["run", file, "--shots", "10"]
    #expect(try !Program.qsim(arguments).errors.isEmpty)
    let silent = try Program.qsim(arguments, errors: "/dev/full")
    #expect(silent.isExit && silent.exitCode == 0 && silent.output.contains("\n  1  10  100.0 %"))
  }
}
