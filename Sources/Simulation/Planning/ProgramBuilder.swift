import CQuantumKernels
import Circuits
import ComplexModule
import LinearAlgebra
import RealModule

/// Compiles a circuit's elementary operations and its measurement to a program.
struct ProgramBuilder {
  private let layout: Program.Layout
  private let weightCount: Int
  private var parts = ProgramParts()
  private var slotOfAngle: [Angle: Int32] = [:]

  /// The program of a plan in a layout.
  static func program(of plan: Plan, layout: Program.Layout) -> Program {
    var builder = ProgramBuilder(plan, layout: layout)
    builder.addSlots(of: plan.operations)
    for operation in plan.operations { builder.add(operation) }
    builder.add(plan.measurement)
    if layout != .tile { builder.parts.arrangeSweeps(laneBits: layout.laneBits) }
    return Program(builder.parts, layout: layout)
  }

  private init(_ plan: Plan, layout: Program.Layout) {
    self.layout = layout
    weightCount = plan.weightCount
    parts.qubitCount = plan.qubitCount
    if layout == .tile {
      parts.weightCount = plan.weightCount
      parts.inputCount = plan.inputCount
    } else {
      parts.qubitCount = max(plan.qubitCount, layout.laneBits)
      parts.weightCount = plan.weightCount + plan.inputCount
    }
  }

  // MARK: Angle slots

  /// The angle that a slot holds: half of a rotation's, the whole of a phase's.
  private static func slotAngle(_ operation: ElementaryOperation) -> Angle? {
    switch operation.kind {
    case .rotation: operation.angle * 0.5
    case .phase: operation.angle
    case .pauli, .swap, .matrix: nil
    }
  }

  /// Allots slots: constants, then angles of weights only, then those with inputs.
  private mutating func addSlots(of operations: [ElementaryOperation]) {
    var seen: Set<Angle> = []
    let angles = operations.compactMap(Self.slotAngle).filter { seen.insert($0).inserted }
    let inputsAreWeights = layout != .tile
    func rank(_ angle: Angle) -> Int {
      if angle.constantValue != nil { return 0 }
      return inputsAreWeights || angle.terms.allSatisfy(\.inputs.isEmpty) ? 1 : 2
    }
    for wanted in 0..<3 {
      for angle in angles where rank(angle) == wanted { addSlot(angle) }
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
      if layout != .tile {
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

  // MARK: Operations

  private mutating func add(_ operation: ElementaryOperation) {
    var record = hq_operation()
    record.slot = Self.slotAngle(operation).flatMap { slotOfAngle[$0] } ?? -1
    record.controlMask = operation.controls.mask
    record.controlValue = operation.controls.value
    switch operation.kind {
    case .rotation(let string):
      record.kind = Int32(HQ_ROTATION)
      record.x = string.x
      record.z = string.z
    case .phase:
      record.kind = Int32(HQ_PHASE)
    case .pauli(let string):
      record.kind = Int32(HQ_PAULI)
      record.x = string.x
      record.z = string.z
    case .swap(let a, let b):
      addSwap(a, b, controls: operation.controls)
      return
    case .matrix(let matrix, let targets):
      add(matrix, targets: targets, to: record)
      return
    }
    parts.operations.append(record)
  }

  /// A swap of two qubits of lines is moved as it is; one that touches a lane, or is
  /// controlled by one, is three controlled X.
  private mutating func addSwap(_ a: Int, _ b: Int, controls: ControlMask) {
    var record = hq_operation()
    record.slot = -1
    record.controlMask = controls.mask
    record.controlValue = controls.value
    let lanes = (UInt64(1) << UInt64(layout.laneBits)) - 1
    if min(a, b) >= layout.laneBits && controls.mask & lanes == 0 {
      record.kind = Int32(HQ_SWAP)
      record.x = 1 << UInt64(a) | 1 << UInt64(b)
      parts.operations.append(record)
      return
    }
    record.kind = Int32(HQ_PAULI)
    var outer = record
    outer.controlMask = 1 << UInt64(a)
    outer.controlValue = outer.controlMask
    outer.x = 1 << UInt64(b)
    record.controlMask |= 1 << UInt64(b)
    record.controlValue |= 1 << UInt64(b)
    record.x = 1 << UInt64(a)
    parts.operations += [outer, record, outer]
  }

  private mutating func add(
    _ matrix: ComplexMatrix, targets: [Int], to operation: hq_operation
  ) {
    // A matrix on several qubits acts on lines: targets in lanes change places with free qubits.
    var placed = targets
    var exchanges: [(Int, Int)] = []
    if targets.count > 1 {
      let used = targets.reduce(operation.controlMask) { $0 | 1 << UInt64($1) }
      var free = layout.laneBits
      for (index, target) in targets.enumerated() where target < layout.laneBits {
        while used >> UInt64(free) & 1 == 1 { free += 1 }
        placed[index] = free
        exchanges.append((target, free))
        free += 1
      }
      parts.qubitCount = max(parts.qubitCount, (placed.max() ?? 0) + 1)
    }
    let none = ControlMask(mask: 0, value: 0)
    for (lane, line) in exchanges { addSwap(lane, line, controls: none) }
    var record = operation
    record.kind = Int32(HQ_MATRIX)
    record.targetCount = Int32(targets.count)
    unsafe withUnsafeMutableBytes(of: &record.targets) { bytes in
      let slots = unsafe bytes.assumingMemoryBound(to: Int32.self)
      for (index, target) in placed.enumerated() { unsafe slots[index] = Int32(target) }
    }
    record.matrix = Int32(parts.matrices.count / 2)
    for entry in matrix.elements + matrix.adjoint().elements {
      parts.matrices += [entry.real, entry.imaginary]
    }
    parts.operations.append(record)
    for (lane, line) in exchanges { addSwap(lane, line, controls: none) }
  }

  // MARK: Measurement

  private mutating func add(_ measurement: Measurement) {
    parts.outputCount = measurement.outputCount
    switch measurement {
    case .probabilities(let qubits):
      parts.margins = qubits.map { Int32($0) }
    case .expectations(let observables):
      var termsOfMask: [UInt64: [hq_pauli_term]] = [:]
      for (output, observable) in observables.enumerated() {
        for term in observable.terms {
          termsOfMask[term.string.x, default: []].append(
            hq_pauli_term(z: term.string.z, coefficient: term.coefficient, output: Int32(output)))
        }
      }
      for (mask, terms) in termsOfMask.sorted(by: { $0.key < $1.key }) {
        parts.groups.append(
          hq_group(
            x: mask, firstTerm: Int32(parts.pauliTerms.count), termCount: Int32(terms.count)))
        parts.pauliTerms += terms
      }
    }
  }
}
