import Foundation
import Testing

/// docs/qsim.md names the members of what `--format json` prints, all of them and no others.
@Suite struct SchemaTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The members that the page names of a command, those of inner objects behind those that hold them:
  /// `seconds.parse`.
  private func documented(_ command: String) throws -> Set<String> {
    let page = try String(
      contentsOf: Program.root.appending(path: "docs/qsim.md"), encoding: .utf8)
    let row = try #require(
      page.split(separator: "\n").first { $0.hasPrefix("| `\(command)` | `") },
      "no row of \(command)")
    var paths: Set<String> = []
    var outer: [String] = []
    var last = ""
    let cell = row.dropFirst("| `\(command)` |".count)
    for (place, part) in cell.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      guard place.isMultiple(of: 2) else {
        last = (outer + [String(part)]).joined(separator: ".")
        paths.insert(last)
        continue
      }
      // Names stand between the marks of code, the parentheses about inner ones outside them.
      for character in part {
        if character == "(" { outer = last.split(separator: ".").map(String.init) }
        if character == ")" {
          last = outer.joined(separator: ".")
          outer = Array(outer.dropLast())
        }
      }
    }
    return paths
  }

  /// The members that a command prints, as deep as `known` has names.
  private func printed(_ object: [String: Any], _ known: Set<String>, in outer: String = "")
    -> Set<String>
  {
    var paths: Set<String> = []
    for (name, value) in object {
      let path = outer + name
      paths.insert(path)
      guard known.contains(where: { $0.hasPrefix(path + ".") }) else { continue }
      let inner = (value as? [[String: Any]]) ?? [value as? [String: Any] ?? [:]]
      for object in inner { paths.formUnion(printed(object, known, in: path + ".")) }
    }
    return paths
  }

  private func expect(_ command: String, prints variants: [[String]]) throws {
    let known = try documented(command)
    #expect(!known.isEmpty)
    var found: Set<String> = []
    for arguments in variants {
      found.formUnion(printed(try Program.json(arguments), known))
    }
    #expect(found.subtracting(["schema", "command"]) == known, "\(command)")
  }

  private let encoding = "circuits/variational/encoding.qasm"
  private let bell = "circuits/bell.qasm"

  @Test func ofRuns() throws {
    try expect(
      "run",
      prints: [
        [
          "run", bell, "--shots", "5", "--probabilities", "--amplitudes", "2", "--expect", "Z0",
          "--state-out", folder.path + "/state.npy",
        ],
        ["run", bell, "--method", "trajectories", "--expect", "Z0"],
        ["run", bell, "--method", "stabilizer"],
      ])
  }

  @Test func ofExpectations() throws {
    let list = try folder.file("list.txt", "parity = Z0*Z1\n")
    try expect(
      "expect",
      prints: [
        ["expect", bell, "Z0", "--variance"],
        ["expect", bell, "--observables", list, "--shots", "10"],
      ])
  }

  @Test func ofGradients() throws {
    try expect(
      "grad",
      prints: [["grad", encoding, "Z0", "--check"], ["grad", encoding, "Z0", "--shots", "9"]])
    try expect("train", prints: [["train", encoding, "Z0", "--steps", "2"]])
  }

  @Test func ofKernels() throws {
    let samples = try folder.file("samples.csv", "1,2,3\n4,5,6\n")
    try expect(
      "kernel",
      prints: [
        ["kernel", encoding, samples],
        ["kernel", encoding, samples, "--out", folder.path + "/gram.npy"],
      ])
  }

  @Test func ofFilesAndGates() throws {
    try expect("info", prints: [["info", bell]])
    try expect("gates", prints: [["gates"]])
    try expect("gates NAME", prints: [["gates", "rx"]])
  }

  @Test func ofPlans() throws {
    try expect(
      "plan", prints: [["plan", bell], ["plan", encoding, "--expect", "Z0", "--gradient"]])
  }

  @Test func ofBenchmarks() throws {
    let sizes = [
      "dense": ["--qubits", "4", "--depth", "2"], "density": ["--qubits", "2", "--depth", "2"],
      "gradient": ["--qubits", "3", "--layers", "1", "--batch", "2"],
      "kernel": ["--qubits", "2", "--samples", "3"], "replay": ["--samples", "100"],
      "sampling": ["--qubits", "3", "--depth", "2", "--samples", "50"],
      "statevector": ["--qubits", "4", "--depth", "2"], "vqe": ["--qubits", "3", "--layers", "1"],
    ]
    try expect(
      "bench", prints: sizes.map { ["bench", $0.key] + $0.value + ["--repeats", "1"] })
    try expect("bench layers", prints: [["bench", "layers"]])
    try expect("bench kernels", prints: [["bench", "kernels"]])
  }
}
