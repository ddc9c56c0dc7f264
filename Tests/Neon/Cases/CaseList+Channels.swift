import Circuits
import ComplexModule
import LinearAlgebra
import Simulation
import TestSupport

extension CaseList {
  /// Channels of one to three qubits, each with every qubit as its first: with probabilities that depend on the
  /// state and with some that do not, of two operators to the most that trajectories take.
  mutating func addChannels(qubitCount: Int, batch: Int) throws {
    var random = RandomOperations(seed: 4, qubitCount: qubitCount)
    for channel in try Self.channels(&random) where channel.qubitCount <= qubitCount {
      for qubit in 0..<qubitCount {
        var others = (0..<qubitCount).filter { $0 != qubit }
        others.shuffle(using: &random.stream)
        let targets = [qubit] + others.prefix(channel.qubitCount - 1)
        var circuit = Circuit(qubits: qubitCount)
        random.appendGates(to: &circuit)
        circuit.append(.channel(channel, targets))
        random.appendGates(to: &circuit)
        circuit.append(.channel(channel, targets.reversed()))
        let measurement: Measurement =
          qubit == 0
          ? .probabilities(of: targets)
          : .expectations((1...2).map { random.observable(terms: $0) })
        add(
          tile: try CheckedCircuit(
            "\(qubitCount) qubits, \(channel.name) on \(targets)", noisy: circuit,
            measuring: measurement, batch: batch, random: &random))
      }
    }
  }

  private static func channels(_ random: inout RandomOperations) throws -> [Channel] {
    [
      try .pauli(x: 0.2, y: 0.1, z: 0.3), try .depolarizing(mixing: 0.6, qubits: 2),
      try .amplitudeDamping(0.4), try .reset(toZero: 0.3, toOne: 0.2),
      try random.channel(qubits: 1, operatorBits: 2),
      try random.channel(qubits: 1, operatorBits: 6),
      try random.channel(qubits: 2, operatorBits: 2),
      try random.channel(qubits: 3, operatorBits: 1),
      try random.channel(qubits: 3, operatorBits: 3),
    ]
  }
}

extension RandomOperations {
  /// A channel of 2^operatorBits Kraus operators: the blocks of the first columns of a unitary matrix.
  fileprivate mutating func channel(qubits: Int, operatorBits: Int) throws -> Channel {
    let whole = unitary(qubits + operatorBits)
    let size = 1 << qubits
    return try Channel(
      kraus: (0..<(1 << operatorBits)).map { block in
        ComplexMatrix(
          rows: size, columns: size,
          elements: (0..<(size * size)).map { whole[block * size + $0 / size, $0 % size] })
      }, name: "\(1 << operatorBits) operators")
  }

  /// A rotation of every qubit about two axes, and signs between neighbours.
  fileprivate mutating func appendGates(to circuit: inout Circuit) {
    for qubit in 0..<qubitCount {
      circuit.append(.rx, angles: [angle()], to: [qubit])
      circuit.append(.rz, angles: [angle()], to: [qubit])
    }
    for qubit in 1..<max(qubitCount, 1) { circuit.append(.cx, to: [qubit - 1, qubit]) }
  }
}
