import CQuantumKernels
import Circuits
import ComplexModule

/// Compiles a circuit's elementary operations and its measurement to a program.
struct ProgramBuilder {
  let layout: Program.Layout
  private let weightCount: Int
  /// Whether diagonals are done by tables.
  let usesTables: Bool
  var parts = ProgramParts()
  var scope: Scope
  private var slotOfAngle: [Angle: Int32] = [:]

  /// The program of a plan in a layout.
  ///
  /// Where tables of diagonals would take much memory, diagonals are done string by string.
  static func program(of plan: Plan, layout: Program.Layout) -> Program {
    let parts = parts(of: plan, layout: layout, usesTables: true)
    let tableBytes =
      parts.tableCount << (parts.tableQubitCount + (layout.lanes == .qubits(.single) ? 3 : 4))
    let isTooLarge = tableBytes > tableBytesLimit && parts.passes.isEmpty
    return Program(
      isTooLarge ? self.parts(of: plan, layout: layout, usesTables: false) : parts, layout: layout)
  }

  /// The most bytes of tables that a tile or a state of one block may ask for.
  private static let tableBytesLimit = 32 << 20

  private static func parts(
    of plan: Plan, layout: Program.Layout, usesTables: Bool
  ) -> ProgramParts {
    var builder = ProgramBuilder(plan, layout: layout, usesTables: usesTables)
    builder.add(plan.initialState)
    let (stages, frame) = builder.stages(of: plan)
    if builder.isSwept {
      let passes = builder.passes(for: stages)
      builder.addSlots(of: passes.flatMap(\.stages))
      for pass in passes { builder.add(pass) }
    } else {
      builder.addSlots(of: stages)
      for stage in stages {
        switch stage {
        case .layers(let layers): builder.add(layers)
        case .operation(let operation): builder.add(operation)
        case .channel(let channel, let places): builder.add(channel, on: places)
        case .reorder(let frame): builder.addReorder(frame)
        }
      }
    }
    builder.add(plan.measurement, in: frame)
    return builder.parts
  }

  private init(_ plan: Plan, layout: Program.Layout, usesTables: Bool) {
    self.usesTables = usesTables
    self.layout = layout
    weightCount = plan.weightCount
    parts.qubitCount = plan.qubitCount
    switch layout.lanes {
    case .samples:
      parts.weightCount = plan.weightCount
      parts.inputCount = plan.inputCount
    case .qubits:
      parts.qubitCount = Self.paddedQubitCount(
        plan.operations, qubitCount: plan.qubitCount, laneBits: layout.laneBits)
      parts.weightCount = plan.weightCount + plan.inputCount
    }
    scope = Scope(qubitCount: parts.qubitCount, tableQubitCount: parts.qubitCount)
    parts.tableQubitCount =
      isSwept ? layout.blocks.tableLineBits + layout.laneBits : scope.tableQubitCount
  }

  /// The bits that operations see, and those of a diagonal's table: all, except in a pass over a large state.
  struct Scope {
    var qubitCount: Int
    var tableQubitCount: Int
  }

  /// Whether the state is larger than a block: it is run in passes over gathered blocks.
  private var isSwept: Bool {
    layout.laneBits > 0 && parts.qubitCount > layout.blocks.lineBits + layout.laneBits
  }

  /// The qubits simulated: those that fill a line, and room for the targets of every matrix outside lines.
  static func paddedQubitCount(
    _ operations: [ElementaryOperation], qubitCount: Int, laneBits: Int
  ) -> Int {
    operations.reduce(max(qubitCount, laneBits)) { count, operation in
      guard case .matrix(_, let targets) = operation.kind, targets.count > Int(HQ_MAX_LANE_TARGETS)
      else { return count }
      let used = targets.count + operation.controls.count
      return max(count, laneBits + used)
    }
  }

  // What is done one after the other.
  private mutating func stages(of plan: Plan) -> ([Reduction.Stage], Frame) {
    if !plan.isReduced {
      return (plan.operations.map { .operation($0) }, Frame(qubitCount: plan.qubitCount))
    }
    // Channels stand between operations by number.
    let operations =
      plan.channels.isEmpty
      ? DenseFusion(plan.operations, costs: FusionCosts(laneBits: layout.laneBits)).operations
      : plan.operations
    let reduction = Reduction(
      operations, channels: plan.channels, qubitCount: plan.qubitCount,
      isOrdered: layout.isOrdered,
      movesBits: isSwept)
    parts.frameChanges = reduction.frameChanges
    return (reduction.stages, reduction.frame)
  }

  // MARK: Angle slots

  /// The angle that the slot of a whole operation holds: half of a rotation's, the whole of a phase's.
  static func slotAngle(_ operation: ElementaryOperation) -> Angle? {
    switch operation.kind {
    case .rotation: operation.angle * 0.5
    case .phase: operation.angle
    case .pauli, .swap, .matrix: nil
    }
  }

  /// The slot of an angle.
  func slot(_ angle: Angle) -> Int32 { slotOfAngle[angle] ?? -1 }

  /// Whether an angle is the same for all samples of a tile.
  func isShared(_ angle: Angle) -> Bool {
    layout.laneBits > 0 || angle.terms.allSatisfy(\.inputs.isEmpty)
  }

  /// Whether a diagonal is part of a table.
  func isInTable(_ diagonal: Diagonal) -> Bool { usesTables && isShared(diagonal.angle) }

  /// Allots slots: constants, then angles of weights only, then those with inputs.
  private mutating func addSlots(of stages: [Reduction.Stage]) {
    var angles: [Angle] = []
    for stage in stages {
      switch stage {
      case .layers(let layers):
        for layer in layers {
          angles += layer.turns.map(\.angle)
          // A diagonal without a table is an operation of its own: exp(-iφZ).
          angles += layer.diagonals.map { isInTable($0) ? $0.angle : -$0.angle }
        }
      case .operation(let operation):
        if let angle = Self.slotAngle(operation) { angles.append(angle) }
      case .channel, .reorder: break
      }
    }
    var seen: Set<Angle> = []
    angles = angles.filter { seen.insert($0).inserted }
    let ranks = angles.map { $0.constantValue != nil ? 0 : isShared($0) ? 1 : 2 }
    for wanted in 0..<3 {
      for (angle, rank) in zip(angles, ranks) where rank == wanted { addSlot(angle) }
      if wanted == 0 { parts.constantSlotCount = parts.slots.count }
      if wanted == 1 { parts.sharedSlotCount = parts.slots.count }
    }
  }

  private mutating func addSlot(_ angle: Angle) {
    slotOfAngle[angle] = Int32(parts.slots.count)
    parts.slots.append(
      hq_slot(firstTerm: Int32(parts.terms.count), termCount: Int32(angle.terms.count)))
    for term in angle.terms {
      var weights = term.weights.map { Int32($0) }
      var inputs = term.inputs.map { Int32($0) }
      if layout.laneBits > 0 {
        weights += term.inputs.map { Int32($0 + weightCount) }
        inputs = []
      }
      parts.terms.append(
        hq_term(
          coefficient: term.coefficient, firstFactor: Int32(parts.factors.count),
          weightCount: Int32(weights.count), inputCount: Int32(inputs.count)))
      parts.factors += weights + inputs
    }
  }

  // MARK: Start and measurement

  /// At the start qubit q is the stored bit q.
  private mutating func add(_ state: InitialState?) {
    guard let state else { return }
    parts.startPlaces = state.qubits.map { UInt8($0) }
    switch state.source {
    case .inputs(let inputs, let padding):
      parts.startInput = inputs.lowerBound + (layout.laneBits > 0 ? weightCount : 0)
      parts.startCount = inputs.count
      parts.startPadding = padding
    case .amplitudes(let amplitudes):
      parts.startAmplitudes = amplitudes.flatMap { [$0.real, $0.imaginary] }
    }
  }

  private mutating func add(_ measurement: Measurement, in frame: Frame) {
    parts.outputCount = measurement.outputCount
    switch measurement {
    case .amplitudes(let states):
      let steps = frame.steps(qubitCount: parts.qubitCount)
      parts.amplitudes = states.map { basis in
        UInt64(basis).setBits.reduce(steps[0]) { $0 ^ steps[1 + $1] }
      }
    case .probabilities(let qubits):
      parts.margins = qubits.map { frame.z[$0] }
      for (bit, qubit) in qubits.enumerated() where frame.isFlipped[qubit] {
        parts.marginFlips |= 1 << UInt64(bit)
      }
    case .expectations, .variances, .covariances:
      addGroups(of: measurement.measuredObservables, in: frame)
    }
  }
}
