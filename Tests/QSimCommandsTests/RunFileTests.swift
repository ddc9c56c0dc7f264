import Foundation
import Testing

/// What `qsim run` reads besides circuits, and the files it writes.
@Suite struct RunFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func severalFilesAreRunOneAfterAnother() throws {
    let outcome = try Program.qsim(
      "run", "circuits/bell.qasm", "circuits/ghz.qasm", "--expect", "Z0*Z1")
    #expect(outcome.exitCode == 0)
    let headings = outcome.output.split(separator: "\n").filter { $0.contains(" qubits, ") }
    #expect(
      headings.map { $0.prefix { $0 != ":" } } == ["circuits/bell.qasm", "circuits/ghz.qasm"])
    let json = try Program.qsim(
      "run", "circuits/bell.qasm", "circuits/ghz.qasm", "--expect", "Z0*Z1", "--format", "json")
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(list.map { $0["file"] as? String } == ["circuits/bell.qasm", "circuits/ghz.qasm"])
    #expect(list.map { $0["qubits"] as? Int } == [2, 5])
  }

  @Test func aFileThatFailsStopsNoOther() throws {
    let missing = folder.path + "/missing.qasm"
    let outcome = try Program.qsim("run", missing, "circuits/bell.qasm", "--expect", "Z0")
    #expect(outcome.exitCode == 66)
    #expect(outcome.errors == "qsim run: \(missing): cannot be read: there is no such file\n")
    #expect(outcome.output.contains("circuits/bell.qasm: 2 qubits"))
  }

  /// The second file is a pipe that nothing comes out of: once it is open for reading, the first file is done.
  @Test func anInterruptedRunTellsOfTheFilesThatAreDone() throws {
    let pipe = folder.path + "/pipe.qasm"
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    var writer: Int32 = -1
    defer { close(writer) }
    let outcome = try Program.interrupted(
      ["run", "circuits/bell.qasm", pipe, "--expect", "Z0*Z1", "--format", "json"],
      after: {
        if writer < 0 { writer = unsafe open(pipe, O_WRONLY | O_NONBLOCK) }
        return writer >= 0
      })
    #expect(outcome.isExit && outcome.exitCode == 130 && outcome.errors == "\ninterrupted\n")
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(list.map { $0["file"] as? String } == ["circuits/bell.qasm"])
  }

  @Test func aJSONCircuitTakesValuesByItsNames() throws {
    let file = try folder.file(
      "turn.json",
      #"{"hilbert-circuit": 1, "qubits": 1, "names": ["theta"], "instructions": ["#
        + #"{"gate": "rx", "angles": [[{"coefficient": 1, "weights": [0]}]], "qubits": [0]}]}"#)
    let members = try Program.json(["run", file, "--set", "theta=pi", "--probabilities"])
    #expect(members["probabilities"] as? [String: Double] == ["1": 1])
    try Program.expect(
      ["run", file, "--set", "thta=pi"], fails: 64,
      with:
        "qsim run: \(file): found a value for 'thta', expected the name of an input; did you mean 'theta'?\n"
    )
    try Program.expect(
      ["run", file], fails: 64,
      with:
        "qsim run: \(file): found no value for input 'theta', expected --set theta=0.3 or --param-file\n"
    )
  }

  @Test func resultsOfTrainingAreValuesOfInputs() throws {
    let file = try folder.file(
      "open.qasm",
      "include \"stdgates.inc\"; input array[float, 2, 2] phi; input bool flip; qubit q;\n"
        + "rx(phi[0][0]) q; ry(phi[0][1]) q; rx(phi[1][0]) q; rz(phi[1][1]) q; if (flip) x q;\n")
    let trained = try Program.json(
      ["train", file, "Z0", "--steps", "3", "--set", "flip=true"])
    let parameters = try #require(trained["parameters"] as? [String: Double])
    #expect(Set(parameters.keys) == ["phi[0][0]", "phi[0][1]", "phi[1][0]", "phi[1][1]"])
    let values = try folder.file(
      "values.json", try JSONSerialization.data(withJSONObject: parameters).map { $0 })
    let members = try Program.json(
      ["run", file, "--expect", "Z0", "--param-file", values, "--set", "flip=true"])
    let list = try #require(members["expectations"] as? [[String: Any]])
    let value = try #require(list.first?["value"] as? Double)
    #expect(abs(value - (try #require(trained["value"] as? Double))) < 1e-12)
    let part = try folder.file("part.json", #"{"phi[0][1]": 1, "phi[1][1]": 2}"#)
    let refused = try Program.qsim("run", file, "--param-file", part, "--set", "flip=false")
    #expect(
      refused.exitCode == 64 && refused.errors.contains("found 2 numbers of 'phi', expected all"))
  }

  @Test func includedFilesAreLookedForInFolders() throws {
    let library = try TemporaryFolder()
    _ = try library.file("mine.inc", "gate flip a { x a; }\n")
    let file = try folder.file(
      "main.qasm", "include \"stdgates.inc\";\ninclude \"mine.inc\";\nqubit q;\nflip q;\n")
    let members = try Program.json(["run", file, "--probabilities", "--include", library.path])
    #expect(members["probabilities"] as? [String: Double] == ["1": 1])
    let missing = try Program.qsim("run", file)
    #expect(missing.exitCode == 65 && missing.output.isEmpty)
    #expect(missing.errors.contains("\(file):2:9: error: "), "\(missing.errors)")
  }

  @Test func aDashIsStandardInput() throws {
    let text = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[1];\nx q[0];\n"
    let outcome = try Program.qsim(["run", "-", "--probabilities"], input: text)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.hasPrefix("<stdin>: 1 qubit, 1 instruction"))
    #expect(outcome.output.contains("\n  1  1.00000000\n"))
    let broken = try Program.qsim(["run", "-"], input: text + "xx q[0];\n")
    #expect(broken.exitCode == 65)
    #expect(broken.errors.hasPrefix("<stdin>:5:1: error: "), "\(broken.errors)")
  }

  @Test func inputsTakeTheirValues() throws {
    let mixed = try VariationalOracle.read().mixed
    let file = try folder.file("mixed.qasm", mixed.qasm)
    for flags in [
      mixed.flags,
      [
        "--param-file",
        try folder.file("values.json", #"{"phi": [-0.4, 1.1, [2.3, 0.25]], "theta": 0.7}"#),
      ],
      // The command line wins.
      [
        "--param-file",
        try folder.file("other.json", #"{"phi": [-0.4, 1.1, 2.3, 0.25], "theta": 9}"#),
        "--set", "theta=0.7",
      ],
    ] {
      let members = try Program.json(["run", file, "--expect", "Z0*Z1"] + flags)
      let list = try #require(members["expectations"] as? [[String: Any]])
      let value = try #require(list[0]["value"] as? Double)
      #expect(abs(value - mixed.observables[0].value) < 1e-12)
    }
    try Program.expect(
      ["run", file], fails: 64,
      with:
        "qsim run: \(file): found no value for inputs 'theta', 'phi', expected --set theta=0.3 or --param-file\n"
    )
    let bad = try folder.file("bad.json", #"{"theta": "much"}"#)
    try Program.expect(
      ["run", file, "--param-file", bad], fails: 64,
      with:
        "qsim run: --param-file: \(bad): found no JSON object of numbers and arrays of numbers, expected one as "
        + "{\"theta\": 0.3, \"phi\": [0.1, 0.2]}\n")
    try Program.expect(
      ["run", "circuits/bell.qasm", "--set", "theta=1"], fails: 64,
      with:
        "qsim run: circuits/bell.qasm: found a value for 'theta', expected the name of an input\n")
    let twice = try folder.file("twice.json", #"{"theta": 1, "phi": [0, {}], "theta": 2}"#)
    #expect(try Program.qsim("run", file, "--param-file", twice).exitCode == 64)
    let again = try folder.file(
      "again.json", #"{"theta": 1, "ph\\": [[0]], "phi": [1,2,3,4], "the\u0074a": 2}"#)
    try Program.expect(
      ["run", file, "--param-file", again], fails: 64,
      with:
        "qsim run: --param-file: \(again): found 'theta' twice, expected one value or one array for it\n"
    )
    let gates = try folder.file("gates.txt", "1\n0 h 0\n")
    try Program.expect(
      ["run", gates, "--set", "theta=1"], fails: 64,
      with:
        "qsim run: \(gates): found a value for 'theta', expected none: files in qsim have no inputs\n"
    )
    try Program.expect(
      ["run", "circuits/bell.qasm", "--max-time", "3"], fails: 64,
      with:
        "qsim run: --max-time: circuits/bell.qasm is OpenQASM 2, expected a qsim file: only those have times\n"
    )
  }

  @Test func theStateIsWrittenForNumPy() throws {
    let path = folder.path + "/state.npy"
    let outcome = try Program.qsim("run", "circuits/bell.qasm", "--state-out", path)
    #expect(outcome.exitCode == 0)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    #expect(Array(bytes.prefix(8)) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
    #expect(bytes.count == 128 + 4 * 16)
    let header = String(decoding: bytes[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<c16', 'fortran_order': False, 'shape': (4,), }"))
    #expect(header.hasSuffix("\n"))
    let numbers = (0..<8).map { place in
      Double(
        bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[128 + 8 * place + $1]) << (8 * $1) })
    }
    let half = 0.707106781186547524
    for (number, expected) in zip(numbers, [half, 0, 0, 0, 0, 0, half, 0]) {
      #expect(abs(number - expected) < 1e-15)
    }
    #expect(folder.names == ["state.npy"])
    let refused = try Program.qsim(
      "run", "circuits/bell.qasm", "--method", "density", "--state-out", path)
    #expect(refused.exitCode == 64 && refused.output.isEmpty)
    #expect(refused.errors.hasPrefix("qsim run: --state-out: "))
    let nowhere = folder.path + "/no/state.npy"
    let unwritten = try Program.qsim("run", "circuits/bell.qasm", "--state-out", nowhere)
    #expect(unwritten.exitCode == 74 && unwritten.output.isEmpty)
    #expect(
      unwritten.errors
        == "qsim run: \(nowhere): cannot be written: there is no folder '\(folder.path)/no'\n")
  }

  @Test func countsAreWrittenAsJSONAndAsCSV() throws {
    let (json, csv) = (folder.path + "/counts.json", folder.path + "/counts.csv")
    for path in [json, csv] {
      let outcome = try Program.qsim(
        "run", "circuits/bell.qasm", "--shots", "1000", "--seed", "1", "--counts-out", path)
      #expect(outcome.exitCode == 0)
    }
    #expect(try folder.text("counts.csv") == "bits,count\n00,490\n11,510\n")
    #expect(try folder.text("counts.json") == "{\n  \"00\": 490,\n  \"11\": 510\n}\n")
  }
}
