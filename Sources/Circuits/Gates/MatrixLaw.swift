import ComplexModule
import LinearAlgebra
import RealModule

/// The building blocks of the gates' matrices, from formulas and not from kernel forms.
enum MatrixLaw {
  typealias Number = Complex<Double>

  /// `e^{i·angle}`.
  static func unit(_ angle: Double) -> Number { Number(Double.cos(angle), Double.sin(angle)) }

  /// The matrix of `rows`.
  static func fixed(_ rows: [[Number]]) -> @Sendable ([Double]) -> ComplexMatrix {
    let matrix = ComplexMatrix(rows)
    return { _ in matrix }
  }

  /// The permutation that takes the basis state k to `images[k]`.
  static func permutation(_ images: [Int]) -> @Sendable ([Double]) -> ComplexMatrix {
    var matrix = ComplexMatrix(zeros: images.count, images.count)
    for (source, image) in images.enumerated() { matrix[image, source] = .one }
    let result = matrix
    return { _ in result }
  }

  /// `matrix` under one control on state 1, which is the least significant qubit.
  static func controlled(_ matrix: ComplexMatrix) -> ComplexMatrix {
    var result = ComplexMatrix.identity(2 * matrix.rows)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        result[2 * row + 1, 2 * column + 1] = matrix[row, column]
      }
    }
    return result
  }

  /// `diag(1, e^{i·angle})`.
  static func phase(_ angle: Double) -> ComplexMatrix { .diagonal([1, unit(angle)]) }

  /// `exp(-i·angle·X/2)`.
  static func rotationX(_ angle: Double) -> ComplexMatrix {
    let (c, s) = (Number(Double.cos(angle / 2)), Number(0, -Double.sin(angle / 2)))
    return ComplexMatrix([[c, s], [s, c]])
  }

  /// `exp(-i·angle·Y/2)`.
  static func rotationY(_ angle: Double) -> ComplexMatrix {
    let (c, s) = (Number(Double.cos(angle / 2)), Number(Double.sin(angle / 2)))
    return ComplexMatrix([[c, -s], [s, c]])
  }

  /// `exp(-i·angle·Z/2)`.
  static func rotationZ(_ angle: Double) -> ComplexMatrix {
    .diagonal([unit(-angle / 2), unit(angle / 2)])
  }

  /// `exp(-i·angle·(cos(axis)·X + sin(axis)·Y)/2)`.
  static func rotationXY(_ angle: Double, axis: Double) -> ComplexMatrix {
    let (c, s) = (Number(Double.cos(angle / 2)), Number(0, -Double.sin(angle / 2)))
    return ComplexMatrix([[c, s * unit(-axis)], [s * unit(axis), c]])
  }

  /// Qiskit's U: real and positive in its first entry at θ = 0.
  static func general(_ theta: Double, _ phi: Double, _ lambda: Double) -> ComplexMatrix {
    let (c, s) = (Number(Double.cos(theta / 2)), Number(Double.sin(theta / 2)))
    return ComplexMatrix([
      [c, -(unit(lambda) * s)], [unit(phi) * s, unit(phi + lambda) * c],
    ])
  }

  /// `exp(-i·angle·P/2) = cos(angle/2) - i·sin(angle/2)·P` for `P² = 1`.
  static func exponential(_ operation: ComplexMatrix, _ angle: Double) -> ComplexMatrix {
    ComplexMatrix.identity(operation.rows).scaled(by: Number(Double.cos(angle / 2)))
      + operation.scaled(by: Number(0, -Double.sin(angle / 2)))
  }

  /// The matrix of a Pauli operator.
  static func pauli(_ axis: PauliAxis?) -> ComplexMatrix {
    switch axis {
    case nil: .identity(2)
    case .x: ComplexMatrix([[0, 1], [1, 0]])
    case .y: ComplexMatrix([[0, -.i], [.i, 0]])
    case .z: .diagonal([1, -1])
    }
  }

  /// The Kronecker product of Pauli operators, qubit 0 least significant.
  static func pauli(_ axes: [PauliAxis?]) -> ComplexMatrix {
    axes.reduce(.identity(1)) { pauli($1).kronecker($0) }
  }

  static let hadamard: [[Number]] = {
    let r = Number(Double.sqrt(0.5))
    return [[r, r], [r, -r]]
  }()

  static let rootX: [[Number]] = {
    let (p, m) = (Number(0.5, 0.5), Number(0.5, -0.5))
    return [[p, m], [m, p]]
  }()

  static let rootY: [[Number]] = {
    let p = Number(0.5, 0.5)
    return [[p, -p], [p, p]]
  }()

  static let rootW: [[Number]] = {
    let (p, r) = (Number(0.5, 0.5), Double.sqrt(0.5))
    return [[p, Number(0, -r)], [Number(r), p]]
  }()
}

extension ElementaryOperation {
  /// `e^{i·angle}` on the states where all of `qubits` are 1.
  static func phase(_ angle: Angle, _ qubits: Int...) -> ElementaryOperation {
    ElementaryOperation(.phase, angle: angle, controls: ControlMask(qubits.map { Control($0) }))
  }

  /// `exp(-i·angle·P/2)` where all of `controls` are 1.
  static func rotation(
    _ string: PauliString, _ angle: Angle, controls: Int...
  ) -> ElementaryOperation {
    ElementaryOperation(
      .rotation(string), angle: angle, controls: ControlMask(controls.map { Control($0) }))
  }

  /// Multiplication by P where all of `controls` are 1.
  static func pauli(_ string: PauliString, controls: Int...) -> ElementaryOperation {
    ElementaryOperation(.pauli(string), controls: ControlMask(controls.map { Control($0) }))
  }

  /// Multiplication by a matrix of rows on one qubit where all of `controls` are 1.
  static func matrix(
    _ rows: [[MatrixLaw.Number]], _ qubit: Int, controls: Int...
  ) -> ElementaryOperation {
    ElementaryOperation(
      .matrix(ComplexMatrix(rows), targets: [qubit]),
      controls: ControlMask(controls.map { Control($0) }))
  }
}
