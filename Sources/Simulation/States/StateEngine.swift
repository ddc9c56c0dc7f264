import CQuantumKernels
import ComplexModule
import Compute
import Synchronization

/// Runs a program on one state whose lanes are its lowest qubits.
@safe struct StateEngine {
  let program: Program
  let kernels: hq_kernels
  let policy: LoopPolicy
  let precision: Precision
  let budget: MemoryBudget

  // isOrdered: whether the final amplitudes are read in the order of the qubits.
  init(
    _ plan: Plan, precision: Precision, policy: LoopPolicy, budget: MemoryBudget,
    table: KernelTable, isOrdered: Bool = true, startsAtZero: Bool = true,
    blocks: BlockShape = .ofCaches
  ) {
    program = plan.program(
      Program.Layout(
        lanes: .qubits(precision), isOrdered: isOrdered, startsAtZero: startsAtZero,
        blocks: blocks))
    kernels = table.kernels(precision)
    self.policy = policy
    self.precision = precision
    self.budget = budget
  }

  var lineBits: Int { program.qubitCount - program.layout.laneBits }
  /// Whether a state is one block, which one thread does.
  var isOneBlock: Bool { lineBits <= program.layout.blocks.lineBits }
  /// Bytes of a state; `Int.max` where the number does not fit.
  var stateBytes: Int { lineBits < 56 ? 128 << lineBits : .max }

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
    try budget.require(
      all: [(1, stateBytes), (1, boundBytes), (1, scratchBytes(isReverse: false))], for: purpose())
  }

  /// Bytes of the work space of all threads, on the way there or back.
  func scratchBytes(isReverse: Bool) -> Int {
    guard isOneBlock else { return policy.threadCount * passScratchBytes(isReverse: isReverse) }
    return needsScratch(isReverse: isReverse) ? stateBytes : 0
  }

  /// Bytes that ``reverse(_:state:costate:)`` takes: work space, and the gradients of its parts.
  var reverseBytes: Int { scratchBytes(isReverse: true) + reversePartCount * slotWidth * 8 }

  private var reversePartCount: Int { isOneBlock ? 1 : LoopPolicy.partLimit }
  private var slotWidth: Int { max(1, Int(unsafe program.header.slotCount)) }

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
  private func passScratchBytes(isReverse: Bool) -> Int {
    (0..<program.passCount).reduce(0) { most, index in
      let bytes = unsafe Int(
        kernels.sweepBytes(program.headerPointer, program.passes + index, isReverse ? 1 : 0))
      return max(most, (bytes + 4095) & ~4095)
    }
  }

  /// Makes the start of the program and applies all operations; `parameters` are the weights, then the inputs.
  func run(
    _ coefficients: AlignedBuffer, _ parameters: [Double], state: AlignedBuffer
  ) throws(SimulationError) {
    start(parameters, state: state)
    try proceed(coefficients, state: state)
  }

  /// Makes the start of the program: all of it, or what the passes of a program that starts at |0…0⟩ read.
  func start(_ parameters: [Double], state: AlignedBuffer) {
    clear(state)
    unsafe kernels.start(program.headerPointer, parameters, state.pointer)
  }

  /// Makes the state whose first `count` amplitudes are given, the others zero, for a program that starts anywhere.
  func lay(count: Int, _ amplitude: (Int) -> Complex<Double>, into state: AlignedBuffer) {
    clear(state)
    let reader = AmplitudeReader(state, precision: precision)
    func lay<Scalar: StateScalar>(as _: Scalar.Type) {
      let numbers = unsafe state.pointer.assumingMemoryBound(to: Scalar.self)
      for basis in 0..<count {
        let (offset, value) = (reader.offset(of: basis), amplitude(basis))
        unsafe numbers[offset] = Scalar(value.real)
        unsafe numbers[offset + KernelTable.lanes(precision)] = Scalar(value.imaginary)
      }
    }
    if precision == .single { lay(as: Float.self) } else { lay(as: Double.self) }
  }

  /// Applies all operations to a state, which is the start of the program if it is one that begins there.
  func proceed(_ coefficients: AlignedBuffer, state: AlignedBuffer) throws(SimulationError) {
    guard isOneBlock else {
      for index in 0..<program.passCount { try runPass(index, coefficients, state: state) }
      return
    }
    let scratch = try scratch(isReverse: false)
    var range = unsafe wholeRange(coefficients, state: state, scratch: scratch)
    unsafe kernels.apply(program.headerPointer, &range)
  }

  /// One pass over a large state.
  func runPass(
    _ index: Int, _ coefficients: AlignedBuffer, state: AlignedBuffer
  ) throws(SimulationError) {
    unsafe try runPass(program.passes + index, coefficients, isReverse: false) { call, _ in
      unsafe call.state = state.pointer
    }
  }

  /// Fills a state with zeros; passes that write every line need the first one alone.
  private func clear(_ state: AlignedBuffer) {
    let parts = isOneBlock || program.passesFill ? 1 : LoopPolicy.partLimit
    let byteCount = program.passesFill ? 128 : stateBytes / parts
    policy.forEach(count: parts) { part in
      unsafe (state.pointer + part * byteCount).initializeMemory(
        as: UInt8.self, repeating: 0, count: byteCount)
    }
  }

  /// Takes state and costate back through all operations.
  ///
  /// - Returns: d E / d φ of every slot. What is left in the states is not specified.
  func reverse(
    _ coefficients: AlignedBuffer, state: AlignedBuffer, costate: AlignedBuffer
  ) throws(SimulationError) -> [Double] {
    let (width, partCount) = (slotWidth, reversePartCount)
    let partial = try buffer(partCount * width * 8, "gradients of the parts", zeroed: true)
    let sums = unsafe partial.pointer.bindMemory(to: Double.self, capacity: partCount * width)
    if isOneBlock {
      let scratch = try scratch(isReverse: true)
      var range = unsafe wholeRange(coefficients, state: state, scratch: scratch)
      unsafe range.costate = costate.pointer
      unsafe range.slotGradients = sums
      unsafe kernels.reverse(program.headerPointer, &range)
    } else {
      for index in (0..<program.passCount).reversed() {
        let pass = unsafe program.passes + index
        unsafe try runPass(pass, coefficients, isReverse: true) { call, task in
          unsafe call.state = state.pointer
          unsafe call.costate = costate.pointer
          unsafe call.slotGradients = sums + task * width
        }
      }
    }
    var total = [Double](repeating: 0, count: width)
    for part in 0..<partCount {
      for slot in 0..<width { total[slot] += unsafe sums[part * width + slot] }
    }
    return total
  }

  // MARK: Partition

  /// All operations on a state of one block.
  private func wholeRange(
    _ coefficients: AlignedBuffer, state: AlignedBuffer, scratch: AlignedBuffer?
  ) -> hq_range {
    var range = unsafe hq_range()
    unsafe range.operationCount = program.header.operationCount
    unsafe range.bound = UnsafeRawPointer(coefficients.pointer)
    unsafe range.state = state.pointer
    unsafe range.lineBits = Int32(lineBits)
    unsafe range.parts = 1
    unsafe range.scratch = scratch?.pointer
    return unsafe range
  }

  /// A pass over a large state, or back over a pair of states; each thread has room for blocks of its own.
  ///
  /// `body` sets what the pass works on, and, of each of its parts, where the part's gradients go.
  private func runPass(
    _ pass: UnsafePointer<hq_sweep>, _ coefficients: AlignedBuffer, isReverse: Bool,
    _ body: (_ call: inout hq_sweep_call, _ task: Int) -> Void
  ) throws(SimulationError) {
    let workers = policy.threadCount
    let scratchBytes = passScratchBytes(isReverse: isReverse)
    let scratch = try buffer(workers * scratchBytes, "work space")
    let blocks = 1 << (lineBits - Int(unsafe pass.pointee.bits))
    let tasks = min(blocks, LoopPolicy.partLimit)
    let next = Atomic<Int>(0)
    policy.forEach(count: workers) { worker in
      while true {
        let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard task < tasks else { return }
        var call = unsafe hq_sweep_call()
        unsafe call.sweep = pass
        unsafe call.bound = UnsafeRawPointer(coefficients.pointer)
        unsafe call.scratch = scratch.pointer + worker * scratchBytes
        unsafe call.firstBlock = UInt64(task * blocks / tasks)
        unsafe call.blockCount = UInt64((task + 1) * blocks / tasks - task * blocks / tasks)
        unsafe body(&call, task)
        if isReverse {
          unsafe kernels.reverseSweep(program.headerPointer, &call)
        } else {
          unsafe kernels.sweep(program.headerPointer, &call)
        }
      }
    }
  }
}
