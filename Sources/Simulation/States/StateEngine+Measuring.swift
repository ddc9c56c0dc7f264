import CQuantumKernels
import Compute

/// What is read off a state, and the costate that the way back starts from.
extension StateEngine {
  /// Bytes that ``expectations(of:)`` takes: work space, and the outputs of its parts.
  var measuringBytes: Int {
    let tasks = (1 << lineBits) / Self.measuredLineCount(lineBits: lineBits)
    return tasks * measureScratchBytes + LoopPolicy.partLimit * outputWidth * 8
  }

  private var outputWidth: Int { max(1, Int(unsafe program.header.outputCount)) }
  /// Bytes of a part's work space.
  private var measureScratchBytes: Int {
    (Int(unsafe kernels.scratchBytes(program.headerPointer)) + 4095) & ~4095
  }

  /// The expectation values of the program's observables.
  func expectations(of state: AlignedBuffer) throws(SimulationError) -> [Double] {
    let width = outputWidth
    let partial = try buffer(LoopPolicy.partLimit * width * 8, "outputs of the parts", zeroed: true)
    let sums = unsafe partial.pointer.bindMemory(
      to: Double.self, capacity: LoopPolicy.partLimit * width)
    unsafe try forEachPart { measure, task in
      unsafe measure.state = UnsafeRawPointer(state.pointer)
      unsafe measure.outputs = sums + task * width
      unsafe kernels.expectation(program.headerPointer, &measure)
    }
    var total = [Double](repeating: 0, count: width)
    for task in 0..<LoopPolicy.partLimit {
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

  /// The lines of a state that one call measures.
  static func measuredLineCount(lineBits: Int) -> Int {
    (1 << lineBits) / min(LoopPolicy.partLimit, max(1, 1 << max(lineBits - 9, 0)))
  }

  private func forEachPart(
    _ body: (inout hq_measure, Int) -> Void
  ) throws(SimulationError) {
    let lines = 1 << lineBits
    let tasks = lines / Self.measuredLineCount(lineBits: lineBits)
    let scratchBytes = measureScratchBytes
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
