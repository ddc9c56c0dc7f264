import Foundation
import Hilbert

extension Workload {
  /// Value and gradient of a batched variational circuit, by the public path.
  ///
  /// RX(x) on every qubit, then `layers` of RZ RY RZ on every qubit and a ring of CX; ⟨Z⟩ of every qubit; the
  /// loss is the sum of squares. Inputs are x[b][i] = sin(0.37 b + 0.61 i + 0.1), weights
  /// w[l][i][k] = cos(0.3 l + 0.7 i + 1.1 k). One repeat makes input tensors, calls a ``QuantumLayer`` and the
  /// loss, and goes back to the gradients of weights and inputs, by the adjoint method or the parameter-shift
  /// rule. By default 8 qubits, 3 layers, batch 32.
  static func gradient(_ options: Options) throws -> Workload {
    let qubits = options.qubits ?? 8
    let layers = options.layers ?? 3
    let batch = options.batch ?? 32
    var circuit = Circuit(qubits: qubits)
    var weights: [Double] = []
    for i in 0..<qubits { circuit.append(.rx, angles: [.input(i)], to: [i]) }
    for l in 0..<layers {
      for i in 0..<qubits {
        for (k, gate) in [Gate.rz, .ry, .rz].enumerated() {
          circuit.append(gate, angles: [.weight(weights.count)], to: [i])
          weights.append(cos(0.3 * Double(l) + 0.7 * Double(i) + 1.1 * Double(k)))
        }
      }
      for i in 0..<qubits { circuit.append(.cx, to: [i, (i + 1) % qubits]) }
    }
    let inputs = (0..<(batch * qubits)).map { index in
      sin(0.37 * Double(index / qubits) + 0.61 * Double(index % qubits) + 0.1)
    }
    let dtype: DType = options.precision == .single ? .float32 : .float64
    let layer = QuantumLayer(
      circuit, measuring: .expectations((0..<qubits).map { .z($0) }),
      on: .stateVector(policy: options.policy),
      gradient: options.method == .parameterShift ? ParameterShift() : nil, dtype: dtype)
    layer.weights.array = NDArray(weights).cast(to: dtype)
    let rows = NDArray(inputs, shape: [batch, qubits]).cast(to: dtype)
    return Workload(name: "gradient") {
      let x = Tensor(rows, requiresGradient: true)
      layer.weights.zeroGradient()
      let loss = layer(x).square().sum()
      loss.backward()
      return [
        "value": loss.item(), "gradientNorm": norm(layer.weights.gradient),
        "inputGradientNorm": norm(x.gradient),
      ]
    }
  }

  private static func norm(_ array: NDArray?) -> Double {
    (array?.doubles() ?? []).reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
