import CQuantumKernels
import Circuits
import Compute
import LinearAlgebra

/// The real components r_P = Tr(P ρ) of a density matrix over the Pauli strings, in memory that another owns.
///
/// ρ = 2⁻ⁿ Σ r_P P. A costate l_P = ∂loss/∂r_P is kept in the same way.
@safe struct PauliComponents {
  let qubitCount: Int
  let values: UnsafeMutablePointer<Double>

  init(_ memory: UnsafeMutableRawPointer, qubitCount: Int) {
    self.qubitCount = qubitCount
    unsafe values = unsafe memory.assumingMemoryBound(to: Double.self)
  }

  /// The memory of all components is 8 bytes times 2 to this power.
  ///
  /// Vectors of eight numbers are the least: one qubit's four are followed by zeros.
  static func bits(qubitCount: Int) -> Int { max(3, 2 * qubitCount) }

  /// The bytes of all components; `Int.max` where they are too many for a number.
  static func byteCount(qubitCount: Int) -> Int {
    bits(qubitCount: qubitCount) < 58 ? 8 << bits(qubitCount: qubitCount) : .max
  }

  private var bits: Int { Self.bits(qubitCount: qubitCount) }

  /// The parts a pass is cut into, whatever the number of threads.
  var partCount: Int { bits < 14 ? 1 : LoopPolicy.partLimit }

  /// The component of a number.
  subscript(_ index: Int) -> Double { unsafe values[index] }

  /// Sets all components to zero.
  func clear() { unsafe values.update(repeating: 0, count: 1 << bits) }

  func copy(from other: PauliComponents) {
    unsafe values.update(from: other.values, count: 1 << bits)
  }

  /// The place of a Pauli string's component: two bits a qubit, Z below X.
  static func number(x: UInt64, z: UInt64) -> Int { spread(z) | spread(x) << 1 }

  /// Bit q of a number at bit 2q.
  private static func spread(_ bits: UInt64) -> Int {
    var result = 0
    var rest = bits
    while rest != 0 {
      result |= 1 << (2 * rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    return result
  }

  // MARK: Passes

  /// Applies a matrix on some qubits.
  func apply(
    _ matrix: TransferMatrix, on qubits: [Int], _ policy: LoopPolicy, _ kernels: KernelTable
  ) {
    let parts = partCount
    unsafe withTransfer(matrix, qubits) { transfer in
      nonisolated(unsafe) let transfer = unsafe transfer
      nonisolated(unsafe) let values = unsafe values
      policy.forEach(count: parts) { part in
        var own = unsafe transfer
        unsafe kernels.transfer(&own, values, part: part, of: parts)
      }
    }
  }

  /// Takes this costate back through a matrix R, given the components that R was applied to.
  ///
  /// - Returns: The derivatives with respect to the entries of R: Σ costate[P] · before[Q] over the other qubits'
  ///   strings.
  func reverse(
    _ matrix: TransferMatrix, on qubits: [Int], before: PauliComponents, _ policy: LoopPolicy,
    _ kernels: KernelTable
  ) -> TransferMatrix {
    let parts = partCount
    let width = matrix.entries.count
    var sums = [Double](repeating: 0, count: parts * width)
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      nonisolated(unsafe) let sums = unsafe sums
      unsafe withTransfer(matrix.transposed(), qubits) { transfer in
        nonisolated(unsafe) let transfer = unsafe transfer
        nonisolated(unsafe) let (costate, states) = unsafe (values, before.values)
        policy.forEach(count: parts) { part in
          var own = unsafe transfer
          guard let gradient = unsafe sums.baseAddress else { return }
          unsafe kernels.reverseTransfer(
            &own, states, costate, gradient + part * width, part: part, of: parts)
        }
      }
    }
    // Parts are added in order, whatever thread did them.
    let total = (0..<width).map { entry in
      (0..<parts).reduce(0.0) { $0 + sums[$1 * width + entry] }
    }
    return TransferMatrix(qubitCount: matrix.qubitCount, entries: total)
  }

  private func withTransfer(
    _ matrix: TransferMatrix, _ qubits: [Int], _ body: (hq_transfer) -> Void
  ) {
    var transfer = unsafe hq_transfer()
    unsafe transfer.bits = Int32(bits)
    unsafe transfer.targetCount = Int32(2 * qubits.count)
    unsafe withUnsafeMutableBytes(of: &transfer.targets) { bytes in
      let targets = unsafe bytes.assumingMemoryBound(to: Int32.self)
      for (place, qubit) in qubits.enumerated() {
        unsafe targets[2 * place] = Int32(2 * qubit)
        unsafe targets[2 * place + 1] = Int32(2 * qubit + 1)
      }
    }
    unsafe matrix.entries.withUnsafeBufferPointer { entries in
      unsafe transfer.matrix = entries.baseAddress
      unsafe body(transfer)
    }
  }

  // MARK: What is read off

  /// Tr(O ρ).
  func expectation(of observable: PauliSum) -> Double {
    observable.terms.reduce(0) { sum, term in
      sum + term.coefficient * self[Self.number(x: term.string.x, z: term.string.z)]
    }
  }

  /// The probabilities of the outcomes of some qubits: p(b) = 2⁻ᵏ Σ_z (-1)^(z·b) r_z over their Z strings.
  func probabilities(of qubits: [Int]) -> [Double] {
    let places = Self.places(of: qubits)
    // Rounding may leave a probability of -1e-17.
    return places.map { self[$0] / Double(places.count) }.walshHadamardTransformed()
      .map { max(0, $0) }
  }

  private static let noAmplitudes = "found amplitudes to be read off a density matrix"

  /// The moments of a measurement, checked before; no amplitudes.
  func moments(_ measurement: Measurement) -> [Double] {
    switch measurement {
    case .expectations, .variances, .covariances:
      measurement.measuredObservables.map { expectation(of: $0) }
    case .probabilities(let qubits): probabilities(of: qubits)
    case .amplitudes: stop(Self.noAmplitudes)
    }
  }

  /// Makes this the costate of a measurement's moments: Σ cotangent · ∂moment/∂r_P.
  func startCostate(_ measurement: Measurement, _ cotangents: [Double]) {
    clear()
    switch measurement {
    case .expectations, .variances, .covariances:
      for (observable, cotangent) in zip(measurement.measuredObservables, cotangents) {
        for term in observable.terms {
          let place = Self.number(x: term.string.x, z: term.string.z)
          unsafe values[place] += cotangent * term.coefficient
        }
      }
    case .probabilities(let qubits):
      let places = Self.places(of: qubits)
      for (place, slope) in zip(places, cotangents.walshHadamardTransformed()) {
        unsafe values[place] = slope / Double(places.count)
      }
    case .amplitudes: stop(Self.noAmplitudes)
    }
  }

  /// The places of the Z strings of some qubits, numbered by the qubits' order.
  private static func places(of qubits: [Int]) -> [Int] {
    (0..<(1 << qubits.count)).map { subset in
      qubits.enumerated().reduce(0) {
        $0 | (subset >> $1.offset & 1) << (2 * $1.element)
      }
    }
  }
}
