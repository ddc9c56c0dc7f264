import Foundation
import Testing

/// What `qsim run --format json` prints, as far as these tests read it.
struct RunResult: Decodable {
  struct Amplitude: Decodable {
    let basis: String
    let re: Double
    let im: Double
    let probability: Double
  }
  struct Expectation: Decodable {
    let observable: String
    let value: Double
  }

  let qubits: Int
  let precision: String
  let counts: [String: Int]?
  let probabilities: [String: Double]?
  let amplitudes: [Amplitude]?
  let expectations: [Expectation]?
}

/// What circuits/*.expected.json says, computed by circuits/expected.py.
struct ExpectedResult: Decodable {
  let circuit: String
  let qubits: Int
  let probabilities: [String: Double]
  let expectations: [RunResult.Expectation]
}

/// Every circuit of circuits/ against numbers that were computed without this library.
@Suite struct GoldenCircuitTests {
  static let names =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: Program.root.appending(path: "circuits").path)) ?? [])
    .filter { $0.hasSuffix(".qasm") }.map { String($0.dropLast(5)) }.sorted()

  static func run(_ arguments: [String]) throws -> RunResult {
    let outcome = try Program.qsim(["run"] + arguments + ["--format", "json"])
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8))
  }

  @Test func thereAreTwelveCircuitsOrMore() { #expect(Self.names.count >= 12) }

  @Test(arguments: names, [("double", 1e-10), ("single", 1e-5)])
  func agreesWithTheExpectedNumbers(name: String, precision: (name: String, error: Double)) throws {
    let file = Program.root.appending(path: "circuits/\(name).expected.json")
    let expected = try JSONDecoder().decode(ExpectedResult.self, from: Data(contentsOf: file))
    #expect(!expected.probabilities.isEmpty)
    let flags = expected.expectations.flatMap { ["--expect", $0.observable] }
    let found = try Self.run(
      ["circuits/\(name).qasm", "--probabilities", "--precision", precision.name] + flags)
    #expect(found.qubits == expected.qubits)
    #expect(found.precision == precision.name)
    let probabilities = try #require(found.probabilities)
    for bits in Set(probabilities.keys).union(expected.probabilities.keys) {
      let gap = abs(probabilities[bits, default: 0] - expected.probabilities[bits, default: 0])
      #expect(gap <= precision.error, "\(name), \(bits): off by \(gap)")
    }
    let values = found.expectations ?? []
    #expect(values.map(\.observable) == expected.expectations.map(\.observable))
    for (found, expected) in zip(values, expected.expectations) {
      #expect(
        abs(found.value - expected.value) <= precision.error,
        "\(name), \(found.observable): found \(found.value), expected \(expected.value)")
    }
  }

  @Test func amplitudesComeMostProbableFirstAndSquareToProbabilities() throws {
    let found = try Self.run(["circuits/ising.qasm", "--amplitudes", "64", "--probabilities"])
    let amplitudes = try #require(found.amplitudes)
    let probabilities = try #require(found.probabilities)
    #expect(amplitudes.count == 64)
    for amplitude in amplitudes {
      let square = amplitude.re * amplitude.re + amplitude.im * amplitude.im
      #expect(abs(square - amplitude.probability) < 1e-15)
      #expect(amplitude.probability == probabilities[amplitude.basis])
    }
    for (first, second) in zip(amplitudes, amplitudes.dropFirst()) {
      // A greater one may stand behind only where it is equal to rounding: then numbers decide.
      #expect(
        first.probability >= second.probability
          || first.probability >= second.probability * (1 - 1e-12) && first.basis < second.basis)
    }
    let few = try Self.run(["circuits/ising.qasm", "--amplitudes", "5"])
    #expect(few.amplitudes?.map(\.basis) == amplitudes.prefix(5).map(\.basis))
  }

  /// Five standard deviations of a binomial count are passed once in a million.
  @Test func countsFollowTheProbabilities() throws {
    let shots = 100_000
    let found = try Self.run(
      ["circuits/ising.qasm", "--shots", "\(shots)", "--seed", "7", "--probabilities"])
    let counts = try #require(found.counts)
    #expect(counts.values.reduce(0, +) == shots)
    for (bits, probability) in try #require(found.probabilities) {
      let mean = probability * Double(shots)
      let deviation = (mean * (1 - probability)).squareRoot()
      #expect(abs(Double(counts[bits, default: 0]) - mean) <= 5 * deviation + 1, "\(bits)")
    }
  }

  @Test func threadsChangeNothing() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "layers.qasm",
      """
      OPENQASM 2.0;
      include "qelib1.inc";
      qreg q[16];
      h q;
      \((0..<15).map { "cu1(0.\($0 + 1)) q[\($0)], q[\($0 + 1)];" }.joined(separator: "\n"))
      ry(0.3) q;
      """)
    let flags = ["--shots", "50", "--amplitudes", "9", "--expect", "X0*X15 + Z3*Z4 - Y7"]
    let one = try Self.run([file, "--threads", "1"] + flags)
    let four = try Self.run([file, "--threads", "4"] + flags)
    #expect(one.counts == four.counts)
    #expect(one.amplitudes?.map(\.re) == four.amplitudes?.map(\.re))
    #expect(one.amplitudes?.map(\.basis) == four.amplitudes?.map(\.basis))
    #expect(one.expectations?.map(\.value) == four.expectations?.map(\.value))
  }
}
