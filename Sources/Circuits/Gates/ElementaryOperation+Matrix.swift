import ComplexModule
package import LinearAlgebra
import RealModule

/// Elementary operations as dense matrices of a few qubits, from their definitions.
extension ElementaryOperation {
  /// The matrix on `qubitCount` qubits, qubit 0 being the least significant bit, where the angle is `value`.
  ///
  /// - Precondition: The operation touches qubits below `qubitCount` only.
  /// - Complexity: O(4^qubitCount).
  package func matrix(at value: Double, qubitCount: Int) -> ComplexMatrix {
    let size = 1 << qubitCount
    var result = ComplexMatrix(zeros: size, size)
    for column in 0..<size {
      guard UInt64(column) & controls.mask == controls.value else {
        result[column, column] = .one
        continue
      }
      switch kind {
      case .rotation(let string):
        result[column, column] += Complex(Double.cos(value / 2))
        result[column ^ Int(string.x), column] +=
          Complex(0, -Double.sin(value / 2)) * string.phase(of: column)
      case .phase: result[column, column] = Complex(length: 1, phase: value)
      case .pauli(let string):
        result[column ^ Int(string.x), column] = string.phase(of: column)
      case .swap(let first, let second):
        let differ = (column >> first ^ column >> second) & 1
        result[column ^ (differ << first | differ << second), column] = .one
      case .matrix(let matrix, let targets):
        var (inner, rest) = (0, column)
        for (bit, target) in targets.enumerated() {
          inner |= (column >> target & 1) << bit
          rest &= ~(1 << target)
        }
        for row in 0..<matrix.rows {
          let outer = targets.enumerated().reduce(rest) {
            $0 | (row >> $1.offset & 1) << $1.element
          }
          result[outer, column] = matrix[row, inner]
        }
      }
    }
    return result
  }

  /// The Hermitian G of `exp(-i·angle·G)` on `qubitCount` qubits; nil where there is no angle.
  package func generator(qubitCount: Int) -> ComplexMatrix? {
    let size = 1 << qubitCount
    var result = ComplexMatrix(zeros: size, size)
    let string: PauliString
    let factor: Double
    switch kind {
    case .rotation(let axis): (string, factor) = (axis, 0.5)
    case .phase: (string, factor) = (.identity, -1)
    case .pauli, .swap, .matrix: return nil
    }
    for column in 0..<size where UInt64(column) & controls.mask == controls.value {
      result[column ^ Int(string.x), column] = string.phase(of: column) * Complex(factor)
    }
    return result
  }
}

extension PauliString {
  /// The factor of P|column⟩ = phase · |column ^ x⟩.
  fileprivate func phase(of column: Int) -> Complex<Double> {
    let quarters = (x & z).nonzeroBitCount + 2 * (z & UInt64(column)).nonzeroBitCount
    return [.one, .i, -.one, -.i][quarters & 3]
  }
}

extension GateApplication {
  /// The gate that does one elementary operation and nothing else, controls among its own qubits.
  package init(factor operation: ElementaryOperation) {
    let qubits = (operation.targetMask | operation.controls.mask).bitIndices
    var places = [Int](repeating: 0, count: (qubits.last ?? -1) + 1)
    for (place, qubit) in qubits.enumerated() { places[qubit] = place }
    let hasAngle = operation.hasAngle
    let local = operation.mapped(to: places).with(angle: hasAngle ? .weight(0) : 0)
    let count = qubits.count
    let gate = Gate(
      "factor", qubitCount: count, parameterNames: hasAngle ? ["angle"] : [], symbol: "F",
      summary: "One elementary operation.", inverse: .power, factors: [local],
      matrix: { local.matrix(at: $0.first ?? 0, qubitCount: count) })
    self.init(gate, angles: hasAngle ? [operation.angle] : [], on: qubits)
  }
}
