public import Arrays
import Foundation

/// Samples without labels: numbers in rows, and the names of their columns where the file has any.
public struct SampleTable: Sendable {
  /// The numbers, float64 of shape `[samples, features]`.
  public let features: NDArray
  /// The names of the columns; empty where the file has none.
  public let names: [String]

  /// Creates a table.
  public init(features: NDArray, names: [String] = []) {
    self.features = features
    self.names = names
  }

  /// Reads a CSV file of numbers, as RFC 4180 says.
  ///
  /// The first record holds the names of the columns where none of its fields is a number.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: Its name, for errors.
  /// - Throws: ``DatasetError`` with line and column: what was found there and what was expected.
  /// - Complexity: O(bytes of the file).
  public init(csv bytes: [UInt8], file name: String) throws(DatasetError) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw DatasetError(file: name, reason: .notText)
    }
    var reader = CSVReader(file: name, bytes: bytes)
    var record: [CSVReader.Field] = []
    guard try reader.next(into: &record) else { throw DatasetError(file: name, reason: .empty) }
    let width = record.count
    var names: [String] = []
    var numbers: [Double] = []
    if record.allSatisfy({ Double($0.text) == nil }) {
      names = record.map(\.text)
      record = []
    }
    var rows = 0
    repeat {
      if record.isEmpty { continue }
      guard record.count == width else {
        throw DatasetError(
          file: name, line: record.first?.line, column: record.last?.column,
          reason: .fieldCount(found: record.count, expected: width))
      }
      for (place, field) in record.enumerated() {
        numbers.append(
          try Self.number(field, column: names.isEmpty ? "\(place + 1)" : names[place], file: name))
      }
      rows += 1
    } while try reader.next(into: &record)
    guard rows > 0 else { throw DatasetError(file: name, reason: .noSamples) }
    self.init(features: NDArray(numbers, shape: [rows, width]), names: names)
  }

  /// The table with its columns in the order of `names`, where these are the names of its columns in any order; else as
  /// it is.
  public func ordered(by names: [String]) -> SampleTable {
    let places = names.compactMap { self.names.firstIndex(of: $0) }
    let width = self.names.count
    guard Set(places).count == width, names.count == width else { return self }
    let numbers = features.doubles()
    let rows = features.shape[0]
    let ordered = (0..<rows).flatMap { row in places.map { numbers[row * width + $0] } }
    return SampleTable(features: NDArray(ordered, shape: [rows, width]), names: names)
  }

  private static func number(
    _ field: CSVReader.Field, column: String, file: String
  ) throws(DatasetError) -> Double {
    let reason: DatasetError.Reason
    if field.text.isEmpty {
      reason = .missingValue(field: field.text, column: column)
    } else if let value = Double(field.text) {
      if value.isFinite { return value }
      reason = .outOfRange(field.text, column: column)
    } else {
      reason = .notANumber(field.text, column: column)
    }
    throw DatasetError(file: file, line: field.line, column: field.column, reason: reason)
  }
}
