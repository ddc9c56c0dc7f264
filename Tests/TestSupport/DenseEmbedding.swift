import Circuits
import ComplexModule

/// Inputs as amplitudes, by the definition.
extension DenseOperations {
  /// The dense vector whose amplitude at a basis state is the number of the bits of `qubits` in it, the first qubit
  /// being the least significant, where all other bits are 0; not normalised.
  public static func spread(_ numbers: [Double], on qubits: [Int], qubitCount: Int) -> Vector {
    (0..<(1 << qubitCount)).map { basis in
      var number = 0
      var rest = basis
      for (place, qubit) in qubits.enumerated() where basis / (1 << qubit) % 2 == 1 {
        number += 1 << place
        rest -= 1 << qubit
      }
      return rest == 0 ? Complex(numbers[number]) : .zero
    }
  }

  /// x / ‖x‖ as a state, and its derivatives by each x_j: (e_j - a a_j) / ‖x‖.
  public static func embedded(
    _ x: [Double], on qubits: [Int], qubitCount: Int
  ) -> (state: Vector, derivatives: [Vector]) {
    let norm = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let a = x.map { $0 / norm }
    let derivatives = x.indices.map { j in
      let numbers = x.indices.map { ((j == $0 ? 1 : 0) - a[$0] * a[j]) / norm }
      return spread(numbers, on: qubits, qubitCount: qubitCount)
    }
    return (spread(a, on: qubits, qubitCount: qubitCount), derivatives)
  }
}
