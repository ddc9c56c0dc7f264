import Circuits
import Testing

@Suite("Templates") struct TemplateTests {
  @Test("angle encoding reads one input a qubit")
  func encoding() {
    let circuit = Circuit(qubits: 3) {
      AngleEncoding(.y)
      AngleEncoding(.z, qubits: [2, 0], inputsFrom: 5)
    }
    let expected = Circuit(qubits: 3) {
      for qubit in 0..<3 { RY(.input(qubit), qubit) }
      RZ(.input(5), 2)
      RZ(.input(6), 0)
    }
    #expect(circuit == expected && circuit.inputCount == 7 && circuit.weightCount == 0)
  }

  @Test("strongly entangling layers are PennyLane's")
  func stronglyEntangling() {
    let template = StronglyEntanglingLayers(depth: 3)
    let circuit = Circuit(qubits: 4) { template }
    #expect(template.weightShape(qubits: 4) == [3, 4, 3])
    #expect(circuit.weightCount == 36)
    // Layer 1 begins at weight 12 and has range 2; layer 2 has range 3.
    let gates = circuit.gates
    #expect(gates[0] == RZ(.weight(0), 0) && gates[1] == RY(.weight(1), 0))
    #expect(gates[2] == RZ(.weight(2), 0) && gates[3] == RZ(.weight(3), 1))
    #expect(gates[12] == CX(0, 1) && gates[15] == CX(3, 0))
    #expect(gates[16] == RZ(.weight(12), 0))
    #expect(gates[28] == CX(0, 2) && gates[31] == CX(3, 1))
    #expect(gates[44] == CX(0, 3) && gates[47] == CX(3, 2))
    #expect(gates.count == 48)
    #expect(Circuit(qubits: 1) { StronglyEntanglingLayers(depth: 2) }.gates.count == 6)
    // Two qubits: the range is always 1, and both CNOTs are there.
    #expect(
      Circuit(qubits: 2) { StronglyEntanglingLayers(depth: 2) }.gates.filter { $0.gate == .cx }
        == [CX(0, 1), CX(1, 0), CX(0, 1), CX(1, 0)])
  }

  @Test("basic entangling layers are PennyLane's")
  func basicEntangling() {
    let circuit = Circuit(qubits: 3) { BasicEntanglingLayers(depth: 2) }
    let expected = Circuit(qubits: 3) {
      for layer in 0..<2 {
        for qubit in 0..<3 { RX(.weight(3 * layer + qubit), qubit) }
        CX(0, 1)
        CX(1, 2)
        CX(2, 0)
      }
    }
    #expect(circuit == expected)
    #expect(BasicEntanglingLayers(depth: 2).weightShape(qubits: 3) == [2, 3])
    #expect(
      Circuit(qubits: 2) { BasicEntanglingLayers(depth: 1, axis: .y) }
        == Circuit(qubits: 2) {
          RY(.weight(0), 0)
          RY(.weight(1), 1)
          CX(0, 1)
        })
  }

  @Test("weights are allotted in order of appearance")
  func allotment() {
    let circuit = Circuit(qubits: 2) {
      AngleEncoding(.x)
      BasicEntanglingLayers(depth: 1)
      HardwareEfficient(depth: 1)
      DataReuploading(depth: 2)
    }
    #expect(circuit.weightCount == 2 + 8 + 12 && circuit.inputCount == 2)
    let first = circuit.gates.map(\.angles).filter { $0.contains { $0.weightCount > 0 } }
    #expect(first == (0..<22).map { [.weight($0)] })
    #expect(HardwareEfficient(depth: 1).weightShape(qubits: 2) == [2, 2, 2])
    #expect(DataReuploading(depth: 2).weightShape(qubits: 2) == [2, 2, 3])
  }

  @Test("data re-uploading repeats the encoding before each layer")
  func reuploading() {
    let circuit = Circuit(qubits: 3) { DataReuploading(depth: 2, axis: .z, qubits: [0, 2]) }
    let encodings = circuit.gates.filter { $0.angles.contains { $0.inputCount > 0 } }
    #expect(encodings == [RZ(.input(0), 0), RZ(.input(1), 2), RZ(.input(0), 0), RZ(.input(1), 2)])
    #expect(circuit.gates.filter { $0.gate == .cx } == [CX(0, 2), CX(2, 0), CX(0, 2), CX(2, 0)])
  }

  @Test("the ZZ feature map has products of inputs")
  func featureMap() {
    let circuit = ZZFeatureMap(qubits: 2, repetitions: 1).circuit
    let expected = Circuit(qubits: 2) {
      H(0)
      H(1)
      P(2 * .input(0), 0)
      P(2 * .input(1), 1)
      CX(0, 1)
      P(2 * (.pi - .input(0)) * (.pi - .input(1)), 1)
      CX(0, 1)
    }
    #expect(circuit == expected && circuit.inputCount == 2)
  }

  @Test("pairs of each entanglement")
  func pairs() {
    func texts(_ entanglement: Entanglement, _ count: Int) -> [String] {
      entanglement.pairs(count: count).map { "\($0)\($1)" }
    }
    #expect(texts(.linear, 4) == ["01", "12", "23"])
    #expect(texts(.reverseLinear, 4) == ["23", "12", "01"])
    #expect(texts(.ring, 3) == ["01", "12", "20"] && texts(.ring, 2) == ["01"])
    #expect(texts(.full, 4) == ["01", "02", "03", "12", "13", "23"])
    for entanglement in Entanglement.allCases {
      #expect(texts(entanglement, 0).isEmpty && texts(entanglement, 1).isEmpty)
    }
  }
}
