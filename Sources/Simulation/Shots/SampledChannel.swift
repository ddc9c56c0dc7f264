import Circuits
import ComplexModule
import LinearAlgebra

/// A channel of which one operator is drawn for each shot.
///
/// Operator K comes with probability ⟨ψ|K†K|ψ⟩. Where every K†K is a multiple p of the identity, that is p in every
/// state, and K/√p is unitary. Elsewhere K†K is written over the Pauli strings on the channel's qubits, so that one
/// set of expectation values gives the probabilities of all operators.
struct SampledChannel {
  /// The probabilities, where they are the same in every state.
  let constantWeights: [Double]?
  /// What is applied to the state: K/√p where p is constant, else K; nil for a multiple of the identity.
  let matrices: [ComplexMatrix?]
  /// The Pauli strings on the channel's qubits, for probabilities that depend on the state.
  let observables: [PauliSum]
  /// The matrices as engines run them.
  var engines: [StateEngine?] = []
  /// Measures ``observables``.
  var strings: StateEngine?
  /// The coefficient of each string in K†K, operator by operator.
  private let coefficients: [[Double]]

  /// How far an entry of K†K may be from that of a multiple of the identity.
  private static let tolerance = 1e-13

  init(_ use: ShotProgram.ChannelUse) {
    let operators = use.channel.operators
    let size = 1 << use.qubits.count
    let effects = operators.map { $0.adjoint() * $0 }
    let weights = effects.map { effect in
      (0..<size).reduce(0) { $0 + effect[$1, $1].real } / Double(size)
    }
    let isConstant = zip(effects, weights).allSatisfy { effect, weight in
      let multiple = ComplexMatrix.identity(size).scaled(by: Complex(weight))
      return effect.maximumDifference(from: multiple) <= Self.tolerance
    }
    if isConstant {
      constantWeights = weights
      matrices = zip(operators, weights).map { matrix, weight in
        let unitary = matrix.scaled(by: Complex(1 / weight.squareRoot()))
        let phase = ComplexMatrix.identity(size).scaled(by: unitary[0, 0])
        return unitary.maximumDifference(from: phase) <= Self.tolerance ? nil : unitary
      }
      (observables, coefficients) = ([], [])
      return
    }
    constantWeights = nil
    matrices = operators
    let strings = TransferMatrix.strings(use.qubits.count)
    coefficients = effects.map { effect in
      strings.map { $0.trace(effect) / Double(size) }
    }
    observables = strings.map { string in
      func moved(_ bits: Int) -> UInt64 {
        use.qubits.enumerated().reduce(0) {
          $0 | UInt64(bits >> $1.offset & 1) << UInt64($1.element)
        }
      }
      return PauliSum(PauliString(x: moved(string.x), z: moved(string.z)))
    }
  }

  /// The probabilities of the operators from the expectation values of the strings.
  func weights(_ expectations: [Double]) -> [Double] {
    coefficients.map { row in
      max(0, zip(row, expectations).reduce(0) { $0 + $1.0 * $1.1 })
    }
  }
}
