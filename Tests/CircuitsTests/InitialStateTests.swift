import Circuits
import ComplexModule
import Testing

@Suite("Initial states of circuits") struct InitialStateTests {
  private let embedded = Circuit(qubits: 3) {
    H(1)
    AmplitudeEmbedding(qubits: [2, 0], inputs: 3, paddedWith: 0.5, inputsFrom: 4)
    RX(.weight(0), 2)
  }

  @Test("are part of a circuit, and go where it goes")
  func composition() throws {
    let state = try #require(embedded.initialState)
    #expect(state.qubits == [2, 0] && state.source == .inputs(4..<7, padding: 0.5))
    #expect(embedded.inputCount == 7 && embedded.gates.count == 2)
    let plain = Circuit(qubits: 3) {
      H(1)
      RX(.weight(0), 2)
    }
    #expect(plain != embedded && Set([plain, embedded, embedded]).count == 2)

    #expect(Circuit(qubits: 4) { embedded }.initialState == state)
    #expect(Circuit(qubits: 4) { embedded.placed(on: [3, 1, 0]) }.initialState?.qubits == [0, 3])
    let moved = embedded.renumbered(weightsFrom: 1, inputsFrom: 2)
    #expect(moved.initialState?.source == .inputs(6..<9, padding: 0.5) && moved.inputCount == 9)
    var measured = embedded
    measured.measureAll()
    let unmeasured = measured.withoutMeasurements()
    #expect(unmeasured.initialState == state && unmeasured.gates == embedded.gates)
    var noise = NoiseModel()
    noise.add(try .bitFlip(0.1), after: nil)
    #expect(try noise.applied(to: embedded).initialState == state)
  }

  @Test("have the amplitudes of the inputs, over their norm with the padding")
  func amplitudes() throws {
    let bound = embedded.bound(weights: [0], inputs: [9, 9, 9, 9, 1, -0.5, 3.5])
    let state = try #require(bound.initialState)
    guard case .amplitudes(let amplitudes) = state.source else {
      Issue.record("found \(state.source)")
      return
    }
    // The squares 1, 0.25, 12.25 and 0.25 are 13.75 in all.
    let norm = 13.75.squareRoot()
    for (found, expected) in zip(amplitudes, [1, -0.5, 3.5, 0.5]) {
      #expect((found - Complex(expected / norm)).length < 1e-15)
    }
    #expect(bound.inputCount == 0 && amplitudes.count == 4)
  }

  @Test("are refused where they do not fit")
  func faults() throws {
    #expect(throws: CircuitError.amplitudeCount(found: 5, expected: 4)) {
      try InitialState(inputs: 0..<5, on: [0, 1])
    }
    #expect(throws: CircuitError.amplitudeCount(found: 0, expected: 4)) {
      try InitialState(inputs: 0..<0, on: [0, 1])
    }
    #expect(throws: CircuitError.amplitudeCount(found: 2, expected: 4)) {
      try InitialState(amplitudes: [.one, .zero], on: [0, 1])
    }
    #expect(throws: CircuitError.amplitudeNorm(found: 0.5)) {
      try InitialState(amplitudes: [Complex(0.5), .zero], on: [0])
    }
    #expect(throws: CircuitError.amplitudeNorm(found: 0)) {
      try InitialState(amplitudes: [.zero, .zero], on: [0], normalizing: true)
    }
    #expect(throws: CircuitError.repeatedQubit(instruction: "initial state", qubit: 1)) {
      try InitialState(inputs: 0..<4, on: [1, 1])
    }
    var circuit = embedded
    #expect(throws: CircuitError.secondInitialState) {
      try circuit.prepare(checking: InitialState(inputs: 0..<2, on: [1]))
    }
    circuit = Circuit(qubits: 2) { RX(.weight(0), 1) }
    let late = try InitialState(inputs: 0..<2, on: [1])
    #expect(throws: CircuitError.initialStateTooLate(qubit: 1)) {
      try circuit.prepare(checking: late)
    }
    #expect(
      throws: CircuitError.qubitOutOfRange(instruction: "initial state", qubit: 2, qubitCount: 2)
    ) { try circuit.prepare(checking: InitialState(inputs: 0..<2, on: [2])) }
    #expect(circuit.initialState == nil)
  }

  @Test("have neither inverse nor power nor controls")
  func notUnitary() async {
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { AmplitudeEmbedding() }.inverse()
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { AmplitudeEmbedding() }.power(2)
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { AmplitudeEmbedding() }.controlled(by: [Control(1)])
    }
    await #expect(processExitsWith: .failure) {
      _ = Circuit(qubits: 1) { AmplitudeEmbedding(inputs: 3) }
    }
  }
}
