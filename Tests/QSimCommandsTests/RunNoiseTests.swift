import Foundation
import Testing

/// `qsim run --noise`: noise models from files.
@Suite struct RunNoiseTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectation(_ arguments: [String]) throws -> Double {
    let members = try Program.json(arguments)
    let list = try #require(members["expectations"] as? [[String: Any]])
    return try #require(list[0]["value"] as? Double)
  }

  /// A flip of X by 0.1 after H, by 0.2 after gates on two qubits.
  private var noise: String {
    get throws {
      try folder.file(
        "noise.json",
        """
        {
          "channels": [
            {"channel": "bitFlip", "probability": 0.1, "after": ["x"]},
            {"channel": "depolarizing", "mixing": 0.2, "qubits": 2, "afterGatesOn": 2},
            {"channel": "phaseFlip", "probability": 0.5, "on": [1]}
          ],
          "readout": [{"oneAsZero": 0.25}]
        }
        """)
    }
  }

  private var circuit: String {
    get throws {
      try folder.file(
        "circuit.qasm",
        "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[2];\nx q[0];\ncx q[0],q[1];\n")
    }
  }

  @Test func meansAreExact() throws {
    // ⟨Z0⟩ is -(1 - 2·0.1) after the flip, and shrinks by 0.8.
    let arguments = ["run", try circuit, "--noise", try noise, "--expect", "Z0"]
    #expect(abs(try expectation(arguments) + 0.64) < 1e-12)
    #expect(try Program.json(arguments)["method"] as? String == "density")
    let drawn = try expectation(arguments + ["--method", "trajectories", "--trajectories", "4000"])
    #expect(abs(drawn + 0.64) < 0.1)
  }

  @Test func countsAreDrawnWithTheirReadoutErrors() throws {
    let members = try Program.json([
      "run", try circuit, "--noise", try noise, "--shots", "20000", "--seed", "5",
    ])
    let counts = try #require(members["counts"] as? [String: Int])
    let ones = counts.reduce(0) { $0 + ($1.key.hasSuffix("1") ? $1.value : 0) }
    // Qubit 0 is 1 with (1 + 0.64)/2, and read so with 0.75 of that: six deviations of 20000 draws.
    #expect(abs(Double(ones) / 20000 - 0.82 * 0.75) < 6 * 0.0035)
    let refused = try Program.qsim(
      "run", try circuit, "--noise", try noise, "--method", "statevector", "--probabilities")
    #expect(refused.exitCode == 64 && refused.output.isEmpty)
    #expect(refused.errors.contains("under noise shots end in different states"))
  }

  /// Of the rules for a qubit the last holds, and one for some qubits goes before one for all.
  @Test func laterReadoutRulesTakeThePlaceOfEarlierOnes() throws {
    let file = try folder.file(
      "readout.json",
      #"{"readout": [{"oneAsZero": 1, "on": [1, 9]}, {"oneAsZero": 1}, {"zeroAsOne": 1}]}"#)
    let turned = try folder.file(
      "ones.qasm", "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[3];\nx q[0];\nx q[1];\n")
    let members = try Program.json(["run", turned, "--noise", file, "--shots", "20"])
    #expect(members["counts"] as? [String: Int] == ["101": 20])
  }

  @Test(arguments: [
    ("[]", "found no JSON object"), ("{", "found no JSON object"),
    (
      #"{"channels": [{"channel": "flip"}]}"#,
      "channels[0]: found channel 'flip', expected one of amplitudeDamping, bitFlip, bitPhaseFlip, depolarizing"
    ),
    (
      #"{"channels": [{"channel": "bitFlip"}]}"#,
      "channels[0]: found no 'probability' of bitFlip, expected one"
    ),
    (
      #"{"channels": [{"channel": "bitFlip", "probability": 2}]}"#,
      "channels[0]: bitFlip: found 2.0, expected 0.0 to 1.0"
    ),
    (
      #"{"channels": [{"channel": "bitFlip", "probability": 0.1, "after": ["hh"]}]}"#,
      "channels[0]: found gate 'hh', expected a name that qsim gates lists"
    ),
    (
      #"{"channels": [{"channel": "kraus", "operators": [[[[1, 0], [0, 0]], [[0, 0], [0.5, 0]]]]}]}"#,
      "channels[0]: the Kraus operators do not sum to the identity"
    ),
    (#"{"channels": [{"probability": 1}]}"#, "channels[0]: found no 'channel', expected one"),
    (#"{"readout": [{"oneAsZero": 1.5}]}"#, "read 1 as 0: found 1.5, expected 0.0 to 1.0"),
    (#"{"channel": []}"#, "found the key 'channel', expected channels, readout"),
    (
      #"{"channels": [{"channel": "bitFlip", "probability": 0.1, "afterGateOn": 2}]}"#,
      "channels[0]: found the key 'afterGateOn', expected after, afterGatesOn, channel, on, probability"
    ),
    (
      #"{"channels": [{"channel": "bitFlip", "probability": 0.1, "After": ["x"]}]}"#,
      "channels[0]: found the key 'After', expected after, "
    ),
    (
      #"{"channels": [{"channel": "bitFlip", "probability": 0.1, "rate": 0.2}]}"#,
      "channels[0]: found the key 'rate', expected after, "
    ),
    (
      #"{"readout": [{"oneAsZero": 0.1}, {"p01": 0.1}]}"#,
      "readout[1]: found the key 'p01', expected on, oneAsZero, zeroAsOne"
    ),
    (#"{"readout": [{"on": [0]}]}"#, "readout[0]: found no probability, expected 'oneAsZero'"),
    (
      #"{"readout": [{"oneAsZero": 0.1, "on": [-1]}]}"#,
      "readout[0]: found qubit -1, expected an index from 0"
    ),
    (
      #"{"channels": [{"channel": "bitFlip", "probability": 0.1, "on": [0, -2]}]}"#,
      "channels[0]: found qubit -2, expected an index from 0"
    ),
    (
      #"{"channels": [{"channel": "bitFlip", "probability": 0.1, "afterGatesOn": -2}]}"#,
      "channels[0]: found 'afterGatesOn' -2, expected at least 1"
    ),
    (
      #"{"channels": [{"channel": "depolarizing", "mixing": 0.1, "errorProbability": 0.1}]}"#,
      "channels[0]: found 'mixing' and 'errorProbability', expected one of them"
    ),
  ])
  func aBadModelIsToldWithItsPlace(text: String, message: String) throws {
    let file = try folder.file("bad.json", text)
    let outcome = try Program.qsim("run", try circuit, "--noise", file)
    #expect(outcome.isExit && outcome.exitCode == 64 && outcome.output.isEmpty)
    #expect(
      outcome.errors.hasPrefix("qsim run: --noise: \(file): ")
        && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
