package import Circuits
package import ComplexModule
package import LinearAlgebra

/// A slow dense simulator for tests: gates by their matrices, Pauli strings letter by letter.
///
/// It reads a gate's `matrix`, never its kernel form, and shares no code with kernels or lowering.
/// Fit for about ten qubits.
package enum ReferenceSimulator {
  package typealias Number = Complex<Double>

  /// The state after a circuit, as `2^qubitCount` amplitudes; measurements and barriers do nothing.
  package static func state(
    of circuit: Circuit, weights: [Double] = [], inputs: [Double] = [],
    from initial: [Number]? = nil
  ) -> [Number] {
    var state = initial ?? (0..<(1 << circuit.qubitCount)).map { $0 == 0 ? .one : .zero }
    precondition(state.count == 1 << circuit.qubitCount, "found \(state.count) amplitudes")
    for instruction in circuit.instructions {
      guard case .gate(let application) = instruction else { continue }
      state = applying(application, to: state, weights: weights, inputs: inputs)
    }
    return state
  }

  /// The matrix of a circuit, of `2^qubitCount` rows.
  package static func matrix(
    of circuit: Circuit, weights: [Double] = [], inputs: [Double] = []
  ) -> ComplexMatrix {
    let size = 1 << circuit.qubitCount
    var result = ComplexMatrix(zeros: size, size)
    for column in 0..<size {
      let basis: [Number] = (0..<size).map { $0 == column ? .one : .zero }
      let image = state(of: circuit, weights: weights, inputs: inputs, from: basis)
      for row in 0..<size { result[row, column] = image[row] }
    }
    return result
  }

  /// The matrix of a gate to its power, without its further controls.
  package static func matrix(
    of application: GateApplication, weights: [Double] = [], inputs: [Double] = []
  ) -> ComplexMatrix {
    let angles = application.angles.map { $0.value(weights: weights, inputs: inputs) }
    let once = application.gate.matrix(angles)
    let exponent = application.exponent
    if exponent == exponent.rounded() {
      let factor = exponent < 0 ? once.adjoint() : once
      return (0..<Int(abs(exponent))).reduce(.identity(once.rows)) { power, _ in factor * power }
    }
    do {
      return try once.unitaryPower(exponent)
    } catch {
      preconditionFailure("the power \(exponent) of \(application.gate): \(error)")
    }
  }

  /// The state after one gate.
  package static func applying(
    _ application: GateApplication, to state: [Number], weights: [Double] = [],
    inputs: [Double] = []
  ) -> [Number] {
    let matrix = matrix(of: application, weights: weights, inputs: inputs)
    let qubits = application.qubits
    return state.indices.map { index in
      let isActive = application.controls.allSatisfy { control in
        (index >> control.qubit) % 2 == (control.state ? 1 : 0)
      }
      guard isActive else { return state[index] }
      var row = 0
      for (place, qubit) in qubits.enumerated() where (index >> qubit) % 2 == 1 {
        row += 1 << place
      }
      var sum = Number.zero
      for column in 0..<matrix.columns {
        var source = index
        for (place, qubit) in qubits.enumerated() {
          source -= ((source >> qubit) % 2) << qubit
          source += ((column >> place) % 2) << qubit
        }
        sum += matrix[row, column] * state[source]
      }
      return sum
    }
  }

  /// The image of a state under a Pauli string.
  package static func applying(_ string: PauliString, to state: [Number]) -> [Number] {
    var image = [Number](repeating: .zero, count: state.count)
    for (index, amplitude) in state.enumerated() {
      var target = index
      var value = amplitude
      for qubit in 0..<string.qubitCount {
        let isOne = (index >> qubit) % 2 == 1
        switch string[qubit] {
        case nil: break
        case .x: target ^= 1 << qubit
        case .y:
          target ^= 1 << qubit
          value *= isOne ? Number(0, -1) : Number(0, 1)
        case .z: if isOne { value = -value }
        }
      }
      image[target] = value
    }
    return image
  }

  /// The expectation `⟨state|observable|state⟩`.
  package static func expectation(of observable: PauliSum, in state: [Number]) -> Double {
    observable.terms.reduce(0) { sum, term in
      let image = applying(term.string, to: state)
      let overlap = zip(state, image).reduce(Number.zero) { $0 + $1.0.conjugate * $1.1 }
      return sum + term.coefficient * overlap.real
    }
  }

  /// The dense matrix of an observable on `qubitCount` qubits, by Kronecker products.
  package static func matrix(of observable: PauliSum, qubitCount: Int) -> ComplexMatrix {
    let size = 1 << qubitCount
    let i = Number(0, 1)
    return observable.terms.reduce(ComplexMatrix(zeros: size, size)) { sum, term in
      let product = (0..<qubitCount).reduce(ComplexMatrix.identity(1)) { product, qubit in
        let factor: ComplexMatrix =
          switch term.string[qubit] {
          case nil: .identity(2)
          case .x: ComplexMatrix([[0, 1], [1, 0]])
          case .y: ComplexMatrix([[0, -i], [i, 0]])
          case .z: ComplexMatrix([[1, 0], [0, -1]])
          }
        return factor.kronecker(product)
      }
      return sum + product.scaled(by: Number(term.coefficient))
    }
  }
}
