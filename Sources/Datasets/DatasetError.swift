public import Compute
import Foundation

/// A fault in a file of data, and its place.
public struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// The file cannot be read; the error number of the C library.
    case unreadable(errorNumber: Int32)
    /// The bytes are not UTF-8 text.
    case notText
    /// The file holds nothing, not even a header.
    case empty
    /// The file holds a header and nothing below it.
    case noSamples
    /// No column is called so; the names of the header.
    case columnMissing(String, found: [String])
    /// There is no column besides the label and those left out.
    case noFeatures
    /// A column of the header has no name.
    case unnamedColumn
    /// Two columns of the header have this name.
    case repeatedColumn(String)
    /// The record has more or fewer fields than the header.
    case fieldCount(found: Int, expected: Int)
    /// The quote that begins here has no end.
    case unclosedQuote
    /// A quote stands inside a field that did not begin with one.
    case strayQuote
    /// Something other than a comma or the end of the line follows a closing quote.
    case textAfterQuote(String)
    /// The field is empty, or says that there is no value: `NA`, `NaN`, `null`, `?`.
    case missingValue(field: String, column: String)
    /// The field is not a decimal number.
    case notANumber(String, column: String)
    /// The number is infinite, or too large for the type of the features.
    case outOfRange(String, column: String)
    /// The data do not fit the memory of the process.
    case tooLarge(MemoryBudgetError)
    /// The bytes are no `.npy` file that is read; what was found.
    case notNumPy(String)
  }

  /// The path of the file, as given.
  public let file: String
  /// The line of the fault, from 1; nil where it concerns the whole file.
  public let line: Int?
  /// The character of the line at which the faulty field begins, from 1.
  public let column: Int?
  /// What is wrong.
  public let reason: Reason

  /// Creates a fault.
  public init(file: String, line: Int? = nil, column: Int? = nil, reason: Reason) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// One line: file, line, column, what was found and what was expected.
  public var description: String {
    let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
    return "\(file)\(place): error: \(message)"
  }

  private var message: String {
    switch reason {
    case .unreadable(let number):
      "cannot read: \(unsafe String(cString: strerror(number)).lowercased())"
    case .notText: "found bytes that are not UTF-8, expected text"
    case .empty: "found an empty file, expected a header and samples"
    case .noSamples: "found a header alone, expected samples below it"
    case .columnMissing(let name, let found):
      "found no column '\(name)', expected one of "
        + found.map { "'\($0)'" }.joined(separator: ", ")
    case .noFeatures: "found no column for the features, expected at least one"
    case .unnamedColumn: "found a column without a name, expected a name, or ignoring: [\"\"]"
    case .repeatedColumn(let name): "found the column '\(name)' twice, expected different names"
    case .fieldCount(let found, let expected):
      "found \(found) field\(found == 1 ? "" : "s"), expected \(expected) as in the header"
    case .unclosedQuote:
      "found a quote that is not closed, expected '\"' before the end of the file"
    case .strayQuote: "found a quote inside a field, expected the whole field in quotes"
    case .textAfterQuote(let text):
      "found '\(text)' after a closing quote, expected a comma or the end of the line"
    case .missingValue(let field, let column):
      "found \(field.isEmpty ? "nothing" : "'\(field)'") in column '\(column)', expected a value"
    case .notANumber(let field, let column):
      "found '\(field)' in column '\(column)', expected a number"
    case .outOfRange(let field, let column):
      "found '\(field)' in column '\(column)', expected a number that is finite in the features' type"
    case .tooLarge(let refusal): "\(refusal)"
    case .notNumPy(let text): text
    }
  }
}
