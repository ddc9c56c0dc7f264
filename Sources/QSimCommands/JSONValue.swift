/// A JSON value whose objects keep the order their keys were written in.
enum JSONValue {
  case object([(String, JSONValue)])
  case array([JSONValue])
  case string(String)
  case number(Double)
  case integer(Int)
  case unsigned(UInt64)
  case boolean(Bool)
  case null

  /// The text of the value, indented by two spaces a level; objects of plain values stay on one line
  /// inside arrays.
  func text(indent: Int = 0) -> String {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .string(let value): return Self.quoted(value)
    case .integer(let value): return "\(value)"
    case .unsigned(let value): return "\(value)"
    case .number(let value): return Self.text(of: value)
    case .boolean(let value): return value ? "true" : "false"
    case .null: return "null"
    case .array(let values):
      guard !values.isEmpty else { return "[]" }
      let lines = values.map { inner + $0.flatText }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map { inner + Self.quoted($0.0) + ": " + $0.1.text(indent: indent + 2) }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    }
  }

  /// The result of a command: an object whose first members name the schema, which docs/qsim.md describes, and the
  /// command.
  static func result(of command: String, _ members: [(String, JSONValue)]) -> JSONValue {
    .object([("schema", .string("qsim/1")), ("command", .string(command))] + members)
  }

  /// The text on one line.
  var flatText: String {
    switch self {
    case .object(let members):
      "{" + members.map { Self.quoted($0.0) + ": " + $0.1.flatText }.joined(separator: ", ") + "}"
    case .array(let values): "[" + values.map(\.flatText).joined(separator: ", ") + "]"
    case .string, .number, .integer, .unsigned, .boolean, .null: text()
    }
  }

  /// JSON has no infinities and no NaN: they become null.
  private static func text(of value: Double) -> String { value.isFinite ? "\(value)" : "null" }

  private static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
