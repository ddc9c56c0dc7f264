import Circuits
import LinearAlgebra

/// A circuit as real matrices on Pauli components, those of one qubit gathered until the qubit is needed.
///
/// It depends on the circuit's structure and never on the values of weights and inputs: constant gates and channels
/// are matrices, other gates are forms that ``BoundTransfers`` makes matrices of.
struct TransferPlan: Sendable {
  /// A factor of a step.
  enum Part: Sendable {
    case constant(TransferMatrix)
    /// The form of a number.
    case form(Int)
  }

  /// What is done in one pass.
  struct Step: Sendable {
    let qubits: [Int]
    /// First applied first.
    var parts: [Part] = []
    /// Whether the matrix is orthogonal, so that its transpose undoes it: there are gates only.
    var isReversible = true

    /// Whether any part depends on weights or inputs.
    var hasAngles: Bool {
      parts.contains { part in
        if case .form = part { true } else { false }
      }
    }

    mutating func add(_ part: Part, isReversible: Bool) {
      self.isReversible = self.isReversible && isReversible
      if case .constant(let matrix) = part, case .constant(let before) = parts.last {
        parts[parts.count - 1] = .constant(matrix.after(before))
      } else {
        parts.append(part)
      }
    }

    mutating func add(_ other: Step) {
      for part in other.parts { add(part, isReversible: other.isReversible) }
    }
  }

  private(set) var steps: [Step] = []
  /// Gates with angles, each once however often it comes on other qubits.
  private(set) var forms: [TransferForm] = []
  private var waiting: [Int: Step] = [:]
  /// What comes more than once: channels, and gates at the same angles.
  private var known: [Instruction: Part] = [:]

  /// The most qubits of a gate with its controls.
  static let qubitLimit = 3

  /// The plan of a circuit with the noise of a model.
  init(running circuit: Circuit, noise: NoiseModel) throws(SimulationError) {
    try self.init(circuit.noisy(by: noise))
  }

  init(_ circuit: Circuit) throws(SimulationError) {
    for instruction in try circuit.asMixture().instructions {
      switch instruction {
      case .gate, .channel: try add(instruction)
      case .barrier, .measure, .reset, .conditional, .assign, .loop: break
      }
    }
    for qubit in waiting.keys.sorted() { release(qubit) }
    known = [:]
  }

  private mutating func add(_ instruction: Instruction) throws(SimulationError) {
    let qubits = instruction.qubits
    // A global phase changes no density matrix.
    guard !qubits.isEmpty else { return }
    guard qubits.count <= Self.qubitLimit else {
      throw .gateTooLarge(gate: instruction.name, qubits: qubits.count, limit: Self.qubitLimit)
    }
    var places = Array(repeating: 0, count: (qubits.max() ?? 0) + 1)
    for (place, qubit) in qubits.enumerated() { places[qubit] = place }
    let alone = instruction.mapped(to: places)
    var part = known[alone]
    var isReversible = false
    switch alone {
    case .gate(let application):
      isReversible = true
      if part == nil { part = self.part(of: application) }
    case .channel(let channel, _):
      part =
        part ?? .constant(TransferMatrix(kraus: channel.operators, qubitCount: qubits.count))
    case .barrier, .measure, .reset, .conditional, .assign, .loop: return
    }
    guard let part else { return }
    known[alone] = part
    var step = Step(qubits: qubits)
    step.add(part, isReversible: isReversible)
    add(step)
  }

  private mutating func part(of application: GateApplication) -> Part {
    let form = TransferForm(application)
    guard form.angleCount > 0 else {
      return .constant(form.bound(weights: [], inputs: []).transfer)
    }
    forms.append(form)
    return .form(forms.count - 1)
  }

  private mutating func add(_ step: Step) {
    let qubits = step.qubits
    if qubits.count == 1 {
      waiting[qubits[0], default: Step(qubits: qubits)].add(step)
      return
    }
    // A channel after a gate on the same qubits joins it.
    if let last = steps.last, last.qubits == qubits, qubits.allSatisfy({ waiting[$0] == nil }) {
      steps[steps.count - 1].add(step)
      return
    }
    for qubit in qubits { release(qubit) }
    steps.append(step)
  }

  private mutating func release(_ qubit: Int) {
    if let step = waiting.removeValue(forKey: qubit) { steps.append(step) }
  }
}
