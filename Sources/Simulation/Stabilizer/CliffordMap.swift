package import Circuits
import ComplexModule
package import LinearAlgebra

/// A Clifford unitary U on k qubits, by its images of the generators X₀, …, Xₖ₋₁, Z₀, …, Zₖ₋₁.
///
/// Global phases are dropped. Gates become maps from their matrices alone, so that no engine holds a table of
/// gates.
package struct CliffordMap: Hashable, Sendable {
  /// The image `U P U† = i^power · X^x Z^z` of a generator P; all X stand before all Z.
  package struct Image: Hashable, Sendable {
    /// The qubits with X.
    package let x: UInt64
    /// The qubits with Z.
    package let z: UInt64
    /// The power of i, in `0..<4`.
    package let power: Int
  }

  /// A step on the bits that say which generators a Pauli string holds: bit q for X of qubit q, bit k + q for
  /// its Z.
  package enum BitStep: Hashable, Sendable {
    /// Adds the bit `source` to the bit `target`, modulo 2.
    case add(source: Int, target: Int)
    /// Exchanges two bits.
    case exchange(Int, Int)
  }

  /// The number of qubits k.
  package let qubitCount: Int
  /// The images of X₀, …, Xₖ₋₁, Z₀, …, Zₖ₋₁.
  package let images: [Image]
  /// The change of a string's bits, as steps in order.
  package let bitSteps: [BitStep]
  /// For each generator i the later ones j whose image's X part anticommutes with the Z part of i's: a string
  /// that holds i and j takes a sign.
  package let signPartners: [[Int]]

  /// How far an entry of a conjugated Pauli matrix may be from that of a Pauli string.
  package static let tolerance = 1e-9

  /// Creates the map of images that obey the commutation rules.
  init(images: [Image]) {
    qubitCount = images.count / 2
    self.images = images
    bitSteps = Self.bitSteps(images)
    signPartners = images.indices.map { first in
      images.indices.dropFirst(first + 1).filter {
        !(images[first].z & images[$0].x).nonzeroBitCount.isMultiple(of: 2)
      }
    }
  }

  /// Whether the unitary is the identity up to a phase.
  package var isIdentity: Bool {
    bitSteps.isEmpty && images.allSatisfy { $0.power == 0 }
  }

  /// The linear map that takes a string's bits to its image's, in steps; Gauss and Jordan's elimination.
  private static func bitSteps(_ images: [Image]) -> [BitStep] {
    let count = images.count
    let half = count / 2
    // Row r tells which inputs are added up in output r.
    var rows = (0..<count).map { output in
      images.map { image in
        (output < half ? image.x >> UInt64(output) : image.z >> UInt64(output - half)) & 1 == 1
      }
    }
    var undone: [BitStep] = []
    for column in 0..<count {
      guard let pivot = (column..<count).first(where: { rows[$0][column] }) else { continue }
      if pivot != column {
        rows.swapAt(pivot, column)
        undone.append(.exchange(pivot, column))
      }
      for row in 0..<count where row != column && rows[row][column] {
        for place in column..<count where rows[column][place] { rows[row][place].toggle() }
        undone.append(.add(source: column, target: row))
      }
    }
    // The steps took the map to the identity: backwards they make it.
    return undone.reversed()
  }
}

extension CliffordMap {
  /// Reads a unitary matrix of `2^k` rows; nil if it is not Clifford.
  ///
  /// It is where `U P U†` is a Pauli string with a sign for each generator P, entry by entry to
  /// ``tolerance``.
  ///
  /// - Complexity: O(k · 8^k).
  package init?(_ matrix: ComplexMatrix) {
    let count = matrix.rows.trailingZeroBitCount
    let adjoint = matrix.adjoint()
    var images: [Image] = []
    for generator in 0..<(2 * count) {
      // U·X permutes the columns of U, U·Z changes their signs.
      var turned = matrix
      let bit = 1 << (generator % max(count, 1))
      for row in 0..<matrix.rows {
        for column in 0..<matrix.rows {
          if generator < count {
            turned[row, column] = matrix[row, column ^ bit]
          } else if column & bit != 0 {
            turned[row, column] = -matrix[row, column]
          }
        }
      }
      guard let image = Self.image(turned * adjoint) else { return nil }
      images.append(image)
    }
    self.init(images: images)
  }

  /// Reads a matrix as `±P` for a Pauli string P; nil if it is none.
  private static func image(_ matrix: ComplexMatrix) -> Image? {
    guard let x = (0..<matrix.rows).first(where: { matrix[$0, 0].length > 0.5 }) else { return nil }
    let first = matrix[x, 0]
    var z = 0
    for qubit in 0..<matrix.rows.trailingZeroBitCount {
      let column = 1 << qubit
      if (matrix[column ^ x, column] * first.conjugate).real < 0 { z |= column }
    }
    let units: [Complex<Double>] = [.one, .i, -.one, -.i]
    // Hermitian: i^|x∧z| up to a sign.
    let odd = (x & z).nonzeroBitCount & 1
    guard let power = [odd, odd + 2].first(where: { (first - units[$0]).length <= tolerance })
    else { return nil }
    for row in 0..<matrix.rows {
      for column in 0..<matrix.rows {
        let isNegative = !(column & z).nonzeroBitCount.isMultiple(of: 2)
        let expected = row == column ^ x ? (isNegative ? -units[power] : units[power]) : .zero
        guard (matrix[row, column] - expected).length <= tolerance else { return nil }
      }
    }
    return Image(x: UInt64(x), z: UInt64(z), power: power)
  }

  /// The map of `exp(-i · quarters · (π/4) · P)` on `qubitCount` qubits: a rotation by `quarters` right angles.
  ///
  /// What commutes with P stays; another Q goes to `-i·P·Q` for one right angle, and to `-Q` for two.
  package init(rotatingAbout string: PauliString, quarters: Int, qubitCount: Int) {
    let turn = quarters & 3
    self.init(
      images: (0..<(2 * qubitCount)).map { generator in
        let isX = generator < qubitCount
        let bit = UInt64(1) << UInt64(isX ? generator : generator - qubitCount)
        let (x, z) = isX ? (bit, UInt64(0)) : (UInt64(0), bit)
        let anticommutes = (isX ? string.z : string.x) & bit != 0
        guard anticommutes, turn != 0 else { return Image(x: x, z: z, power: 0) }
        guard turn != 2 else { return Image(x: x, z: z, power: 2) }
        // P·Q, its Z moved past Q's X; times -i or i.
        let power =
          (string.x & string.z).nonzeroBitCount + 2 * (string.z & x).nonzeroBitCount
          + (turn == 1 ? 3 : 1)
        return Image(x: string.x ^ x, z: string.z ^ z, power: power & 3)
      })
  }

  /// The exchange of the qubits 0 and 1.
  package static let exchange = CliffordMap(
    images: [(2, 0), (1, 0), (0, 2), (0, 1)].map { Image(x: $0.0, z: $0.1, power: 0) })
}
