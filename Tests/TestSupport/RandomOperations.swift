package import Circuits
import ComplexModule
package import Compute
package import LinearAlgebra
import RealModule

/// Random operations of every kind, on any qubits, with any controls.
package struct RandomOperations {
  package var stream: RandomStream
  package let qubitCount: Int
  package let weightCount: Int
  package let inputCount: Int

  package init(seed: UInt64, qubitCount: Int, weightCount: Int = 3, inputCount: Int = 2) {
    stream = RandomStream(seed: seed, purpose: RandomPurpose("test"), index: UInt64(qubitCount))
    self.qubitCount = qubitCount
    self.weightCount = weightCount
    self.inputCount = inputCount
  }

  package mutating func below(_ bound: Int) -> Int { Int(stream.nextUniform() * Double(bound)) }

  package mutating func numbers(_ count: Int) -> [Double] {
    (0..<count).map { _ in stream.nextUniform() * 6 - 3 }
  }

  /// Constants, weights, inputs, and products of both.
  package mutating func angle() -> Angle {
    let scale = stream.nextUniform() * 4 - 2
    switch below(5) {
    case 0: return Angle(scale)
    case 1: return Angle.weight(below(weightCount)) * scale
    case 2: return Angle.input(below(inputCount)) * scale
    case 3: return Angle.weight(below(weightCount)) * Angle.input(below(inputCount)) + Angle(scale)
    default:
      return Angle.input(below(inputCount)) * Angle.input(below(inputCount)) * scale
        - Angle.weight(below(weightCount)) * Angle.weight(below(weightCount))
    }
  }

  package mutating func unitary(_ qubits: Int) -> ComplexMatrix {
    let size = 1 << qubits
    let a = ComplexMatrix(
      rows: size, columns: size,
      elements: (0..<(size * size)).map { _ in Complex(stream.nextNormal(), stream.nextNormal()) })
    guard let (values, vectors) = try? (a + a.adjoint()).hermitianEigen() else {
      return .identity(size)
    }
    return vectors * .diagonal(values.map { Complex(length: 1, phase: $0) }) * vectors.adjoint()
  }

  package mutating func string(on qubits: [Int]) -> PauliString {
    var x: UInt64 = 0
    var z: UInt64 = 0
    for qubit in qubits {
      let kind = below(3)
      if kind != 2 { x |= 1 << UInt64(qubit) }
      if kind != 0 { z |= 1 << UInt64(qubit) }
    }
    return PauliString(x: x, z: z)
  }

  /// An operation of kind `kind` modulo 5.
  package mutating func operation(_ kind: Int) -> ElementaryOperation {
    var order = Array(0..<qubitCount)
    order.shuffle(using: &stream)
    let wanted = kind % 5 == 3 ? 2 : kind % 5 == 1 ? 0 : 1 + below(min(3, qubitCount))
    let targets = Array(order.prefix(min(wanted, qubitCount)))
    let controls = order.dropFirst(targets.count).prefix(below(3))
    let mask = controls.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    let control = ControlMask(mask: mask, value: stream.next() & mask)
    switch kind % 5 {
    case 0:
      return ElementaryOperation(.rotation(string(on: targets)), angle: angle(), controls: control)
    case 1: return ElementaryOperation(.phase, angle: angle(), controls: control)
    case 2:
      return ElementaryOperation(.pauli(string(on: targets)), angle: 0, controls: control)
    case 3 where targets.count == 2:
      return ElementaryOperation(.swap(targets[0], targets[1]), angle: 0, controls: control)
    default:
      return ElementaryOperation(
        .matrix(unitary(targets.count), targets: targets), angle: 0, controls: control)
    }
  }

  package mutating func operations(_ count: Int) -> [ElementaryOperation] {
    (0..<count).map { operation($0) }
  }

  /// An observable of `terms` random strings.
  package mutating func observable(terms: Int) -> PauliSum {
    PauliSum(
      (0..<terms).map { _ in
        let mask = (UInt64(1) << UInt64(qubitCount)) - 1
        return PauliSum.Term(
          stream.nextUniform() * 2 - 1,
          PauliString(x: stream.next() & mask, z: stream.next() & mask)
        )
      })
  }
}
