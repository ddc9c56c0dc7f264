import CQuantumKernels
package import Circuits
package import Compute

/// What the planner makes of a circuit, and what each pass over the state costs.
///
/// It is read off the program that an engine would run: nothing here is planned apart.
package struct PlanReport: Sendable {
  /// What is run.
  package struct Task: Sendable {
    /// The precision of amplitudes.
    package var precision = Precision.double
    /// The samples of a batch; nil for one state whose amplitudes are wanted, or read for expectation values.
    package var batch: Int?
    /// Whether the gradients of the outputs are wanted too, with respect to all weights.
    package var wantsGradient = false
    /// The threads that may be used.
    package var policy = LoopPolicy.automatic
    /// What may be allocated.
    package var budget = MemoryBudget.process

    /// One state, forward, in double precision.
    package init() {}
  }

  /// How the state is kept.
  package enum Layout: Hashable, Sendable {
    /// A tile: the lanes of a vector are so many samples.
    case tiles(samples: Int, count: Int)
    /// One block, which one thread does.
    case block
    /// Passes over blocks gathered from memory.
    case passes
  }

  /// The qubits of the circuit, and those that are simulated.
  package let qubitCount: Int, simulatedQubitCount: Int
  /// The gates of the circuit, and the elementary operations they are made of.
  package let gateCount: Int, operationCount: Int
  /// What was left out since the measurement does not see it; nil where the state itself is wanted.
  package let pruned: Pruning.Counts?
  /// Operations that only change which bit of an index stands for which qubit: X, CNOT, SWAP.
  package let frameChangeCount: Int
  /// Real rotations of pairs of amplitudes.
  package let turnCount: Int
  /// Tables of phases, and the strings of Z that they are made of.
  package let diagonalCount: Int, stringCount: Int
  /// How the state is kept.
  package let layout: Layout
  /// Bytes of a state, or of a tile, of a block of it, and of all states that are run.
  package let stateBytes: Double, blockBytes: Double, totalBytes: Double
  /// The passes, in the order they are done.
  package internal(set) var passes: [PlanPass]
  /// The limits of the machine that predictions are from, once they were measured.
  package internal(set) var limits: Limits?
  /// Medians of the seconds of a whole run, once it was measured: |0…0⟩ and all passes; outputs too in a batch.
  package internal(set) var forwardSeconds: Double?
  /// The same of the whole way back.
  package internal(set) var backwardSeconds: Double?

  /// What the machine can do at most, with the threads that the plan uses.
  package struct Limits: Hashable, Sendable {
    /// Threads that work at the same time.
    package let threads: Int
    /// Bytes a second of memory of the size of the state, and of a block.
    package let memoryBandwidth: Double, cacheBandwidth: Double
    /// Floating-point operations a second.
    package let operationsPerSecond: Double
  }

  /// What is run.
  package let task: Task
  let plan: Plan
  let program: Program

  /// Plans a circuit.
  ///
  /// - Throws: ``SimulationError`` as ``Plan/init(_:measuring:)``.
  package init(
    _ circuit: Circuit, measuring observables: [PauliSum], _ task: Task
  ) throws(SimulationError) {
    let whole = try Plan(circuit, measuring: .expectations(observables))
    plan = whole.pruned
    self.task = task
    qubitCount = circuit.qubitCount
    simulatedQubitCount = plan.qubitCount
    gateCount = circuit.gates.count
    operationCount = whole.operations.count
    pruned =
      observables.isEmpty
      ? nil
      : Pruning(
        whole.operations, qubitCount: whole.qubitCount, measuring: whole.measurement,
        startingFrom: whole.initialState
      ).counts
    let isBatch = task.batch != nil || task.wantsGradient
    let batch = task.batch ?? 1
    let lanes = KernelTable.lanes(task.precision)
    let isTiled = isBatch && Self.runsAsTiles(plan, task.precision, batch: batch)
    let program = plan.program(
      Program.Layout(
        lanes: isTiled ? .samples : .qubits(task.precision),
        isOrdered: !isTiled && (!isBatch || observables.isEmpty)))
    self.program = program
    frameChangeCount = program.frameChanges
    turnCount = unsafe Int(program.header.turnCount)
    let diagonals = (0..<(unsafe Int(program.header.operationCount))).map { index in
      unsafe program.header.operations[index]
    }.filter { $0.kind == Int32(HQ_DIAGONAL) }
    diagonalCount = diagonals.count
    stringCount = diagonals.reduce(0) { $0 + Int($1.count) }
    let width = Double(task.precision.bytesPerAmplitude)
    let amplitudes = Double(sign: .plus, exponent: program.qubitCount, significand: 1)
    if isTiled {
      let count = (batch + lanes - 1) / lanes
      layout = .tiles(samples: lanes, count: count)
      stateBytes = width * amplitudes * Double(lanes)
      totalBytes = stateBytes * Double(count)
    } else {
      let isLarge = program.passCount > 0
      layout = isLarge ? .passes : .block
      stateBytes = width * amplitudes
      totalBytes = stateBytes * Double(batch)
    }
    blockBytes = layout == .passes ? Double(128 << program.layout.blocks.lineBits) : stateBytes
    passes = Self.passes(of: program, layout, totalBytes / width, task)
  }

  private static func runsAsTiles(_ plan: Plan, _ precision: Precision, batch: Int) -> Bool {
    precision == .single
      ? BatchEngine<Float>(plan).runsAsTiles(batch: batch)
      : BatchEngine<Double>(plan).runsAsTiles(batch: batch)
  }

  private static func passes(
    of program: Program, _ layout: Layout, _ amplitudes: Double, _ task: Task
  ) -> [PlanPass] {
    let width = task.precision.bytesPerAmplitude
    func pass(_ number: Int, _ direction: PlanPass.Direction) -> PlanPass {
      guard program.passCount > 0 else {
        return PlanPass(
          0..<(unsafe Int(program.header.operationCount)), of: program, direction,
          qubits: Array(0..<program.qubitCount), amplitudes: amplitudes,
          bytesPerAmplitude: width, isGathered: false)
      }
      let sweep = unsafe program.passes[number]
      let laneBits = program.layout.laneBits
      let lines = unsafe withUnsafeBytes(of: sweep.columns) { bytes in
        (0..<Int(sweep.bits)).reduce(UInt64(0)) { lines, bit in
          unsafe lines | bytes.load(fromByteOffset: 8 * bit, as: UInt64.self)
        }
      }
      // Blocks that no operation has reached yet are passed over.
      let share = Double(
        sign: .plus, exponent: -(sweep.empty >> UInt64(sweep.bits)).nonzeroBitCount, significand: 1)
      let first = Int(sweep.firstOperation)
      return PlanPass(
        first..<(first + Int(sweep.operationCount)), of: program, direction,
        qubits: Array(0..<laneBits) + lines.bitIndices.map { $0 + laneBits },
        amplitudes: amplitudes * share, bytesPerAmplitude: width, isGathered: true)
    }
    let numbers = 0..<max(1, program.passCount)
    let forward = numbers.map { pass($0, .forward) }
    return task.wantsGradient ? forward + numbers.reversed().map { pass($0, .backward) } : forward
  }
}
