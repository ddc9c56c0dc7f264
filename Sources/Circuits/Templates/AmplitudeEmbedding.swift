import Compute

/// Inputs as amplitudes: the circuit starts from Σ x_b / ‖x‖ |b⟩ instead of |0…0⟩.
///
/// k qubits read 2ᵏ inputs, or fewer with a padding for the rest. The first qubit named is the least significant
/// bit of b; other qubits are in |0⟩. It stands before every gate that touches its qubits, once in a circuit:
///
/// ```swift
/// let circuit = Circuit(qubits: 4) {
///   AmplitudeEmbedding()              // reads x[0] to x[15]
///   StronglyEntanglingLayers(depth: 2)
/// }
/// ```
///
/// PennyLane's `AmplitudeEmbedding(features, wires, pad_with, normalize=True)` is the same with its wires in reverse:
/// there the first is the most significant bit. Inputs of norm 0, infinite or not a number are refused when the
/// circuit is run. The gradient is that of the normalised amplitudes: with a = x / ‖x‖ and g = dL/da,
/// dL/dx = (g - a (a·g)) / ‖x‖.
public struct AmplitudeEmbedding: CircuitFragment {
  /// The qubits, the first being the least significant bit; nil for all of the circuit's.
  public let qubits: [Int]?
  /// The number of inputs; nil for 2ᵏ.
  public let inputCount: Int?
  /// What stands in the places that the inputs leave.
  public let padding: Double
  /// The index of the first input.
  public let firstInput: Int

  /// Creates the fragment.
  public init(
    qubits: [Int]? = nil, inputs: Int? = nil, paddedWith padding: Double = 0,
    inputsFrom firstInput: Int = 0
  ) {
    self.qubits = qubits
    inputCount = inputs
    self.padding = padding
    self.firstInput = firstInput
  }

  /// Lets the circuit start from the inputs.
  ///
  /// - Precondition: There are 1 to 2ᵏ inputs, the qubits are different and in range, nothing has touched them, and
  ///   the circuit has no other initial state.
  public func append(to circuit: inout Circuit) {
    let qubits = qubits ?? circuit.allQubits
    let count = inputCount ?? 1 << min(qubits.count, 62)
    do throws(CircuitError) {
      circuit.prepare(
        try InitialState(
          inputs: firstInput..<(firstInput + count), on: qubits, padding: padding))
    } catch {
      stop("\(error)")
    }
  }
}
