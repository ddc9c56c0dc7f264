import Circuits
import ComplexModule
import Compute
import Foundation
import LinearAlgebra
import RealModule
import TestSupport

/// Matrices of a few qubits from a handful of exact operations: rounding only.
let rounding = 1e-12

/// Angles drawn once per seed, in ±5.
func seededAngles(_ count: Int, seed: UInt64 = 1) -> [Double] {
  var stream = RandomStream(seed: seed, purpose: .general)
  return (0..<count).map { _ in 10 * stream.nextUniform() - 5 }
}

/// A normalised state drawn once per seed.
func seededState(qubits: Int, seed: UInt64 = 1) -> [Complex<Double>] {
  var stream = RandomStream(seed: seed, purpose: .general)
  let state = (0..<(1 << qubits)).map { _ in
    Complex(stream.nextNormal(), stream.nextNormal())
  }
  let norm = Double.sqrt(state.reduce(0) { $0 + $1.lengthSquared })
  return state.map { $0 / Complex(norm) }
}

extension ElementaryOperation {
  /// The operation's matrix, from the definition of its kind, for constant angles.
  func dense(qubitCount: Int) -> ComplexMatrix {
    let size = 1 << qubitCount
    let value = angle.constantValue ?? .nan
    let action: ComplexMatrix =
      switch kind {
      case .rotation(let string):
        ComplexMatrix.identity(size).scaled(by: Complex(Double.cos(value / 2)))
          + ReferenceSimulator.matrix(of: PauliSum(string), qubitCount: qubitCount)
          .scaled(by: Complex(0, -Double.sin(value / 2)))
      case .phase: ComplexMatrix.identity(size).scaled(by: Complex(length: 1, phase: value))
      case .pauli(let string):
        ReferenceSimulator.matrix(of: PauliSum(string), qubitCount: qubitCount)
      case .swap(let first, let second):
        Self.embedding(Gate.swap.matrix(), on: [first, second], qubitCount: qubitCount)
      case .matrix(let matrix, let targets):
        Self.embedding(matrix, on: targets, qubitCount: qubitCount)
      }
    var result = ComplexMatrix.identity(size)
    for column in 0..<size where UInt64(column) & controls.mask == controls.value {
      for row in 0..<size { result[row, column] = action[row, column] }
    }
    return result
  }

  private static func embedding(
    _ matrix: ComplexMatrix, on targets: [Int], qubitCount: Int
  ) -> ComplexMatrix {
    let size = 1 << qubitCount
    let others = (0..<size).map { index in targets.reduce(index) { $0 & ~(1 << $1) } }
    let places = (0..<size).map { index in
      targets.enumerated().reduce(0) { $0 | ((index >> $1.element) & 1) << $1.offset }
    }
    var result = ComplexMatrix(zeros: size, size)
    for row in 0..<size {
      for column in 0..<size where others[row] == others[column] {
        result[row, column] = matrix[places[row], places[column]]
      }
    }
    return result
  }
}

/// The product of lowered operations.
func dense(_ operations: [ElementaryOperation], qubitCount: Int) -> ComplexMatrix {
  operations.reduce(.identity(1 << qubitCount)) { $1.dense(qubitCount: qubitCount) * $0 }
}

/// The repository's root.
let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// Compares a text with a committed file, or writes the file where HILBERT_UPDATE_GOLDEN is 1.
func agrees(_ text: String, withFile path: String) throws -> Bool {
  let url = repository.appending(path: path)
  if ProcessInfo.processInfo.environment["HILBERT_UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }
  return try String(contentsOf: url, encoding: .utf8) == text
}
