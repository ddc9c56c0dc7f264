import Circuits
import ComplexModule
import TestSupport

/// A trajectory of a noisy circuit by dense matrices, and the uniform numbers that lead to it.
///
/// The numbers are chosen and not drawn: an operator K of a channel is picked among those that are likely enough for
/// its quotient K ψ / |K ψ| to be well conditioned, and its number lies in the middle of its interval, so that rounding
/// picks no other.
struct DenseTrajectory {
  private(set) var state: DenseOperations.Vector
  /// One for each channel, in order.
  private(set) var draws: [Double] = []

  /// Operators of less than this probability are not picked.
  private static let leastProbability = 1e-3

  init(
    of circuit: Circuit, weights: [Double], inputs: [Double], random: inout RandomOperations
  ) {
    state = DenseOperations.zeroState(circuit.qubitCount)
    for instruction in circuit.instructions {
      for operation in instruction.lowered() {
        let angle = DenseOperations.value(operation.angle, weights: weights, inputs: inputs)
        state = DenseOperations.apply(operation, angle: angle, to: state)
      }
      if case .channel(let channel, let qubits) = instruction {
        add(channel, on: qubits, &random)
      }
    }
  }

  private mutating func add(_ channel: Channel, on qubits: [Int], _ random: inout RandomOperations)
  {
    let images = channel.operators.map { matrix in
      DenseOperations.apply(
        ElementaryOperation(.matrix(matrix, targets: qubits)), angle: 0, to: state)
    }
    let probabilities = images.map { image in image.reduce(0) { $0 + $1.lengthSquared } }
    let likely = probabilities.indices.filter { probabilities[$0] > Self.leastProbability }
    let picked = likely[random.below(likely.count)]
    draws.append(probabilities.prefix(picked).reduce(0, +) + probabilities[picked] / 2)
    let norm = probabilities[picked].squareRoot()
    state = images[picked].map { $0 / Complex(norm) }
  }
}
