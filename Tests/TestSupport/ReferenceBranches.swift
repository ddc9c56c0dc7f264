package import Circuits
import ComplexModule
package import LinearAlgebra

/// The exact distribution of the classical bits of a small dynamic circuit, by dense density matrices.
///
/// For each value of the bits it keeps the sum of all states with that value, not normalised; histories that end in
/// the same bits are added. Fit for four qubits and a few bits.
package struct ReferenceBranches {
  private var states: [[Bool]: ComplexMatrix]
  private let circuit: Circuit
  private let noise: NoiseModel
  private let values: (weights: [Double], inputs: [Double])

  /// The probability of each value of the circuit's bits that has any.
  package static func distribution(
    of circuit: Circuit, noise: NoiseModel = NoiseModel(), weights: [Double] = [],
    inputs: [Double] = []
  ) -> [[Bool]: Double] {
    let branches = Self.run(circuit, noise: noise, weights: weights, inputs: inputs)
    return branches.states.mapValues { state in
      (0..<state.rows).reduce(0) { $0 + state[$1, $1].real }
    }
  }

  /// The state after the circuit, averaged over all outcomes.
  package static func averageState(of circuit: Circuit) -> ComplexMatrix {
    let size = 1 << circuit.qubitCount
    return Self.run(circuit, noise: NoiseModel(), weights: [], inputs: []).states.values
      .reduce(ComplexMatrix(zeros: size, size), +)
  }

  private static func run(
    _ circuit: Circuit, noise: NoiseModel, weights: [Double], inputs: [Double]
  ) -> ReferenceBranches {
    var state = ComplexMatrix(zeros: 1 << circuit.qubitCount, 1 << circuit.qubitCount)
    state[0, 0] = .one
    var branches = ReferenceBranches(
      states: [[Bool](repeating: false, count: circuit.bitCount): state], circuit: circuit,
      noise: noise, values: (weights, inputs))
    for instruction in circuit.instructions { branches.run(instruction) }
    return branches
  }

  private func matrix(_ matrix: ComplexMatrix, _ qubits: [Int]) -> ComplexMatrix {
    ReferenceDensity.embedded(matrix, qubits, 1 << circuit.qubitCount)
  }

  private mutating func run(_ instruction: Instruction) {
    switch instruction {
    case .barrier: break
    case .gate:
      var alone = Circuit(qubits: circuit.qubitCount)
      alone.append(instruction)
      let matrix = ReferenceSimulator.matrix(
        of: alone, weights: Array(values.weights.prefix(alone.weightCount)),
        inputs: Array(values.inputs.prefix(alone.inputCount)))
      mix([matrix])
    case .channel(let channel, let qubits): mix(channel.operators.map { matrix($0, qubits) })
    case .reset(let qubit):
      mix([[[1, 0], [0, 0]], [[0, 1], [0, 0]]].map { matrix(ComplexMatrix($0), [qubit]) })
    case .measure(let qubit, let bit): measure(qubit, bit)
    case .conditional(let condition, let then, let otherwise):
      let holding = states.filter { Self.holds(condition, $0.key) }
      let others = states.filter { !Self.holds(condition, $0.key) }
      var first = ReferenceBranches(
        states: holding, circuit: circuit, noise: noise, values: values)
      for inner in then { first.run(inner) }
      var second = ReferenceBranches(
        states: others, circuit: circuit, noise: noise, values: values)
      for inner in otherwise { second.run(inner) }
      states = first.states.merging(second.states) { $0 + $1 }
    case .assign(let bit, let condition):
      var result: [[Bool]: ComplexMatrix] = [:]
      for (bits, state) in states {
        var after = bits
        after[bit] = Self.holds(condition, bits)
        result[after] = result[after].map { $0 + state } ?? state
      }
      states = result
    case .loop(let condition, let body): repeated(condition, body)
    }
  }

  /// Runs a loop until all but nothing of the states is in it.
  private mutating func repeated(_ condition: ClassicalCondition, _ body: [Instruction]) {
    for _ in 0..<Self.roundLimit {
      let staying = states.filter { Self.holds(condition, $0.key) }
      let weight = staying.values.reduce(0) { sum, state in
        (0..<state.rows).reduce(sum) { $0 + state[$1, $1].real }
      }
      guard weight > Self.leastWeight else {
        for bits in staying.keys { states[bits] = nil }
        return
      }
      var round = ReferenceBranches(
        states: staying, circuit: circuit, noise: noise, values: values)
      for inner in body { round.run(inner) }
      states = states.filter { !Self.holds(condition, $0.key) }
        .merging(round.states) { $0 + $1 }
    }
    preconditionFailure("a loop takes more than \(Self.roundLimit) rounds")
  }

  private static let roundLimit = 2000
  /// The probability that is left out of a loop.
  private static let leastWeight = 1e-14

  private mutating func mix(_ operators: [ComplexMatrix]) {
    states = states.mapValues { state in
      operators.dropFirst().reduce(operators[0] * state * operators[0].adjoint()) {
        $0 + $1 * state * $1.adjoint()
      }
    }
  }

  private mutating func measure(_ qubit: Int, _ bit: Int) {
    var result: [[Bool]: ComplexMatrix] = [:]
    let error = noise.readoutError(of: qubit)
    for (bits, state) in states {
      for outcome in [false, true] {
        let projector = matrix(
          ComplexMatrix(outcome ? [[0, 0], [0, 1]] : [[1, 0], [0, 0]]), [qubit])
        let wrong = (outcome ? error?.oneAsZero : error?.zeroAsOne) ?? 0
        for (read, rate) in [(outcome, 1 - wrong), (!outcome, wrong)] where rate > 0 {
          var after = bits
          after[bit] = read
          let part = (projector * state * projector).scaled(by: Complex(rate))
          result[after] = result[after].map { $0 + part } ?? part
        }
      }
    }
    states = result
  }

  private static func holds(_ condition: ClassicalCondition, _ bits: [Bool]) -> Bool {
    switch condition {
    case .bit(let bit): return bits[bit]
    case .register(let places, let number):
      var value: UInt64 = 0
      for place in places.reversed() { value = value * 2 + (bits[place] ? 1 : 0) }
      return value == number
    case .not(let inner): return !holds(inner, bits)
    case .and(let one, let other): return holds(one, bits) && holds(other, bits)
    case .or(let one, let other): return holds(one, bits) || holds(other, bits)
    case .exclusiveOr(let one, let other): return holds(one, bits) != holds(other, bits)
    }
  }
}
