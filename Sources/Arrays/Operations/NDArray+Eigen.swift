import ComplexModule
import Compute
public import LinearAlgebra
import RealModule

extension NDArray {
  /// The eigenvalues, ascending, and the eigenvectors, as columns, of a Hermitian or symmetric matrix.
  ///
  /// The work is done in double precision; results come in the array's precision.
  ///
  /// - Throws: ``LinearAlgebra/LinearAlgebraError`` if the matrix is not square or Hermitian, or LAPACK does
  ///   not converge.
  public func eigh() throws(LinearAlgebraError) -> (values: NDArray, vectors: NDArray) {
    require(rank == 2, "eigh: an array of shape \(shape), expected a matrix")
    let matrix = ComplexMatrix(
      rows: shape[0], columns: shape[1],
      elements: cast(to: .complex128).scalars(as: Complex<Double>.self))
    let (values, vectors) = try matrix.hermitianEigen()
    let type = dtype.isDifferentiable ? dtype : .float32
    let complex = NDArray(vectors.elements, shape: shape)
    // The eigenvectors of a real matrix are found as real ones, up to a phase that is ±1.
    return (
      NDArray(values).cast(to: type.realType),
      type.isComplex ? complex.cast(to: type) : complex.realPart().cast(to: type)
    )
  }
}
