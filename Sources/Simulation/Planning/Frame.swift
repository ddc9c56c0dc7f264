/// Where a circuit's qubits are found in the basis states that are stored.
///
/// X, CNOT and SWAP permute basis states, affinely over the field of two elements: a frame keeps the
/// permutation, so that no amplitude moves. With p the number of a stored basis state, qubit q is the parity
/// of `z[q] & p`, exclusive or `isFlipped[q]`, and a change of qubit q alone is a change of the bits `x[q]`.
struct Frame: Equatable {
  /// For each qubit the stored bits that change with it.
  private(set) var x: [UInt64]
  /// For each qubit the stored bits whose parity it is.
  private(set) var z: [UInt64]
  /// For each qubit whether the parity is inverted.
  private(set) var isFlipped: [Bool]

  /// The frame in which qubit q is bit q.
  init(qubitCount: Int) {
    x = (0..<qubitCount).map { 1 << UInt64($0) }
    z = x
    isFlipped = Array(repeating: false, count: qubitCount)
  }

  /// Whether qubit q is bit q.
  var isIdentity: Bool { self == Frame(qubitCount: x.count) }

  /// Applies X to a qubit.
  mutating func flip(_ qubit: Int) { isFlipped[qubit].toggle() }

  /// Applies X to `target` where `control` is 1.
  mutating func flip(_ target: Int, where control: Int) {
    x[control] ^= x[target]
    z[target] ^= z[control]
    if isFlipped[control] { isFlipped[target].toggle() }
  }

  /// Exchanges two qubits.
  mutating func swap(_ first: Int, _ second: Int) {
    x.swapAt(first, second)
    z.swapAt(first, second)
    isFlipped.swapAt(first, second)
  }

  /// The stored bits that change with all qubits of a mask.
  func exchanged(_ qubits: UInt64) -> UInt64 {
    qubits.setBits.reduce(0) { $0 ^ x[$1] }
  }

  /// The stored bits whose parity is that of the qubits of a mask, and whether it is inverted.
  func parity(_ qubits: UInt64) -> (bits: UInt64, isFlipped: Bool) {
    qubits.setBits.reduce((0, false)) { ($0.0 ^ z[$1], $0.1 != isFlipped[$1]) }
  }

  /// The bit that holds a qubit and nothing else, where there is one.
  func place(of qubit: Int) -> Int? {
    x[qubit] == z[qubit] && x[qubit].nonzeroBitCount == 1 ? x[qubit].trailingZeroBitCount : nil
  }

  /// Where the amplitude of basis state b is stored: the first number, exclusive or number 1 + q for each
  /// bit q of b.
  func steps(qubitCount: Int) -> [UInt64] {
    let start = x.indices.reduce(UInt64(0)) { isFlipped[$1] ? $0 ^ x[$1] : $0 }
    return [start] + x + (x.count..<max(qubitCount, x.count)).map { 1 << UInt64($0) }
  }
}

extension UInt64 {
  /// The positions of the bits that are set, ascending.
  var setBits: [Int] {
    var bits: [Int] = []
    var rest = self
    while rest != 0 {
      bits.append(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    return bits
  }

  /// Whether an odd number of bits is set.
  var isOdd: Bool { nonzeroBitCount & 1 == 1 }
}
