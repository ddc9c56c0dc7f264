import Foundation
import Hilbert

extension Workload {
  /// The Gram matrix of the ZZ feature map, two repetitions, full entanglement.
  ///
  /// Samples are x[s][i] = π (1 + sin(0.23 s + 0.71 i)); the value is K[0, 1], sum that of all entries. By
  /// default 8 qubits and 200 samples; always in double precision, as kernels are.
  static func kernelMatrix(_ options: Options) throws -> Workload {
    let qubits = options.qubits ?? 8
    let count = options.samples ?? 200
    let samples = (0..<(count * qubits)).map { (index: Int) -> Double in
      let (s, i) = (Double(index / qubits), Double(index % qubits))
      return Double.pi * (1 + sin(0.23 * s + 0.71 * i))
    }
    let features = NDArray(samples, shape: [count, qubits])
    let kernel = try FidelityKernel(ZZFeatureMap(qubits: qubits).circuit, policy: options.policy)
      .fixed
    return Workload(name: "kernel") {
      let gram = try kernel.matrix(features)
      return ["value": gram[0][min(1, count - 1)].item(), "sum": gram.sum().item()]
    }
  }
}
