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
  let operations: [ElementaryOperation]
  let plan: Plan
  let weights = [0.3, -1.1, 2.2]
  let samples: [Sample]
  /// What dense matrices give.
  let reference: DenseResult

  init(
    _ name: String, _ operations: [ElementaryOperation], measuring measurement: Measurement,
    batch: Int, hasGradients: Bool = true, random: inout RandomOperations
  ) throws {
    self.name = name
    self.operations = operations
    plan = try Plan(
      operations, qubitCount: random.qubitCount, weightCount: weights.count,
      inputCount: random.inputCount, measuring: measurement)
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
    reference = DenseResult(
      plan, weights: weights, samples: samples, hasGradients: hasGradients)
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
    let (state, derivatives) =
      hasGradients
      ? DenseOperations.runWithDerivatives(
        plan.operations, qubitCount: plan.qubitCount, weights: weights, inputs: sample.inputs)
      : (
        DenseOperations.run(
          plan.operations, qubitCount: plan.qubitCount, weights: weights, inputs: sample.inputs), []
      )
    var costate = DenseOperations.Vector(repeating: .zero, count: state.count)
    var norm = 0.0
    switch plan.measurement {
    case .expectations, .variances, .covariances:
      let observables = plan.measurement.measuredObservables
      for (observable, cotangent) in zip(observables, sample.cotangents) {
        let image = DenseOperations.apply(observable, to: state)
        outputs.append(zip(state, image).reduce(0) { $0 + ($1.0.conjugate * $1.1).real })
        costate = zip(costate, image).map { $0 + Complex(cotangent) * $1 }
        let size = observable.terms.reduce(0) { $0 + abs($1.coefficient) }
        outputScale = max(outputScale, size)
        norm += abs(cotangent) * size
      }
    case .probabilities(let qubits):
      var probabilities = [Double](repeating: 0, count: plan.outputCount)
      for (basis, amplitude) in state.enumerated() {
        var outcome = 0
        for (bit, qubit) in qubits.enumerated() where basis / (1 << qubit) % 2 == 1 {
          outcome += 1 << bit
        }
        probabilities[outcome] += amplitude.lengthSquared
        costate[basis] = Complex(sample.cotangents[outcome]) * amplitude
      }
      outputs += probabilities
      norm = sample.cotangents.reduce(0) { max($0, abs($1)) }
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
    gradientScale = max(gradientScale, norm * (steepest.max() ?? 0))
  }
}
