import Circuits
import ComplexModule
import Simulation
import TestSupport

/// A list of operations, what is measured, and numbers to run it with.
struct CheckedCircuit {
  /// The numbers of one sample; each is a number of single precision too, so that both precisions compute the same.
  struct Sample {
    let inputs: [Double]
    /// d loss / d outputs.
    let cotangents: [Double]
  }

  let name: String
  let plan: Plan
  let weights = [0.3, -1.1, 2.2]
  let samples: [Sample]
  /// What dense matrices give.
  let reference: DenseResult
  /// The uniform numbers that decide the operators of channels, sample by sample.
  let draws: [[Double]]

  init(
    _ name: String, _ operations: [ElementaryOperation], measuring measurement: Measurement,
    startingFrom state: InitialState? = nil, batch: Int, hasGradients: Bool = true,
    random: inout RandomOperations
  ) throws {
    self.name = name
    plan = try Plan(
      operations, qubitCount: random.qubitCount, weightCount: weights.count,
      inputCount: random.inputCount, measuring: measurement, startingFrom: state)
    var samples: [Sample] = []
    for _ in 0..<batch {
      let inputs = random.numbers(random.inputCount)
      let cotangents = random.numbers(measurement.outputCount)
      samples.append(
        Sample(
          inputs: inputs.map { Double(Float($0)) }, cotangents: cotangents.map { Double(Float($0)) }
        ))
    }
    self.samples = samples
    draws = []
    reference = DenseResult(
      plan, weights: weights, samples: samples, hasGradients: hasGradients)
  }

  /// A circuit with channels, forward alone: every sample is a trajectory with draws of its own.
  init(
    _ name: String, noisy circuit: Circuit, measuring measurement: Measurement, batch: Int,
    random: inout RandomOperations
  ) throws {
    self.name = name
    plan = try Plan(trajectoriesOf: circuit, measuring: measurement)
    samples = (0..<batch).map { _ in
      Sample(inputs: random.numbers(circuit.inputCount).map { Double(Float($0)) }, cotangents: [])
    }
    var result = DenseResult()
    var draws: [[Double]] = []
    for sample in samples {
      let trajectory = DenseTrajectory(
        of: circuit, weights: weights, inputs: sample.inputs, random: &random)
      result.add(trajectory.state, plan.measurement)
      draws.append(trajectory.draws)
    }
    reference = result
    self.draws = draws
  }
}

/// What every sample of a circuit should give, by dense matrices and the product rule.
struct DenseResult {
  private(set) var amplitudes: DenseOperations.Vector = []
  /// d loss / d conj(amplitude).
  private(set) var costates: DenseOperations.Vector = []
  private(set) var outputs: [Double] = []
  /// Summed over the samples.
  private(set) var weightGradients: [Double]
  private(set) var inputGradients: [Double] = []
  /// A bound of the outputs, which tolerances are relative to.
  private(set) var outputScale = 1.0
  /// A bound of a sample's gradients.
  private(set) var gradientScale = 1.0

  /// No samples yet, and no gradients.
  init() { weightGradients = [] }

  /// A final state and what is measured there.
  mutating func add(_ state: DenseOperations.Vector, _ measurement: Measurement) {
    amplitudes += state
    switch measurement {
    case .expectations, .variances, .covariances:
      for observable in measurement.measuredObservables {
        outputs.append(DenseOperations.expectation(of: observable, in: state))
        outputScale = max(outputScale, observable.terms.reduce(0) { $0 + abs($1.coefficient) })
      }
    case .probabilities(let qubits): outputs += Self.probabilities(of: qubits, in: state)
    case .amplitudes(let states):
      outputs += states.flatMap { [state[$0].real, state[$0].imaginary] }
    }
  }

  private static func probabilities(
    of qubits: [Int], in state: DenseOperations.Vector
  ) -> [Double] {
    var result = [Double](repeating: 0, count: 1 << qubits.count)
    for (basis, amplitude) in state.enumerated() {
      result[outcome(basis, qubits)] += amplitude.lengthSquared
    }
    return result
  }

  private static func outcome(_ basis: Int, _ qubits: [Int]) -> Int {
    var outcome = 0
    for (bit, qubit) in qubits.enumerated() where basis / (1 << qubit) % 2 == 1 {
      outcome += 1 << bit
    }
    return outcome
  }

  /// Without gradients those are empty.
  init(
    _ plan: Plan, weights: [Double], samples: [CheckedCircuit.Sample], hasGradients: Bool
  ) {
    weightGradients = Array(repeating: 0, count: hasGradients ? weights.count : 0)
    for sample in samples { add(sample, plan, weights, hasGradients) }
  }

  private mutating func add(
    _ sample: CheckedCircuit.Sample, _ plan: Plan, _ weights: [Double], _ hasGradients: Bool
  ) {
    let (start, norm) = Self.start(plan, sample.inputs)
    let (state, derivatives) =
      hasGradients
      ? DenseOperations.runWithDerivatives(
        plan.operations, qubitCount: plan.qubitCount, weights: weights, inputs: sample.inputs,
        from: start)
      : (
        DenseOperations.run(
          plan.operations, qubitCount: plan.qubitCount, weights: weights, inputs: sample.inputs,
          from: start.state), []
      )
    var costate = DenseOperations.Vector(repeating: .zero, count: state.count)
    var size = 0.0
    switch plan.measurement {
    case .expectations, .variances, .covariances:
      let observables = plan.measurement.measuredObservables
      for (observable, cotangent) in zip(observables, sample.cotangents) {
        let image = DenseOperations.apply(observable, to: state)
        outputs.append(zip(state, image).reduce(0) { $0 + ($1.0.conjugate * $1.1).real })
        costate = zip(costate, image).map { $0 + Complex(cotangent) * $1 }
        let terms = observable.terms.reduce(0) { $0 + abs($1.coefficient) }
        outputScale = max(outputScale, terms)
        size += abs(cotangent) * terms
      }
    case .probabilities(let qubits):
      outputs += Self.probabilities(of: qubits, in: state)
      for (basis, amplitude) in state.enumerated() {
        costate[basis] = Complex(sample.cotangents[Self.outcome(basis, qubits)]) * amplitude
      }
      size = sample.cotangents.reduce(0) { max($0, abs($1)) }
    case .amplitudes(let states):
      for (index, basis) in states.enumerated() {
        outputs += [state[basis].real, state[basis].imaginary]
        let (real, imaginary) = (sample.cotangents[2 * index], sample.cotangents[2 * index + 1])
        costate[basis] += Complex(real / 2, imaginary / 2)
        size += abs(real) + abs(imaginary)
      }
    }
    let gradients = derivatives.map { derivative in
      zip(costate, derivative).reduce(0) { $0 + 2 * ($1.0.conjugate * $1.1).real }
    }
    for index in weightGradients.indices { weightGradients[index] += gradients[index] }
    inputGradients += gradients.dropFirst(weights.count)
    amplitudes += state
    costates += costate
    let slopes = plan.operations.map {
      DenseOperations.slopes($0.angle, weights: weights, inputs: sample.inputs)
    }
    let steepest = gradients.indices.map { index in
      slopes.reduce(0) { $0 + $1[index] * $1[index] }.squareRoot()
    }
    // A change of x moves x / ‖x‖ by at most its length over ‖x‖.
    gradientScale = max(gradientScale, size * max(steepest.max() ?? 0, 2 / norm))
  }

  /// What a plan starts from with its derivatives by inputs, and the norm of these.
  private static func start(
    _ plan: Plan, _ inputs: [Double]
  ) -> (
    start: (state: DenseOperations.Vector, derivatives: [Int: DenseOperations.Vector]), norm: Double
  ) {
    let zero = DenseOperations.zeroState(plan.qubitCount)
    guard let state = plan.initialState else { return ((zero, [:]), 1) }
    switch state.source {
    case .amplitudes(let amplitudes):
      let parts = [amplitudes.map(\.real), amplitudes.map(\.imaginary)].map {
        DenseOperations.spread($0, on: state.qubits, qubitCount: plan.qubitCount)
      }
      return ((zip(parts[0], parts[1]).map { $0 + .i * $1 }, [:]), 1)
    case .inputs(let range, let padding):
      let x = (0..<(1 << state.qubits.count)).map {
        $0 < range.count ? inputs[range.lowerBound + $0] : padding
      }
      let (vector, derivatives) = DenseOperations.embedded(
        x, on: state.qubits, qubitCount: plan.qubitCount)
      let own = range.enumerated().map { ($0.element, derivatives[$0.offset]) }
      return (
        (vector, Dictionary(uniqueKeysWithValues: own)),
        x.reduce(0) { $0 + $1 * $1 }.squareRoot()
      )
    }
  }
}
