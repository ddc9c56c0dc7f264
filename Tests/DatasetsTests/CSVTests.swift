import Arrays
import Compute
import Datasets
import Foundation
import Testing

/// A text in a file of its own, gone when `body` is done.
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("hilbert-\(UUID().uuidString).csv").path
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// A text that is not a data set, and what is said about it.
struct CSVFault: Sendable, CustomTestStringConvertible {
  let text: String
  let line: Int?
  let column: Int?
  let reason: DatasetError.Reason
  let message: String

  var testDescription: String { message }

  init(
    _ text: String, _ line: Int?, _ column: Int?, _ reason: DatasetError.Reason, _ message: String
  ) {
    self.text = text
    self.line = line
    self.column = column
    self.reason = reason
    self.message = message
  }

  static let all = [
    CSVFault("", nil, nil, .empty, "found an empty file, expected a header and samples"),
    CSVFault("\n\r\n", nil, nil, .empty, "found an empty file, expected a header and samples"),
    CSVFault("a,y\n", nil, nil, .noSamples, "found a header alone, expected samples below it"),
    CSVFault(
      "a,b\n1,2\n", 1, nil, .columnMissing("y", found: ["a", "b"]),
      "found no column 'y', expected one of 'a', 'b'"),
    CSVFault(
      "y\n1\n", 1, nil, .noFeatures, "found no column for the features, expected at least one"),
    CSVFault(
      ",a,y\n0,1,k\n", 1, 1, .unnamedColumn,
      "found a column without a name, expected a name, or ignoring: [\"\"]"),
    CSVFault(
      "a,b, a,y\n1,2,3,k\n", 1, 6, .repeatedColumn("a"),
      "found the column 'a' twice, expected different names"),
    CSVFault(
      "a,b,y\n1,2,k\n3,k\n", 3, 3, .fieldCount(found: 2, expected: 3),
      "found 2 fields, expected 3 as in the header"),
    CSVFault(
      "a,b,y\n1,2,k,9\n", 2, 7, .fieldCount(found: 4, expected: 3),
      "found 4 fields, expected 3 as in the header"),
    CSVFault(
      "a,b,y\n7\n", 2, 1, .fieldCount(found: 1, expected: 3),
      "found 1 field, expected 3 as in the header"),
    CSVFault(
      "a,b,y\n1,,k\n", 2, 3, .missingValue(field: "", column: "b"),
      "found nothing in column 'b', expected a value"),
    CSVFault(
      "a,b,y\n1, NA,k\n", 2, 4, .missingValue(field: "NA", column: "b"),
      "found 'NA' in column 'b', expected a value"),
    CSVFault(
      "a,b,y\n1,2,\"\"\n", 2, 5, .missingValue(field: "", column: "y"),
      "found nothing in column 'y', expected a value"),
    CSVFault(
      "a,b,y\r\n1,2,k\r\n\r\n1,zwölf,k\r\n", 4, 3, .notANumber("zwölf", column: "b"),
      "found 'zwölf' in column 'b', expected a number"),
    CSVFault(
      "ä,b,y\n1,2,k\n1,0x10,k\n", 3, 3, .notANumber("0x10", column: "b"),
      "found '0x10' in column 'b', expected a number"),
    CSVFault(
      "ä,b,y\n\"1\",1.5.2,k\n", 2, 5, .notANumber("1.5.2", column: "b"),
      "found '1.5.2' in column 'b', expected a number"),
    CSVFault(
      "a,b,y\n1,-inf,k\n", 2, 3, .outOfRange("-inf", column: "b"),
      "found '-inf' in column 'b', expected a number that is finite in the features' type"),
    CSVFault(
      "a,b,y\n1,1e39,k\n", 2, 3, .outOfRange("1e39", column: "b"),
      "found '1e39' in column 'b', expected a number that is finite in the features' type"),
    CSVFault(
      "a,b,y\n1,\"2,k\n3,4,k\n", 2, 3, .unclosedQuote,
      "found a quote that is not closed, expected '\"' before the end of the file"),
    CSVFault(
      "a,b,y\n1,2\"3,k\n", 2, 4, .strayQuote,
      "found a quote inside a field, expected the whole field in quotes"),
    CSVFault(
      "a,b,y\n\"1\" x,3,k\n", 2, 5, .textAfterQuote("x"),
      "found 'x' after a closing quote, expected a comma or the end of the line"),
    CSVFault(
      "a,y\n\"1\n\n2\",k\n", 2, 1, .notANumber("1\n\n2", column: "a"),
      "found '1\n\n2' in column 'a', expected a number"),
  ]
}

@Suite("Dataset from CSV") struct CSVTests {
  private func read(_ text: String, label: String = "y", dtype: DType = .float64) throws -> Dataset
  {
    try withFile(Array(text.utf8)) { try Dataset.csv($0, label: label, dtype: dtype) }
  }

  @Test("reads numbers and class names")
  func readsClasses() throws {
    let data = try read("a,y,b\n1,setosa,-2.5\n3e2,virginica,+.5\n 5 , setosa ,6\n")
    #expect(data.features.shape == [3, 2])
    #expect(data.features.scalars(as: Double.self) == [1, -2.5, 300, 0.5, 5, 6])
    #expect(data.featureNames == ["a", "b"])
    #expect(data.classNames == ["setosa", "virginica"])
    #expect(data.classes == [0, 1, 0])
  }

  @Test("orders integer classes by value and others by their letters")
  func ordersClasses() throws {
    let numbers = try read("a,y\n1,10\n2,9\n3,-1\n4,10\n")
    #expect(numbers.classNames == ["-1", "9", "10"])
    #expect(numbers.classes == [2, 1, 0, 2])
    let mixed = try read("a,y\n1,10\n2,9\n3,b\n4,Z\n")
    #expect(mixed.classNames == ["10", "9", "Z", "b"])
  }

  @Test("reads quotes, line breaks in quotes, CRLF, a byte-order mark and no last line break")
  func readsFormat() throws {
    let text =
      "\u{FEFF}\"a, with \"\"quotes\"\"\",\"y\"\r\n\"1\",\"two\r\nlines\"\r\n\r\n2, x \r\n\"3\" ,\"two\r\nlines\""
    let data = try read(text)
    #expect(data.featureNames == ["a, with \"quotes\""])
    #expect(data.classNames == ["two\r\nlines", "x"])
    #expect(data.classes == [0, 1, 0])
    #expect(data.features.scalars(as: Double.self) == [1, 2, 3])
  }

  @Test("leaves columns out, one without a name among them")
  func ignoresColumns() throws {
    let data = try withFile(Array(",a,y,note\n0,1,k,-\n1,2,k,none\n".utf8)) {
      try Dataset.csv($0, label: "y", ignoring: ["", "note"])
    }
    #expect(data.featureNames == ["a"])
    #expect(data.features.dtype == .float32)
    #expect(data.features.scalars(as: Float.self) == [1, 2])
  }

  @Test("reads targets")
  func readsTargets() throws {
    let data = try withFile(Array("a,y\n1,0.5\n2,-7\n".utf8)) {
      try Dataset.csv($0, target: "y", dtype: .float64)
    }
    #expect(!data.isClassification)
    #expect(data.classCount == 0)
    #expect(data.labels.shape == [2])
    #expect(data.labels.scalars(as: Double.self) == [0.5, -7])
  }

  @Test("says what is wrong, and where", arguments: CSVFault.all)
  func reportsFaults(_ fault: CSVFault) throws {
    try withFile(Array(fault.text.utf8)) { path in
      let expected = DatasetError(
        file: path, line: fault.line, column: fault.column, reason: fault.reason)
      #expect(throws: expected) { _ = try Dataset.csv(path, label: "y") }
      let place = [fault.line, fault.column].compactMap { $0.map { ":\($0)" } }.joined()
      #expect(expected.description == "\(path)\(place): error: \(fault.message)")
    }
  }

  @Test("refuses bytes that are not text, a directory, and a file that is not there")
  func refusesFiles() throws {
    try withFile([0x61, 0x2C, 0x79, 0x0A, 0x31, 0x2C, 0xFF, 0x0A]) { path in
      let expected = DatasetError(file: path, reason: .notText)
      #expect(throws: expected) { _ = try Dataset.csv(path, label: "y") }
    }
    let missing = "/none/wine.csv"
    let absent = DatasetError(file: missing, reason: .unreadable(errorNumber: ENOENT))
    #expect(throws: absent) { _ = try Dataset.csv(missing, label: "y") }
    #expect(absent.description == "\(missing): error: cannot read: no such file or directory")
    let directory = FileManager.default.temporaryDirectory.path
    #expect(throws: DatasetError.self) { _ = try Dataset.csv(directory, label: "y") }
  }

  @Test("a number too large for float32 fits float64")
  func readsLargeNumbers() throws {
    #expect(try read("a,y\n1e39,k\n").features.scalars(as: Double.self) == [1e39])
  }

  @Test("survives any cut of a file")
  func survivesCuts() throws {
    let text = Array("\u{FEFF}\"a\",b,y\r\n\"1\",2,\"k\"\"k\"\r\n 3 ,4,l\r\n".utf8)
    for end in 0...text.count {
      try withFile(Array(text[..<end])) { path in
        do throws(DatasetError) {
          let data = try Dataset.csv(path, label: "y")
          #expect(data.count >= 1 && data.featureCount == 2)
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }
}
