import Circuits
import Testing

@Suite("Observables from text") struct ObservableParserTests {
  static let texts: [(String, PauliSum)] = [
    ("Z0", .z(0)),
    ("0.5*Z0*Z1 - X2", 0.5 * .z(0) * .z(1) - .x(2)),
    ("  0.5 * Z0   Z1-X2 ", 0.5 * .z(0) * .z(1) - .x(2)),
    ("-Z0", -.z(0)),
    ("- 2e-1*Y3 + 1.5", -0.2 * .y(3) + 1.5 * .identity),
    ("+X0", .x(0)),
    ("1", .identity),
    ("I", .identity),
    ("3*I + I5", 4 * .identity),
    ("Z0*Z0", .identity),
    ("X0*X1*X0", .x(1)),
    ("X0*Y0*Z0*X1*Y1*Z1", -.identity),
    ("2*Z0*3", 6 * .z(0)),
    (".5*Z0 + 1.*Z0 + 1E2 Z1", 1.5 * .z(0) + 100 * .z(1)),
    ("Z0 - -0.5*Z1", .z(0) + 0.5 * .z(1)),
    ("Z62", .z(62)),
    ("Z0 - Z0", .zero),
    ("1e-400*Z0", .zero),
  ]

  @Test("reads sums of products", arguments: texts)
  func reads(_ text: String, _ expected: PauliSum) throws {
    #expect(try PauliSum(text) == expected)
    #expect(try PauliSum(expected.description) == expected)
  }

  static let faults: [(String, Int, ObservableParseError.Reason)] = [
    (
      "", 0,
      .unexpected(found: "the end of the text", expected: "a number or a Pauli operator such as Z0")
    ),
    (
      "0.5*Q0", 4,
      .unexpected(found: "'Q'", expected: "a number or a Pauli operator such as Z0 after '*'")
    ),
    (
      "Z0 +", 4,
      .unexpected(found: "the end of the text", expected: "a number or a Pauli operator such as Z0")
    ),
    (
      "Z0 + * Z1", 5, .unexpected(found: "'*'", expected: "a number or a Pauli operator such as Z0")
    ),
    ("Z", 1, .unexpected(found: "the end of the text", expected: "the index of a qubit after 'Z'")),
    ("Z 0", 1, .unexpected(found: "' '", expected: "the index of a qubit after 'Z'")),
    ("Z0 1", 3, .unexpected(found: "'1'", expected: "'+', '-', '*' or the end of the text")),
    ("(Z0)", 0, .unexpected(found: "'('", expected: "a number or a Pauli operator such as Z0")),
    ("z0", 0, .unexpected(found: "'z'", expected: "a number or a Pauli operator such as Z0")),
    ("Z0/2", 2, .unexpected(found: "'/'", expected: "'+', '-', '*' or the end of the text")),
    ("1.5e*Z0", 4, .unexpected(found: "'*'", expected: "the digits of an exponent")),
    ("Z63", 1, .qubitOutOfRange("63", limit: 63)),
    ("X0*Z99999999999999999999", 4, .qubitOutOfRange("99999999999999999999", limit: 63)),
    ("1e999*Z0", 0, .notFinite("1e999")),
    ("Z1 + 1e300*1e300*Z0", 5, .notFinite("1e300*1e300*Z0")),
    ("1e308*Z0+1e308*Z0", 0, .notFinite("a sum beyond all numbers")),
    ("Z1 + X0*Y0 - Z2", 5, .notHermitian("X0*Y0")),
    ("nan*Z0", 0, .unexpected(found: "'n'", expected: "a number or a Pauli operator such as Z0")),
    ("Z0\u{0}", 2, .unexpected(found: "'\u{0}'", expected: "'+', '-', '*' or the end of the text")),
    ("−Z0", 0, .unexpected(found: "'−'", expected: "a number or a Pauli operator such as Z0")),
  ]

  @Test("names the place of a fault", arguments: faults)
  func located(_ text: String, _ offset: Int, _ reason: ObservableParseError.Reason) {
    #expect(throws: ObservableParseError(text: text, offset: offset, reason: reason)) {
      try PauliSum(text)
    }
  }

  @Test("prints the text with a caret under the place")
  func caret() {
    let text = "0.5*Z0 + Q1"
    let error = #expect(throws: ObservableParseError.self) { try PauliSum(text) }
    #expect(
      error?.description == """
        0.5*Z0 + Q1
                 ^ found 'Q', expected a number or a Pauli operator such as Z0
        """)
  }
}
