import CircuitText
import Circuits
import Compute
import TestSupport
import Testing

/// Random classical programs over three bits: what they do with bits that have been measured must be what they do with
/// the same bits written down, which is worked out while the file is read and involves no question at all.
@Suite("OpenQASM 3 programs over measured bits") struct MeasuredProgramTests {
  /// Writes statements over `bool b0…b1`, `uint[3] n0…n2`, `bit[3] c` and `bit[2] d`.
  private struct Author {
    var stream: RandomStream
    var text = ""
    private var loops = 0

    init(seed: UInt64) { stream = RandomStream(seed: seed, purpose: .general) }

    mutating func below(_ count: Int) -> Int { Int(stream.nextUniform() * Double(count)) }

    mutating func pick(_ list: [String]) -> String { list[below(list.count)] }

    /// A whole number.
    mutating func number(_ depth: Int) -> String {
      switch below(depth > 0 ? 8 : 3) {
      case 0: "\(below(8))"
      case 1: "n\(below(3))"
      case 2: "uint[3](c)"
      case 3, 4:
        "(\(number(depth - 1)) \(pick(["+", "-", "*", "&", "|", "^"])) \(number(depth - 1)))"
      case 5: "(\(number(depth - 1)) >> \(below(3)))"
      case 6: "popcount(c ^ bit[3](uint[3](\(number(depth - 1)))))"
      default: "(\(number(depth - 1)) % \(1 + below(4)))"
      }
    }

    /// A yes or no.
    mutating func question(_ depth: Int) -> String {
      switch below(depth > 0 ? 9 : 4) {
      case 0: "b\(below(2))"
      case 1: "c[\(below(3))]"
      case 2: "d[\(below(2))]"
      case 3: "n\(below(3))[\(below(3))]"
      case 4, 5: "(\(number(depth - 1)) \(pick(["==", "!=", "<", "<=", ">"])) \(number(depth - 1)))"
      case 6: "!\(question(depth - 1))"
      default: "(\(question(depth - 1)) \(pick(["&&", "||", "^", "=="])) \(question(depth - 1)))"
      }
    }

    mutating func statement(_ depth: Int, inLoop: Bool) {
      switch below(depth > 0 ? 14 : 6) {
      case 0, 1: text += "n\(below(3)) \(pick(["=", "+=", "-=", "^="])) \(number(2));\n"
      case 2: text += "b\(below(2)) = \(question(2));\n"
      case 3: text += "c[\(below(3))] = \(question(1));\n"
      case 4: text += "d = c[{\(below(3)), \(below(3))}];\n"
      case 5: text += "c = \(pick(["c << 1", "c >> 1", "~c", "c[{2, 0, 1}]", "rotl(c, 2)"]));\n"
      case 6, 7, 8:
        text += "if (\(question(2))) {\n"
        block(depth - 1, inLoop: inLoop)
        text += "}"
        if below(2) == 0 {
          text += " else {\n"
          block(depth - 1, inLoop: inLoop)
          text += "}"
        }
        text += "\n"
      case 9:
        text += "for int i\(depth) in [0:\(below(3))] {\n"
        block(depth - 1, inLoop: true)
        text += "}\n"
      case 10:
        text += "switch (\(number(1))) { case \(below(3)), 5 {\n"
        block(depth - 1, inLoop: inLoop)
        text += "} default {\n"
        block(depth - 1, inLoop: inLoop)
        text += "} }\n"
      case 11 where below(2) == 0:
        // A loop whose variables begin at known values, in every round of a loop around it.
        loops += 1
        text += "uint[2] k\(loops) = 0;\nbool go\(loops) = true;\n"
        text += "while (go\(loops) && k\(loops) < 3) {\nk\(loops) += 1;\n"
        text += "bit t\(loops);\nif (\(question(1))) { t\(loops) = \(question(1)); }\n"
        text += "n\(below(3)) += uint[3](t\(loops)) + k\(loops);\ngo\(loops) = \(question(1));\n"
        block(depth - 1, inLoop: true)
        text += "}\n"
      case 11:
        // A loop that ends, whatever its body does.
        loops += 1
        text += "uint[3] k\(loops) = \(number(1)) & 3;\nwhile (k\(loops) != 0) {\nk\(loops) -= 1;\n"
        block(depth - 1, inLoop: true)
        text += "}\n"
      case 12 where inLoop:
        text += "if (\(question(1))) { \(pick(["break", "continue"])); }\n"
      default: text += "n\(below(3)) = mixed(n\(below(3)), \(question(1)));\n"
      }
    }

    mutating func block(_ depth: Int, inLoop: Bool) {
      for _ in 0...below(3) { statement(depth, inLoop: inLoop) }
    }
  }

  private static func program(_ seed: UInt64, _ start: String) -> String {
    var author = Author(seed: seed)
    for _ in 0..<5 { author.statement(3, inLoop: false) }
    return """
      include "stdgates.inc";
      def mixed(uint[3] a, bool b) -> uint[3] {
        if (b) { return a + 3; }
        for int i in [0:2] { if (a[i]) { return a ^ 5; } }
        return 1;
      }
      qubit[3] q;
      bit[3] c;
      bit[2] d;
      bit[9] out;
      bool b0; bool b1;
      uint[3] n0; uint[3] n1 = 2; uint[3] n2 = 5;
      \(start)
      \(author.text)
      out = bit[3](n0) ++ bit[3](n1) ++ bit[3](n2);
      d[0] = b0;
      d[1] = b1;
      """
  }

  /// The bits of `c`, `d` and `out` at the end, which are certain.
  private static func bits(_ text: String) throws -> [Bool]? {
    let circuit = try CircuitDocument(reading: text).circuit
    let outcomes = ReferenceBranches.distribution(of: circuit).filter { $0.value > 1e-9 }
    let shown = Set(outcomes.keys.map { Array($0.prefix(14)) })
    return shown.count == 1 ? shown.first : nil
  }

  @Test("end as they do with the bits written down")
  func agreement() throws {
    var compared = 0
    let seeds: Range<UInt64> = 0..<200
    for (seed, input) in seeds.flatMap({ seed in [0, 3, 6].map { (seed, $0) } }) {
      let digits = (0..<3).map { input >> (2 - $0) & 1 == 1 ? "1" : "0" }.joined()
      let flips = (0..<3).filter { input >> $0 & 1 == 1 }.map { "x q[\($0)]; " }.joined()
      let written = Self.program(seed, "c = \"\(digits)\";")
      let measured = Self.program(seed, "\(flips)c = measure q;")
      do {
        let expected = try Self.bits(written)
        let found = try Self.bits(measured)
        compared += 1
        #expect(found != nil && found == expected, "\(seed) \(digits)\n\(measured)")
      } catch let error as CircuitParseError {
        // Some programs need more than the bounds allow; what they are told must say so.
        guard case .tooManyOutcomes = error.faults[0].reason else {
          Issue.record("\(error)\n\(measured)")
          continue
        }
      }
    }
    #expect(compared > 450)
  }
}
