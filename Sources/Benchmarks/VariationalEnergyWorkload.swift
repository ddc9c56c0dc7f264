import Foundation
import Hilbert

extension Workload {
  /// The energy of a transverse-field Ising chain and its gradient by the adjoint method.
  ///
  /// H = -Σ Z_i Z_{i+1} - Σ X_i on an open chain; the ansatz has `layers` of RY, RZ on every qubit and a
  /// ladder of CX, with angles w[l][i][k] = cos(0.3 l + 0.7 i + 1.1 k). The value is the energy, gradientNorm the
  /// norm of its gradient. By default 12 qubits and 4 layers.
  static func variationalEnergy(_ options: Options) throws -> Workload {
    let qubits = options.qubits ?? 12
    let layers = options.layers ?? 4
    var circuit = Circuit(qubits: qubits)
    var weights: [Double] = []
    for l in 0..<layers {
      for i in 0..<qubits {
        for (k, gate) in [Gate.ry, Gate.rz].enumerated() {
          circuit.append(gate, angles: [.weight(weights.count)], to: [i])
          weights.append(cos(0.3 * Double(l) + 0.7 * Double(i) + 1.1 * Double(k)))
        }
      }
      for i in 0..<(qubits - 1) { circuit.append(.cx, to: [i, i + 1]) }
    }
    var terms: [PauliSum.Term] = []
    for i in 0..<(qubits - 1) {
      terms.append(.init(-1, PauliString(x: 0, z: 3 << UInt64(i))))
    }
    for i in 0..<qubits { terms.append(.init(-1, .x(i))) }
    let energy = PauliSum(terms)
    let plan = try Plan(circuit, measuring: .expectations([energy]))
    let precision = options.precision
    let policy = options.policy
    return Workload(name: "vqe") { [weights] in
      precision == .single
        ? try energyAndGradient(Float.self, plan, weights, policy)
        : try energyAndGradient(Double.self, plan, weights, policy)
    }
  }

  private static func energyAndGradient<Scalar: StateScalar>(
    _: Scalar.Type, _ plan: Plan, _ weights: [Double], _ policy: LoopPolicy
  ) throws -> [String: Double] {
    let engine = BatchEngine<Scalar>(plan, policy: policy)
    let (outputs, gradient) = try engine.outputAndGradient(weights: weights)
    let squares = gradient.reduce(0.0) { $0 + $1 * $1 }
    return ["value": outputs, "gradientNorm": squares.squareRoot()]
  }
}
