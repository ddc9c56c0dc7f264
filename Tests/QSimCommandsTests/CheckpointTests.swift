import Foundation
import Testing

/// Which checkpoints a training goes on from.
@Suite struct CheckpointTests {
  private let folder: TemporaryFolder
  private let flags = ["Z0", "--steps", "3", "--seed", "1", "--learning-rate", "0.2"]

  init() throws { folder = try TemporaryFolder() }

  /// A turn of RY between a start, a matrix and a channel.
  private func circuit(
    _ name: String, start: String = "[[1, 0], [0, 0]]",
    matrix: String = "[[[0, 0], [1, 0]], [[1, 0], [0, 0]]]", rate: Double = 0.19
  ) throws -> String {
    let (kept, lost) = ((1 - rate).squareRoot(), rate.squareRoot())
    return try folder.file(
      name,
      """
      {
        "hilbert-circuit": 1, "qubits": 1, "weights": 1, "names": ["theta"],
        "initialState": {"qubits": [0], "amplitudes": \(start)},
        "instructions": [
          {"gate": "ry", "angles": [[{"coefficient": 1, "weights": [0]}]], "qubits": [0]},
          {"gate": "unitary", "matrix": \(matrix), "qubits": [0]},
          {"channel": "decay", "qubits": [0], "kraus": [
            [[[1, 0], [0, 0]], [[0, 0], [\(kept), 0]]], [[[0, 0], [\(lost), 0]], [[0, 0], [0, 0]]]]}
        ]
      }
      """)
  }

  private func checkpoint(of circuit: String) throws -> String {
    let path = folder.path + "/check.json"
    let outcome = try Program.qsim(["train", circuit] + flags + ["--checkpoint", path])
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
    return path
  }

  @Test func circuitsDifferByTheirMatricesChannelsAndStarts() throws {
    let check = try checkpoint(of: try circuit("first.json"))
    let same = try Program.qsim(
      ["train", try circuit("same.json")] + flags + ["--resume", check])
    #expect(same.exitCode == 0, "\(same.errors)")
    for other in [
      try circuit("matrix.json", matrix: "[[[0, 0], [0, -1]], [[0, 1], [0, 0]]]"),
      try circuit("channel.json", rate: 0.36),
      try circuit("start.json", start: "[[0, 0], [1, 0]]"),
    ] {
      let outcome = try Program.qsim(["train", other] + flags + ["--resume", check])
      #expect(outcome.isExit && outcome.exitCode == 64 && outcome.output.isEmpty)
      #expect(
        outcome.errors.hasPrefix(
          "qsim train: --resume: \(check): found circuit '1 qubits, 3 instructions, "),
        "\(outcome.errors)")
    }
  }

  @Test func whatDoesNotFitTogetherIsRefused() throws {
    let file = try circuit("circuit.json")
    let check = try checkpoint(of: file)
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: check)))
        as? [String: Any])
    var best = try #require(whole["best"] as? [String: Any])
    best["weights"] = [Double]()
    for (key, value, message) in [
      ("steps", [Any](), "found 0 steps, expected 3 as of the optimizer"),
      ("names", [Any](), "found the parameters [], expected [\"theta\"]"),
      ("weights", [0.5, 0.5] as [Any], "found 2 values, expected 1"),
      ("best", best, "found best values that are no step's of this training"),
      ("settledSteps", -5, "found numbers that no training writes"),
    ] as [(String, Any, String)] {
      var damaged = whole
      damaged[key] = value
      let path = try folder.file(
        "damaged.json", Array(try JSONSerialization.data(withJSONObject: damaged)))
      try Program.expect(
        ["train", file] + flags + ["--resume", path], fails: 64,
        with: "qsim train: --resume: \(path): \(message)\n")
    }
  }
}
