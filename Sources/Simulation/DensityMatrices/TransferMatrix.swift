import Circuits
import ComplexModule
import LinearAlgebra

/// What a channel or a gate does to the Pauli components of a density matrix: a real matrix.
///
/// With ρ = 2⁻ⁿ Σ r_P P, r_P = Tr(P ρ), a channel E maps r to R r with R[P][Q] = 2⁻ᵏ Tr(P E(Q)). A Pauli string
/// on k qubits is numbered by two bits a qubit: bit 2q is that of Z, bit 2q + 1 that of X, so that I, Z, X and Y
/// are 0, 1, 2 and 3.
///
/// Source: Greenbaum, "Introduction to Quantum Gate Set Tomography", arXiv:1509.02921, section 2.
struct TransferMatrix {
  let qubitCount: Int
  /// Row by row, 4ᵏ rows.
  let entries: [Double]

  init(qubitCount: Int, entries: [Double]) {
    self.qubitCount = qubitCount
    self.entries = entries
  }

  var size: Int { 1 << (2 * qubitCount) }

  /// The matrix of ρ → Σ K ρ K†.
  init(kraus operators: [ComplexMatrix], qubitCount: Int) {
    let count = 1 << (2 * qubitCount)
    let dimension = 1 << qubitCount
    var entries = [Double](repeating: 0, count: count * count)
    let adjoints = operators.map { $0.adjoint() }
    for column in 0..<count {
      let string = Self.string(column, qubitCount)
      var image = ComplexMatrix(zeros: dimension, dimension)
      for (matrix, adjoint) in zip(operators, adjoints) {
        image = image + matrix * (Self.times(string, dimension) * adjoint)
      }
      for row in 0..<count {
        entries[row * count + column] =
          Self.trace(Self.string(row, qubitCount), image) / Double(dimension)
      }
    }
    self.init(qubitCount: qubitCount, entries: entries)
  }

  /// This after `other`, on the same qubits.
  func after(_ other: TransferMatrix) -> TransferMatrix {
    let size = size
    var result = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for inner in 0..<size where entries[row * size + inner] != 0 {
        let factor = entries[row * size + inner]
        for column in 0..<size {
          result[row * size + column] += factor * other.entries[inner * size + column]
        }
      }
    }
    return TransferMatrix(qubitCount: qubitCount, entries: result)
  }

  /// X and Z masks of the string of a number.
  static func string(_ number: Int, _ qubitCount: Int) -> (x: Int, z: Int) {
    var (x, z) = (0, 0)
    for qubit in 0..<qubitCount {
      z |= (number >> (2 * qubit) & 1) << qubit
      x |= (number >> (2 * qubit + 1) & 1) << qubit
    }
    return (x, z)
  }

  /// P|b⟩ = phase |b ^ x⟩.
  private static func phase(_ string: (x: Int, z: Int), _ basis: Int) -> Complex<Double> {
    let quarters = (string.x & string.z).nonzeroBitCount + 2 * (string.z & basis).nonzeroBitCount
    return [.one, .i, -.one, -.i][quarters & 3]
  }

  private static func times(_ string: (x: Int, z: Int), _ dimension: Int) -> ComplexMatrix {
    var result = ComplexMatrix(zeros: dimension, dimension)
    for basis in 0..<dimension { result[basis ^ string.x, basis] = phase(string, basis) }
    return result
  }

  static func trace(_ string: (x: Int, z: Int), _ matrix: ComplexMatrix) -> Double {
    (0..<matrix.rows).reduce(0) { sum, basis in
      sum + (phase(string, basis) * matrix[basis, basis ^ string.x]).real
    }
  }
}
