import ComplexModule
import LinearAlgebra
import RealModule

/// A unitary matrix of one qubit as `e^{i·phase}·u(theta, phi, lambda)`, with `u = P(phi)·RY(theta)·P(lambda)`.
struct EulerAngles {
  let theta: Double
  let phi: Double
  let lambda: Double
  let phase: Double

  /// Takes a matrix of two rows apart.
  init(_ matrix: ComplexMatrix) {
    theta = 2 * Double.atan2(y: matrix[1, 0].length, x: matrix[0, 0].length)
    guard matrix[0, 0].length > 1e-9 else {
      phase = (-matrix[0, 1]).phase
      phi = matrix[1, 0].phase - phase
      lambda = 0
      return
    }
    phase = matrix[0, 0].phase
    let sum = matrix[1, 1].phase - phase
    guard matrix[1, 0].length > 1e-9 else {
      phi = 0
      lambda = sum
      return
    }
    phi = matrix[1, 0].phase - phase
    lambda = sum - phi
  }
}
