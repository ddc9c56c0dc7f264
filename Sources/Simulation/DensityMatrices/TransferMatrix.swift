import ComplexModule
import LinearAlgebra

/// What a channel or a gate does to the Pauli components of a density matrix: a real matrix.
///
/// With ρ = 2⁻ⁿ Σ r_P P, r_P = Tr(P ρ), a channel E maps r to R r with R[P][Q] = 2⁻ᵏ Tr(P E(Q)). A Pauli string
/// on k qubits is numbered by two bits a qubit: bit 2q is that of Z, bit 2q + 1 that of X, so that I, Z, X and Y
/// are 0, 1, 2 and 3.
///
/// Source: Greenbaum, "Introduction to Quantum Gate Set Tomography", arXiv:1509.02921, section 2.
struct TransferMatrix: Sendable {
  let qubitCount: Int
  /// Row by row, 4ᵏ rows.
  let entries: [Double]

  init(qubitCount: Int, entries: [Double]) {
    self.qubitCount = qubitCount
    self.entries = entries
  }

  var size: Int { 1 << (2 * qubitCount) }

  /// The matrix of ρ → Σ K ρ K†.
  ///
  /// - Complexity: O(32ᵏ) for each operator.
  init(kraus operators: [ComplexMatrix], qubitCount: Int) {
    let dimension = 1 << qubitCount
    let strings = Self.strings(qubitCount)
    var entries = [Double](repeating: 0, count: strings.count * strings.count)
    // K Q, and the entries of K Q K† that a string with the X mask x reads.
    var image = [Complex<Double>](repeating: .zero, count: dimension * dimension)
    var read = [Complex<Double>](repeating: .zero, count: dimension)
    for matrix in operators {
      for (column, string) in strings.enumerated() {
        for inner in 0..<dimension {
          let phase = string.phase(inner)
          for row in 0..<dimension {
            image[row * dimension + inner] = matrix[row, inner ^ string.x] * phase
          }
        }
        for x in 0..<dimension {
          for row in 0..<dimension {
            read[row] = (0..<dimension).reduce(.zero) {
              $0 + image[row * dimension + $1] * matrix[row ^ x, $1].conjugate
            }
          }
          for (row, other) in strings.enumerated() where other.x == x {
            let trace = (0..<dimension).reduce(0) { $0 + (other.phase($1) * read[$1]).real }
            entries[row * strings.count + column] += trace / Double(dimension)
          }
        }
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

  func transposed() -> TransferMatrix {
    let size = size
    return TransferMatrix(
      qubitCount: qubitCount,
      entries: (0..<(size * size)).map { entries[$0 % size * size + $0 / size] })
  }

  /// The way back to a unitary matrix: with this matrix as d loss / d R[P][Q], and R that of U, the A with
  /// d loss = 2 Re Tr(A dU).
  ///
  /// From dR[P][Q] = 2⁻ᵏ · 2 Re Tr(P dU Q U†), A = 2⁻ᵏ Σ_P (Σ_Q G[P][Q] Q) U† P.
  func pullback(throughUnitary unitary: ComplexMatrix) -> ComplexMatrix {
    let dimension = 1 << qubitCount
    let strings = Self.strings(qubitCount)
    let adjoint = unitary.adjoint()
    var result = ComplexMatrix(zeros: dimension, dimension)
    for (row, string) in strings.enumerated() {
      var sum = ComplexMatrix(zeros: dimension, dimension)
      for (column, other) in strings.enumerated() {
        let slope = entries[row * strings.count + column] / Double(dimension)
        guard slope != 0 else { continue }
        for basis in 0..<dimension {
          sum[basis ^ other.x, basis] += other.phase(basis) * Complex(slope)
        }
      }
      let product = sum * adjoint
      for basis in 0..<dimension {
        let phase = string.phase(basis)
        for line in 0..<dimension {
          result[line, basis] += product[line, basis ^ string.x] * phase
        }
      }
    }
    return result
  }

  /// A Pauli string on the matrix's qubits.
  struct Letters {
    let x: Int
    let z: Int
    private static let quarters: [Complex<Double>] = [.one, .i, -.one, -.i]

    /// The factor of P|basis⟩ = phase · |basis ^ x⟩.
    func phase(_ basis: Int) -> Complex<Double> {
      Self.quarters[((x & z).nonzeroBitCount + 2 * (z & basis).nonzeroBitCount) & 3]
    }

    /// Re Tr(P M).
    func trace(_ matrix: ComplexMatrix) -> Double {
      (0..<matrix.rows).reduce(0) { $0 + (phase($1) * matrix[$1, $1 ^ x]).real }
    }
  }

  static func strings(_ qubitCount: Int) -> [Letters] {
    (0..<(1 << (2 * qubitCount))).map { number in
      var (x, z) = (0, 0)
      for qubit in 0..<qubitCount {
        z |= (number >> (2 * qubit) & 1) << qubit
        x |= (number >> (2 * qubit + 1) & 1) << qubit
      }
      return Letters(x: x, z: z)
    }
  }
}
