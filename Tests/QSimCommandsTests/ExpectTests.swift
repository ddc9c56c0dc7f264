import Foundation
import Testing

/// `qsim expect` against numbers that were computed without this library.
@Suite struct ExpectTests {
  private let folder: TemporaryFolder
  private let mixed: VariationalOracle.Mixed
  private let file: String

  init() throws {
    folder = try TemporaryFolder()
    mixed = try VariationalOracle.read().mixed
    file = try folder.file("mixed.qasm", mixed.qasm)
  }

  private func entries(_ arguments: [String]) throws -> [[String: Any]] {
    let members = try Program.json(["expect", file] + arguments + mixed.flags)
    return try #require(members["expectations"] as? [[String: Any]])
  }

  @Test(arguments: ["statevector", "density"])
  func valuesAndVariancesAreThoseOfTheOracle(method: String) throws {
    let found = try entries(
      mixed.observables.map(\.observable) + ["--variance", "--method", method])
    #expect(found.count == mixed.observables.count)
    for (entry, expected) in zip(found, mixed.observables) {
      #expect(entry["observable"] as? String == expected.observable)
      #expect(abs(try #require(entry["value"] as? Double) - expected.value) < 1e-12)
      #expect(abs(try #require(entry["variance"] as? Double) - expected.variance) < 1e-12)
    }
  }

  @Test func shotsHaveStandardErrorsThatHoldTheExactValue() throws {
    var ratios: [Double] = []
    for seed in 1...20 {
      let found = try entries(
        mixed.observables.map(\.observable) + ["--shots", "400", "--seed", "\(seed)"])
      for (entry, expected) in zip(found, mixed.observables) {
        let error = try #require(entry["standardError"] as? Double)
        ratios.append((try #require(entry["value"] as? Double) - expected.value) / error)
      }
    }
    // Of 60 standard deviates the mean square is 1 within six of its own deviations.
    let square = ratios.reduce(0) { $0 + $1 * $1 } / Double(ratios.count)
    #expect(abs(square - 1) < 6 * (2.0 / Double(ratios.count)).squareRoot())
  }

  @Test func aLargeIdentityTakesNoDigitsOfTheVariance() throws {
    let members = try Program.json(["expect", "circuits/bell.qasm", "Z0 + 1e8", "--variance"])
    let list = try #require(members["expectations"] as? [[String: Any]])
    #expect(abs(try #require(list[0]["variance"] as? Double) - 1) < 1e-9)
    #expect(list[0]["value"] as? Double == 1e8)
  }

  /// Sums beyond all numbers are infinite, and differences of them no numbers.
  @Test func whatIsNoNumberIsNull() throws {
    let empty = try folder.file("empty.qasm", "OPENQASM 2.0;\nqreg q[2];\n")
    let members = try Program.json(["expect", empty, "1e308*Z0 + 1e308*Z1", "--variance"])
    let list = try #require(members["expectations"] as? [[String: Any]])
    #expect(list[0]["value"] is NSNull && list[0]["variance"] is NSNull)
  }

  @Test func oneShotSaysNothingOfItsError() throws {
    let arguments = ["expect", "circuits/bell.qasm", "Z0", "--shots", "1"]
    let members = try Program.json(arguments)
    let list = try #require(members["expectations"] as? [[String: Any]])
    #expect(abs(try #require(list[0]["value"] as? Double)) == 1)
    #expect(list[0]["standardError"] is NSNull)
    #expect(try Program.qsim(arguments).output.hasSuffix("  ± inf\n"))
  }

  @Test func aStateVectorHasNoNoiseWithShotsToo() throws {
    let noise = try folder.file(
      "noise.json", #"{"channels": [{"channel": "bitFlip", "probability": 0.1}]}"#)
    let arguments = ["expect", "circuits/bell.qasm", "Z0", "--noise", noise]
    for shots in [[], ["--shots", "10"]] {
      try Program.expect(
        arguments + shots + ["--method", "statevector"], fails: 64,
        with:
          "qsim expect: the circuit is noisy, so that its final state differs from shot to shot; ask for means over "
          + "the outcomes with --method density\n")
    }
    #expect(
      try Program.json(arguments + ["--shots", "10"])["method"] as? String == "density")
  }

  @Test func observablesMayStandInAFile() throws {
    let list = try folder.file(
      "list.txt", "# two of them\nparity = Z0*Z1   # with a name\n\n-X0 + 0.5\n")
    let outcome = try Program.qsim("expect", "circuits/bell.qasm", "--observables", list)
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        circuits/bell.qasm: 2 qubits, statevector

          parity       = 1.000000000000
          ⟨-X0 + 0.5⟩  = 0.500000000000

        """)
    let broken = try folder.file("broken.txt", "Z0\nZ0*+X1\n")
    try Program.expect(
      ["expect", "circuits/bell.qasm", "--observables", broken], fails: 64,
      with:
        "qsim expect: \(broken):2:\nZ0*+X1\n   ^ found '+', expected a number or a Pauli operator such as Z0 "
        + "after '*'\n")
  }

  @Test func faultsAreUsage() throws {
    try Program.expect(
      ["expect", "circuits/bell.qasm"], fails: 64,
      with:
        "qsim expect: found no observable, expected one after the file, with --observable or in --observables\n"
    )
    try Program.expect(
      ["expect", "circuits/bell.qasm", "Z7"], fails: 64,
      with: "qsim expect: observable:\nZ7\n ^ found qubit 7, expected an index below 2\n")
    for (flags, message) in [
      (["--shots", "0"], "found --shots 0, expected 1 to 2147483647."),
      (["--shots", "5", "--variance"], "found --variance with --shots, expected one of them"),
      (
        ["--shots", "5", "--method", "stabilizer"],
        "found --shots with --method stabilizer, expected auto, statevector or density."
      ),
    ] {
      let outcome = try Program.qsim(["expect", "circuits/bell.qasm", "Z0"] + flags)
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("Error: " + message), "\(outcome.errors)")
    }
  }

  @Test func aCircuitThatMeasuresInTheMiddleHasMeansOverItsOutcomes() throws {
    let head = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\nbit c;\nry(1) q[0];\n"
    let measured = try folder.file("measured.qasm", head + "c = measure q[0];\nh q[0];\n")
    try Program.expect(
      ["expect", measured, "X0"], fails: 64,
      with:
        "qsim expect: the circuit measures in the middle, so that its final state differs from shot to shot; ask "
        + "for means over the outcomes with --method density\n")
    let members = try Program.json(["expect", measured, "X0", "--method", "density"])
    let list = try #require(members["expectations"] as? [[String: Any]])
    #expect(abs(try #require(list[0]["value"] as? Double) - cos(1)) < 1e-12)
    let conditional = try folder.file(
      "conditional.qasm", head + "c = measure q[0];\nif (c) x q[1];\n")
    // Means are not advised where there are none.
    for method in ["density", "auto", "statevector"] {
      let refused = try Program.qsim("expect", conditional, "Z0", "--method", method)
      #expect(refused.exitCode == 65 && refused.output.isEmpty)
      #expect(
        refused.errors.hasSuffix("bits; qsim run --shots draws from this file\n"),
        "\(refused.errors)")
    }
  }

  @Test func noiseAndStabilizersAnswerToo() throws {
    let noise = try folder.file(
      "noise.json", #"{"channels": [{"channel": "depolarizing", "mixing": 0.1}]}"#)
    let members = try Program.json([
      "expect", "circuits/bell.qasm", "Z0*Z1", "--noise", noise, "--variance",
    ])
    #expect(members["method"] as? String == "density")
    let list = try #require(members["expectations"] as? [[String: Any]])
    // H is followed on qubit 0, CX on both: each depolarizing shrinks the parity once behind the CX.
    let value = try #require(list[0]["value"] as? Double)
    #expect(abs(value - 0.81) < 1e-12)
    #expect(abs(try #require(list[0]["variance"] as? Double) - (1 - 0.81 * 0.81)) < 1e-12)
    let exact = try Program.json([
      "expect", "circuits/ghz.qasm", "Z0*Z4", "--method", "stabilizer",
    ])
    let values = try #require(exact["expectations"] as? [[String: Any]])
    #expect(values[0]["value"] as? Double == 1)
  }
}
