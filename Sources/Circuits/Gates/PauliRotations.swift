public import LinearAlgebra

extension Gate {
  /// The rotation about a Pauli string: `exp(-i·theta·P/2)`.
  ///
  /// The gate has ``PauliString/qubitCount`` qubits. About the identity it is a global phase.
  /// ``PauliRotation`` puts one onto the qubits that its string names.
  ///
  /// - Parameter string: The axis, on the gate's own qubits.
  /// - Returns: A gate of one parameter, `theta`.
  public static func pauliRotation(_ string: PauliString) -> Gate {
    let axes = (0..<string.qubitCount).map { string[$0] }
    let factor: ElementaryOperation =
      string == .identity ? .phase(-.weight(0) / 2) : .rotation(string, .weight(0))
    return Gate(
      "rpauli", qubitCount: string.qubitCount, parameterNames: ["theta"],
      symbol: "R(\(string.letters(count: string.qubitCount)))",
      summary: "Rotation about a Pauli string: `exp(-i·theta·P/2)`.",
      inverse: .angles([-.weight(0)]),
      factors: [factor],
      matrix: { MatrixLaw.exponential(MatrixLaw.pauli(axes), $0[0]) })
  }

  /// Multiplication by a unitary matrix.
  ///
  /// - Parameters:
  ///   - matrix: Of `2^n` rows for n qubits, n from 1 on; qubit 0 is the least significant bit.
  ///   - tolerance: How far an entry of `U·U†` may be from the identity's.
  /// - Returns: A gate without parameters.
  /// - Throws: ``CircuitError/matrixSize(rows:columns:)`` or
  ///   ``CircuitError/matrixNotUnitary(difference:)``.
  public static func unitary(
    _ matrix: ComplexMatrix, tolerance: Double = 1e-9
  ) throws(CircuitError) -> Gate {
    guard matrix.rows == matrix.columns, matrix.rows >= 2, matrix.rows.nonzeroBitCount == 1 else {
      throw .matrixSize(rows: matrix.rows, columns: matrix.columns)
    }
    let difference = (matrix * matrix.adjoint()).maximumDifference(from: .identity(matrix.rows))
    guard difference <= tolerance else { throw .matrixNotUnitary(difference: difference) }
    let qubitCount = matrix.rows.trailingZeroBitCount
    return Gate(
      "unitary", qubitCount: qubitCount, symbol: "U",
      summary: "Multiplication by a unitary matrix.", inverse: .power,
      factors: [ElementaryOperation(.matrix(matrix, targets: Array(0..<qubitCount)))],
      matrix: { _ in matrix })
  }
}

/// The rotation `exp(-i·angle·P/2)` about a Pauli string on a circuit's qubits.
public struct PauliRotation: CircuitFragment {
  /// The axis.
  public let string: PauliString
  /// The angle in radians.
  public let angle: Angle
  /// Qubits that must be in given states.
  public let controls: [Control]

  /// Creates the fragment.
  public init(_ string: PauliString, _ angle: Angle, controls: [Control] = []) {
    self.string = string
    self.angle = angle
    self.controls = controls
  }

  /// The gate on the qubits of the string's support.
  public var application: GateApplication {
    let qubits = string.qubits
    var places = [Int](repeating: 0, count: string.qubitCount)
    for (place, qubit) in qubits.enumerated() { places[qubit] = place }
    return GateApplication(
      .pauliRotation(string.mapped(to: places)), angles: [angle], on: qubits, controls: controls)
  }

  /// Appends the gate.
  public func append(to circuit: inout Circuit) { circuit.append(application) }
}
