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
    do {
      return try JSONDecoder().decode([String: Value].self, from: Data(bytes)).mapValues(\.numbers)
    } catch {
      throw CommandFailure.usage(
        "\(command): --param-file: \(path): found no JSON object of numbers and arrays of numbers, expected one "
          + "as {\"theta\": 0.3, \"phi\": [0.1, 0.2]}")
    }
  }
}
