import Circuits
import ComplexModule
import LinearAlgebra
import TestSupport
import Testing

@Suite("Gate laws") struct GateLawTests {
  private static let rotations: [Gate] = ["X", "YZ", "XIZ", "ZYX"].map { .pauliRotation($0) }
  static let gates = Gate.all + rotations

  @Test("the matrix is unitary at random angles", arguments: gates)
  func isUnitary(_ gate: Gate) {
    for seed in 1...3 as ClosedRange<UInt64> {
      let matrix = gate.matrix(seededAngles(gate.parameterCount, seed: seed))
      #expect(matrix.rows == 1 << gate.qubitCount)
      #expect(matrix.isUnitary(within: rounding))
    }
  }

  @Test("the factors multiply to the matrix", arguments: gates)
  func factorsGiveMatrix(_ gate: Gate) {
    let angles = seededAngles(gate.parameterCount, seed: 7)
    let application = GateApplication(
      gate, angles: angles.map { Angle($0) }, on: Array(0..<gate.qubitCount))
    let product = dense(application.lowered(), qubitCount: gate.qubitCount)
    #expect(product.maximumDifference(from: gate.matrix(angles)) < rounding)
  }

  @Test("the factors act under controls on other qubits as the matrix does", arguments: gates)
  func factorsGiveControlledMatrix(_ gate: Gate) {
    let angles = seededAngles(gate.parameterCount, seed: 8).map { Angle($0) }
    // Controls below and above, on 1 and on 0; the gate's own qubits in reverse.
    let qubits = Array((1...max(gate.qubitCount, 1)).reversed().prefix(gate.qubitCount))
    let last = gate.qubitCount + 1
    for controls: [Control] in [[0], [.off(0)], [.on(0), .off(last)]] {
      var circuit = Circuit(qubits: last + 1)
      circuit.append(gate, angles: angles, to: qubits, controls: controls)
      let product = dense(circuit.lowered(), qubitCount: last + 1)
      let expected = ReferenceSimulator.matrix(of: circuit)
      #expect(product.maximumDifference(from: expected) < rounding)
    }
  }

  @Test("the inverse undoes the gate", arguments: gates)
  func inverseUndoes(_ gate: Gate) {
    let angles = seededAngles(gate.parameterCount, seed: 9).map { Angle($0) }
    var circuit = Circuit(qubits: gate.qubitCount)
    circuit.append(gate, angles: angles, to: Array(0..<gate.qubitCount))
    let inverse = circuit.inverse()
    var both = circuit
    both.append(inverse)
    let identity = ComplexMatrix.identity(1 << gate.qubitCount)
    #expect(ReferenceSimulator.matrix(of: both).maximumDifference(from: identity) < rounding)
    #expect(
      dense(both.lowered(), qubitCount: gate.qubitCount).maximumDifference(from: identity)
        < rounding)
  }

  @Test("an integer power is a repetition, for symbols too", arguments: gates)
  func integerPowers(_ gate: Gate) throws {
    let values = seededAngles(gate.parameterCount, seed: 10)
    let symbols = values.indices.map { Angle.weight($0) }
    let application = GateApplication(gate, angles: symbols, on: Array(0..<gate.qubitCount))
    let once = gate.matrix(values)
    for exponent in [-2, -1, 0, 1, 2, 3] {
      let power = try application.power(Double(exponent)).bound(weights: values, inputs: [])
      let product = dense(power.lowered(), qubitCount: gate.qubitCount)
      let factor = exponent < 0 ? once.adjoint() : once
      let expected = (0..<abs(exponent)).reduce(ComplexMatrix.identity(once.rows)) { power, _ in
        power * factor
      }
      #expect(product.maximumDifference(from: expected) < rounding)
    }
  }

  @Test("a fractional power is the principal one", arguments: gates, [0.5, -0.3, 1.7])
  func fractionalPowers(_ gate: Gate, exponent: Double) throws {
    for seed in 11...13 as ClosedRange<UInt64> {
      let values = seededAngles(gate.parameterCount, seed: seed)
      let application = GateApplication(
        gate, angles: values.map { Angle($0) }, on: Array(0..<gate.qubitCount))
      let power = try application.power(exponent)
      let expected = try gate.matrix(values).unitaryPower(exponent)
      let product = dense(power.lowered(), qubitCount: gate.qubitCount)
      // The eigenvectors come from LAPACK, to about 1e-14; eigenvalues may nearly repeat.
      #expect(product.maximumDifference(from: expected) < 1e-10)
      // The inverse of the power takes it back.
      let back = dense(power.lowered() + power.inverse().lowered(), qubitCount: gate.qubitCount)
      #expect(back.maximumDifference(from: .identity(1 << gate.qubitCount)) < 1e-10)
    }
  }

  @Test("the record reads well", arguments: gates)
  func records(_ gate: Gate) {
    #expect(!gate.summary.isEmpty && gate.summary.hasSuffix(".") && !gate.symbol.isEmpty)
    #expect(gate.controlCount <= gate.qubitCount)
    #expect(Set(gate.parameterNames).count == gate.parameterCount)
    for factor in gate.factors {
      #expect(factor.angle.inputCount == 0 && factor.angle.weightCount <= gate.parameterCount)
      #expect(factor.angle.terms.allSatisfy { $0.degree <= 1 })
      #expect((factor.targetMask | factor.controls.mask) >> UInt64(gate.qubitCount) == 0)
    }
  }

  @Test("names are found and do not repeat")
  func names() {
    #expect(Set(Gate.all.map(\.name)).count == Gate.all.count)
    for gate in Gate.all { #expect(Gate.named(gate.name) == gate) }
    #expect(Gate.named("hh") == nil)
    for format in CircuitFormat.allCases {
      let names = Gate.all.flatMap(\.aliases).filter { $0.format == format }.map(\.name)
      #expect(Set(names).count == names.count)
    }
  }
}
