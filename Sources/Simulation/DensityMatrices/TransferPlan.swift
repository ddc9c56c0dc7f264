import Circuits
import ComplexModule
import Compute
import LinearAlgebra

/// The transfer matrices of a circuit with bound angles, those of one qubit gathered until the qubit is needed.
struct TransferPlan {
  struct Step {
    var qubits: [Int]
    var matrix: TransferMatrix
  }

  private(set) var steps: [Step] = []
  private var waiting: [Int: TransferMatrix] = [:]
  /// Matrices of what comes more than once: channels, and gates at the same angles.
  private var known: [Instruction: TransferMatrix] = [:]

  /// The most qubits of a gate with its controls.
  static let qubitLimit = 3

  init(_ circuit: Circuit) throws(SimulationError) {
    for instruction in try circuit.asMixture().instructions {
      switch instruction {
      case .gate, .channel: try add(instruction)
      case .barrier, .measure, .reset, .conditional: break
      }
    }
    for qubit in waiting.keys.sorted() { release(qubit) }
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
    if let matrix = known[alone] {
      add(matrix, on: qubits)
      return
    }
    let operators: [ComplexMatrix] =
      switch alone {
      case .gate(let application): [try Self.matrix(of: application)]
      case .channel(let channel, _): channel.operators
      case .barrier, .measure, .reset, .conditional: []
      }
    let matrix = TransferMatrix(kraus: operators, qubitCount: qubits.count)
    known[alone] = matrix
    add(matrix, on: qubits)
  }

  // The unitary matrix of a gate that touches the qubits 0, 1, 2 and so on in this order.
  private static func matrix(
    of application: GateApplication
  ) throws(SimulationError) -> ComplexMatrix {
    let count = application.touchedQubits.count
    if application.controls.isEmpty && application.exponent == 1 {
      return application.gate.matrix(application.angles.map { $0.constantValue ?? .nan })
    }
    // Column by column, on a state vector of these qubits.
    let operations = application.lowered()
    let size = 1 << count
    var matrix = ComplexMatrix(zeros: size, size)
    for column in 0..<size {
      let flips = (0..<count).filter { column >> $0 & 1 == 1 }
        .map { ElementaryOperation(.pauli(.x($0))) }
      let plan = try Plan(
        flips + operations, qubitCount: count, weightCount: 0, inputCount: 0,
        measuring: .expectations([]))
      let state = try StateVector(running: plan, policy: .serial)
      for row in 0..<size { matrix[row, column] = state.amplitude(of: row) }
    }
    return matrix
  }

  private mutating func add(_ matrix: TransferMatrix, on qubits: [Int]) {
    if qubits.count == 1 {
      waiting[qubits[0]] = waiting[qubits[0]].map { matrix.after($0) } ?? matrix
      return
    }
    // A channel after a gate on the same qubits joins it.
    if let last = steps.last, last.qubits == qubits, qubits.allSatisfy({ waiting[$0] == nil }) {
      steps[steps.count - 1].matrix = matrix.after(last.matrix)
      return
    }
    for qubit in qubits { release(qubit) }
    steps.append(Step(qubits: qubits, matrix: matrix))
  }

  private mutating func release(_ qubit: Int) {
    if let matrix = waiting.removeValue(forKey: qubit) {
      steps.append(Step(qubits: [qubit], matrix: matrix))
    }
  }
}
