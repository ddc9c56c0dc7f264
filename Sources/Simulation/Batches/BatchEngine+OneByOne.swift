import CQuantumKernels
import Circuits
import ComplexModule
import Compute

extension BatchEngine {
  /// An engine for one sample, and how many samples run at the same time.
  ///
  /// A state of one block is done by one thread, and threads share the samples; a larger one has all threads.
  func oneByOne(
    batch: Int, isOrdered wantsOrder: Bool = false
  ) throws(SimulationError) -> (engine: StateEngine, workers: Int) {
    try requireState(copies: 1)
    let needsOrder =
      switch plan.measurement {
      case .amplitudes: false
      case .probabilities: true
      case .expectations, .variances, .covariances:
        plan.measurement.measuredObservables.isEmpty
      }
    let engine = StateEngine(
      plan, precision: Scalar.precision, policy: policy, budget: budget, table: kernels,
      isOrdered: wantsOrder || needsOrder, blocks: blocks)
    return (engine, engine.isOneBlock ? max(1, min(batch, policy.threadCount)) : 1)
  }

  /// The forward pass where samples follow one another.
  func forwardOneByOne(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int,
    outputs: UnsafeMutablePointer<Scalar>, keepingStates: Bool
  ) throws(SimulationError) -> States? {
    let (engine, workers) = try oneByOne(batch: batch)
    try requireRun(workers, engine, results: 0)
    let keeps = keepingStates && batch == 1
    let states = try buffers(workers, engine.stateBytes, "the state")
    try policy.forEach(count: workers, throwing: SimulationError.self) {
      (worker) throws(SimulationError) in
      for sample in stride(from: worker, to: batch, by: workers) {
        let parameters = unsafe parameters(weights, inputs, sample)
        try engine.run(try engine.bind(parameters), parameters, state: states[worker])
        let values = try self.values(of: states[worker], engine)
        for (index, value) in values.enumerated() {
          unsafe outputs[sample * plan.outputCount + index] = Scalar(value)
        }
      }
    }
    return keeps ? States(buffer: states[0]) : nil
  }

  /// The backward pass where samples follow one another; `start` makes the costate of a sample, whose amplitudes
  /// are in the qubits' order if `isOrdered`.
  func backwardOneByOne(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int, states kept: States? = nil,
    isOrdered: Bool = false,
    inputGradients: UnsafeMutablePointer<Scalar>?,
    start: (
      _ sample: Int, _ state: AlignedBuffer, _ costate: AlignedBuffer, _ engine: StateEngine
    ) throws(SimulationError) -> Void
  ) throws(SimulationError) -> [Double] {
    let (engine, workers) = try oneByOne(batch: batch, isOrdered: isOrdered)
    let width = max(plan.weightCount + plan.inputCount, 1)
    try requireRun(workers, engine, reverses: true, results: max(batch, 1) * width * 8)
    // The kept state serves a second call too: it is copied, not undone.
    let states = try buffers(workers, engine.stateBytes, "the state")
    let costates = try buffers(workers, engine.stateBytes, "the costate")
    let sums = try buffer(max(batch, 1) * width * 8, "gradients of the samples")
    let gradients = unsafe sums.pointer.bindMemory(to: Double.self, capacity: batch * width)
    try policy.forEach(count: workers, throwing: SimulationError.self) {
      (worker) throws(SimulationError) in
      let (state, costate) = (states[worker], costates[worker])
      for sample in stride(from: worker, to: batch, by: workers) {
        let parameters = unsafe parameters(weights, inputs, sample)
        let coefficients = try engine.bind(parameters)
        if let kept {
          unsafe state.pointer.copyMemory(from: kept.buffer.pointer, byteCount: engine.stateBytes)
        } else {
          try engine.run(coefficients, parameters, state: state)
        }
        try start(sample, state, costate, engine)
        let slotGradients = try engine.reverse(
          coefficients, state: state, costate: costate)
        let own = unsafe gradients + sample * width
        unsafe own.update(repeating: 0, count: width)
        unsafe hq_chain_shared(
          engine.program.headerPointer, parameters, engine.program.header.slotCount,
          slotGradients, own)
        unsafe engine.kernels.startGradient(
          engine.program.headerPointer, parameters, costate.pointer, own)
        if let inputGradients = unsafe inputGradients {
          for index in 0..<plan.inputCount {
            unsafe inputGradients[sample * plan.inputCount + index] = Scalar(
              own[plan.weightCount + index])
          }
        }
      }
    }
    // Samples are added in order, whatever thread did them.
    return (0..<plan.weightCount).map { weight in
      (0..<batch).reduce(0) { sum, sample in unsafe sum + gradients[sample * width + weight] }
    }
  }

  /// Checks that all that runs at the same time fits the budget: states, costates, tables, and the most of work space
  /// and outputs that a sample needs at a time.
  func requireRun(
    _ workers: Int, _ engine: StateEngine, reverses: Bool = false, results: Int
  ) throws(SimulationError) {
    let outputBytes =
      plan.measurement.measuredObservables.isEmpty
      ? plan.outputCount * 8 : engine.measuringBytes
    let workBytes = max(
      outputBytes, engine.scratchBytes(isReverse: false), reverses ? engine.reverseBytes : 0)
    try budget.require(
      all: [
        (reverses ? 2 * workers : workers, engine.stateBytes), (workers, engine.boundBytes),
        (workers, workBytes), (1, results),
      ],
      for: "\(reverses ? "gradients" : "outputs") of \(plan.qubitCount) qubits in "
        + "\(Scalar.precision) precision")
  }

  func buffers(
    _ count: Int, _ byteCount: Int, _ purpose: @autoclosure () -> String
  ) throws(SimulationError) -> [AlignedBuffer] {
    var result: [AlignedBuffer] = []
    for _ in 0..<count { result.append(try buffer(byteCount, purpose())) }
    return result
  }

  /// The weights, then the inputs of a sample.
  func parameters(_ weights: [Double], _ inputs: UnsafePointer<Scalar>?, _ sample: Int)
    -> [Double]
  {
    guard let inputs = unsafe inputs else { return weights }
    return weights
      + (0..<plan.inputCount).map { unsafe Double(inputs[sample * plan.inputCount + $0]) }
  }

  func values(
    of state: AlignedBuffer, _ engine: StateEngine
  ) throws(SimulationError) -> [Double] {
    switch plan.measurement {
    case .expectations, .variances, .covariances: try engine.expectations(of: state)
    case .amplitudes:
      placesOfAmplitudes(engine).flatMap { place in
        let amplitude = AmplitudeReader(state, precision: Scalar.precision)[place]
        return [amplitude.real, amplitude.imaginary]
      }
    case .probabilities(let qubits):
      AmplitudeReader(state, precision: Scalar.precision).margins(
        qubits, qubitCount: plan.qubitCount)
    }
  }

  /// Where the amplitudes that are outputs are stored.
  private func placesOfAmplitudes(_ engine: StateEngine) -> [Int] {
    (0..<max(0, Int(unsafe engine.program.header.amplitudeCount))).map {
      unsafe Int(engine.program.header.amplitudes[$0])
    }
  }

  /// The costate of the plan's measurement.
  func makeCostate(
    of state: AlignedBuffer, _ cotangent: [Double], _ costate: AlignedBuffer, _ engine: StateEngine
  ) throws(SimulationError) {
    switch plan.measurement {
    case .expectations, .variances, .covariances:
      try engine.costate(of: state, cotangents: cotangent, into: costate)
    case .amplitudes:
      // 2 Re(conj(λ)·dψ) is to be c_re·d re + c_im·d im.
      let reader = AmplitudeReader(costate, precision: Scalar.precision)
      unsafe costate.pointer.initializeMemory(
        as: UInt8.self, repeating: 0, count: engine.stateBytes)
      let target = unsafe costate.pointer.assumingMemoryBound(to: Scalar.self)
      for (index, place) in placesOfAmplitudes(engine).enumerated() {
        let offset = reader.offset(of: place)
        unsafe target[offset] += Scalar(cotangent[2 * index] / 2)
        unsafe target[offset + Self.lanes] += Scalar(cotangent[2 * index + 1] / 2)
      }
    case .probabilities(let qubits):
      let reader = AmplitudeReader(state, precision: Scalar.precision)
      unsafe costate.pointer.initializeMemory(
        as: UInt8.self, repeating: 0, count: engine.stateBytes)
      let target = unsafe costate.pointer.assumingMemoryBound(to: Scalar.self)
      for basis in 0..<(1 << plan.qubitCount) {
        let amplitude = reader[basis]
        let weight = cotangent[reader.outcome(of: basis, qubits)]
        let offset = reader.offset(of: basis)
        unsafe target[offset] = Scalar(weight * amplitude.real)
        unsafe target[offset + Self.lanes] = Scalar(weight * amplitude.imaginary)
      }
    }
  }
}
