import CircuitText
import Circuits
import ComplexModule
import Foundation
import Testing

/// A file of Tests/CircuitFiles, and what its comments expect of it.
struct CircuitFileCase: CustomTestStringConvertible, Sendable {
  let name: String
  let path: String
  let text: String
  /// The lines of comments that begin with each key, without it.
  private let expectations: [String: [String]]

  var testDescription: String { name }

  /// All files with expectations.
  static let all: [CircuitFileCase] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "CircuitFiles")
    let names =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return names.sorted().filter { $0.hasSuffix(".qasm") || $0.hasSuffix(".qsim") }.compactMap {
      (name) -> CircuitFileCase? in
      let path = root.appending(path: name).path
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
      return CircuitFileCase(name: name, path: path, text: text)
    }
  }()

  private init(name: String, path: String, text: String) {
    self.name = name
    self.path = path
    self.text = text
    var expectations: [String: [String]] = [:]
    for line in text.split(separator: "\n") {
      let content = line.drop { $0 == "/" || $0 == "#" || $0 == " " }
      guard content.startIndex != line.startIndex, let colon = content.firstIndex(of: ":") else {
        continue
      }
      let key = String(content[..<colon])
      let value = String(content[content.index(after: colon)...].drop { $0 == " " })
      expectations[key, default: []].append(value)
    }
    self.expectations = expectations
  }

  func lines(_ key: String) -> [String] { expectations[key] ?? [] }

  private func entries(_ key: String) -> [String]? {
    expectations[key].map { lines in
      lines.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    }
  }

  /// The values of inputs.
  var values: [String: [Double]] {
    var values: [String: [Double]] = [:]
    for entry in entries("set") ?? [] {
      let parts = entry.split(separator: "=")
      values[String(parts[0])] = parts[1].split(separator: " ").compactMap { Double($0) }
    }
    return values
  }

  /// The amplitudes that are not 0, by basis state; nil where the file does not say.
  var state: [Int: Complex<Double>]? {
    entries("state").map { entries in
      var state: [Int: Complex<Double>] = [:]
      for entry in entries {
        let parts = entry.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
        state[Int(parts[0], radix: 2) ?? -1] = Self.number(parts[1])
      }
      return state
    }
  }

  /// The outcomes that occur; nil where the file does not say.
  var outcomes: Set<String>? { entries("counts").map { Set($0) } }

  /// Reads `0.5`, `-1i` or `0.5+0.25i`.
  private static func number(_ text: String) -> Complex<Double> {
    guard text.hasSuffix("i") else { return Complex(Double(text) ?? .nan) }
    let body = text.dropLast()
    if let plus = body.dropFirst().lastIndex(where: { $0 == "+" || $0 == "-" }) {
      return Complex(Double(body[..<plus]) ?? .nan, Double(body[plus...]) ?? .nan)
    }
    return Complex(0, Double(body) ?? .nan)
  }

  /// The document that the file is read as.
  func document() throws -> CircuitDocument {
    try CircuitDocument(
      reading: text, file: path,
      options: ReadingOptions(values: values, includeFolders: []))
  }
}
