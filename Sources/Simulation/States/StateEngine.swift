import CQuantumKernels
import Compute
import Synchronization

/// Runs a program on one state whose lanes are its lowest qubits.
@safe struct StateEngine {
  let program: Program
  let kernels: hq_kernels
  let policy: LoopPolicy
  let precision: Precision
  let budget: MemoryBudget

  /// The parts that a pass over a large state is cut into, whatever the number of threads.
  private static let partCount = 64

  // isOrdered: whether the final amplitudes are read in the order of the qubits.
  init(
    _ plan: Plan, precision: Precision, policy: LoopPolicy, budget: MemoryBudget,
    table: KernelTable, isOrdered: Bool = true, isReversible: Bool = false,
    startsAtZero: Bool = true
  ) {
    program = plan.program(
      Program.Layout(
        lanes: .qubits(precision), isOrdered: isOrdered, isReversible: isReversible,
        startsAtZero: startsAtZero))
    kernels = table.kernels(precision)
    self.policy = policy
    self.precision = precision
    self.budget = budget
  }

  var lineBits: Int { program.qubitCount - program.layout.laneBits }
  /// Whether a state is one block, which one thread does.
  var isOneBlock: Bool { lineBits <= ProgramParts.blockBits }
  /// Bytes of a state.
  var stateBytes: Int { 128 << lineBits }

  /// Bytes of what ``bind(_:)`` makes.
  var boundBytes: Int {
    Int(unsafe kernels.boundBytes(program.headerPointer))
  }

  /// What depends on the weights: coefficients of all slots, tables of diagonals.
  ///
  /// A deep circuit in passes has a table for each diagonal of each pass.
  func bind(_ weights: [Double]) throws(SimulationError) -> AlignedBuffer {
    let byteCount = boundBytes
    if byteCount == 0 { return Self.nothing }
    let bound = try buffer(byteCount, "the tables of a circuit")
    unsafe kernels.bind(program.headerPointer, weights, bound.pointer)
    return bound
  }

  private static let nothing = AlignedBuffer(byteCount: 1)

  /// Checks that the state, what is bound and the work space of a forward run fit the budget together.
  func requireMemory(for purpose: @autoclosure () -> String) throws(SimulationError) {
    let scratchBytes =
      program.passCount > 0
      ? policy.threadCount * passScratchBytes
      : needsScratch(isReverse: false) ? stateBytes : 0
    do throws(MemoryBudgetError) {
      try budget.require(stateBytes + boundBytes + scratchBytes, for: purpose())
    } catch {
      throw .memory(error)
    }
  }

  func buffer(
    _ byteCount: Int, _ purpose: @autoclosure () -> String, zeroed: Bool = false
  ) throws(SimulationError) -> AlignedBuffer {
    do throws(MemoryBudgetError) {
      return try AlignedBuffer.allocate(
        byteCount: byteCount,
        for: "\(purpose()) of \(program.qubitCount) qubits in \(precision) precision",
        zeroed: zeroed, budget: budget)
    } catch {
      throw .memory(error)
    }
  }

  private func needsScratch(isReverse: Bool) -> Bool {
    unsafe isReverse && program.header.tableCount > 0 || program.header.reorders != 0
  }

  /// Room for operations that cannot be done in place; a state of one block alone has such.
  private func scratch(isReverse: Bool) throws(SimulationError) -> AlignedBuffer? {
    needsScratch(isReverse: isReverse) ? try buffer(stateBytes, "work space") : nil
  }

  /// Bytes of a thread's block in any of the passes.
  private var passScratchBytes: Int {
    (0..<program.passCount).reduce(0) { most, index in
      let bytes = unsafe Int(kernels.sweepBytes(program.headerPointer, program.passes + index))
      return max(most, (bytes + 4095) & ~4095)
    }
  }

  /// Makes |0…0⟩ and applies all operations.
  func run(_ coefficients: AlignedBuffer, state: AlignedBuffer) throws(SimulationError) {
    start(state)
    try proceed(coefficients, state: state)
  }

  /// Makes |0…0⟩: all of it, or what the passes of a program that starts there read.
  func start(_ state: AlignedBuffer) {
    clear(state)
    if precision == .single {
      unsafe state.pointer.storeBytes(of: Float(1), as: Float.self)
    } else {
      unsafe state.pointer.storeBytes(of: Double(1), as: Double.self)
    }
  }

  /// Applies all operations to a state, which is |0…0⟩ if the program is one that starts there.
  func proceed(_ coefficients: AlignedBuffer, state: AlignedBuffer) throws(SimulationError) {
    guard program.passCount == 0 else {
      for index in 0..<program.passCount { try runPass(index, coefficients, state: state) }
      return
    }
    let scratch = try scratch(isReverse: false)
    for sweep in program.sweeps {
      unsafe forEachRange(of: sweep, coefficients, state: state, costate: nil) { range, _ in
        unsafe range.scratch = scratch?.pointer
        unsafe kernels.apply(program.headerPointer, &range)
      }
    }
  }

  /// Fills a state with zeros; passes that write every line need the first one alone.
  private func clear(_ state: AlignedBuffer) {
    let parts = isOneBlock || program.passesFill ? 1 : Self.partCount
    let byteCount = program.passesFill ? 128 : stateBytes / parts
    policy.forEach(count: parts) { part in
      unsafe (state.pointer + part * byteCount).initializeMemory(
        as: UInt8.self, repeating: 0, count: byteCount)
    }
  }

  /// One pass over a large state; each thread has a block of its own.
  func runPass(
    _ index: Int, _ coefficients: AlignedBuffer, state: AlignedBuffer
  ) throws(SimulationError) {
    let workers = policy.threadCount
    let pass = unsafe program.passes + index
    let scratchBytes = passScratchBytes
    let scratch = try buffer(workers * scratchBytes, "work space")
    let blocks = 1 << (lineBits - Int(unsafe pass.pointee.bits))
    let tasks = min(blocks, Self.partCount)
    let next = Atomic<Int>(0)
    policy.forEach(count: workers) { worker in
      while true {
        let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard task < tasks else { return }
        var call = unsafe hq_sweep_call()
        unsafe call.sweep = pass
        unsafe call.bound = UnsafeRawPointer(coefficients.pointer)
        unsafe call.state = state.pointer
        unsafe call.scratch = scratch.pointer + worker * scratchBytes
        unsafe call.firstBlock = UInt64(task * blocks / tasks)
        unsafe call.blockCount = UInt64((task + 1) * blocks / tasks - task * blocks / tasks)
        unsafe kernels.sweep(program.headerPointer, &call)
      }
    }
  }

  /// Takes state and costate back through all operations.
  ///
  /// - Returns: d E / d φ of every slot.
  func reverse(
    _ coefficients: AlignedBuffer, state: AlignedBuffer, costate: AlignedBuffer
  ) throws(SimulationError) -> [Double] {
    let width = max(1, Int(unsafe program.header.slotCount))
    let partial = try buffer(Self.partCount * width * 8, "gradients of the parts", zeroed: true)
    let sums = unsafe partial.pointer.bindMemory(to: Double.self, capacity: Self.partCount * width)
    let scratch = try scratch(isReverse: true)
    for sweep in program.sweeps.reversed() {
      unsafe forEachRange(of: sweep, coefficients, state: state, costate: costate) { range, task in
        unsafe range.slotGradients = sums + task * width
        unsafe range.scratch = scratch?.pointer
        unsafe kernels.reverse(program.headerPointer, &range)
      }
    }
    var total = [Double](repeating: 0, count: width)
    for task in 0..<Self.partCount {
      for slot in 0..<width { total[slot] += unsafe sums[task * width + slot] }
    }
    return total
  }

  /// The expectation values of the program's observables.
  func expectations(of state: AlignedBuffer) throws(SimulationError) -> [Double] {
    let width = max(1, Int(unsafe program.header.outputCount))
    let partial = try buffer(Self.partCount * width * 8, "outputs of the parts", zeroed: true)
    let sums = unsafe partial.pointer.bindMemory(to: Double.self, capacity: Self.partCount * width)
    unsafe try forEachPart { measure, task in
      unsafe measure.state = UnsafeRawPointer(state.pointer)
      unsafe measure.outputs = sums + task * width
      unsafe kernels.expectation(program.headerPointer, &measure)
    }
    var total = [Double](repeating: 0, count: width)
    for task in 0..<Self.partCount {
      for output in 0..<width { total[output] += unsafe sums[task * width + output] }
    }
    return Array(total.prefix(Int(unsafe program.header.outputCount)))
  }

  /// costate = Σ cotangent · observable |state⟩.
  func costate(
    of state: AlignedBuffer, cotangents: [Double], into costate: AlignedBuffer
  ) throws(SimulationError) {
    unsafe try cotangents.withUnsafeBufferPointer { (cotangents) throws(SimulationError) in
      unsafe try forEachPart { measure, _ in
        unsafe measure.state = UnsafeRawPointer(state.pointer)
        unsafe measure.costate = costate.pointer
        unsafe measure.cotangents = cotangents.baseAddress
        unsafe kernels.costate(program.headerPointer, &measure)
      }
    }
  }

  // MARK: Partition

  private func forEachRange(
    of sweep: Sweep, _ coefficients: AlignedBuffer, state: AlignedBuffer, costate: AlignedBuffer?,
    _ body: (inout hq_range, Int) -> Void
  ) {
    let blockBits = min(lineBits, ProgramParts.blockBits)
    let blocks = 1 << (lineBits - blockBits)
    func range(lineBits: Int, block: Int) -> hq_range {
      var range = unsafe hq_range()
      unsafe range.firstOperation = Int32(sweep.operations.lowerBound)
      unsafe range.operationCount = Int32(sweep.operations.count)
      unsafe range.bound = UnsafeRawPointer(coefficients.pointer)
      unsafe range.state = state.pointer + (block << blockBits) * 128
      if let costate { unsafe range.costate = costate.pointer + (block << blockBits) * 128 }
      unsafe range.baseLine = UInt64(block << blockBits)
      unsafe range.lineBits = Int32(lineBits)
      unsafe range.parts = 1
      return unsafe range
    }
    let tasks = min(blocks, Self.partCount)
    if blocks == 1 {
      var range = unsafe range(lineBits: lineBits, block: 0)
      unsafe body(&range, 0)
    } else if sweep.isLocal {
      policy.forEach(count: tasks) { task in
        for block in (task * blocks / tasks)..<((task + 1) * blocks / tasks) {
          var range = unsafe range(lineBits: blockBits, block: block)
          unsafe body(&range, task)
        }
      }
    } else {
      policy.forEach(count: tasks) { task in
        var range = unsafe range(lineBits: lineBits, block: 0)
        unsafe range.part = UInt64(task)
        unsafe range.parts = UInt64(tasks)
        unsafe body(&range, task)
      }
    }
  }

  /// The lines of a state that one call measures.
  static func measuredLineCount(lineBits: Int) -> Int {
    (1 << lineBits) / min(partCount, max(1, 1 << max(lineBits - 9, 0)))
  }

  private func forEachPart(
    _ body: (inout hq_measure, Int) -> Void
  ) throws(SimulationError) {
    let lines = 1 << lineBits
    let tasks = lines / Self.measuredLineCount(lineBits: lineBits)
    let scratchBytes = (Int(unsafe kernels.scratchBytes(program.headerPointer)) + 4095) & ~4095
    let scratch = try buffer(tasks * scratchBytes, "work space")
    policy.forEach(count: tasks) { task in
      var measure = unsafe hq_measure()
      unsafe measure.firstLine = UInt64(task * lines / tasks)
      unsafe measure.lineCount = UInt64((task + 1) * lines / tasks - task * lines / tasks)
      unsafe measure.scratch = scratch.pointer + task * scratchBytes
      unsafe body(&measure, task)
    }
  }
}
