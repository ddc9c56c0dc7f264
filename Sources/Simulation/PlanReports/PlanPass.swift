import CQuantumKernels

/// One pass over the state, or over the block that is the whole state: what it does and what that costs.
package struct PlanPass: Hashable, Sendable {
  /// Which way the pass goes.
  package enum Direction: String, Sendable {
    /// From |0…0⟩ to the final state.
    case forward
    /// Taking the state and the costate back, with gradients on the way.
    case backward
  }

  /// What kernels do, of one kind.
  package struct Step: Hashable, Sendable {
    /// Its name, for one of them and for more.
    package let name: String, plural: String
    /// How many.
    package var count: Int
  }

  /// Which way the pass goes.
  package let direction: Direction
  /// The qubits whose amplitudes a block holds, as the program numbers them: a SWAP before the pass renumbers.
  package let qubits: [Int]
  /// What is done, by kind; several turns may share a kernel.
  package let steps: [Step]
  /// The kernels, each of which goes over the block.
  package let kernelCount: Int
  /// Bytes read from and written to the state where it does not fit a block.
  package let memoryBytes: Double
  /// Bytes that kernels read and write of blocks in a cache.
  package let cacheBytes: Double
  /// Floating-point operations; a fused multiplication and addition is two.
  package let operations: Double
  /// The seconds that the limits of the machine allow, once they are known.
  package internal(set) var predicted: Double?
  /// The median of the seconds it took, once it was measured.
  package internal(set) var measured: Double?
}

extension PlanPass {
  /// The pass that does some operations of a program.
  ///
  /// - Parameters:
  ///   - operations: Their numbers.
  ///   - program: The program.
  ///   - direction: Which way.
  ///   - qubits: The qubits of a block.
  ///   - amplitudes: The amplitudes that it reaches.
  ///   - bytesPerAmplitude: The bytes of each.
  ///   - isGathered: Whether blocks are taken from memory, and low operations run table by table.
  init(
    _ operations: Range<Int>, of program: Program, _ direction: Direction, qubits: [Int],
    amplitudes: Double, bytesPerAmplitude: Int, isGathered: Bool
  ) {
    self.direction = direction
    self.qubits = qubits
    // Backward there are two states.
    let states: Double = direction == .forward ? 1 : 2
    let once = 2 * states * amplitudes * Double(bytesPerAmplitude)
    memoryBytes = isGathered ? once : 0
    var steps: [Step] = []
    var work = 0.0
    var rounds = 0.0
    var isInTable = false
    var kernelCount = 0
    let opening = program.opening
    for index in operations {
      let operation = unsafe program.header.operations[index]
      // Backward a circuit ends with its opening turns, which are contracted in one kernel.
      if direction == .backward && index < opening.upperBound {
        guard index == opening.lowerBound else { continue }
        steps.append(Step(name: "contraction", plural: "contractions", count: 1))
        work += amplitudes * 16
        rounds += 1.5
        kernelCount += 1
        continue
      }
      kernelCount += 1
      let (name, plural) = Self.name(of: operation)
      let count = operation.kind == Int32(HQ_TURNS) ? Int(operation.count) : 1
      if let place = steps.firstIndex(where: { $0.name == name }) {
        steps[place].count += count
      } else {
        steps.append(Step(name: name, plural: plural, count: count))
      }
      // Forward they reach only the bits below the highest that has been turned.
      let turned = opening.lowerBound..<max(index + 1, opening.lowerBound)
      let share = index < opening.upperBound ? Self.share(reachedBy: turned, of: program) : 1
      work += share * amplitudes * Self.work(of: operation, direction, isGathered: isGathered)
      // Low operations of a gathered block that follow each other read a table's lines once.
      let isLow = isGathered && operation.isLow != 0
      if !(isLow && isInTable) { rounds += share }
      isInTable = isLow
    }
    self.steps = steps
    self.kernelCount = kernelCount
    self.operations = work
    cacheBytes = rounds * once
  }

  /// The share of the amplitudes that the opening turns of some operations reach.
  private static func share(reachedBy operations: Range<Int>, of program: Program) -> Double {
    var reached = 0
    for index in operations {
      let operation = unsafe program.header.operations[index]
      for turn in operation.first..<(operation.first + operation.count) {
        let turned = unsafe program.header.turns[Int(turn)].x
        reached = max(reached, 64 - turned.leadingZeroBitCount)
      }
    }
    return Double(sign: .plus, exponent: reached - program.qubitCount, significand: 1)
  }

  private static func name(of operation: hq_operation) -> (String, String) {
    switch Int(operation.kind) {
    case HQ_TURNS: ("turn", "turns")
    case HQ_DIAGONAL: ("diagonal", "diagonals")
    case HQ_ROTATION:
      operation.x == 0 ? ("Z rotation", "Z rotations") : ("rotation", "rotations")
    case HQ_PHASE: ("phase", "phases")
    case HQ_PAULI:
      operation.controlMask == 0 ? ("Pauli", "Paulis") : ("controlled Pauli", "controlled Paulis")
    case HQ_SWAP: ("swap", "swaps")
    case HQ_MATRIX:
      ("dense \(operation.count)-qubit gate", "dense \(operation.count)-qubit gates")
    case HQ_REORDER: ("reordering", "reorderings")
    default: ("channel", "channels")
    }
  }

  /// Floating-point operations for each amplitude.
  ///
  /// Forward as the kernels do them; backward twice that, and two fused ones for the inner product with the costate
  /// where there is an angle.
  private static func work(
    of operation: hq_operation, _ direction: Direction, isGathered: Bool
  ) -> Double {
    let share = 1 / Double(1 << UInt64(operation.controlMask.nonzeroBitCount))
    var forward: Double
    var hasAngle = operation.slot >= 0
    switch Int(operation.kind) {
    case HQ_TURNS:
      // a cos φ - b sin φ of two reals; by the tangent there is one fused operation each.
      forward = Double(operation.count) * (operation.keepsNorm != 0 ? 8 : 4)
      hasAngle = true
    case HQ_DIAGONAL:
      // A product of complex numbers; in a gathered block with what lies outside, and each string across.
      forward = isGathered ? 16 + 8 * Double(operation.acrossCount) : 8
      hasAngle = true
    case HQ_ROTATION: forward = 8
    case HQ_PHASE: forward = 8
    case HQ_MATRIX: forward = Double(8 << Int(operation.count))
    default: forward = 0
    }
    forward *= share
    return direction == .forward ? forward : 2 * forward + (hasAngle ? 4 * share : 0)
  }
}
