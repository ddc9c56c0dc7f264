package import Foundation

/// The committed numbers of Tests/Oracles/data; the scripts beside it say what they hold.
package enum OracleFile {
  /// Reads `name`.json as a value of type `type`.
  package static func decode<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value
  {
    try JSONDecoder().decode(type, from: Data(contentsOf: url(of: name)))
  }

  /// Where `name`.json lies.
  package static func url(of name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Oracles/data/\(name).json")
  }
}
