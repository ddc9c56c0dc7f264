import Foundation
import Testing

/// `qsim run --method`, and files that measure in the middle.
@Suite struct RunMethodTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try Program.qsim(arguments + ["--format", "json"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  private func values(_ members: [String: Any]) throws -> [Double] {
    let list = try #require(members["expectations"] as? [[String: Any]])
    return list.compactMap { $0["value"] as? Double }
  }

  @Test func methodsAgreeOnExpectationsAndProbabilities() throws {
    let flags = ["--expect", "Z0*Z1", "--expect", "X0*X1 - 0.5*Z0", "--probabilities"]
    for method in ["auto", "statevector", "density", "trajectories", "stabilizer"] {
      let members = try json(["run", "circuits/bell.qasm", "--method", method] + flags)
      #expect(members["method"] as? String == (method == "auto" ? "statevector" : method))
      let values = try values(members)
      #expect(values.count == 2)
      // Trajectories are in double precision here too.
      #expect(abs(values[0] - 1) < 1e-12 && abs(values[1] - 1) < 1e-12, "\(method): \(values)")
      let probabilities = try #require(members["probabilities"] as? [String: Double])
      #expect(probabilities.keys.sorted() == ["00", "11"])
      #expect(probabilities.values.allSatisfy { abs($0 - 0.5) < 1e-12 })
      let hasPrecision = members["precision"] != nil
      #expect(hasPrecision == !["density", "stabilizer"].contains(method))
      let counts = try json(
        ["run", "circuits/bell.qasm", "--method", method, "--shots", "1000", "--seed", "3"])
      let found = try #require(counts["counts"] as? [String: Int])
      #expect(found.keys.sorted() == ["00", "11"] && found.values.reduce(0, +) == 1000)
    }
  }

  private func ghz(_ count: Int, and more: String = "") throws -> String {
    try folder.file(
      "ghz\(count).qasm",
      "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[\(count)];\nh q[0];\n"
        + (1..<count).map { "cx q[0],q[\($0)];\n" }.joined() + more)
  }

  @Test func automaticIsStabilizersWhereAmplitudesDoNotFit() throws {
    let members = try json(["run", try ghz(200), "--shots", "50", "--seed", "1"])
    #expect(members["method"] as? String == "stabilizer")
    let counts = try #require(members["counts"] as? [String: Int])
    #expect(
      counts.keys.sorted() == [
        String(repeating: "0", count: 200), String(repeating: "1", count: 200),
      ])
    let mean = try json(["run", try ghz(200), "--expect", "Z0*Z62"])
    #expect(try values(mean) == [1])
    let wide = try Program.qsim("run", try ghz(200), "--probabilities")
    #expect(wide.exitCode == 64 && wide.output.isEmpty)
    #expect(
      wide.errors
        == "qsim run: --probabilities: found 2^200, expected at most 2^24; ask for --shots\n")
    let drawn = try Program.qsim(
      "run", try ghz(200), "--method", "trajectories", "--expect", "Z0")
    #expect(drawn.exitCode == 65 && drawn.output.isEmpty)
    #expect(
      drawn.errors.hasSuffix(
        "found 200 qubits, expected at most 63; a Clifford circuit of more than 63 qubits runs with --method "
          + "stabilizer\n"))
    let means = try Program.qsim(
      "run", try ghz(63), "--method", "trajectories", "--probabilities")
    #expect(
      means.errors
        == "qsim run: --probabilities: found 2^63, expected at most 2^24; ask for --shots\n")
    // Where not all gates are Clifford, the message is that of the state vector.
    let outcome = try Program.qsim("run", try ghz(200, and: "t q[7];\n"), "--shots", "5")
    #expect(outcome.exitCode == 71)
    let named = try Program.qsim(
      "run", try ghz(20, and: "t q[7];\n"), "--method", "stabilizer", "--shots", "5")
    #expect(named.exitCode == 65 && named.output.isEmpty)
    #expect(named.errors.contains("instruction 20, t on qubit 7"), "\(named.errors)")
  }

  /// Without a request too: nobody asks for amplitudes.
  @Test func automaticShowsStabilizersWhereAmplitudesDoNotFit() throws {
    let outcome = try Program.qsim("run", try ghz(100))
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\n  +" + String(repeating: "X", count: 100) + "\n"))
    let members = try json(["run", try ghz(100)])
    #expect(members["method"] as? String == "stabilizer")
    #expect(try Program.qsim("run", try ghz(100), "--amplitudes", "2").exitCode == 71)
  }

  @Test func aStabilizerStateIsShownByItsGenerators() throws {
    let outcome = try Program.qsim("run", "circuits/bell.qasm", "--method", "stabilizer")
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("+XX") && outcome.output.contains("+ZZ"), "\(outcome.output)")
    let amplitudes = try Program.qsim(
      "run", "circuits/bell.qasm", "--method", "stabilizer", "--amplitudes", "2")
    #expect(amplitudes.exitCode == 64 && amplitudes.output.isEmpty)
    #expect(
      amplitudes.errors
        == "qsim run: --amplitudes: amplitudes are those of a state vector; run with --method statevector\n"
    )
  }

  private let methods = ["auto", "statevector", "density", "trajectories", "stabilizer"]

  /// Qubits 0 to 2 are found to be 1, 0, 1 and qubit 3 is either; bits stand crosswise in two registers.
  private func registers(_ measurements: String) throws -> String {
    try folder.file(
      "registers.qasm",
      "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[4];\ncreg low[2];\ncreg high[3];\n"
        + "x q[0];\nx q[2];\nh q[3];\n" + measurements)
  }

  @Test func finalMeasurementsAreCountedByTheirRegistersWhateverTheMethod() throws {
    let file = try registers(
      "measure q[0] -> high[1];\nmeasure q[1] -> low[0];\nmeasure q[2] -> low[1];\n")
    for method in methods {
      let members = try json(["run", file, "--method", method, "--shots", "200", "--seed", "2"])
      // What is not measured is not told: all outcomes of qubit 3 are one.
      #expect(members["counts"] as? [String: Int] == ["010 10": 200], "\(method)")
      #expect((members["bitOrder"] as? String)?.hasPrefix("classical registers") == true)
    }
  }

  @Test func aFileThatMeasuresNothingIsCountedByItsQubits() throws {
    let file = try registers("")
    for method in methods {
      let members = try json(["run", file, "--method", method, "--shots", "200", "--seed", "2"])
      let counts = try #require(members["counts"] as? [String: Int])
      #expect(counts.keys.sorted() == ["0101", "1101"] && counts.values.reduce(0, +) == 200)
      #expect((members["bitOrder"] as? String)?.hasPrefix("qubit 0") == true)
    }
    // A mixture has counts too where nothing is measured in the middle.
    let density = try registers("reset q[2];\nmeasure q[2] -> low[1];\nmeasure q[0] -> high[2];\n")
    let mean = try json(["run", density, "--method", "density", "--shots", "50"])
    #expect(mean["counts"] as? [String: Int] == ["100 00": 50])
    // Also where it resets, and asks bits that nobody writes.
    let reset = try registers("reset q[2];\nif(high==0) x q[1];\nif(low==2) x q[2];\n")
    for method in ["auto", "statevector", "trajectories", "stabilizer"] {
      let counts = try json(["run", reset, "--method", method, "--shots", "50"])["counts"]
      let keys = try #require(counts as? [String: Int]).keys.sorted()
      #expect(keys == ["0011", "1011"], "\(method)")
    }
  }

  /// Teleports RY(0.8)|0⟩ with corrections that depend on what was measured.
  private let teleportation = """
    OPENQASM 2.0;
    include "qelib1.inc";
    qreg q[3];
    creg a[1];
    creg b[1];
    creg out[1];
    ry(0.8) q[0];
    h q[1];
    cx q[1],q[2];
    cx q[0],q[1];
    h q[0];
    measure q[0] -> a[0];
    measure q[1] -> b[0];
    if(b==1) x q[2];
    if(a==1) z q[2];
    measure q[2] -> out[0];
    """

  @Test func countsOfFilesThatMeasureInTheMiddleAreThoseOfTheirRegisters() throws {
    let file = try folder.file("teleportation.qasm", teleportation)
    let members = try json(["run", file, "--shots", "4000", "--seed", "5"])
    let counts = try #require(members["counts"] as? [String: Int])
    #expect(counts.values.reduce(0, +) == 4000)
    #expect(counts.keys.allSatisfy { $0.count == 5 && $0.filter { $0 == " " }.count == 2 })
    // The last register is leftmost; it is 1 with probability sin²(0.4), 0.1516: five standard errors of 4000.
    let ones = counts.filter { $0.key.hasPrefix("1") }.values.reduce(0, +)
    #expect(abs(Double(ones) / 4000 - 0.1516) < 5 * 0.0057)
    // What is told of bits and engines is in names of the file and in flags.
    for method in ["density", "trajectories"] {
      let mean = try Program.qsim("run", file, "--method", method, "--expect", "Z2")
      #expect(mean.exitCode == 65 && mean.output.isEmpty)
      #expect(
        mean.errors
          == "qsim run: \(file): instruction 7, an instruction on the condition b == 1: means over "
          + "outcomes keep no classical bits; ask for --shots with --method statevector\n")
    }
    let plan = try Program.qsim("plan", file)
    #expect(plan.exitCode == 65 && plan.output.isEmpty)
    #expect(plan.errors.contains("instruction 7, an instruction on the condition b == 1: "))
    for flags in [["--probabilities"], ["--expect", "Z2"], []] {
      let outcome = try Program.qsim(["run", file] + flags)
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
      // No means are advised: gates depend on outcomes.
      #expect(
        outcome.errors
          == "qsim run: \(flags.first.map { "\($0): " } ?? "")the circuit measures in the middle, so that its final "
          + "state differs from shot to shot; ask for --shots\n")
    }
  }

  /// A measurement and a reset in the middle; three qubits, two bits.
  private let mixed = """
    OPENQASM 2.0;
    include "qelib1.inc";
    qreg q[3];
    creg c[2];
    ry(0.8) q[0];
    measure q[0] -> c[0];
    x q[0];
    reset q[1];
    x q[2];
    measure q[2] -> c[1];
    """

  @Test func meansOverOutcomesAreThoseOfQubitsAndCountsThoseOfRegisters() throws {
    let file = try folder.file("mixed.qasm", mixed)
    for method in ["density", "trajectories"] {
      let members = try json(
        ["run", file, "--method", method, "--probabilities", "--expect", "Z2"])
      #expect((members["bitOrder"] as? String)?.hasPrefix("qubit 0") == true)
      let probabilities = try #require(members["probabilities"] as? [String: Double])
      #expect(probabilities.keys.sorted() == ["100", "101"])
      // cos²(0.4) after the flip; 1000 trajectories have a standard error of 0.0114.
      let one = try #require(probabilities["101"])
      #expect(abs(one - 0.8483533546735827) < (method == "density" ? 1e-12 : 5 * 0.0114))
      #expect(abs(try values(members)[0] + 1) < 1e-12)
    }
    for method in ["auto", "statevector", "stabilizer", "trajectories"] {
      let clifford = mixed.replacing("ry(0.8) q[0]", with: "h q[0]")
      let file = try folder.file("\(method).qasm", method == "stabilizer" ? clifford : mixed)
      let members = try json(["run", file, "--method", method, "--shots", "500"])
      #expect((members["bitOrder"] as? String)?.hasPrefix("classical registers") == true)
      let counts = try #require(members["counts"] as? [String: Int])
      #expect(counts.keys.sorted() == ["10", "11"] && counts.values.reduce(0, +) == 500)
    }
    let both = try Program.qsim(
      "run", file, "--method", "trajectories", "--shots", "5", "--probabilities")
    #expect(both.exitCode == 64 && both.output.isEmpty)
    // What is advised is what helps.
    let path = folder.path + "/state.npy"
    for method in ["auto", "statevector", "density", "trajectories"] {
      for flags in [["--amplitudes", "3"], ["--state-out", path]] {
        try Program.expect(
          ["run", file, "--method", method, "--shots", "3"] + flags, fails: 64,
          with:
            "qsim run: \(flags[0]): the circuit measures in the middle, so that its final state differs from shot to "
            + "shot; ask for --shots, or for means over the outcomes with --method density\n")
      }
    }
  }
}
