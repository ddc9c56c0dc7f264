import Foundation
import Testing

/// `qsim bench` and the help, as users see them.
@Suite struct BenchTests {
  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try Program.qsim(
      ["bench"] + arguments + ["--repeats", "2", "--format", "json"])
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test(arguments: [
    ("statevector", ["--qubits", "6", "--depth", "3"], []),
    ("vqe", ["--qubits", "5", "--layers", "2"], ["gradientNorm"]),
    ("kernel", ["--qubits", "3", "--samples", "7"], ["sum"]),
    (
      "gradient", ["--qubits", "4", "--layers", "2", "--batch", "9"],
      ["gradientNorm", "inputGradientNorm"]
    ),
  ])
  func jsonHasTheKeysOfItsWorkload(name: String, sizes: [String], values: [String]) throws {
    let found = try json([name] + sizes)
    #expect(
      Set(found.keys)
        == Set(
          ["schema", "command", "benchmark", "medianMs", "minMs", "firstMs", "value"] + values))
    #expect(found["benchmark"] as? String == name)
    let median = try #require(found["medianMs"] as? Double)
    let minimum = try #require(found["minMs"] as? Double)
    #expect(0 < minimum && minimum <= median)
    // The numbers are the workload's: threads leave them as they are, precision nearly.
    let serial = try json([name] + sizes + ["--threads", "1"])
    for key in ["value"] + values {
      #expect(found[key] as? Double == serial[key] as? Double, "\(key)")
    }
    guard name != "kernel" else { return }
    let single = try json([name] + sizes + ["--precision", "single"])
    for key in ["value"] + values {
      let exact = try #require(found[key] as? Double)
      let rough = try #require(single[key] as? Double)
      #expect(rough != exact && abs(rough - exact) < 1e-4 * max(1, abs(exact)), "\(key)")
    }
  }

  @Test func textIsOneLine() throws {
    let outcome = try Program.qsim(
      "bench", "vqe", "--qubits", "4", "--repeats", "3", "--threads", "2")
    #expect(outcome.exitCode == 0)
    let number = /-?\d+\.\d+(e-?\d+)?/
    let line = outcome.output.replacing(number, with: "#")
    #expect(
      line == "vqe: median # ms, minimum # ms, 3 repeats, double precision, 2 threads, "
        + "value #, gradientNorm #\n")
  }

  @Test(arguments: [
    (["nope"], 64, "Error: found workload 'nope', expected dense, density, gradient"),
    (["vqe", "--qubits", "1"], 64, "Error: found --qubits 1, expected 2 to 40."),
    (["vqe", "--qubits", "41"], 64, "Error: found --qubits 41, expected 2 to 40."),
    (["vqe", "--repeats", "0"], 64, "Error: found --repeats 0, expected 1 to 1000000."),
    (["vqe", "--batch", "3"], 64, "Error: found --batch, which vqe does not read; it reads"),
    (["layers", "--qubits", "3"], 64, "Error: found --qubits, which layers does not read"),
    (["kernel", "--precision", "single"], 64, "Error: found --precision single, expected double"),
    (["layers", "--data", "/nowhere"], 66, "qsim bench: /nowhere/wine.csv: "),
    (["gradient", "--qubits", "40"], 71, "qsim bench: 40 qubits in double precision: 16.0 TiB"),
    (["statevector", "--qubits", "40"], 71, "qsim bench: 40 qubits in double precision: 16.0 TiB"),
    (["vqe", "--qubits", "40"], 71, "qsim bench: 40 qubits in double precision: 16.0 TiB"),
    (["kernel", "--qubits", "40"], 71, "qsim bench: 40 qubits in double precision: 16.0 TiB"),
  ])
  func badRequestsAreRefused(arguments: [String], code: Int32, message: String) throws {
    let outcome = try Program.qsim(["bench"] + arguments)
    #expect(outcome.isExit)
    #expect(outcome.exitCode == code)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix(message), "\(outcome.errors)")
  }

  @Test(arguments: [[], ["run"], ["bench"]])
  func helpShowsAnExample(command: [String]) throws {
    let outcome = try Program.qsim(command + ["--help"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("\n  qsim \(command.first ?? "run") "))
  }

  /// The example of `qsim run --help` works as it stands.
  @Test func theExampleOfTheHelpRuns() throws {
    let help = try Program.qsim("run", "--help").output
    let line = try #require(help.split(separator: "\n").first { $0.hasPrefix("  qsim run ") })
    let words = line.split(separator: "\"").enumerated().flatMap { place, part in
      place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
    let outcome = try Program.qsim(Array(words.dropFirst()))
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("\"observable\": \"Z0*Z1 + 0.5*X0\""))
  }

  @Test func theVersionIsThreeNumbers() throws {
    let outcome = try Program.qsim("--version")
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
