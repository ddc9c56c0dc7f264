import Hilbert

/// Reads any bytes as a circuit file.
///
/// What cannot be read must be refused by a typed error; what can be read must be
/// the same circuit when it is written as JSON and read again, and must be written in the other languages or refused.
public enum ReaderFuzzing {
  /// Bounds that let an input take milliseconds, so that many can be tried.
  private static let options = ReadingOptions(
    limits: ReadingLimits(instructions: 1 << 12, steps: 1 << 13))

  /// Tries one input; traps where a promise is broken.
  public static func read(_ bytes: UnsafeBufferPointer<UInt8>, as language: CircuitFormat) {
    let document: CircuitDocument
    do throws(CircuitParseError) {
      document = try CircuitDocument(
        reading: Array(bytes), file: "input", as: language, options: options)
    } catch {
      precondition(!error.faults.isEmpty && !error.description.isEmpty)
      return
    }
    for format in CircuitFormat.allCases {
      guard let text = try? document.text(as: format), format == .json else { continue }
      guard let again = try? CircuitDocument(reading: text, as: .json) else {
        preconditionFailure("JSON that was written is not read:\n\(text)")
      }
      precondition(again.circuit == document.circuit, "another circuit is read back:\n\(text)")
    }
  }
}
