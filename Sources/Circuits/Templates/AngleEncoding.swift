/// One rotation a qubit, by one input each: `R_axis(x[i])`.
///
/// The qubit in place i takes the input i, so n qubits read n inputs.
public struct AngleEncoding: CircuitFragment {
  /// The axis of the rotations.
  public let axis: PauliAxis
  /// The qubits, in the order of the inputs; nil for all of the circuit's.
  public let qubits: [Int]?
  /// The index of the first input.
  public let firstInput: Int

  /// Creates the fragment.
  public init(_ axis: PauliAxis = .x, qubits: [Int]? = nil, inputsFrom firstInput: Int = 0) {
    self.axis = axis
    self.qubits = qubits
    self.firstInput = firstInput
  }

  /// Appends one rotation a qubit.
  public func append(to circuit: inout Circuit) {
    for (place, qubit) in (qubits ?? circuit.allQubits).enumerated() {
      circuit.append(axis.rotation, angles: [.input(firstInput + place)], to: [qubit])
    }
  }
}

extension PauliAxis {
  /// The gate that rotates about the axis.
  var rotation: Gate {
    switch self {
    case .x: .rx
    case .y: .ry
    case .z: .rz
    }
  }
}

extension Circuit {
  /// The circuit's qubits, ascending.
  var allQubits: [Int] { Array(0..<qubitCount) }
}
