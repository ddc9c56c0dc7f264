import ComplexModule
import Compute
import LinearAlgebra
import RealModule
import Testing

/// A matrix of standard normal entries.
private func random(_ size: Int, seed: UInt64) -> ComplexMatrix {
  var stream = RandomStream(seed: seed, purpose: .general)
  return ComplexMatrix(
    rows: size, columns: size,
    elements: (0..<(size * size)).map { _ in Complex(stream.nextNormal(), stream.nextNormal()) })
}

@Suite("Eigen") struct EigenTests {
  /// Rounding of LAPACK at these sizes stays below 1e-13; the bound leaves a factor ten.
  private let tolerance = 1e-12

  @Test("rebuilds Hermitian matrices from eigenvalues and vectors", arguments: [1, 2, 5, 16, 40])
  func hermitian(size: Int) throws {
    let a = random(size, seed: 1)
    let matrix = a + a.adjoint()
    let (values, vectors) = try matrix.hermitianEigen()
    #expect(values == values.sorted())
    #expect(vectors.isUnitary(within: tolerance))
    let rebuilt = vectors * .diagonal(values.map { Complex($0) }) * vectors.adjoint()
    #expect(rebuilt.maximumDifference(from: matrix) < tolerance * Double(size))
  }

  @Test("takes powers of unitary matrices that compose", arguments: [1, 2, 4, 8])
  func unitaryPowers(size: Int) throws {
    let a = random(size, seed: 2)
    let (values, vectors) = try (a + a.adjoint()).hermitianEigen()
    let unitary =
      vectors * .diagonal(values.map { Complex(length: 1, phase: $0) }) * vectors.adjoint()
    let third = try unitary.unitaryPower(1.0 / 3)
    #expect((third * third * third).maximumDifference(from: unitary) < tolerance)
    #expect(try unitary.unitaryPower(-1).maximumDifference(from: unitary.adjoint()) < tolerance)
  }

  @Test("takes the principal root of -1")
  func principalRoot() throws {
    let root = try ComplexMatrix.identity(2).scaled(by: -1).unitaryPower(0.5)
    #expect(root.maximumDifference(from: .identity(2).scaled(by: .i)) < tolerance)
  }

  @Test("refuses what it cannot decompose")
  func refusals() {
    let jordan = ComplexMatrix([[.one, .one], [.zero, .one]])
    #expect(throws: LinearAlgebraError.self) { try jordan.hermitianEigen() }
    #expect(throws: LinearAlgebraError.notNormal(excess: 1)) { try jordan.normalEigen() }
    #expect(throws: LinearAlgebraError.notSquare(rows: 1, columns: 2)) {
      try ComplexMatrix(zeros: 1, 2).hermitianEigen()
    }
  }

  @Test("solves the real symmetric problem as the Hermitian one")
  func symmetric() throws {
    let entries = random(6, seed: 4).elements.map(\.real)
    let a = ComplexMatrix(rows: 6, columns: 6, elements: entries.map { Complex($0) })
    let sum = a + a.transposed()
    let real = try symmetricEigen(sum.elements.map(\.real), size: 6)
    let complex = try sum.hermitianEigen()
    for (x, y) in zip(real.values, complex.values) { #expect(abs(x - y) < tolerance) }
  }
}
