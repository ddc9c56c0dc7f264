import Circuits
import ComplexModule
import Compute
import RealModule
import Simulation
import TestSupport
import Testing

@Suite("StateVector") struct StateVectorTests {
  private func random(_ qubitCount: Int, _ count: Int) throws -> Plan {
    var random = RandomOperations(seed: 9, qubitCount: qubitCount)
    return try Plan(
      random.operations(count), qubitCount: qubitCount, weightCount: 3, inputCount: 2,
      measuring: .expectations([random.observable(terms: 4)]))
  }

  private func state(
    _ plan: Plan, threads: Int = 1, _ precision: Precision = .double
  ) throws -> StateVector {
    try StateVector(
      running: plan, weights: [0.1, 0.2, 0.3], inputs: [0.4, 0.5], precision: precision,
      policy: .threads(threads))
  }

  @Test("is bit-identical on any number of threads", arguments: Precision.allCases)
  func threads(_ precision: Precision) throws {
    let plan = try random(17, 60)
    let one = try state(plan, precision)
    let observable = PauliSum([
      .init(0.5, PauliString(x: 3, z: 6)), .init(1, PauliString(x: 0, z: 1 << 16)),
    ])
    for count in [2, 3, 8] {
      let many = try state(plan, threads: count, precision)
      #expect(one.amplitudes() == many.amplitudes())
      #expect(try one.expectation(of: observable) == many.expectation(of: observable))
    }
  }

  @Test("starts from zeros whatever memory held", arguments: Precision.allCases)
  func dirtyMemory(_ precision: Precision) throws {
    for touched in [[0], [16], [2, 15], [0, 9, 14, 16], Array(0..<17)] {
      // What a dense state leaves behind is what the next buffer of this size holds.
      _ = try state(random(17, 60), precision).squaredNorm
      let circuit = Circuit(qubits: 17) { for qubit in touched { RY(0.3 + Double(qubit), qubit) } }
      let found = try StateVector(running: circuit, precision: precision)
      var fault = 0.0
      for basis in 0..<(1 << 17) {
        var expected = 1.0
        for qubit in 0..<17 {
          let half = (touched.contains(qubit) ? 0.3 + Double(qubit) : 0) / 2
          expected *= basis >> qubit & 1 == 0 ? .cos(half) : .sin(half)
        }
        let difference = found.amplitude(of: basis) - Complex(expected)
        fault = max(fault, difference.length.isFinite ? difference.length : .infinity)
      }
      // Seventeen factors, each to a few roundings.
      #expect(fault < (precision == .single ? 1e-6 : 1e-14))
    }
  }

  @Test("gives bit-identical gradients on any number of threads", arguments: [5, 16])
  func gradientThreads(_ qubitCount: Int) throws {
    let plan = try random(qubitCount, 50)
    let inputs = (0..<60).map { Double($0) * 0.1 }
    let cotangents = [Double](repeating: 0.7, count: 30)
    func gradients(_ threads: Int) throws -> ([Double], [Double]) {
      let engine = BatchEngine<Double>(plan, policy: .threads(threads))
      var inputGradients = [Double](repeating: 0, count: 60)
      let weights = unsafe try engine.backward(
        weights: [1, 2, 3], inputs: inputs, batch: qubitCount > 12 ? 2 : 30, states: nil,
        cotangents: cotangents, inputGradients: &inputGradients)
      return (weights, inputGradients)
    }
    let one = try gradients(1)
    for count in [2, 3, 5] { #expect(try one == gradients(count)) }
  }

  @Test("has marginals that are sums of its probabilities")
  func marginals() throws {
    let state = try state(random(6, 40))
    let all = state.probabilities()
    #expect(abs(all.reduce(0, +) - 1) < 1e-12)
    let margins = state.probabilities(of: [4, 1])
    for outcome in 0..<4 {
      let expected = all.indices.filter {
        $0 >> 4 & 1 == outcome & 1 && $0 >> 1 & 1 == outcome >> 1
      }
      .reduce(0) { $0 + all[$1] }
      #expect(abs(margins[outcome] - expected) < 1e-14)
    }
  }

  @Test("has the variance of an observable's spectrum")
  func variance() throws {
    let state = try state(random(4, 30))
    let z = PauliSum([.init(1, PauliString(x: 0, z: 0b101))])
    let mean = try state.expectation(of: z)
    #expect(abs(try state.variance(of: z) - (1 - mean * mean)) < 1e-12)
    let sum = PauliSum([.init(1, PauliString(x: 1, z: 0)), .init(0.5, PauliString(x: 0, z: 1))])
    let amplitudes = state.amplitudes()
    let image = sum.terms.reduce(into: [Complex<Double>](repeating: .zero, count: 16)) {
      result, term in
      let part = DenseOperations.apply(term.string, to: amplitudes)
      for index in 0..<16 { result[index] += Complex(term.coefficient) * part[index] }
    }
    let square = image.reduce(0) { $0 + $1.lengthSquared }
    let first = try state.expectation(of: sum)
    #expect(abs(try state.variance(of: sum) - (square - first * first)) < 1e-12)
  }

  /// Pearson's statistic with 15 degrees of freedom passes 44.3 once in 10,000 seeds; the seed is fixed.
  @Test("samples its probabilities, the same for the same seed")
  func samples() throws {
    let state = try state(random(4, 30))
    let shots = 20_000
    let counts = state.counts(shots: shots, seed: 5)
    #expect(counts.values.reduce(0, +) == shots)
    var statistic = 0.0
    for (basis, probability) in state.probabilities().enumerated() {
      let expected = probability * Double(shots)
      statistic +=
        (Double(counts[basis] ?? 0) - expected) * (Double(counts[basis] ?? 0) - expected)
        / expected
    }
    #expect(statistic < 44.3)
    #expect(
      state.samples(shots: 100, seed: 5) == Array(state.samples(shots: 200, seed: 5).prefix(100)))
    #expect(state.samples(shots: 100, seed: 5) != state.samples(shots: 100, seed: 6))
  }

  @Test("names the most probable basis states, in order")
  func mostProbable() throws {
    let state = try state(random(5, 30))
    let all = state.probabilities()
    let expected = all.indices.sorted { (all[$0], $1) > (all[$1], $0) }
    #expect(state.mostProbable(7) == Array(expected.prefix(7)))
    #expect(state.mostProbable(100) == expected)
  }

  @Test("refuses 40 qubits before anything is allocated")
  func budget() throws {
    let plan = try Plan(
      [], qubitCount: 40, weightCount: 0, inputCount: 0, measuring: .expectations([]))
    do {
      let state = try StateVector(running: plan, budget: MemoryBudget(limit: 16 << 30))
      Issue.record("made a state of \(state.qubitCount) qubits")
    } catch {
      guard case .memory(let refusal) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(refusal.needed == 16 << 40)
      #expect("\(error)".hasPrefix("40 qubits in double precision: 16.0 TiB"))
    }
  }

  @Test("says which counts and qubits do not fit")
  func faults() throws {
    let plan = try random(3, 10)
    func error(_ body: () throws(SimulationError) -> Void) -> SimulationError? {
      do throws(SimulationError) {
        try body()
        return nil
      } catch {
        return error
      }
    }
    #expect(
      error { () throws(SimulationError) in
        _ = try StateVector(running: plan, weights: [1], inputs: [1, 2])
      } == .weightCount(found: 1, expected: 3))
    #expect(
      error { () throws(SimulationError) in
        _ = try StateVector(running: plan, weights: [1, 2, 3], inputs: [])
      } == .inputCount(found: 0, expected: 2))
    #expect(
      error { () throws(SimulationError) in
        _ = try StateVector(running: plan, weights: [1, .infinity, 3], inputs: [1, 2])
      } == .angleNotFinite(value: .infinity))
    #expect(
      error { () throws(SimulationError) in
        _ = try Plan(
          [], qubitCount: 2, weightCount: 0, inputCount: 0,
          measuring: .expectations([PauliSum([.init(1, PauliString(x: 4, z: 0))])]))
      } == .qubitOutOfRange(qubit: 2, qubitCount: 2))
    #expect(
      error { () throws(SimulationError) in
        _ = try Plan(
          [], qubitCount: 2, weightCount: 0, inputCount: 0, measuring: .probabilities(of: [1, 1]))
      } == .repeatedQubit(1))
  }
}
