import ComplexModule
import Compute
import RealModule

/// Reads single amplitudes and probabilities out of a state in lines.
@safe struct AmplitudeReader {
  private let buffer: AlignedBuffer
  private let isSingle: Bool
  private let laneBits: Int

  init(_ buffer: AlignedBuffer, precision: Precision) {
    self.buffer = buffer
    isSingle = precision == .single
    laneBits = isSingle ? 4 : 3
  }

  /// Where the real part of an amplitude lies, in numbers; the imaginary part is a line's lanes later.
  func offset(of basis: Int) -> Int {
    let lane = basis & ((1 << laneBits) - 1)
    return (basis >> laneBits) << (laneBits + 1) | lane
  }

  /// The amplitude of a basis state.
  subscript(_ basis: Int) -> Complex<Double> {
    let offset = offset(of: basis)
    let lanes = 1 << laneBits
    if isSingle {
      let numbers = unsafe buffer.pointer.assumingMemoryBound(to: Float.self)
      return unsafe Complex(Double(numbers[offset]), Double(numbers[offset + lanes]))
    }
    let numbers = unsafe buffer.pointer.assumingMemoryBound(to: Double.self)
    return unsafe Complex(numbers[offset], numbers[offset + lanes])
  }

  /// The probability of a basis state.
  func probability(_ basis: Int) -> Double { self[basis].lengthSquared }

  /// The outcome of `qubits` in a basis state: the first qubit named is its least significant bit.
  func outcome(of basis: Int, _ qubits: [Int]) -> Int {
    var outcome = 0
    for (bit, qubit) in qubits.enumerated() { outcome |= (basis >> qubit & 1) << bit }
    return outcome
  }

  /// The probabilities of the outcomes of `qubits`.
  func margins(_ qubits: [Int], qubitCount: Int) -> [Double] {
    var result = [Double](repeating: 0, count: 1 << qubits.count)
    let inOrder = qubits == Array(0..<qubitCount)
    for basis in 0..<(1 << qubitCount) {
      result[inOrder ? basis : outcome(of: basis, qubits)] += probability(basis)
    }
    return result
  }
}
