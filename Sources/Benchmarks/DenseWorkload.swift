import Foundation
import Hilbert

extension Workload {
  /// One state: `depth` layers of dense two-qubit gates exp(iH) on alternating pairs of neighbours.
  ///
  /// Gate number g has H = (M + M†)/2 with M[r][c] = cos(0.7 g + 1.1 r + 1.7 c) + i sin(0.9 g + 1.3 r - 1.3 c), the
  /// lower qubit of the pair being the least significant bit of r and c; gates are counted layer by layer, pairs
  /// i = d mod 2, d mod 2 + 2, ... The value is |⟨0…0|ψ⟩|². By default 20 qubits and depth 14.
  static func dense(_ options: Options) throws -> Workload {
    let qubits = options.qubits ?? 20
    var circuit = Circuit(qubits: qubits)
    var count = 0
    for d in 0..<(options.depth ?? 14) {
      for i in stride(from: d % 2, to: qubits - 1, by: 2) {
        circuit.append(try Gate.unitary(try exponential(count)), to: [i, i + 1])
        count += 1
      }
    }
    let plan = try Plan(circuit, measuring: .expectations([]))
    return Workload(name: "dense") {
      let state = try StateVector(
        running: plan, precision: options.precision, policy: options.policy)
      return ["value": state.probability(of: 0)]
    }
  }

  /// exp(iH) of gate number g.
  private static func exponential(_ number: Int) throws -> ComplexMatrix {
    let g = Double(number)
    let entries = (0..<16).map { index -> Complex<Double> in
      let (r, c) = (Double(index / 4), Double(index % 4))
      return Complex(
        Foundation.cos(0.7 * g + 1.1 * r + 1.7 * c), Foundation.sin(0.9 * g + 1.3 * r - 1.3 * c))
    }
    let m = ComplexMatrix(rows: 4, columns: 4, elements: entries)
    let (values, vectors) = try (m + m.adjoint()).scaled(by: Complex(0.5)).hermitianEigen()
    return vectors * .diagonal(values.map { Complex(length: 1, phase: $0) }) * vectors.adjoint()
  }
}
