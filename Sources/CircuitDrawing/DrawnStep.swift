import Circuits

/// One instruction as it is drawn: what stands on each qubit's wire.
///
/// What a gate looks like follows from its record: how many of its qubits are controls, whether its
/// kernel form is an exchange, an X or a Z, and its symbol.
struct DrawnStep: Equatable {
  /// What stands on one wire.
  enum Part: Equatable {
    /// A control, or the target of a Z under controls: a disc, filled for state 1.
    case control(state: Bool)
    /// The cross of an exchange.
    case cross
    /// The target of an X under controls.
    case not
    /// A box with the label, linked to the others; numbered where the gate has several targets.
    case box(number: Int?)
    /// A wire of the block of several neighbouring targets; its number in the gate, where there is one.
    case block(number: Int?)
    /// A measurement; the classical bit where its number is not that of the qubit.
    case measurement(bit: Int?)
    /// A barrier.
    case barrier
  }

  /// What stands on each wire that takes part.
  let parts: [Int: Part]
  /// The symbol, with the exponent.
  let label: String
  /// The angles.
  let angles: [Angle]
  /// The first and the last wire that take part; the line that links them crosses those between.
  let span: ClosedRange<Int>
  /// The wires of the block of several neighbouring targets.
  let block: ClosedRange<Int>?
  /// Whether this is the beginning, the middle or the end of a conditional instruction.
  private(set) var isBracket = false

  /// The mark across `span` at which a conditional instruction begins, goes over to its other branch, or ends.
  init(bracket label: String, across span: ClosedRange<Int>) {
    self.label = label
    self.span = span
    (angles, isBracket) = ([], true)
    block = span.count > 1 ? span : nil
    let part = span.count > 1 ? Part.block(number: nil) : .box(number: nil)
    parts = Dictionary(uniqueKeysWithValues: span.map { ($0, part) })
  }

  /// The drawing of `instruction`; nil where it touches no qubit, as a global phase does, and for a conditional
  /// instruction, which is several steps.
  init?(_ instruction: Instruction) {
    guard let low = instruction.qubits.min(), let high = instruction.qubits.max() else {
      return nil
    }
    span = low...high
    switch instruction {
    case .conditional: return nil
    case .reset(let qubit):
      parts = [qubit: .box(number: nil)]
      (label, angles, block) = ("|0⟩", [], nil)
    case .barrier(let qubits):
      parts = Dictionary(qubits.map { ($0, .barrier) }) { first, _ in first }
      (label, angles, block) = ("", [], nil)
    case .channel(let channel, let qubits):
      parts = Dictionary(
        qubits.enumerated().map { place, qubit in
          (qubit, .box(number: qubits.count == 1 ? nil : place))
        }
      ) { first, _ in first }
      (label, angles, block) = (channel.name, channel.parameters.map { Angle($0) }, nil)
    case .measure(let qubit, let bit):
      parts = [qubit: .measurement(bit: bit == qubit ? nil : bit)]
      (label, angles, block) = (bit == qubit ? "M" : "M→\(bit)", [], nil)
    case .gate(let application):
      let targets = Array(application.qubits.dropFirst(application.gate.controlCount))
      let (found, blockSpan) = Self.parts(of: application, targets: targets)
      parts = found
      block = blockSpan
      angles = application.angles
      label = Self.label(of: application, hasTarget: !targets.isEmpty)
    }
  }

  /// The box of what a circuit starts from; nil where it is on no qubit.
  init?(_ state: InitialState) {
    guard let low = state.qubits.min(), let high = state.qubits.max() else { return nil }
    span = low...high
    label = if case .inputs = state.source { "ψ(x)" } else { "ψ" }
    angles = []
    (parts, block) = Self.boxes(on: state.qubits)
  }

  private static func parts(of application: GateApplication, targets: [Int])
    -> (parts: [Int: Part], block: ClosedRange<Int>?)
  {
    let gate = application.gate
    var parts: [Int: Part] = [:]
    for qubit in application.qubits.prefix(gate.controlCount) {
      parts[qubit] = .control(state: true)
    }
    for control in application.controls { parts[control.qubit] = .control(state: control.state) }
    if targets.isEmpty, let last = application.touchedQubits.last {
      // A phase under controls alone: the last of them holds the label.
      parts[last] = .box(number: nil)
      return (parts, nil)
    }
    if let target = targets.first, targets.count == 1 {
      // A sign under controls on 1 is the same for all its qubits: nothing tells the target from a control.
      let isSign = !parts.isEmpty && application.isSign
      parts[target] =
        isSign
        ? .control(state: true)
        : !parts.isEmpty && application.isFlip ? .not : .box(number: nil)
      return (parts, nil)
    }
    if application.isExchange {
      for target in targets { parts[target] = .cross }
      return (parts, nil)
    }
    let (boxes, block) = boxes(on: targets)
    return (parts.merging(boxes) { $1 }, block)
  }

  /// A box on each qubit, numbered in their order; one block where several are neighbours.
  private static func boxes(
    on targets: [Int]
  ) -> (parts: [Int: Part], block: ClosedRange<Int>?) {
    var parts: [Int: Part] = [:]
    if targets.count == 1 { return ([targets[0]: .box(number: nil)], nil) }
    let sorted = targets.sorted()
    let isBlock = zip(sorted, sorted.dropFirst()).allSatisfy { $0 + 1 == $1 }
    for (number, target) in targets.enumerated() {
      parts[target] = isBlock ? .block(number: number) : .box(number: number)
    }
    guard isBlock, let first = sorted.first, let last = sorted.last else { return (parts, nil) }
    return (parts, first...last)
  }

  private static func label(of application: GateApplication, hasTarget: Bool) -> String {
    var label = application.gate.symbol
    if application.exponent == -1 {
      label += "†"
    } else if application.exponent != 1 {
      label += "^" + AngleText.whole(Angle(application.exponent))
    }
    if !hasTarget {
      let state = application.controls.last?.state ?? true
      label = (state ? "● " : "○ ") + label
    }
    return label
  }
}

extension GateApplication {
  /// The only factor of the gate, where it is applied once.
  private var onlyFactor: ElementaryOperation? {
    gate.factors.count == 1 && exponent == 1 ? gate.factors.first : nil
  }

  /// Whether the gate exchanges two qubits.
  fileprivate var isExchange: Bool {
    guard case .swap = onlyFactor?.kind else { return false }
    return true
  }

  /// Whether the gate is an X of one qubit.
  fileprivate var isFlip: Bool {
    guard case .pauli(let string) = onlyFactor?.kind else { return false }
    return string.weight == 1 && string.z == 0
  }

  /// Whether the gate is a Z of one qubit.
  fileprivate var isSign: Bool {
    guard case .pauli(let string) = onlyFactor?.kind else { return false }
    return string.weight == 1 && string.x == 0
  }
}

/// The steps of a circuit in columns, each as far to the left as its wires are free.
struct CircuitColumns {
  let qubitCount: Int
  private(set) var columns: [[DrawnStep]] = []
  /// The sum of the phases that act on no qubit and depend on no condition; nil where there are none.
  private(set) var globalPhase: Angle?
  private let registers: [ClassicalRegister]
  /// The first column in which each wire is free.
  private var free: [Int]
  /// The first column in which each classical bit may be read or written again.
  private var freeOfBit: [Int: Int] = [:]

  init(_ circuit: Circuit) {
    qubitCount = circuit.qubitCount
    registers = circuit.registers
    free = [Int](repeating: 0, count: circuit.qubitCount)
    if let step = circuit.initialState.flatMap({ DrawnStep($0) }) { add(step) }
    for instruction in circuit.instructions {
      if instruction.qubits.isEmpty {
        for operation in instruction.lowered() {
          globalPhase = (globalPhase ?? 0) + operation.angle
        }
      }
      add(instruction)
    }
  }

  private mutating func add(_ instruction: Instruction) {
    if case .conditional(let condition, let then, let otherwise) = instruction,
      let low = instruction.qubits.min(), let high = instruction.qubits.max()
    {
      add(
        DrawnStep(bracket: "if \(condition.text(registers: registers))", across: low...high),
        bits: instruction.bits)
      for inner in then { add(inner) }
      if !otherwise.isEmpty {
        add(DrawnStep(bracket: "else", across: low...high))
        for inner in otherwise { add(inner) }
      }
      add(DrawnStep(bracket: "end", across: low...high), bits: instruction.bits)
    } else if let step = DrawnStep(instruction) {
      add(step, bits: instruction.bits)
    }
  }

  private mutating func add(_ step: DrawnStep, bits: [Int] = []) {
    let column = (step.span.map { free[$0] } + bits.map { freeOfBit[$0] ?? 0 }).max() ?? 0
    for bit in bits { freeOfBit[bit] = column + 1 }
    if column == columns.count { columns.append([]) }
    columns[column].append(step)
    for qubit in step.span { free[qubit] = column + 1 }
  }
}
