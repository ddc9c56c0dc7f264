package import Circuits
import ComplexModule
package import LinearAlgebra

/// A slow density matrix for tests: whole matrices, K ρ K† for every Kraus operator.
///
/// Fit for five qubits.
package enum ReferenceDensity {
  /// ρ after a circuit with noise channels, from |0…0⟩⟨0…0|.
  package static func state(
    of circuit: Circuit, weights: [Double] = [], inputs: [Double] = []
  ) -> ComplexMatrix {
    let size = 1 << circuit.qubitCount
    var state = ComplexMatrix(zeros: size, size)
    state[0, 0] = .one
    for instruction in circuit.instructions {
      switch instruction {
      case .gate:
        var alone = Circuit(qubits: circuit.qubitCount)
        alone.append(instruction)
        let matrix = ReferenceSimulator.matrix(
          of: alone, weights: Array(weights.prefix(alone.weightCount)),
          inputs: Array(inputs.prefix(alone.inputCount)))
        state = matrix * state * matrix.adjoint()
      case .channel(let channel, let qubits):
        state = channel.operators.reduce(ComplexMatrix(zeros: size, size)) { sum, matrix in
          let whole = embedded(matrix, qubits, size)
          return sum + whole * state * whole.adjoint()
        }
      case .barrier, .measure: break
      case .reset, .conditional, .assign, .loop:
        preconditionFailure("\(instruction.name): ReferenceBranches runs dynamic circuits")
      }
    }
    return state
  }

  /// A matrix on some qubits as one on all: the first qubit is its least significant bit.
  package static func embedded(_ matrix: ComplexMatrix, _ qubits: [Int], _ size: Int)
    -> ComplexMatrix
  {
    var result = ComplexMatrix(zeros: size, size)
    for column in 0..<size {
      var inner = 0
      var rest = column
      for (bit, qubit) in qubits.enumerated() {
        inner += (column / (1 << qubit) % 2) * (1 << bit)
        rest -= (column / (1 << qubit) % 2) * (1 << qubit)
      }
      for row in 0..<matrix.rows {
        var outer = rest
        for (bit, qubit) in qubits.enumerated() { outer += (row / (1 << bit) % 2) * (1 << qubit) }
        result[outer, column] = matrix[row, inner]
      }
    }
    return result
  }
}
