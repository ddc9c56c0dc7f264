import Circuits
import Compute
import LinearAlgebra
import RealModule
import Simulation
import TestSupport
import Testing

@Suite("Clifford circuits") struct CliffordTests {
  private func circuit(_ application: GateApplication) -> Circuit {
    var circuit = Circuit(qubits: (application.touchedQubits.max() ?? 0) + 1)
    circuit.append(application)
    return circuit
  }

  private func refusal(_ circuit: Circuit, weights: [Double] = []) -> SimulationError? {
    do throws(SimulationError) {
      try circuit.requireClifford(weights: weights)
      return nil
    } catch {
      return error
    }
  }

  @Test("are recognised by what their gates do to all Pauli matrices, over the whole catalogue")
  func catalogue() {
    var found = 0
    for application in CliffordCatalogue.applications {
      let expected = CliffordCatalogue.isClifford(application)
      #expect(circuit(application).isClifford() == expected, "\(application)")
      if expected { found += 1 }
    }
    // Both kinds are there in numbers.
    #expect(found > 300 && CliffordCatalogue.applications.count - found > 300)
    let gates = CliffordCatalogue.cliffords.joined().filter {
      $0.exponent == 1 && $0.controls.isEmpty
    }.map(\.gate.name)
    #expect(
      Set(Gate.all.map(\.name)).subtracting(gates)
        == [
          "t", "tdg", "sqrtw", "ch", "cs", "csdg", "csx", "sqrtiswap", "ccx", "ccz", "cswap",
        ])
  }

  @Test(
    "are refused at their first gate that is none, with its place, its text and the reason",
    arguments: [
      (
        Circuit(qubits: 2) {
          H(0); T(1); T(0)
        }, 1, "t on qubit 1", "gate t is not Clifford"
      ),
      (
        Circuit(qubits: 5) {
          H(0); Barrier(); RZ(.pi / 3, 4)
        }, 2, "rz(π/3) on qubit 4",
        "angle π/3 is not a multiple of π/2"
      ),
      (
        Circuit(qubits: 2) { CRZ(.pi / 2, 0, 1) }, 0, "crz(π/2) on qubits 0, 1",
        "angle π/2 is not a multiple of π"
      ),
      (
        Circuit(qubits: 2) { U(.pi / 2, .pi, 0.1, 1) }, 0, "u(π/2, π, 0.1) on qubit 1",
        "angle 0.1 is not a multiple of π/2"
      ),
      (
        Circuit(qubits: 3) { X(2, controls: [0, .off(1)]) }, 0, "x on qubit 2 controlled by 0, !1",
        "gate x under 2 controls is not Clifford"
      ),
      (
        Circuit(qubits: 2) { H(0, controls: [1]) }, 0, "h on qubit 0 controlled by 1",
        "gate h under 1 control is not Clifford"
      ),
      (
        Circuit(qubits: 8) { X(7, controls: (0..<7).map { Control($0) }) }, 0,
        "x on qubit 7 controlled by 0, 1, 2, 3, 4, 5, 6",
        "gate x under 7 controls on 8 qubits is not a product of Clifford factors on at most 6"
      ),
      (
        Circuit(qubits: 7) { PauliRotation("XYZXYZX", 0.25) }, 0,
        "rpauli(0.25) on qubits 0, 1, 2, 3, 4, 5, 6", "angle 0.25 is not a multiple of π/2"
      ),
    ])
  func refusals(_ circuit: Circuit, _ place: Int, _ text: String, _ reason: String) {
    let expected = SimulationError.notClifford(instruction: place, text: text, reason: reason)
    #expect(refusal(circuit) == expected)
    #expect("\(expected)" == "instruction \(place), \(text): \(reason)")
    #expect(!circuit.isClifford())
  }

  @Test("are refused at powers that are none") func powers() throws {
    let root = circuit(try S(0).power(0.5))
    #expect(
      refusal(root)
        == .notClifford(
          instruction: 0, text: "s^0.5 on qubit 0",
          reason: "gate s to the power 0.5 is not Clifford"))
    #expect(circuit(try T(0).power(-6)).isClifford())
    #expect(circuit(try Y(0).power(0.5)).isClifford())
  }

  @Test("may have symbolic angles, whose values decide") func symbols() throws {
    let circuit = Circuit(qubits: 1) { RY(.weight(0) * 2, 0) }
    #expect(circuit.isClifford(weights: [.pi / 4]))
    #expect(!circuit.isClifford(weights: [0.3]) && !circuit.isClifford())
    #expect(refusal(circuit) == .weightCount(found: 0, expected: 1))
    #expect(refusal(circuit, weights: [.infinity]) == .angleNotFinite(value: .infinity))
    #expect(
      refusal(circuit, weights: [0.25])
        == .notClifford(
          instruction: 0, text: "ry(2.0*w[0]) on qubit 0",
          reason: "angle 0.5 is not a multiple of π/2"))
    let state = try StabilizerState(running: circuit, weights: [.pi / 4])
    #expect(try state.sign(of: .x(0)) == 1)
  }

  @Test("take angles to 1e-9 and no further") func tolerance() {
    #expect(Circuit(qubits: 1) { RX(.pi / 2 + 5e-10, 0) }.isClifford())
    #expect(!Circuit(qubits: 1) { RX(.pi / 2 + 5e-9, 0) }.isClifford())
    #expect(!Circuit(qubits: 1) { P(2e-9, 0) }.isClifford())
  }

  @Test("may hold rotations about long Pauli strings and unitary matrices") func longStrings()
    throws
  {
    var random = RandomCliffordCircuits(seed: 31, qubitCount: 9)
    for quarters in [-3, -1, 1, 2, 3, 4, 7] {
      var circuit = random.circuit(gates: 20)
      circuit.append(PauliRotation("XYZZIXYXY", Angle(Double(quarters) * .pi / 2)))
      circuit.append(PauliRotation("ZZZXXXYII", Angle(Double(quarters) * .pi / 2)))
      circuit.append(
        try Gate.unitary(Gate.ecr.matrix() * Gate.iswap.matrix()), to: [8, 2])
      let state = try StabilizerState(running: circuit)
      let dense = ReferenceSimulator.state(of: circuit)
      for generator in state.generators {
        let string = try PauliString(String(generator.dropFirst()))
        let value = ReferenceSimulator.expectation(of: PauliSum(string), in: dense)
        #expect(abs(value - (generator.hasPrefix("-") ? -1 : 1)) < 1e-9)
      }
    }
  }

  @Test("of more than 63 qubits are refused by engines that keep amplitudes") func amplitudes() {
    var circuit = Circuit(qubits: 64)
    circuit.cx(0, 63)
    circuit.append(X(63, controls: [.off(62)]))
    #expect(throws: SimulationError.tooManyQubits(found: 64, limit: 63)) {
      _ = try Plan(circuit, measuring: .expectations([]))
    }
    var found: SimulationError?
    do throws(SimulationError) {
      _ = try StateVector(running: circuit)
    } catch {
      found = error
    }
    #expect(found == .tooManyQubits(found: 64, limit: 63))
    #expect("\(SimulationError.tooManyQubits(found: 64, limit: 63))".contains("StabilizerState"))
    #expect(circuit.isClifford())
  }
}
