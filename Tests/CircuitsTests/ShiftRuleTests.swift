import Circuits
import ComplexModule
import LinearAlgebra
import RealModule
import TestSupport
import Testing

@Suite("Shift rules") struct ShiftRuleTests {
  static let gates = GateLawTests.gates.filter { $0.parameterCount > 0 }

  private func circuit(_ gate: Gate, controlled: Bool) -> Circuit {
    var circuit = Circuit(qubits: gate.qubitCount + 1)
    circuit.append(
      gate, angles: gate.parameterNames.indices.map { .weight($0) },
      to: Array(1..<(gate.qubitCount + 1)), controls: controlled ? [.off(0)] : [])
    return circuit
  }

  @Test(
    "frequencies are the differences of the generator's eigenvalues", arguments: gates,
    [false, true])
  func frequencies(_ gate: Gate, controlled: Bool) throws {
    let circuit = circuit(gate, controlled: controlled)
    let angles = seededAngles(gate.parameterCount, seed: 3)
    let step = 1e-5
    for parameter in gate.parameterNames.indices {
      let matrices = [step, -step, 0].map { shift in
        var shifted = angles
        shifted[parameter] += shift
        return ReferenceSimulator.matrix(of: circuit, weights: shifted)
      }
      // G = i U' U†, by central differences: good to about 1e-10.
      let generator =
        ((matrices[0] - matrices[1]).scaled(by: Complex(0, 0.5 / step))
          * matrices[2].adjoint())
      let hermitian = (generator + generator.adjoint()).scaled(by: Complex(0.5))
      let values = try hermitian.hermitianEigen().values
      var expected: [Double] = []
      for difference in values.flatMap({ one in values.map { one - $0 } }).sorted()
      where difference > 1e-6 && difference - (expected.last ?? 0) > 1e-6 {
        expected.append(difference)
      }
      guard let found = gate.frequencies(ofParameter: parameter, controlled: controlled) else {
        // The parameter stands in factors that do not commute: there is no constant generator.
        let places = gate.factors.filter {
          $0.angle.derivative(withRespectToWeight: parameter) != 0
        }
        #expect(places.count > 1)
        continue
      }
      try #require(found.count == expected.count)
      for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-6) }
    }
  }

  @Test("the rule differentiates an expectation", arguments: gates, [false, true])
  func derivative(_ gate: Gate, controlled: Bool) throws {
    let circuit = circuit(gate, controlled: controlled)
    let angles = seededAngles(gate.parameterCount, seed: 4)
    let state = seededState(qubits: circuit.qubitCount, seed: 5)
    let observable = PauliSum(
      (0..<circuit.qubitCount).flatMap { qubit in
        [
          PauliSum.Term(Double(qubit + 1), .x(qubit)), PauliSum.Term(-0.7, .z(qubit)),
          PauliSum.Term(0.4, .y(qubit)),
        ]
      })
    for parameter in gate.parameterNames.indices {
      let value = { (angle: Double) -> Double in
        var shifted = angles
        shifted[parameter] = angle
        return ReferenceSimulator.expectation(
          of: observable,
          in: ReferenceSimulator.state(of: circuit, weights: shifted, from: state))
      }
      guard let rule = gate.shiftRule(ofParameter: parameter, controlled: controlled) else {
        #expect(gate.frequencies(ofParameter: parameter, controlled: controlled) == nil)
        continue
      }
      let step = 1e-4
      let place = angles[parameter]
      let near = value(place + step) - value(place - step)
      let far = value(place + 2 * step) - value(place - 2 * step)
      let fourth = (8 * near - far) / (12 * step)
      let found = rule.derivative(of: value, at: angles[parameter])
      // Fourth-order differences of numbers of size 10: about 1e-10.
      #expect(abs(found - fourth) < 1e-9)
    }
  }

  @Test("rotations have two terms, controlled rotations four, others what their spectrum asks")
  func known() throws {
    #expect(Gate.rx.frequencies(ofParameter: 0) == [1])
    #expect(Gate.rx.frequencies(ofParameter: 0, controlled: true) == [0.5, 1])
    #expect(Gate.crx.frequencies(ofParameter: 0) == [0.5, 1])
    #expect(Gate.cp.frequencies(ofParameter: 0) == [1])
    #expect(Gate.fsim.frequencies(ofParameter: 0) == [1, 2])
    #expect(Gate.gphase.frequencies(ofParameter: 0) == [])
    #expect(Gate.r.frequencies(ofParameter: 0) == [1])
    #expect(Gate.r.frequencies(ofParameter: 1) == nil)
    let withoutRule = Gate.all.filter { gate in
      gate.parameterNames.indices.contains { gate.frequencies(ofParameter: $0) == nil }
    }
    #expect(withoutRule == [.r])
    #expect(Gate.gphase.frequencies(ofParameter: 0, controlled: true) == [1])
    let two = try #require(Gate.rx.shiftRule(ofParameter: 0))
    #expect(two.terms.count == 1)
    #expect(abs(two.terms[0].shift - .pi / 2) < rounding)
    #expect(abs(two.terms[0].coefficient - 0.5) < rounding)
    let four = try #require(Gate.crz.shiftRule(ofParameter: 0))
    // ((√2 + 1) / (4√2), π/2) and (-(√2 - 1) / (4√2), 3π/2).
    let root = Double.sqrt(2)
    #expect(abs(four.terms[0].shift - .pi / 2) < rounding)
    #expect(abs(four.terms[1].shift - 3 * .pi / 2) < rounding)
    #expect(abs(four.terms[0].coefficient - (root + 1) / (4 * root)) < rounding)
    #expect(abs(four.terms[1].coefficient + (root - 1) / (4 * root)) < rounding)
  }

  @Test("rules hold for frequencies that are no ladder")
  func unequal() {
    let frequencies = [0.5, 1.25, 2]
    let value = { (x: Double) -> Double in
      frequencies.reduce(0.3) { (sum: Double, frequency: Double) in
        sum + (1 + frequency) * Double.sin(frequency * x + 0.2)
      }
    }
    let exact = frequencies.reduce(0.0) { (sum: Double, frequency: Double) in
      sum + (1 + frequency) * frequency * Double.cos(frequency * 0.8 + 0.2)
    }
    let rule = ShiftRule(frequencies: frequencies)
    #expect(abs(rule.derivative(of: value, at: 0.8) - exact) < rounding)
    #expect(ShiftRule(frequencies: []).derivative(of: value, at: 1) == 0)
  }

  @Test("frequencies that repeat are refused")
  func repeated() async {
    await #expect(processExitsWith: .failure) { _ = ShiftRule(frequencies: [1, 1]) }
  }
}
