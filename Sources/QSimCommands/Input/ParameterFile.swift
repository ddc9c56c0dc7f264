import ArgumentParser
import Foundation

/// A JSON file with the values of inputs: `{"theta": 0.3, "phi": [0.1, 0.2]}`; nested arrays are read row by row.
struct ParameterFile {
  let path: String
  /// The command that reads it, as messages name it.
  let command: String

  private enum Value: Decodable {
    case number(Double)
    case list([Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let flag = try? container.decode(Bool.self) {
        self = .number(flag ? 1 : 0)
      } else {
        self = .list(try container.decode([Value].self))
      }
    }

    var numbers: [Double] {
      switch self {
      case .number(let number): [number]
      case .list(let values): values.flatMap(\.numbers)
      }
    }
  }

  /// Reads the values.
  ///
  /// - Throws: The exit code of a file that cannot be read, or is no object of numbers and arrays of them.
  func values() throws(ExitCode) -> [String: [Double]] {
    let bytes = try CircuitFile(path: path, command: command).bytes()
    let values: [String: [Double]]
    do {
      values = try JSONDecoder().decode([String: Value].self, from: Data(bytes)).mapValues(
        \.numbers)
    } catch {
      throw CommandFailure.usage(
        "\(command): --param-file: \(path): found no JSON object of numbers and arrays of numbers, expected one "
          + "as {\"theta\": 0.3, \"phi\": [0.1, 0.2]}")
    }
    var seen: Set<String> = []
    for name in Self.names(in: bytes) where !seen.insert(name).inserted {
      throw CommandFailure.usage(
        "\(command): --param-file: \(path): found '\(name)' twice, expected one value or one array for it"
      )
    }
    return values
  }

  /// The names of an object in the order in which they stand; the decoder keeps one of those that are equal.
  private static func names(in bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var depth = 0
    var start: Int?
    var isEscaped = false
    var text = ""
    for (place, byte) in bytes.enumerated() {
      if let first = start {
        defer { isEscaped = byte == UInt8(ascii: "\\") && !isEscaped }
        guard byte == UInt8(ascii: "\""), !isEscaped else { continue }
        let quoted = Data(bytes[first...place])
        text = (try? JSONDecoder().decode(String.self, from: quoted)) ?? ""
        start = nil
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): start = place
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":") where depth == 1: names.append(text)
      default: break
      }
    }
    return names
  }
}
