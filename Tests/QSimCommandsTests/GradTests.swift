import Foundation
import Testing

/// `qsim grad` against derivatives that were computed without this library.
@Suite struct GradTests {
  private let folder: TemporaryFolder
  private let mixed: VariationalOracle.Mixed
  private let file: String

  init() throws {
    folder = try TemporaryFolder()
    mixed = try VariationalOracle.read().mixed
    file = try folder.file("mixed.qasm", mixed.qasm)
  }

  private func gradients(_ flags: [String]) throws -> [[String: Any]] {
    let members = try Program.json(
      ["grad", file] + mixed.observables.map(\.observable) + mixed.flags + flags)
    return try #require(members["gradients"] as? [[String: Any]])
  }

  @Test(arguments: [("adjoint", 1e-12), ("parameter-shift", 1e-12), ("finite-difference", 1e-8)])
  func methodsGiveTheOraclesDerivatives(method: String, tolerance: Double) throws {
    let found = try gradients(["--method", method])
    #expect(found.count == mixed.observables.count)
    for (entry, expected) in zip(found, mixed.observables) {
      #expect(abs(try #require(entry["value"] as? Double) - expected.value) < 1e-12)
      let gradient = try #require(entry["gradient"] as? [String: Double])
      #expect(Set(gradient.keys) == Set(expected.gradient.keys))
      for (name, slope) in expected.gradient {
        #expect(abs(try #require(gradient[name]) - slope) < tolerance, "\(name)")
      }
    }
  }

  @Test func estimatesComeNear() throws {
    let flags = ["--method", "spsa", "--repetitions", "4000", "--difference-step", "0.001"]
    let found = try gradients(flags + ["--seed", "3"])
    for (entry, expected) in zip(found, mixed.observables) {
      let gradient = try #require(entry["gradient"] as? [String: Double])
      // Six deviations of the mean of 4000 directions, with a norm of the gradient of at most 5.
      for (name, slope) in expected.gradient {
        #expect(abs(try #require(gradient[name]) - slope) < 6 * 5 / 4000.0.squareRoot())
      }
    }
    let again = try gradients(flags + ["--seed", "3"])
    #expect(
      try #require(again[0]["gradient"] as? [String: Double])
        == #require(found[0]["gradient"] as? [String: Double]))
    let shots = try gradients(["--shots", "20000", "--seed", "4"])
    let slope = try #require((shots[0]["gradient"] as? [String: Double])?["theta"])
    #expect(abs(slope - (mixed.observables[0].gradient["theta"] ?? 0)) < 0.1)
  }

  @Test func theCheckPassesAndSaysByHowMuch() throws {
    let members = try Program.json(
      ["grad", file] + mixed.observables.map(\.observable) + mixed.flags + ["--check"])
    let check = try #require(members["check"] as? [String: Any])
    #expect(check["passed"] as? Bool == true)
    let methods = try #require(check["methods"] as? [[String: Any]])
    #expect(
      methods.map { $0["method"] as? String } == [
        "parameter-shift", "central differences", "simultaneous perturbation",
      ])
    for method in methods {
      let difference = try #require(method["difference"] as? Double)
      #expect(difference <= (try #require(method["bound"] as? Double)))
    }
    let text = try Program.qsim(["grad", file, "Z0*Z1", "--check"] + mixed.flags)
    #expect(text.exitCode == 0)
    #expect(text.output.contains("parameter-shift") && text.output.contains(" agrees "))
  }

  /// At 0 the sine's derivatives are 1 and 0 everywhere, and many wrong rules would pass.
  @Test func aCheckWithoutValuesIsMadeAtRandomOnes() throws {
    let members = try Program.json(["grad", file, "Z0*Z1", "--check", "--seed", "5"])
    let point = try #require(members["parameters"] as? [String: Double])
    #expect(point.count == 5 && Set(point.values).count == 5)
    #expect(point.values.allSatisfy { abs($0) > 1e-3 && abs($0) <= .pi })
    let other = try Program.json(["grad", file, "Z0*Z1", "--check", "--set", "theta=0.25"])
    let values = try #require(other["parameters"] as? [String: Double])
    #expect(values["theta"] == 0.25 && values["phi[0]"] != point["phi[0]"])
    let plain = try Program.json(["grad", file, "Z0*Z1"])
    #expect((plain["parameters"] as? [String: Double])?.values.allSatisfy { $0 == 0 } == true)
  }

  /// Rounding alone is more than a tolerance of 1e-300.
  @Test func aCheckThatFailsHasItsExitCode() throws {
    let outcome = try Program.qsim(
      ["grad", file, "Z0*Z1", "--check", "--tolerance", "1e-300"] + mixed.flags)
    #expect(outcome.isExit && outcome.exitCode == 1)
    #expect(outcome.output.contains("DISAGREES"))
    #expect(outcome.errors == "qsim grad: \(file): the gradients disagree\n")
  }

  /// A value beyond all numbers agrees with nothing.
  @Test func aCheckOfWhatIsNoNumberFails() throws {
    let outcome = try Program.qsim(
      ["grad", file, "1e308*Z0 + 1e308*Z0*Z1 + 1e308*Z1 + 1e308", "--check", "--set", "theta=0"]
        + ["--set", "phi=0,0,0,0"])
    #expect(outcome.isExit && outcome.exitCode == 1, "\(outcome.output)")
    #expect(outcome.output.contains("DISAGREES"))
  }

  @Test func derivativesOfPolynomialsAloneAreTaken() throws {
    let sine = try folder.file(
      "sine.qasm",
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float a;\nqubit q;\nrx(sin(a)) q;\n")
    let outcome = try Program.qsim("grad", sine, "Z0", "--set", "a=1")
    #expect(outcome.isExit && outcome.exitCode == 65 && outcome.output.isEmpty)
    #expect(
      outcome.errors.hasSuffix(
        "\nqsim grad: inputs stay open here, also with --set: angles may be polynomials of them alone\n"
      ), "\(outcome.errors)")
    #expect(try Program.qsim("expect", sine, "Z0", "--set", "a=1").exitCode == 0)
  }

  @Test func namesOfCircuitsInJSONAreChecked() throws {
    let json = folder.path + "/circuit.json"
    #expect(
      try Program.qsim(
        "convert", "circuits/variational/encoding.qasm", "--to", "json", "--out", json
      ).exitCode == 0)
    try Program.expect(
      ["grad", json, "Z0", "--set", "y=1"], fails: 64,
      with: "qsim grad: \(json): found a value for 'y', expected the name of an input\n")
  }

  @Test func theTextNamesEveryNumber() throws {
    let outcome = try Program.qsim(
      ["grad", file, "Z0*Z1", "--set", "phi=0,0,pi/2,0", "--set", "theta=pi"])
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "\(file): 5 parameters, adjoint")
    #expect(lines[1].hasPrefix("⟨Z0*Z1⟩ = "))
    #expect(lines[2].hasPrefix("  ∂/∂theta   "))
    #expect(lines[2].hasSuffix("at theta = 3.141593"))
    #expect(lines[5].hasSuffix("at phi[2] = 1.570796"))
  }

  @Test func noiseIsDifferentiatedThrough() throws {
    let noise = try folder.file(
      "noise.json", #"{"channels": [{"channel": "amplitudeDamping", "rate": 0.05}]}"#)
    let outcome = try Program.qsim(
      ["grad", file, "Z0*Z1", "Y3", "--noise", noise, "--check"] + mixed.flags)
    #expect(outcome.exitCode == 0, "\(outcome.output)")
  }

  @Test func resetsAreDifferentiatedThrough() throws {
    let reset = try folder.file(
      "reset.qasm",
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float theta;\nqubit[2] q;\nry(theta) q[0];\n"
        + "cx q[0], q[1];\nreset q[0];\n")
    let members = try Program.json(["grad", reset, "Z1", "Z0", "--set", "theta=0.4"])
    let list = try #require(members["gradients"] as? [[String: Any]])
    let slopes = list.compactMap { ($0["gradient"] as? [String: Double])?["theta"] }
    #expect(slopes.count == 2 && abs(slopes[0] + sin(0.4)) < 1e-12 && abs(slopes[1]) < 1e-12)
  }

  @Test func faultsAreUsage() throws {
    try Program.expect(
      ["grad", "circuits/bell.qasm", "Z0"], fails: 64,
      with:
        "qsim grad: circuits/bell.qasm: found no inputs, expected declarations such as 'input float theta;' of "
        + "OpenQASM 3\n")
    let short = try Program.qsim("grad", file, "Z0", "--set", "phi=1,2")
    #expect(short.exitCode == 64 && short.output.isEmpty)
    #expect(
      short.errors
        == "qsim grad: \(file): found 2 values for the input 'phi', expected 4 finite numbers\n")
    for (flags, message) in [
      (
        ["--repetitions", "5"], "found --repetitions with --method adjoint, expected --method spsa."
      ),
      (["--tolerance", "1"], "found --tolerance alone, expected --check with it."),
      (["--shots", "5", "--method", "adjoint"], "found --shots with --method adjoint, expected"),
      (["--difference-step", "0", "--method", "spsa"], "found --difference-step 0.0, expected a"),
      (["--check", "--shots", "9"], "found --check with --shots, expected exact values."),
    ] {
      let outcome = try Program.qsim(["grad", file, "Z0"] + flags)
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("Error: " + message), "\(outcome.errors)")
    }
  }
}
