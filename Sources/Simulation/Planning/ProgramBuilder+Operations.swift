import CQuantumKernels
import Circuits
import ComplexModule
import LinearAlgebra

/// Operations that are run as they are.
extension ProgramBuilder {
  mutating func add(_ operation: ElementaryOperation) {
    var record = hq_operation()
    record.slot = Self.slotAngle(operation).map { slot($0) } ?? -1
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
    // A large matrix acts on lines: targets in lanes change places with free qubits.
    var placed = targets
    var exchanges: [(Int, Int)] = []
    if targets.count > Int(HQ_MAX_LANE_TARGETS) {
      let used = targets.reduce(operation.controlMask) { $0 | 1 << UInt64($1) }
      var free = layout.laneBits
      for (index, target) in targets.enumerated() where target < layout.laneBits {
        while used >> UInt64(free) & 1 == 1 { free += 1 }
        placed[index] = free
        exchanges.append((target, free))
        free += 1
      }
    }
    let none = ControlMask(mask: 0, value: 0)
    for (lane, line) in exchanges { addSwap(lane, line, controls: none) }
    var record = operation
    record.kind = Int32(HQ_MATRIX)
    record.count = Int32(targets.count)
    unsafe withUnsafeMutableBytes(of: &record.targets) { bytes in
      let slots = unsafe bytes.assumingMemoryBound(to: Int32.self)
      for (index, target) in placed.enumerated() { unsafe slots[index] = Int32(target) }
    }
    record.first = Int32(parts.matrices.count / 2)
    for entry in matrix.elements + matrix.adjoint().elements {
      parts.matrices += [entry.real, entry.imaginary]
    }
    parts.operations.append(record)
    for (lane, line) in exchanges { addSwap(lane, line, controls: none) }
  }

  // MARK: Channels

  /// A channel of a tile: its operators, what their probabilities are read off, and these themselves where
  /// they are the same for all states.
  mutating func add(_ channel: Channel, on places: [Int]) {
    var record = hq_operation()
    record.kind = Int32(HQ_CHANNEL)
    record.slot = -1
    record.first = Int32(parts.channels.count)
    record.count = Int32(places.count)
    unsafe withUnsafeMutableBytes(of: &record.targets) { bytes in
      let slots = unsafe bytes.assumingMemoryBound(to: Int32.self)
      for (index, place) in places.enumerated() { unsafe slots[index] = Int32(place) }
    }
    let effects = channel.operators.map { $0.adjoint() * $0 }
    var entry = hq_channel(
      operatorCount: Int32(effects.count), firstEntry: Int32(parts.matrices.count / 2),
      firstProbability: -1)
    for entry in (channel.operators + effects).flatMap(\.elements) {
      parts.matrices += [entry.real, entry.imaginary]
    }
    let size = channel.operators[0].rows
    let isMixture = effects.allSatisfy {
      $0.maximumDifference(from: .identity(size).scaled(by: $0[0, 0])) < 1e-14
    }
    if isMixture {
      entry.firstProbability = Int32(parts.probabilities.count)
      parts.probabilities += effects.map { $0[0, 0].real }
    }
    parts.channels.append(entry)
    parts.operations.append(record)
  }
}
