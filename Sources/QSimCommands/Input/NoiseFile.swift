import ArgumentParser
import Foundation
import Hilbert

/// A noise model as a JSON file; docs/qsim.md describes it.
///
/// ```json
/// {
///   "channels": [
///     {"channel": "depolarizing", "mixing": 0.01, "after": ["rx", "h"]},
///     {"channel": "depolarizing", "mixing": 0.02, "qubits": 2, "afterGatesOn": 2},
///     {"channel": "amplitudeDamping", "rate": 0.001, "on": [0, 3]}
///   ],
///   "readout": [{"oneAsZero": 0.03, "zeroAsOne": 0.01}]
/// }
/// ```
struct NoiseFile {
  let path: String
  /// The command that reads it, as messages name it.
  let command: String

  /// Reads the model.
  ///
  /// - Throws: The exit code of a file that cannot be read, or is no noise model.
  func model() throws(ExitCode) -> NoiseModel {
    let file = CircuitFile(path: path, command: command)
    let bytes = try file.bytes()
    do {
      let content = try JSONDecoder().decode(KnownKeys<NoiseContent>.self, from: Data(bytes))
      return try content.value.model()
    } catch let fault as NoiseFault {
      throw failure(file, fault.text)
    } catch let error as ChannelError {
      throw failure(file, "\(error)")
    } catch let error as DecodingError {
      throw failure(file, Self.text(of: error))
    } catch {
      throw failure(file, "found no JSON object, expected one with 'channels' and 'readout'")
    }
  }

  private func failure(_ file: CircuitFile, _ text: String) -> ExitCode {
    CommandFailure.usage("\(command): --noise: \(file.name): \(text)")
  }

  /// What does not fit, with its path in the file.
  private static func text(of error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
        .drop { $0 == "." }.description
    }
    func told(_ path: [any CodingKey], _ text: String) -> String {
      let path = place(path)
      return "\(path.isEmpty ? "" : path + ": ")\(text)"
    }
    switch error {
    case .keyNotFound(let key, let context):
      return told(context.codingPath, "found no '\(key.stringValue)', expected one")
    case .dataCorrupted(let context) where context.underlyingError is NoiseFault:
      return told(
        context.codingPath,
        (context.underlyingError as? NoiseFault)?.text ?? context.debugDescription
      )
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
      .valueNotFound(_, let context) where !context.codingPath.isEmpty:
      return told(context.codingPath, "found another kind of value than expected")
    default: return "found no JSON object, expected one with 'channels' and 'readout'"
    }
  }
}

/// A fault of a noise file.
struct NoiseFault: Error {
  let text: String
}

/// An object of a noise file with the keys that it may have.
protocol NoiseObject: Decodable {
  /// The keys that this object may have.
  var knownKeys: Set<String> { get }
}

/// An object whose keys are all known: one that is misspelt would be left out without a word.
struct KnownKeys<Value: NoiseObject>: Decodable {
  let value: Value

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    value = try Value(from: decoder)
    let keys = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue)
    let known = value.knownKeys
    guard let stray = keys.sorted().first(where: { !known.contains($0) }) else { return }
    let text = "found the key '\(stray)', expected \(known.sorted().joined(separator: ", "))"
    throw DecodingError.dataCorrupted(
      DecodingError.Context(
        codingPath: decoder.codingPath, debugDescription: text,
        underlyingError: NoiseFault(text: text)))
  }
}
