import Foundation
import Hilbert

extension Workload {
  /// An exact noisy run: the state-vector circuit as a density matrix, with a depolarizing channel of mixing 0.01
  /// after every RY and, on both qubits, after every CZ.
  ///
  /// The value is the probability of 0…0. By default 10
  /// qubits and depth 20.
  static func density(_ options: Options) throws -> Workload {
    var sized = options
    sized.qubits = options.qubits ?? 10
    sized.depth = options.depth ?? 20
    let circuit = layers(sized)
    var noise = NoiseModel()
    noise.add(try .depolarizing(mixing: 0.01), after: [.ry])
    noise.add(try .depolarizing(mixing: 0.01, qubits: 2), after: [.cz])
    let policy = options.policy
    return Workload(name: "density") { [noise] in
      let state = try DensityMatrix(running: circuit, noise: noise, policy: policy)
      return ["value": state.probabilities()[0]]
    }
  }
}
