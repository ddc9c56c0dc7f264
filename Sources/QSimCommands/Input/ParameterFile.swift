import ArgumentParser
import Foundation

/// A JSON file with the values of inputs: `{"theta": 0.3, "phi": [0.1, 0.2]}`; nested arrays are read row by row, and the
/// elements of an array may have names of their own, `{"phi[0]": 0.1, "phi[1]": 0.2}`.
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
    return try joined(values)
  }

  /// Numbers under names such as `phi[1]`, as results have them, as the arrays that they are elements of.
  private func joined(_ values: [String: [Double]]) throws(ExitCode) -> [String: [Double]] {
    var joined: [String: [Double]] = [:]
    var elements: [String: [(place: [Int], value: Double)]] = [:]
    for (name, numbers) in values {
      let parts = name.split(separator: "[", omittingEmptySubsequences: false)
      let place = parts.dropFirst().compactMap { $0.last == "]" ? Int($0.dropLast()) : nil }
      if parts.count > 1, place.count == parts.count - 1, numbers.count == 1 {
        elements[String(parts[0]), default: []].append((place, numbers[0]))
      } else {
        joined[name] = numbers
      }
    }
    for (name, list) in elements {
      let list = list.sorted { $0.place.lexicographicallyPrecedes($1.place) }
      // The last place tells how many there are: all of them, each once.
      let count = list.last.map { $0.place.reduce(1) { $0 * ($1 + 1) } }
      guard joined[name] == nil, count == list.count,
        Set(list.map(\.place.count)).count == 1
      else {
        throw CommandFailure.usage(
          "\(command): --param-file: \(path): found \(RunReport.counted(list.count, "number")) of '\(name)', "
            + "expected all its elements, or one array")
      }
      joined[name] = list.map(\.value)
    }
    return joined
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
