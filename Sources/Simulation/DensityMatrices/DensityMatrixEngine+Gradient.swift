import Circuits
import Compute

extension DensityMatrixEngine {
  /// The vector-Jacobian product: from d loss / d outputs to d loss / d weights and d loss / d inputs.
  ///
  /// Moments are linear in the components r of ρ: l = Σ cotangent · ∂moment/∂r is taken back, l ← Rᵀ l at every
  /// step r ← R r, and the gradient of R's entries is the product of l and r over the other qubits. That of an angle
  /// follows from the elementary operation exp(-iφG) it stands in, and those of weights and inputs by the chain rule
  /// through the angles' expressions. r in front of gates is Rᵀ r, since their matrices are orthogonal; in front of
  /// channels it is kept, or made again from one that was where that takes more than 256 MiB or the budget.
  ///
  /// - Parameters:
  ///   - weights: The weights, which all samples share.
  ///   - inputs: `[count, inputs]`, row by row.
  ///   - count: The number of samples.
  ///   - cotangents: `[count, outputs]`, d loss / d outputs.
  /// - Returns: d loss / d weights, summed over the samples, and d loss / d inputs, `[count, inputs]`.
  /// - Throws: ``SimulationError`` as ``outputs(weights:inputs:count:)``; the states kept are 2 and one for each of N
  ///   passes with a channel, or 2 and about 2 √N. Where these do not fit the budget they are refused.
  /// - Complexity: Some two to six forward passes, whatever the number of weights, inputs and outputs.
  public func vectorJacobianProduct(
    weights: [Double], inputs: [Double], count: Int, cotangents: [Double]
  ) throws(SimulationError) -> (weights: [Double], inputs: [Double]) {
    let rows = try circuit.requireRows(weights: weights, inputs: inputs, count: count)
    let expected = count * measurement.outputCount
    require(
      cotangents.count == expected, "expected \(expected) cotangents, found \(cotangents.count)")
    let inputCount = circuit.inputCount
    let parameterCount = circuit.weightCount + inputCount
    guard parameterCount > 0, count > 0 else {
      return ([Double](repeating: 0, count: circuit.weightCount), [])
    }
    let width = moments.outputCount
    let slopes =
      readout.isIdentity
      ? cotangents : readout.pulledBack(cotangents, at: try momentRows(weights, rows))
    let workers = workers(count)
    let (tape, buffer) = try tape(workers)
    // Both gradients of every sample: weights, then inputs.
    var gradients = [Double](repeating: 0, count: count * parameterCount)
    unsafe gradients.withUnsafeMutableBufferPointer { gradients in
      nonisolated(unsafe) let gradients = unsafe gradients
      forEachSample(count, workers) { sample, worker, policy in
        let states = (0..<(2 + tape.stateCount)).map {
          state(worker * (2 + tape.stateCount) + $0, in: buffer)
        }
        let sweep = ReverseSweep(
          plan: plan, first: firstStep, initialState: circuit.initialState, inputs: rows[sample],
          bound: BoundTransfers(plan, weights: weights, inputs: rows[sample]),
          tape: tape, states: states, policy: policy, kernels: kernels)
        let angleSlopes = sweep.slopes(
          of: moments, Array(slopes[(sample * width)..<((sample + 1) * width)]))
        var weightGradients = [Double](repeating: 0, count: circuit.weightCount)
        var inputGradients = [Double](repeating: 0, count: inputCount)
        for (form, own) in zip(plan.forms, angleSlopes) {
          form.chain(
            own, weights: weights, inputs: rows[sample], toWeights: &weightGradients,
            toInputs: &inputGradients)
        }
        sweep.addStartGradients(to: &inputGradients)
        for (index, value) in (weightGradients + inputGradients).enumerated() {
          unsafe gradients[sample * parameterCount + index] = value
        }
      }
    }
    // Samples are added in order, whatever thread did them.
    var total = [Double](repeating: 0, count: circuit.weightCount)
    var inputGradients: [Double] = []
    inputGradients.reserveCapacity(inputs.count)
    for sample in 0..<count {
      let row = gradients[(sample * parameterCount)..<((sample + 1) * parameterCount)]
      for (index, value) in row.prefix(circuit.weightCount).enumerated() { total[index] += value }
      inputGradients += row.dropFirst(circuit.weightCount)
    }
    return (total, inputGradients)
  }

  /// The first step that the way back reaches; the number of steps where nothing depends on weights or inputs.
  private var firstStep: Int {
    circuit.initialState?.readsInputs == true
      ? 0 : plan.steps.firstIndex(where: \.hasAngles) ?? plan.steps.count
  }

  /// The tape of every worker, and memory for each: the state, the costate and the tape.
  private func tape(_ workers: Int) throws(SimulationError) -> (StateTape, AlignedBuffer) {
    let first = firstStep
    let kept = plan.steps.indices.filter { $0 >= first && !plan.steps[$0].isReversible }
    let all = StateTape(keepingAll: kept)
    let states = workers * (2 + all.stateCount)
    let (bytes, overflow) = PauliComponents.byteCount(qubitCount: circuit.qubitCount)
      .multipliedReportingOverflow(by: states)
    if !overflow, bytes <= keptBytesLimit,
      let buffer = try? DensityMatrix.buffer(states: states, of: circuit.qubitCount, budget)
    {
      return (all, buffer)
    }
    let few = StateTape(keepingFew: kept)
    return (
      few,
      try DensityMatrix.buffer(
        states: workers * (2 + few.stateCount), of: circuit.qubitCount, budget)
    )
  }
}

/// One sample's way forward and back; states are the running one, the costate, and those of the tape.
private struct ReverseSweep {
  let plan: TransferPlan
  let first: Int
  let initialState: InitialState?
  let inputs: [Double]
  let bound: BoundTransfers
  let tape: StateTape
  let states: [PauliComponents]
  let policy: LoopPolicy
  let kernels: KernelTable

  private var running: PauliComponents { states[0] }
  private func kept(_ place: Int) -> PauliComponents { states[2 + place] }

  private func apply(_ step: Int, to state: PauliComponents) {
    state.apply(bound.matrices[step], on: plan.steps[step].qubits, policy, kernels)
  }

  /// Adds d loss / d input of those that are amplitudes, once ``slopes(of:_:)`` has taken the costate to the start.
  func addStartGradients(to gradients: inout [Double]) {
    guard let initialState, initialState.readsInputs else { return }
    states[1].addStartGradients(of: initialState, inputs: inputs, to: &gradients)
  }

  /// d loss / d angle, by form and angle.
  func slopes(of measurement: Measurement, _ cotangents: [Double]) -> [[Double]] {
    var slopes = plan.forms.map { [Double](repeating: 0, count: $0.angleCount) }
    guard first < plan.steps.count || initialState?.readsInputs == true else { return slopes }
    runForward()
    let costate = states[1]
    costate.startCostate(measurement, cotangents)
    var segment = tape.segmentCount - 1
    var next = tape.steps.count - 1
    // The components after the step; in front of it once they are known.
    var state = running
    for number in stride(from: plan.steps.count - 1, through: first, by: -1) {
      let step = plan.steps[number]
      let matrix = bound.matrices[number]
      if step.isReversible {
        state.apply(matrix.transposed(), on: step.qubits, policy, kernels)
      } else {
        if tape.segment(of: next) != segment {
          segment = tape.segment(of: next)
          refill(segment)
        }
        state = kept(tape.place(of: next))
        next -= 1
      }
      if step.hasAngles {
        let gradient = costate.reverse(
          matrix, on: step.qubits, before: state, policy, kernels)
        bound.addSlopes(of: gradient, step: number, to: &slopes)
      } else {
        costate.apply(matrix.transposed(), on: step.qubits, policy, kernels)
      }
    }
    return slopes
  }

  private func runForward() {
    running.start(from: initialState, inputs: inputs, policy)
    var ordinal = 0
    for number in plan.steps.indices {
      if ordinal < tape.steps.count, tape.steps[ordinal] == number {
        let segment = tape.segment(of: ordinal)
        if segment == tape.segmentCount - 1 {
          kept(tape.place(of: ordinal)).copy(from: running)
        } else if ordinal % tape.spacing == 0 {
          kept(segment).copy(from: running)
        }
        ordinal += 1
      }
      apply(number, to: running)
    }
  }

  /// Makes the states of a segment again from the one at its beginning.
  private func refill(_ segment: Int) {
    let ordinals = (segment * tape.spacing)..<((segment + 1) * tape.spacing)
    running.copy(from: kept(segment))
    var number = tape.steps[ordinals.lowerBound]
    for ordinal in ordinals {
      while number < tape.steps[ordinal] {
        apply(number, to: running)
        number += 1
      }
      kept(tape.place(of: ordinal)).copy(from: running)
    }
  }
}
