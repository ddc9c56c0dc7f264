import Circuits
import ComplexModule
import LinearAlgebra

/// A gate whose angles are not all constant, on qubits of its own: what its transfer matrix is made of at every run.
struct TransferForm: Sendable {
  let qubitCount: Int
  private let operations: [ElementaryOperation]
  /// The matrices of the operations whose angles are constant.
  private let fixed: [ComplexMatrix?]
  /// The operations whose angles are not.
  private let turning: [Turning]

  private struct Turning: Sendable {
    let place: Int
    let generator: ComplexMatrix
    let gradient: AngleGradient
  }

  /// The form of a gate that touches the qubits 0, 1, 2 and so on, in some order.
  init(_ application: GateApplication) {
    let count = application.touchedQubits.count
    qubitCount = count
    operations = application.lowered()
    fixed = operations.map { operation in
      operation.angle.constantValue.map { operation.matrix(at: $0, qubitCount: count) }
    }
    turning = operations.enumerated().compactMap { place, operation in
      guard operation.angle.constantValue == nil else { return nil }
      return operation.generator(qubitCount: count).map {
        Turning(place: place, generator: $0, gradient: AngleGradient(operation.angle))
      }
    }
  }

  /// The number of angles that are not constant, one for each elementary operation.
  var angleCount: Int { turning.count }

  /// The form at values of weights and inputs.
  struct Bound {
    fileprivate let factors: [ComplexMatrix]
    let unitary: ComplexMatrix
    let transfer: TransferMatrix
  }

  func bound(weights: [Double], inputs: [Double]) -> Bound {
    let factors = zip(operations, fixed).map { operation, matrix in
      matrix
        ?? operation.matrix(
          at: operation.angle.value(weights: weights, inputs: inputs), qubitCount: qubitCount)
    }
    let unitary = factors.dropFirst().reduce(factors.first ?? .identity(1 << qubitCount)) {
      $1 * $0
    }
    return Bound(
      factors: factors, unitary: unitary,
      transfer: TransferMatrix(kraus: [unitary], qubitCount: qubitCount))
  }

  /// Adds d loss / d angle of every angle, from the derivatives with respect to the transfer matrix's entries.
  ///
  /// With U = F_m … F_1, F_j = exp(-iφ_j G_j) and d loss = 2 Re Tr(A dU), d loss / dφ_j is 2 Im Tr(B_j G_j) where
  /// B_m = U A and B_{j-1} = F_j† B_j F_j.
  func addSlopes(of gradient: TransferMatrix, at bound: Bound, to slopes: inout [Double]) {
    guard let first = turning.first else { return }
    var product = bound.unitary * gradient.pullback(throughUnitary: bound.unitary)
    var next = turning.count - 1
    for place in operations.indices.reversed() where place >= first.place {
      let turn = turning[next]
      if turn.place == place {
        let size = product.rows
        for row in 0..<size {
          for column in 0..<size {
            slopes[next] += 2 * (product[row, column] * turn.generator[column, row]).imaginary
          }
        }
        if next == 0 { return }
        next -= 1
      }
      product = bound.factors[place].adjoint() * product * bound.factors[place]
    }
  }

  /// The chain rule from the angles' slopes to weights and inputs.
  func chain(
    _ slopes: [Double], weights: [Double], inputs: [Double],
    toWeights weightGradients: inout [Double], toInputs inputGradients: inout [Double]
  ) {
    for (slope, turn) in zip(slopes, turning) {
      turn.gradient.add(
        slope, weights: weights, inputs: inputs, toWeights: &weightGradients,
        toInputs: &inputGradients)
    }
  }
}
