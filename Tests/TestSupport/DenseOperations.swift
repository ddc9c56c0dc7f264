public import Circuits
public import ComplexModule
import LinearAlgebra
public import RealModule

/// Elementary operations on a dense vector, by the definition.
///
/// 2 x 2 matrices qubit by qubit, and plain loops over all basis states. Slow, and shares no code with the kernels.
public enum DenseOperations {
  /// A vector of amplitudes, by number of the basis state.
  public typealias Vector = [Complex<Double>]

  /// The vector |0…0⟩.
  public static func zeroState(_ qubitCount: Int) -> Vector {
    var state = Vector(repeating: .zero, count: 1 << qubitCount)
    state[0] = .one
    return state
  }

  /// The operation with its angle at `angle`, applied to `state`.
  public static func apply(
    _ operation: ElementaryOperation, angle: Double, to state: Vector
  ) -> Vector {
    var image: Vector
    switch operation.kind {
    case .rotation(let string):
      let turned = apply(string, to: state)
      let cosine = Complex(Double.cos(angle / 2))
      let sine = Complex(0, -Double.sin(angle / 2))
      image = zip(state, turned).map { cosine * $0 + sine * $1 }
    case .phase:
      let factor = Complex(Double.cos(angle), Double.sin(angle))
      image = state.map { factor * $0 }
    case .pauli(let string):
      image = apply(string, to: state)
    case .swap(let a, let b):
      image = state
      for basis in state.indices {
        let bitA = basis / (1 << a) % 2
        let bitB = basis / (1 << b) % 2
        let moved = basis + (bitB - bitA) * (1 << a) + (bitA - bitB) * (1 << b)
        image[moved] = state[basis]
      }
    case .matrix(let matrix, let targets):
      image = Vector(repeating: .zero, count: state.count)
      for basis in state.indices {
        var column = 0
        var rest = basis
        for (bit, target) in targets.enumerated() where basis / (1 << target) % 2 == 1 {
          column += 1 << bit
          rest -= 1 << target
        }
        for row in 0..<matrix.rows {
          var destination = rest
          for (bit, target) in targets.enumerated() where row / (1 << bit) % 2 == 1 {
            destination += 1 << target
          }
          image[destination] += matrix[row, column] * state[basis]
        }
      }
    }
    return state.indices.map { basis in
      UInt64(basis) & operation.controls.mask == operation.controls.value
        ? image[basis] : state[basis]
    }
  }

  /// A Pauli string applied to `state`, one 2 x 2 matrix after another.
  public static func apply(_ string: PauliString, to state: Vector) -> Vector {
    var result = state
    var qubit = 0
    while 1 << qubit < state.count {
      let hasX = string.x >> UInt64(qubit) & 1 == 1
      let hasZ = string.z >> UInt64(qubit) & 1 == 1
      let matrix: [Complex<Double>]
      switch (hasX, hasZ) {
      case (false, false): matrix = [.one, .zero, .zero, .one]
      case (true, false): matrix = [.zero, .one, .one, .zero]
      case (true, true): matrix = [.zero, Complex(0, -1), .i, .zero]
      case (false, true): matrix = [.one, .zero, .zero, Complex(-1)]
      }
      let before = result
      for basis in before.indices where basis / (1 << qubit) % 2 == 0 {
        let other = basis + (1 << qubit)
        result[basis] = matrix[0] * before[basis] + matrix[1] * before[other]
        result[other] = matrix[2] * before[basis] + matrix[3] * before[other]
      }
      qubit += 1
    }
    return result
  }

  /// The expectation value of a Pauli sum.
  public static func expectation(of observable: PauliSum, in state: Vector) -> Double {
    observable.terms.reduce(0) { sum, term in
      let image = apply(term.string, to: state)
      return sum
        + term.coefficient * zip(state, image).reduce(0) { $0 + ($1.0.conjugate * $1.1).real }
    }
  }

  /// The value of an angle.
  public static func value(_ angle: Angle, weights: [Double], inputs: [Double]) -> Double {
    angle.terms.reduce(0) { sum, term in
      sum + term.weights.reduce(term.coefficient) { $0 * weights[$1] }
        * term.inputs.reduce(1) { $0 * inputs[$1] }
    }
  }

  /// The final state of a list of operations on |0…0⟩, or on `start`.
  public static func run(
    _ operations: [ElementaryOperation], qubitCount: Int, weights: [Double] = [],
    inputs: [Double] = [], from start: Vector? = nil
  ) -> Vector {
    operations.reduce(start ?? zeroState(qubitCount)) { state, operation in
      apply(
        operation, angle: value(operation.angle, weights: weights, inputs: inputs), to: state)
    }
  }
}
