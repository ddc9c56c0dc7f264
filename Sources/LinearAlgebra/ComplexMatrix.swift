public import ComplexModule
import Compute
public import RealModule

/// A small dense complex matrix, row by row.
///
/// Meant for gates, generators and density matrices of a few qubits; products are plain triple loops.
public struct ComplexMatrix: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The entries, row by row.
  public var elements: [Complex<Double>]

  /// Creates a matrix from its entries, row by row.
  ///
  /// - Precondition: There are `rows * columns` entries.
  public init(rows: Int, columns: Int, elements: [Complex<Double>]) {
    require(
      elements.count == rows * columns,
      "a \(rows) by \(columns) matrix has \(rows * columns) entries: found \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Creates a `rows` by `columns` matrix of zeros.
  public init(zeros rows: Int, _ columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: Array(repeating: .zero, count: rows * columns))
  }

  /// Creates a matrix from its rows.
  ///
  /// - Precondition: All rows are equally long.
  public init(_ rows: [[Complex<Double>]]) {
    self.init(
      rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }

  /// The identity of size `n`.
  public static func identity(_ n: Int) -> ComplexMatrix {
    diagonal(Array(repeating: .one, count: n))
  }

  /// The matrix with `entries` on its diagonal and zeros elsewhere.
  public static func diagonal(_ entries: [Complex<Double>]) -> ComplexMatrix {
    var result = ComplexMatrix(zeros: entries.count, entries.count)
    for (index, entry) in entries.enumerated() { result[index, index] = entry }
    return result
  }

  /// The entry of `row` and `column`.
  public subscript(_ row: Int, _ column: Int) -> Complex<Double> {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The matrix product.
  ///
  /// - Precondition: `lhs` has as many columns as `rhs` has rows.
  public static func * (lhs: ComplexMatrix, rhs: ComplexMatrix) -> ComplexMatrix {
    require(
      lhs.columns == rhs.rows,
      "matrix product: [\(lhs.rows), \(lhs.columns)] by [\(rhs.rows), \(rhs.columns)]")
    var result = ComplexMatrix(zeros: lhs.rows, rhs.columns)
    for row in 0..<lhs.rows {
      for inner in 0..<lhs.columns {
        let factor = lhs[row, inner]
        for column in 0..<rhs.columns { result[row, column] += factor * rhs[inner, column] }
      }
    }
    return result
  }

  /// The sum, entry by entry.
  public static func + (lhs: ComplexMatrix, rhs: ComplexMatrix) -> ComplexMatrix {
    lhs.combined(with: rhs, "+") { $0 + $1 }
  }

  /// The difference, entry by entry.
  public static func - (lhs: ComplexMatrix, rhs: ComplexMatrix) -> ComplexMatrix {
    lhs.combined(with: rhs, "-") { $0 - $1 }
  }

  private func combined(
    with other: ComplexMatrix, _ name: String,
    _ operation: (Complex<Double>, Complex<Double>) -> Complex<Double>
  ) -> ComplexMatrix {
    require(
      rows == other.rows && columns == other.columns,
      "matrix \(name): [\(rows), \(columns)] and [\(other.rows), \(other.columns)]")
    return ComplexMatrix(
      rows: rows, columns: columns, elements: zip(elements, other.elements).map(operation))
  }

  /// The matrix times a number.
  public func scaled(by factor: Complex<Double>) -> ComplexMatrix {
    ComplexMatrix(rows: rows, columns: columns, elements: elements.map { $0 * factor })
  }

  /// The transpose.
  public func transposed() -> ComplexMatrix {
    var result = ComplexMatrix(zeros: columns, rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The conjugate transpose.
  public func adjoint() -> ComplexMatrix {
    var result = transposed()
    for index in result.elements.indices {
      result.elements[index] = result.elements[index].conjugate
    }
    return result
  }

  /// The Kronecker product `self ⊗ other`: the entries of `other` are the fine blocks.
  public func kronecker(_ other: ComplexMatrix) -> ComplexMatrix {
    var result = ComplexMatrix(zeros: rows * other.rows, columns * other.columns)
    for row in 0..<result.rows {
      for column in 0..<result.columns {
        result[row, column] =
          self[row / other.rows, column / other.columns]
          * other[row % other.rows, column % other.columns]
      }
    }
    return result
  }

  /// The sum of the diagonal.
  public var trace: Complex<Double> {
    (0..<min(rows, columns)).reduce(.zero) { $0 + self[$1, $1] }
  }

  /// The largest modulus of a difference of entries; infinity where the sizes differ.
  public func maximumDifference(from other: ComplexMatrix) -> Double {
    guard rows == other.rows, columns == other.columns else { return .infinity }
    return zip(elements, other.elements).map { ($0 - $1).length }.max() ?? 0
  }

  /// Whether `self · self†` is the identity, to `tolerance` an entry.
  public func isUnitary(within tolerance: Double) -> Bool {
    rows == columns && (self * adjoint()).maximumDifference(from: .identity(rows)) <= tolerance
  }

  /// Whether the matrix equals its conjugate transpose, to `tolerance` an entry.
  public func isHermitian(within tolerance: Double) -> Bool {
    rows == columns && maximumDifference(from: adjoint()) <= tolerance
  }
}
