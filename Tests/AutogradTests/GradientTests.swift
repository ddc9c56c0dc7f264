import Autograd
import Foundation
import TestSupport
import Testing

@Suite("Gradients")
struct GradientTests {
  /// Central differences of functions of size 1 in double precision err by about 1e-9; sizes here
  /// go up to some hundreds.
  static let tolerance = 2e-7

  private func expectClose(_ found: [Double], _ expected: [Double], _ what: GradientCase) {
    let scale = 1 + (expected.map(abs).max() ?? 0)
    #expect(found.count == expected.count)
    for (index, (a, b)) in zip(found, expected).enumerated() {
      #expect(abs(a - b) <= Self.tolerance * scale, "\(what): number \(index): \(a), expected \(b)")
    }
  }

  @Test("are the differences of the loss", arguments: GradientCase.all)
  func firstOrder(_ row: GradientCase) {
    let point = row.point
    expectClose(row.gradient(point), centralDifferences(of: row.value, at: point), row)
  }

  @Test("have the differences of the gradient as their own", arguments: GradientCase.all)
  func secondOrder(_ row: GradientCase) {
    let point = row.point
    expectClose(row.curvature(point), centralDifferences(of: row.slope, at: point), row)
  }

  @Test("are those of grad(of:withRespectTo:) too", arguments: GradientCase.all)
  func functional(_ row: GradientCase) {
    let leaves = row.leaves(row.point)
    let found = grad(of: row.loss(leaves), withRespectTo: leaves)
    #expect(leaves.allSatisfy { $0.gradient == nil })
    expectClose(found.flatMap { GradientCase.numbers($0.array) }, row.gradient(row.point), row)
  }

  @Test("each row records the operation it is named after", arguments: GradientCase.all)
  func rowsAreNamedRight(_ row: GradientCase) {
    let names = row.function(row.leaves(row.point)).recordedOperationNames
    #expect(names.contains(row.operation == "custom" ? "x²y" : row.operation))
  }

  @Test("every differentiable operation of the sources has a row")
  func tableIsComplete() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Autograd")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /= Operation\(\s*"(\w+)"/) { declared.insert(String(match.1)) }
    }
    declared.remove("leaf")
    #expect(declared.count > 40)
    #expect(declared.subtracting(GradientCase.all.map(\.operation)) == [])
  }
}
