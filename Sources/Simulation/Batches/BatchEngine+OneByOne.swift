import CQuantumKernels
import Circuits
import ComplexModule
import Compute

extension BatchEngine {
  /// The forward pass of circuits too large for tiles.
  func forwardOneByOne(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int,
    outputs: UnsafeMutablePointer<Scalar>, keepingStates: Bool
  ) throws(SimulationError) -> States? {
    let engine = StateEngine(plan, precision: Scalar.precision, policy: policy, table: kernels)
    let keeps = keepingStates && batch == 1
    let state = try buffer(engine.stateBytes, "the state")
    for sample in 0..<batch {
      let coefficients = engine.bind(unsafe parameters(weights, inputs, sample))
      engine.run(coefficients, state: state)
      let values = self.values(of: state, engine)
      for (index, value) in values.enumerated() {
        unsafe outputs[sample * plan.outputCount + index] = Scalar(value)
      }
    }
    return keeps ? States(buffer: state) : nil
  }

  /// The backward pass of circuits too large for tiles; `start` makes the costate of a sample.
  func backwardOneByOne(
    weights: [Double], inputs: UnsafePointer<Scalar>?, batch: Int, states: States? = nil,
    inputGradients: UnsafeMutablePointer<Scalar>?,
    start: (
      _ sample: Int, _ state: AlignedBuffer, _ costate: AlignedBuffer, _ engine: StateEngine
    ) -> Void
  ) throws(SimulationError) -> [Double] {
    let engine = StateEngine(plan, precision: Scalar.precision, policy: policy, table: kernels)
    // The kept state serves a second call too: it is copied, not undone.
    let state = try buffer(engine.stateBytes, "the state")
    let costate = try buffer(engine.stateBytes, "the costate")
    var weightGradients = [Double](repeating: 0, count: plan.weightCount)
    for sample in 0..<batch {
      let parameters = unsafe parameters(weights, inputs, sample)
      let coefficients = engine.bind(parameters)
      if let states {
        unsafe state.pointer.copyMemory(from: states.buffer.pointer, byteCount: engine.stateBytes)
      } else {
        engine.run(coefficients, state: state)
      }
      start(sample, state, costate, engine)
      let slotGradients = engine.reverse(coefficients, state: state, costate: costate)
      var gradients = [Double](repeating: 0, count: max(parameters.count, 1))
      unsafe withUnsafePointer(to: engine.program.header) { header in
        unsafe hq_chain_shared(
          header, parameters, header.pointee.slotCount, slotGradients, &gradients)
      }
      for index in 0..<plan.weightCount { weightGradients[index] += gradients[index] }
      if let inputGradients = unsafe inputGradients {
        for index in 0..<plan.inputCount {
          unsafe inputGradients[sample * plan.inputCount + index] = Scalar(
            gradients[plan.weightCount + index])
        }
      }
    }
    return weightGradients
  }

  /// The weights, then the inputs of a sample.
  private func parameters(_ weights: [Double], _ inputs: UnsafePointer<Scalar>?, _ sample: Int)
    -> [Double]
  {
    guard let inputs = unsafe inputs else { return weights }
    return weights
      + (0..<plan.inputCount).map { unsafe Double(inputs[sample * plan.inputCount + $0]) }
  }

  private func values(of state: AlignedBuffer, _ engine: StateEngine) -> [Double] {
    switch plan.measurement {
    case .expectations: engine.expectations(of: state)
    case .probabilities(let qubits):
      AmplitudeReader(state, precision: Scalar.precision).margins(
        qubits, qubitCount: plan.qubitCount)
    }
  }

  /// The costate of the plan's measurement.
  func makeCostate(
    of state: AlignedBuffer, _ cotangent: [Double], _ costate: AlignedBuffer, _ engine: StateEngine
  ) {
    switch plan.measurement {
    case .expectations:
      engine.costate(of: state, cotangents: cotangent, into: costate)
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
