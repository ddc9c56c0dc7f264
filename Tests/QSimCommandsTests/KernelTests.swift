import Foundation
import Testing

/// `qsim kernel` against a kernel matrix that was computed without this library.
@Suite struct KernelTests {
  private let folder: TemporaryFolder
  private let oracle: VariationalOracle.Encoding
  private let circuit = "circuits/variational/encoding.qasm"
  private let samples: String

  init() throws {
    folder = try TemporaryFolder()
    oracle = try VariationalOracle.read().encoding
    samples = try folder.file(
      "samples.csv", Self.csv(oracle.samples, header: "a,b,c\n"))
  }

  private static func csv(_ rows: [[Double]], header: String = "") -> String {
    header + rows.map { $0.map { "\($0)" }.joined(separator: ",") + "\n" }.joined()
  }

  private func numbers(_ text: String) -> [[Double]] {
    text.split(separator: "\n").map { $0.split(separator: ",").compactMap { Double($0) } }
  }

  private func expect(_ found: [[Double]], _ expected: [[Double]]) {
    #expect(found.map(\.count) == expected.map(\.count))
    for (row, other) in zip(found, expected) {
      for (a, b) in zip(row, other) { #expect(abs(a - b) < 1e-12) }
    }
  }

  @Test func theGramMatrixIsThatOfTheOracle() throws {
    let outcome = try Program.qsim("kernel", circuit, samples)
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    expect(numbers(outcome.output), oracle.kernel)
    let members = try Program.json(["kernel", circuit, samples])
    expect(try #require(members["matrix"] as? [[Double]]), oracle.kernel)
    #expect(members["rows"] as? Int == 4 && members["columns"] as? Int == 4)
  }

  @Test func aSecondFileGivesTheColumns() throws {
    let others = try folder.file("others.csv", Self.csv(Array(oracle.samples[1...2])))
    let output = folder.path + "/matrix.csv"
    let outcome = try Program.qsim("kernel", circuit, samples, others, "--out", output)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("kernel matrix of 4 x 2 samples in \(output)"))
    expect(numbers(try folder.text("matrix.csv")), oracle.kernel.map { Array($0[1...2]) })
  }

  @Test func samplesAndMatricesMayBeOfNumPy() throws {
    let output = folder.path + "/gram.npy"
    #expect(try Program.qsim("kernel", circuit, samples, "-o", output).exitCode == 0)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: output)))
    #expect(bytes.count == 128 + 16 * 8)
    #expect(
      String(decoding: bytes[10..<128], as: UTF8.self).hasPrefix(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }"))
    // A file of samples: the header of [4, 3], and the numbers.
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 3), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let numbers = oracle.samples.flatMap { $0 }.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt64($0))) }
    }
    let file = try folder.file(
      "samples.npy", [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + numbers)
    expect(self.numbers(try Program.qsim("kernel", circuit, file).output), oracle.kernel)
  }

  private func array(
    _ code: String, _ shape: String, isColumnMajor: Bool = false, _ bytes: [UInt8]
  ) throws -> String {
    let header =
      "{'descr': '\(code)', 'fortran_order': \(isColumnMajor ? "True" : "False"), 'shape': \(shape), }"
    return try folder.file(
      "array.npy",
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        + bytes)
  }

  /// As `np.save` writes the transpose of an array, with the bytes of another machine.
  @Test func arraysMayBeInTheOtherOrders() throws {
    let bytes = (0..<3).flatMap { column in
      oracle.samples.flatMap { row in
        (0..<8).map { UInt8(truncatingIfNeeded: row[column].bitPattern >> (56 - 8 * UInt64($0))) }
      }
    }
    let file = try array(">f8", "(4, 3)", isColumnMajor: true, bytes)
    expect(numbers(try Program.qsim("kernel", circuit, file).output), oracle.kernel)
  }

  @Test func columnsNamedAsTheInputsAreTakenByTheirNames() throws {
    let rows = oracle.samples.map { "\($0[2]),\($0[0]),\($0[1])" }.joined(separator: "\n")
    let named = try folder.file("named.csv", "x[2],x[0],x[1]\n" + rows + "\n")
    expect(numbers(try Program.qsim("kernel", circuit, named).output), oracle.kernel)
    // Other names say nothing of the order.
    let other = try folder.file("other.csv", "c,a,b\n" + rows + "\n")
    #expect(
      try Program.qsim("kernel", circuit, other).output
        != Program.qsim("kernel", circuit, named).output)
  }

  @Test func inputsWithAValueAreNoFeatures() throws {
    let narrow = try folder.file(
      "narrow.qasm",
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float scale;\ninput float x;\nqubit[1] q;\n"
        + "ry(x) q[0];\nrz(scale) q[0];\n")
    let points = try folder.file("points.csv", "0\n1.5\n")
    let outcome = try Program.qsim("kernel", narrow, points, "--set", "scale=2")
    #expect(outcome.exitCode == 0)
    let cosine = pow(cos(0.75), 2)
    expect(numbers(outcome.output), [[1, cosine], [cosine, 1]])
  }

  @Test func faultsHaveTheirPlace() throws {
    let narrow = try folder.file("narrow.csv", "1,2\n3,4\n")
    try Program.expect(
      ["kernel", circuit, narrow], fails: 64,
      with:
        "qsim kernel: \(narrow): found 2 columns, expected 3, one for each open input of \(circuit)\n"
    )
    let typo = try folder.file("typo.csv", "1,2,x3\n4,5,6\n")
    try Program.expect(
      ["kernel", circuit, typo], fails: 64,
      with: "qsim kernel: \(typo):1:5: error: found 'x3' in column '3', expected a number\n")
    let infinite = try array(
      "<f8", "(1, 3)", [0, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 14) + [0xF0, 0x7F])
    try Program.expect(
      ["kernel", circuit, infinite], fails: 64,
      with:
        "qsim kernel: \(infinite): error: found inf in row 0, column 2, both from 0, expected finite numbers\n"
    )
    let words = try folder.file("words.csv", "a,b,c\n1,2,x\n")
    try Program.expect(
      ["kernel", circuit, words], fails: 64,
      with: "qsim kernel: \(words):2:5: error: found 'x' in column 'c', expected a number\n")
    let cut = try folder.file("cut.npy", [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0, 65])
    try Program.expect(
      ["kernel", circuit, cut], fails: 64,
      with: "qsim kernel: \(cut): error: found a header that is cut off or no text\n")
    let outcome = try Program.qsim("kernel", circuit, samples, "--out", "gram.txt")
    #expect(outcome.exitCode == 64)
    #expect(
      outcome.errors.hasPrefix(
        "Error: found --out gram.txt, expected a name that ends in .npy or .csv."))
  }
}
