import Circuits
import ComplexModule
import Compute
import Simulation
import TestSupport
import Testing

@Suite("StabilizerTableau") struct StabilizerTableauTests {
  /// The state after a qubit was found in `outcome`, normalised, and the probability of that.
  private func projected(
    _ state: [Complex<Double>], _ qubit: Int, _ outcome: Bool
  ) -> (state: [Complex<Double>], probability: Double) {
    let kept = state.enumerated().map { (($0 >> qubit) % 2 == 1) == outcome ? $1 : .zero }
    let probability = kept.reduce(0) { $0 + $1.lengthSquared }
    return (kept.map { $0 / Complex(probability.squareRoot()) }, probability)
  }

  @Test("measures in the middle of a circuit as the dense state does", arguments: 1...7)
  func measurements(_ qubitCount: Int) throws {
    var random = RandomCliffordCircuits(seed: 21, qubitCount: qubitCount)
    var draws = RandomStream(seed: 5, purpose: RandomPurpose("measurement test"))
    var certain = 0
    var open = 0
    for _ in 0..<15 {
      var tableau = StabilizerTableau(qubitCount)
      var dense = ReferenceSimulator.state(of: Circuit(qubits: qubitCount))
      for _ in 0..<6 {
        let circuit = random.circuit(gates: 2 * qubitCount)
        tableau.apply(try CliffordProgram(circuit, weights: [], inputs: []))
        dense = ReferenceSimulator.state(of: circuit, from: dense)
        for _ in 0..<2 {
          let qubit = random.below(qubitCount)
          let known = tableau.outcome(of: qubit)
          let outcome = tableau.measure(qubit, using: &draws)
          let (after, probability) = projected(dense, qubit, outcome)
          #expect(abs(probability - (known == nil ? 0.5 : 1)) < 1e-9)
          #expect(known == nil || known == outcome)
          #expect(tableau.outcome(of: qubit) == outcome)
          if known == nil { open += 1 } else { certain += 1 }
          dense = after
        }
        for _ in 0..<10 {
          let string = random.string()
          let expected = ReferenceSimulator.expectation(of: PauliSum(string), in: dense)
          #expect(abs(Double(tableau.expectation(of: string)) - expected) < 1e-9)
        }
      }
    }
    #expect(certain > 10 && open > 10)
  }

  /// Five deviations of 2000 tosses are 112.
  @Test("tosses a fair coin for an outcome that is open") func fairness() throws {
    let hadamard = try CliffordProgram(Circuit(qubits: 2) { H(1) }, weights: [], inputs: [])
    var draws = RandomStream(seed: 8, purpose: RandomPurpose("measurement test"))
    var ones = 0
    for _ in 0..<2000 {
      var tableau = StabilizerTableau(2)
      tableau.apply(hadamard)
      if tableau.measure(1, using: &draws) { ones += 1 }
    }
    #expect(abs(ones - 1000) < 112)
  }

  @Test("is a product of its images for every map") func images() throws {
    for forms in CliffordCatalogue.cliffords {
      for form in forms where form.controls.isEmpty {
        guard let map = CliffordMap(ReferenceSimulator.matrix(of: form)) else {
          Issue.record("\(form)")
          continue
        }
        // The steps take each generator's bits to its image's.
        let count = map.qubitCount
        for (generator, image) in map.images.enumerated() {
          var bits = (0..<(2 * count)).map { $0 == generator }
          for step in map.bitSteps {
            switch step {
            case .add(let source, let target): bits[target] = bits[target] != bits[source]
            case .exchange(let first, let second): bits.swapAt(first, second)
            }
          }
          for qubit in 0..<count {
            #expect(bits[qubit] == (image.x >> UInt64(qubit) & 1 == 1))
            #expect(bits[count + qubit] == (image.z >> UInt64(qubit) & 1 == 1))
          }
        }
      }
    }
  }
}

@Suite("BitString") struct BitStringTests {
  @Test("reads and writes text, numbers and bits, qubit 0 rightmost and first") func forms() {
    let string = BitString("0110010")
    #expect(string?.description == "0110010")
    #expect(string?.basis == 50 && string?.count == 7 && string?.onesCount == 3)
    #expect(string?.bits == [false, true, false, false, true, true, false])
    #expect(string == BitString(basis: 50, count: 7))
    #expect(BitString("01 1") == nil && BitString("2") == nil)
    #expect(BitString("")?.description.isEmpty == true)
    var long = BitString([Bool](repeating: false, count: 130))
    long[129] = true
    #expect(long.basis == nil && long.description.hasPrefix("10") && long.onesCount == 1)
    long[129] = false
    long[62] = true
    #expect(long.basis == 1 << 62)
    long[63] = true
    #expect(long.basis == nil)
  }

  @Test("are ordered by length and number") func order() {
    let texts = ["11", "000", "001", "010", "110"]
    let strings = texts.compactMap { BitString($0) }
    #expect(strings.shuffled().sorted() == strings)
  }

  @Test("trap at bits that are not there") func traps() async {
    await #expect(processExitsWith: .failure) { _ = BitString(basis: 8, count: 3) }
    await #expect(processExitsWith: .failure) { _ = BitString([true])[1] }
  }
}
