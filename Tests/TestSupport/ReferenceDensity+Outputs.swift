package import Circuits
import ComplexModule
import LinearAlgebra

extension ReferenceDensity {
  /// Tr(O ρ) of each observable.
  package static func expectations(
    of observables: [PauliSum], in circuit: Circuit, weights: [Double], inputs: [Double]
  ) -> [Double] {
    let state = state(of: circuit, weights: weights, inputs: inputs)
    return observables.map {
      (ReferenceSimulator.matrix(of: $0, qubitCount: circuit.qubitCount) * state).trace.real
    }
  }

  /// Tr((AB + BA)/2 ρ) − Tr(A ρ) Tr(B ρ) of all pairs, row by row, or of each observable with itself alone.
  package static func covariances(
    of observables: [PauliSum], in circuit: Circuit, weights: [Double], inputs: [Double],
    diagonal: Bool
  ) -> [Double] {
    let state = state(of: circuit, weights: weights, inputs: inputs)
    let matrices = observables.map {
      ReferenceSimulator.matrix(of: $0, qubitCount: circuit.qubitCount)
    }
    return matrices.indices.flatMap { row in
      matrices.indices.filter { !diagonal || $0 == row }.map { column in
        let (a, b) = (matrices[row], matrices[column])
        let product = (a * b + b * a) * state
        return product.trace.real / 2 - (a * state).trace.real * (b * state).trace.real
      }
    }
  }

  /// The probabilities of the outcomes of some qubits, the first one named least significant.
  package static func probabilities(
    of qubits: [Int], in circuit: Circuit, weights: [Double], inputs: [Double]
  ) -> [Double] {
    let state = state(of: circuit, weights: weights, inputs: inputs)
    var result = [Double](repeating: 0, count: 1 << qubits.count)
    for basis in 0..<state.rows {
      var outcome = 0
      for (bit, qubit) in qubits.enumerated() where basis / (1 << qubit) % 2 == 1 {
        outcome += 1 << bit
      }
      result[outcome] += state[basis, basis].real
    }
    return result
  }
}
