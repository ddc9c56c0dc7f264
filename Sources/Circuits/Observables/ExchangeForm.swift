import ComplexModule
import LinearAlgebra
import RealModule

/// An operator on few qubits by the bits it exchanges: O|b⟩ = Σ_x D_x(b) |b ^ x⟩.
///
/// The string of (x, z) contributes i^|x∧z| (-1)^(z·b) to D_x(b), so that one Walsh-Hadamard transform for each x
/// leads from strings to D_x and back: O(k 4ᵏ) for all strings of k qubits. Bit p of b and x is that of
/// `qubits[p]`.
struct ExchangeForm {
  private let qubits: [Int]
  private var diagonals: [Int: [Complex<Double>]]

  private static let phases: [Complex<Double>] = [.one, .i, -.one, -.i]

  /// The form of a sum whose strings reach no other qubits than `qubits`.
  init(_ sum: PauliSum, on qubits: [Int]) {
    self.qubits = qubits
    diagonals = [:]
    for term in sum.terms {
      let (x, z) = (Self.gathered(term.string.x, qubits), Self.gathered(term.string.z, qubits))
      diagonals[x, default: Array(repeating: .zero, count: 1 << qubits.count)][z] =
        Complex(term.coefficient) * Self.phases[(x & z).nonzeroBitCount & 3]
    }
    diagonals = diagonals.mapValues { $0.walshHadamardTransformed() }
  }

  /// The form of a matrix of 2ᵏ rows.
  init(_ matrix: ComplexMatrix, on qubits: [Int]) {
    self.qubits = qubits
    let size = 1 << qubits.count
    diagonals = [:]
    for x in 0..<size { diagonals[x] = (0..<size).map { matrix[$0 ^ x, $0] } }
  }

  /// The number of different x: an operator that is diagonal has one.
  static func exchangeCount(_ sum: PauliSum) -> Int { Set(sum.terms.map(\.string.x)).count }

  /// The product, by (A B)_w(b) = Σ_y A_(w^y)(b ^ y) B_y(b).
  func multiplied(by other: ExchangeForm) -> ExchangeForm {
    var product = self
    product.diagonals = [:]
    // In one order, so that sums round the same way every time.
    let rights = other.diagonals.sorted { $0.key < $1.key }
    for (x, left) in diagonals.sorted(by: { $0.key < $1.key }) {
      for (y, right) in rights {
        var sum = product.diagonals.removeValue(forKey: x ^ y) ?? left.map { _ in .zero }
        for b in sum.indices { sum[b] += left[b ^ y] * right[b] }
        product.diagonals[x ^ y] = sum
      }
    }
    return product
  }

  /// The strings: the operator is `real + i · imaginary`, both Hermitian.
  ///
  /// Coefficients up to `threshold` are taken for rounding and left out.
  func strings(threshold: Double) -> (real: PauliSum, imaginary: PauliSum) {
    var real: [PauliSum.Term] = []
    var imaginary: [PauliSum.Term] = []
    for (x, diagonal) in diagonals {
      let scale = 1 / Double(diagonal.count)
      for (z, sum) in diagonal.walshHadamardTransformed().enumerated() {
        let coefficient = Self.phases[-(x & z).nonzeroBitCount & 3] * sum
        let string = PauliString(
          x: Self.spread(x, qubits), z: Self.spread(z, qubits))
        for (part, isReal) in [(coefficient.real, true), (coefficient.imaginary, false)]
        where abs(part) * scale > threshold {
          let term = PauliSum.Term(part * scale, string)
          if isReal { real.append(term) } else { imaginary.append(term) }
        }
      }
    }
    return (PauliSum(real), PauliSum(imaginary))
  }

  private static func gathered(_ mask: UInt64, _ qubits: [Int]) -> Int {
    qubits.enumerated().reduce(0) { $0 | Int(mask >> UInt64($1.element) & 1) << $1.offset }
  }

  private static func spread(_ bits: Int, _ qubits: [Int]) -> UInt64 {
    qubits.enumerated().reduce(0) { $0 | UInt64(bits >> $1.offset & 1) << UInt64($1.element) }
  }
}
