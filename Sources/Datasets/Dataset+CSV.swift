public import Arrays
import Compute
import Foundation

extension Dataset {
  /// Reads a classification data set from a CSV file.
  ///
  /// The file is as RFC 4180 says, in UTF-8, with the names of the columns in its first record: fields
  /// stand in quotes where they hold commas, quotes or line breaks, lines end with LF or CRLF. Spaces
  /// around a field without quotes do not count; lines without any character are passed over.
  ///
  /// Labels that are all integers are ordered by value, others by their Unicode scalars; ``classNames``
  /// holds them as written, and ``labels`` their places in that order.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - label: The name of the column that holds the classes.
  ///   - ignored: The names of columns to leave out, such as an index; `""` names one without a name.
  ///   - dtype: The type of the features, float32 or float64.
  /// - Returns: The samples in the order of the file; every other column is a feature.
  /// - Throws: ``DatasetError`` with line and column: what was found there and what was expected.
  /// - Precondition: `dtype` is float32 or float64.
  /// - Complexity: O(bytes of the file), which is held whole while it is read.
  public static func csv(
    _ path: String, label: String, ignoring ignored: [String] = [], dtype: DType = .float32
  ) throws(DatasetError) -> Dataset {
    let table = try CSVTable(path, label: label, ignored: ignored, dtype: dtype)
    var labels: [String] = []
    for field in table.labels {
      try table.requireValue(field, column: label)
      labels.append(field.text)
    }
    let names = Self.ordered(Set(labels))
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return Dataset(
      features: table.features,
      labels: NDArray(labels.map { numbers[$0] ?? 0 }, shape: [labels.count]),
      featureNames: table.featureNames, classNames: names)
  }

  /// Reads a regression data set from a CSV file, as ``csv(_:label:ignoring:dtype:)`` does.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - target: The name of the column that holds the number to be predicted.
  ///   - ignored: The names of columns to leave out.
  ///   - dtype: The type of features and targets, float32 or float64.
  /// - Returns: The samples in the order of the file, with targets of shape `[samples]`.
  /// - Throws: ``DatasetError`` with line and column: what was found there and what was expected.
  /// - Precondition: `dtype` is float32 or float64.
  /// - Complexity: O(bytes of the file), which is held whole while it is read.
  public static func csv(
    _ path: String, target: String, ignoring ignored: [String] = [], dtype: DType = .float32
  ) throws(DatasetError) -> Dataset {
    let table = try CSVTable(path, label: target, ignored: ignored, dtype: dtype)
    var targets: [Double] = []
    for field in table.labels { targets.append(try table.number(field, column: target)) }
    return Dataset(
      features: table.features, labels: NDArray(targets, shape: [targets.count]).cast(to: dtype),
      featureNames: table.featureNames)
  }

  /// Class names by value where all are integers, else by their scalars.
  private static func ordered(_ names: Set<String>) -> [String] {
    let values = names.compactMap(Int.init)
    let byScalars = names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    guard values.count == names.count else { return byScalars }
    return byScalars.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
  }
}

/// A CSV file cut into a column of labels and columns of numbers.
private struct CSVTable {
  private let path: String
  private let dtype: DType
  let featureNames: [String]
  private(set) var labels: [CSVReader.Field] = []
  private var numbers: [Double] = []

  init(_ path: String, label: String, ignored: [String], dtype: DType) throws(DatasetError) {
    require(
      dtype.isFloatingPoint, "csv: expected float32 or float64, found \(dtype)")
    self.path = path
    self.dtype = dtype
    var reader = CSVReader(file: path, bytes: try Self.bytes(of: path))
    var record: [CSVReader.Field] = []
    guard try reader.next(into: &record) else { throw DatasetError(file: path, reason: .empty) }
    let header = record
    let names = header.map(\.text)
    try Self.check(header, ignored: ignored, path: path)
    guard let labelIndex = names.firstIndex(of: label) else {
      throw DatasetError(file: path, line: 1, reason: .columnMissing(label, found: names))
    }
    for name in ignored where !names.contains(name) {
      throw DatasetError(file: path, line: 1, reason: .columnMissing(name, found: names))
    }
    let columns = names.indices.filter { $0 != labelIndex && !ignored.contains(names[$0]) }
    featureNames = columns.map { names[$0] }
    guard !columns.isEmpty else { throw DatasetError(file: path, line: 1, reason: .noFeatures) }
    while try reader.next(into: &record) {
      guard record.count == header.count else {
        throw DatasetError(
          file: path, line: record.first?.line, column: record.last?.column,
          reason: .fieldCount(found: record.count, expected: header.count))
      }
      labels.append(record[labelIndex])
      for column in columns {
        numbers.append(try number(record[column], column: names[column]))
      }
    }
    guard !labels.isEmpty else { throw DatasetError(file: path, reason: .noSamples) }
    let width = dtype == .float32 ? 4 : 8
    do {
      try MemoryBudget.process.require(numbers.count * width, for: "\(labels.count) samples")
    } catch {
      throw DatasetError(file: path, reason: .tooLarge(error))
    }
  }

  var features: NDArray {
    NDArray(numbers, shape: [labels.count, featureNames.count]).cast(to: dtype)
  }

  /// The bytes of the file, which must be UTF-8.
  private static func bytes(of path: String) throws(DatasetError) -> [UInt8] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw DatasetError(file: path, reason: .unreadable(errorNumber: errorNumber(of: error)))
    }
    let bytes = [UInt8](data)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw DatasetError(file: path, reason: .notText)
    }
    return bytes
  }

  /// The error number of the C library under a Foundation error.
  private static func errorNumber(of error: any Error) -> Int32 {
    let outer = error as NSError
    let inner = outer.userInfo[NSUnderlyingErrorKey] as? NSError ?? outer
    if inner.domain == NSPOSIXErrorDomain { return Int32(inner.code) }
    return outer.code == CocoaError.fileReadNoSuchFile.rawValue ? ENOENT : EIO
  }

  private static func check(
    _ header: [CSVReader.Field], ignored: [String], path: String
  ) throws(DatasetError) {
    var seen: Set<String> = []
    for field in header {
      let isIgnored = ignored.contains(field.text)
      if field.text.isEmpty && !isIgnored {
        throw DatasetError(
          file: path, line: field.line, column: field.column, reason: .unnamedColumn)
      }
      if !seen.insert(field.text).inserted && !isIgnored {
        throw DatasetError(
          file: path, line: field.line, column: field.column, reason: .repeatedColumn(field.text))
      }
    }
  }

  /// Throws where `field` says that there is no value.
  func requireValue(_ field: CSVReader.Field, column: String) throws(DatasetError) {
    if ["", "na", "n/a", "nan", "null", "?"].contains(field.text.lowercased()) {
      throw fault(field, .missingValue(field: field.text, column: column))
    }
  }

  /// The decimal number that `field` holds.
  func number(_ field: CSVReader.Field, column: String) throws(DatasetError) -> Double {
    try requireValue(field, column: column)
    // `Double` would also read hexadecimal numbers and the names of infinities.
    let isDecimal = field.text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isDecimal, let value = Double(field.text) else {
      let isInfinite = Double(field.text)?.isInfinite ?? false
      throw fault(
        field,
        isInfinite
          ? .outOfRange(field.text, column: column) : .notANumber(field.text, column: column))
    }
    guard dtype == .float64 ? value.isFinite : Float(value).isFinite else {
      throw fault(field, .outOfRange(field.text, column: column))
    }
    return value
  }

  private func fault(_ field: CSVReader.Field, _ reason: DatasetError.Reason) -> DatasetError {
    DatasetError(file: path, line: field.line, column: field.column, reason: reason)
  }
}
