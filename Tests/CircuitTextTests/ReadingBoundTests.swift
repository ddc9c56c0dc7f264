import CircuitText
import Circuits
import Testing

/// What is nested, doubled or repeated without end is refused with the bound, at whatever size.
@Suite("Bounds of reading OpenQASM 3") struct ReadingBoundTests {
  private func reasons(_ text: String) -> [CircuitFault.Reason] {
    do throws(CircuitParseError) {
      _ = try CircuitDocument(reading: "OPENQASM 3.0;\n" + text, as: .openQASM3)
      return []
    } catch {
      return error.faults.map(\.reason)
    }
  }

  private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  /// Parts that stand in each other: what opens, what stands inside, what closes.
  private static let nests: [(open: String, inside: String, close: String, limit: Int)] = [
    ("int x = ", "(", ")", 100), ("int x = ", "int(", ")", 100),
    ("int x = ", "int[8](", ")", 100), ("int x = ", "sin(", ")", 100),
    ("int x = ", "-", "", 100), ("bit[2] b; int x = b[", "b[", "]", 100),
    ("int x = ", "{", "}", 100), ("int x = ", "2 ** (", ")", 100),
    ("int[", "int[8](", ")", 100), ("bit[2] b; b[", "b[", "]", 100),
    ("", "{ ", " }", 64), ("", "if (true) { ", " }", 64), ("", "while (false) { ", " }", 64),
    ("", "for int i in [0:1] { ", " }", 64), ("", "box { ", " }", 64),
  ]

  @Test("nests of every kind", arguments: 0..<15, [1000, 20_000])
  func nests(_ kind: Int, _ depth: Int) {
    let nest = Self.nests[kind]
    let found = reasons(
      nest.open + repeated(nest.inside, depth) + "0" + repeated(nest.close, depth) + ";")
    #expect(found.first == .nestedTooDeeply(limit: nest.limit), "\(nest.inside): \(found)")
  }

  @Test("types in types, modifiers before modifiers, chains of branches")
  func chains() {
    #expect(
      reasons("complex" + repeated("[complex", 20_000)).first
        == .unexpected(found: "'complex'", expected: "'float'"))
    #expect(
      reasons("qubit[2] q; " + repeated("inv @ ", 20_000) + "U(0, 0, 0) q[0];").first
        == .nestedTooDeeply(limit: 64))
    #expect(
      reasons("if (false) { } " + repeated("else if (false) { } ", 20_000)).first
        == .nestedTooDeeply(limit: ReadingLimits.depth))
  }

  @Test("what doubles from line to line")
  func doubling() {
    var text = "qubit[1] a0;\nbit[1] b0;\n"
    for place in 0..<40 { text += "let a\(place + 1) = a\(place) ++ a\(place);\n" }
    #expect(reasons(text).first == .repeatedQubit("a0[0]"))
    text = "bit[1] b0;\n"
    for place in 0..<40 { text += "let b\(place + 1) = b\(place) ++ b\(place);\n" }
    #expect(
      reasons(text).first == .registerSize(found: "131072", limit: ReadingLimits.bits))
    text = "include \"stdgates.inc\"; gate g0 a { x a; x a; }\n"
    for place in 0..<40 { text += "gate g\(place + 1) a { g\(place) a; g\(place) a; }\n" }
    #expect(
      reasons(text + "qubit q; g40 q;").first
        == .tooManyInstructions(limit: ReadingLimits().instructions))
    text = "def f0() { int i = 1; }\n"
    for place in 0..<40 { text += "def f\(place + 1)() { f\(place)(); f\(place)(); }\n" }
    #expect(reasons(text + "f40();").first == .tooManySteps(limit: ReadingLimits().steps))
  }

  @Test("what goes on without end")
  func endless() {
    let steps = CircuitFault.Reason.tooManySteps(limit: ReadingLimits().steps)
    #expect(reasons("while (true) { }").first == steps)
    #expect(reasons("for int i in [0:9000000000] { }").first == steps)
    #expect(
      reasons("def f(int n) -> int { return f(n + 1); } int k = f(0);").first
        == .nestedTooDeeply(limit: ReadingLimits.depth))
  }

  @Test("what is too large from the start")
  func sizes() {
    #expect(
      reasons("qubit[4097] q;").first
        == .registerSize(found: "4097", limit: ReadingLimits.qubits))
    #expect(
      reasons("bit[65537] b;").first
        == .registerSize(found: "65537", limit: ReadingLimits.bits))
    #expect(
      reasons("array[int[8], 1024, 1025] a;").first
        == .tooManyElements(limit: ReadingLimits.elements))
    #expect(
      reasons("array[int[8], -1] a;").first
        == .unexpected(found: "an extent of -1", expected: "at least 1"))
  }
}
