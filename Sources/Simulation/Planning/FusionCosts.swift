package import Circuits

/// What operations cost on a state, in multiples of a matrix on one qubit: what ``DenseFusion`` decides by.
///
/// Rounded from several runs of `qsim bench kernels` on states in a second-level cache, over both precisions;
/// docs/benchmarks.md has one of them. Matrices cost more on lanes, the lowest qubits, for which lines are permuted. With
/// AVX-512 two gates between neighbours cost more than one matrix on their three qubits; with sixteen registers of half the
/// length they do not, but three gates do. A matrix on four qubits costs less than five or six such gates, of which the
/// planner, which joins two or three groups at a time, meets few.
package struct FusionCosts {
  /// The number of the lowest qubits that are lanes.
  let laneBits: Int
  private let ofMatrices: [[Double]]

  /// By the number of qubits of a matrix, then by how many of these are lanes.
  private static let withAVX512: [[Double]] = [
    [0], [1, 1.1], [2.2, 2.7, 3.2], [3.8, 4.6, 5.4, 6.3], [8.6],
  ]
  private static let withAVX2: [[Double]] = [
    [0], [1, 1], [2.2, 3.6, 5.2], [4.6, 6.5, 8.5, 10.5], [12],
  ]
  /// One of three turns that share a pass.
  private static let turn = 0.5

  package init(laneBits: Int, kernels: KernelTable = .best) {
    self.laneBits = laneBits
    ofMatrices = kernels.name == "avx512" ? Self.withAVX512 : Self.withAVX2
  }

  /// The cost of a matrix on some qubits; infinite where none is made.
  package func cost(ofMatrixOn mask: UInt64) -> Double {
    let count = mask.nonzeroBitCount
    let lanes = (mask & ((1 << UInt64(laneBits)) - 1)).nonzeroBitCount
    guard count < ofMatrices.count, lanes < ofMatrices[count].count else { return .infinity }
    return ofMatrices[count][lanes]
  }

  /// The cost of an operation by itself; 0 where it becomes a part of a diagonal or of the order of basis states.
  package func cost(of operation: ElementaryOperation) -> Double {
    switch operation.kind {
    case .phase, .pauli, .swap: 0
    case .rotation(let string): string.x == 0 ? 0 : Self.turn
    case .matrix(_, let targets):
      targets.count == 1 && operation.controls.count == 0
        ? Self.turn
        : cost(ofMatrixOn: operation.targetMask) / Double(1 << operation.controls.count)
    }
  }
}
