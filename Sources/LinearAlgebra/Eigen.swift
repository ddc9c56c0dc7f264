import CLAPACKE
public import ComplexModule
import Compute
public import RealModule

/// A fault of a decomposition.
public enum LinearAlgebraError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The matrix is not square.
  case notSquare(rows: Int, columns: Int)
  /// The matrix is not Hermitian to the tolerance named.
  case notHermitian(difference: Double)
  /// The matrix is not normal: its Schur form has an entry of this size above the diagonal.
  case notNormal(excess: Double)
  /// LAPACK's routine stopped with this code.
  case failed(routine: String, code: Int)

  /// A sentence for people.
  public var description: String {
    switch self {
    case .notSquare(let rows, let columns):
      "expected a square matrix, found \(rows) by \(columns)"
    case .notHermitian(let difference):
      "expected a Hermitian matrix; it differs from its adjoint by \(difference)"
    case .notNormal(let excess):
      "expected a normal matrix; its Schur form has \(excess) above the diagonal"
    case .failed(let routine, let code): "LAPACK's \(routine) stopped with code \(code)"
    }
  }
}

/// The triangle of a Hermitian matrix that LAPACK's zheev reads: the lower one.
///
/// From the upper one it calls zgemv on blocks whose last column ends with the matrix or with the
/// workspace. OpenBLAS 0.3.21, where GCC vectorizes zgemv for x86-64, reads up to one column more,
/// and the process dies where no memory follows. From the lower one a further column always
/// follows. Source: https://github.com/OpenMathLib/OpenBLAS/issues/4013
package let hermitianTriangle = CChar(UInt8(ascii: "L"))

extension ComplexMatrix {
  /// The eigenvalues, ascending, and the eigenvectors as columns: `self = V · diag(λ) · V†`.
  ///
  /// - Throws: ``LinearAlgebraError`` if the matrix is not square, is not Hermitian to 1e-10 of its
  ///   largest entry, or if LAPACK's zheev does not converge.
  /// - Complexity: O(n³).
  public func hermitianEigen() throws(LinearAlgebraError) -> (
    values: [Double], vectors: ComplexMatrix
  ) {
    guard rows == columns else { throw .notSquare(rows: rows, columns: columns) }
    let scale = elements.map(\.length).max() ?? 0
    let difference = maximumDifference(from: adjoint())
    guard difference <= 1e-10 * max(scale, 1) else { throw .notHermitian(difference: difference) }
    var entries = lapackEntries
    var values = [Double](repeating: 0, count: rows)
    let code = unsafe LAPACKE_zheev(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), hermitianTriangle, Int32(rows), &entries,
      Int32(rows), &values)
    guard code == 0 else { throw .failed(routine: "zheev", code: Int(code)) }
    return (values, Self(rows, entries))
  }

  /// The eigenvalues and an orthonormal set of eigenvectors, as columns, of a normal matrix.
  ///
  /// They are read from the Schur form `self = V · T · V†`, which is diagonal for normal matrices.
  ///
  /// - Throws: ``LinearAlgebraError`` if the matrix is not square or not normal to 1e-9, or if
  ///   LAPACK's zgees does not converge.
  public func normalEigen() throws(LinearAlgebraError) -> (
    values: [Complex<Double>], vectors: ComplexMatrix
  ) {
    guard rows == columns else { throw .notSquare(rows: rows, columns: columns) }
    var entries = lapackEntries
    var vectors = entries
    var values = [lapack_complex_double](repeating: .init(), count: rows)
    var selected: Int32 = 0
    let code = unsafe LAPACKE_zgees(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "N")), nil, Int32(rows),
      &entries, Int32(rows), &selected, &values, &vectors, Int32(rows))
    guard code == 0 else { throw .failed(routine: "zgees", code: Int(code)) }
    let schur = Self(rows, entries)
    var excess = 0.0
    for row in 0..<rows {
      for column in (row + 1)..<max(rows, row + 1) {
        excess = max(excess, schur[row, column].length)
      }
    }
    let scale = elements.map(\.length).max() ?? 0
    guard excess <= 1e-9 * max(scale, 1) else { throw .notNormal(excess: excess) }
    return (values.map { Complex($0.real, $0.imag) }, Self(rows, vectors))
  }

  /// The principal power `self^exponent` of a unitary matrix: every eigenvalue `e^{iφ}` with φ in
  /// (-π, π] becomes `e^{iφ·exponent}`.
  ///
  /// Eigenvalues within 1e-9 of -1 count as e^{iπ}.
  ///
  /// - Throws: ``LinearAlgebraError`` as ``normalEigen()``.
  public func unitaryPower(_ exponent: Double) throws(LinearAlgebraError) -> ComplexMatrix {
    let (values, vectors) = try normalEigen()
    let powers = values.map { value in
      let phase = value.phase < -.pi + 1e-9 ? Double.pi : value.phase
      return Complex(length: 1, phase: phase * exponent)
    }
    return vectors * .diagonal(powers) * vectors.adjoint()
  }

  private var lapackEntries: [lapack_complex_double] {
    elements.map { lapack_complex_double(real: $0.real, imag: $0.imaginary) }
  }

  private init(_ size: Int, _ entries: [lapack_complex_double]) {
    self.init(rows: size, columns: size, elements: entries.map { Complex($0.real, $0.imag) })
  }
}

/// The eigenvalues, ascending, and the eigenvectors, as columns, of a real symmetric matrix.
///
/// - Parameters:
///   - entries: The `size * size` entries, row by row; the upper triangle is read.
///   - size: The number of rows.
/// - Returns: The eigenvalues, ascending, and the vectors, `size * size` entries row by row.
/// - Throws: ``LinearAlgebraError/failed(routine:code:)`` if LAPACK's dsyev does not converge.
/// - Complexity: O(size³).
public func symmetricEigen(_ entries: [Double], size: Int) throws(LinearAlgebraError) -> (
  values: [Double], vectors: [Double]
) {
  require(
    entries.count == size * size, "expected \(size * size) entries, found \(entries.count)")
  var vectors = entries
  var values = [Double](repeating: 0, count: size)
  let code = unsafe LAPACKE_dsyev(
    LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), Int32(size), &vectors,
    Int32(size), &values)
  guard code == 0 else { throw .failed(routine: "dsyev", code: Int(code)) }
  return (values, vectors)
}
