import Circuits
import ComplexModule
import Compute
import LinearAlgebra

extension PauliComponents {
  /// Sets the components of the pure state that a circuit starts from; nil for |0…0⟩.
  ///
  /// r_P = ⟨ψ|P|ψ⟩ = Re i^|x & z| Σ_b (-1)^(z·b) ψ*_{b ^ x} ψ_b for the strings on the prepared qubits, one
  /// Walsh-Hadamard transform for each x; a string of I and Z on the qubits in |0⟩ changes nothing.
  func start(from state: InitialState?, inputs: [Double], _ policy: LoopPolicy) {
    clear()
    let amplitudes = state?.amplitudes(inputs: inputs) ?? [.one]
    let qubits = state?.qubits ?? []
    let size = amplitudes.count
    let stringsOfOthers = stringsOfOthers(than: qubits)
    nonisolated(unsafe) let values = unsafe values
    let tasks = min(size, LoopPolicy.partLimit)
    policy.forEach(count: tasks) { task in
      for x in (task * size / tasks)..<((task + 1) * size / tasks) {
        var sums = (0..<size).map { amplitudes[$0 ^ x].conjugate * amplitudes[$0] }
        sums = sums.walshHadamardTransformed()
        for z in 0..<size {
          let component: Double =
            switch (x & z).nonzeroBitCount & 3 {
            case 0: sums[z].real
            case 1: -sums[z].imaginary
            case 2: -sums[z].real
            default: sums[z].imaginary
            }
          let place = Self.number(x: Self.mask(x, of: qubits), z: Self.mask(z, of: qubits))
          for other in stringsOfOthers { unsafe values[place | other] = component }
        }
      }
    }
  }

  /// Adds the derivatives of Σ l_P r_P with respect to the inputs that are amplitudes, l being these components.
  ///
  /// Amplitudes a = x / ‖x‖ are real, so that r_P is Re i^|x & z| Σ_b (-1)^(z·b) a_{b ^ x} a_b, which is 0 where
  /// |x & z| is odd, and g_b = ∂/∂a_b is 2 Σ_x a_{b ^ x} Σ_z (-1)^(z·b) Re i^|x & z| l. Then ∂/∂x is
  /// (g - a (a·g)) / ‖x‖.
  func addStartGradients(of state: InitialState, inputs: [Double], to gradients: inout [Double]) {
    guard case .inputs(let indices, _) = state.source else { return }
    let amplitudes = state.amplitudes(inputs: inputs).map(\.real)
    let size = amplitudes.count
    let stringsOfOthers = stringsOfOthers(than: state.qubits)
    var slopes = [Double](repeating: 0, count: size)
    for x in 0..<size {
      var sums = (0..<size).map { z in
        let overlap = (x & z).nonzeroBitCount
        guard overlap.isMultiple(of: 2) else { return Complex<Double>.zero }
        let place = Self.number(
          x: Self.mask(x, of: state.qubits), z: Self.mask(z, of: state.qubits))
        let sum = stringsOfOthers.reduce(0) { $0 + self[place | $1] }
        return Complex(overlap & 2 == 0 ? sum : -sum)
      }
      sums = sums.walshHadamardTransformed()
      for b in 0..<size { slopes[b] += 2 * amplitudes[b ^ x] * sums[b].real }
    }
    let norm = state.squaredNorm { inputs[$0] }.squareRoot()
    let along = zip(amplitudes, slopes).reduce(0) { $0 + $1.0 * $1.1 }
    for (b, index) in indices.enumerated() {
      gradients[index] += (slopes[b] - amplitudes[b] * along) / norm
    }
  }

  /// The places of the strings of I and Z on all qubits but some.
  private func stringsOfOthers(than qubits: [Int]) -> [Int] {
    let others = (0..<qubitCount).filter { !qubits.contains($0) }
    return (0..<(1 << others.count)).map { Self.number(x: 0, z: Self.mask($0, of: others)) }
  }

  /// The mask of the qubits at whose place a number has a bit.
  private static func mask(_ number: Int, of qubits: [Int]) -> UInt64 {
    UInt64(number).setBits.reduce(0) { $0 | 1 << UInt64(qubits[$1]) }
  }
}
