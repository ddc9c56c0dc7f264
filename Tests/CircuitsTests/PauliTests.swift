import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import TestSupport
import Testing

@Suite("Pauli strings and sums") struct PauliTests {
  /// Every string of two qubits.
  private let strings = (0..<4 as Range<UInt64>).flatMap { x in
    (0..<4 as Range<UInt64>).map { PauliString(x: x, z: $0) }
  }

  private func matrix(_ sum: PauliSum, _ count: Int = 2) -> ComplexMatrix {
    ReferenceSimulator.matrix(of: sum, qubitCount: count)
  }

  @Test("products of strings agree with dense matrices")
  func products() {
    for one in strings {
      for other in strings {
        let (string, power) = one.multiplied(by: other)
        let phase: [Complex<Double>] = [1, .i, -1, -.i]
        let expected = matrix(PauliSum(one)) * matrix(PauliSum(other))
        let found = matrix(PauliSum(string)).scaled(by: phase[power])
        #expect(found.maximumDifference(from: expected) == 0)
        let commutator = expected - matrix(PauliSum(other)) * matrix(PauliSum(one))
        #expect(
          one.commutes(with: other)
            == (commutator.maximumDifference(from: expected - expected) == 0))
      }
    }
  }

  @Test("letters are read with qubit 0 rightmost")
  func letters() throws {
    #expect(PauliString("XIZ") == PauliString(x: 0b100, z: 0b001))
    #expect(PauliString("YI") == .y(1))
    #expect(PauliString("") == .identity && PauliString("II") == .identity)
    for string in strings {
      let text = string.letters(count: 3)
      #expect(try PauliString(text) == string)
    }
    #expect(PauliString("XIZ").letters(count: 4) == "IXIZ")
    #expect("\(PauliString("XIZ"))" == "Z0*X2" && "\(PauliString.identity)" == "I")
    let text = "XQZ"
    #expect(
      throws: ObservableParseError(
        text: "XQZ", offset: 1,
        reason: .unexpected(found: "'Q'", expected: "one of I, X, Y and Z"))
    ) { try PauliString(text) }
    let long = String(repeating: "I", count: 64)
    #expect(throws: ObservableParseError.self) { try PauliString(long) }
  }

  @Test("qubits move to other places")
  func mapping() {
    let string: PauliString = "XYZ"
    #expect(string.mapped(to: [4, 0, 2]) == PauliString(x: 0b101, z: 0b10001))
    #expect(string.qubits == [0, 1, 2] && string.weight == 3 && string.qubitCount == 3)
    #expect(string[0] == .z && string[1] == .y && string[2] == .x && string[3] == nil)
  }

  /// A sum of all strings of two qubits with coefficients drawn once per seed.
  private func seededSum(_ seed: UInt64) -> PauliSum {
    var stream = RandomStream(seed: seed, purpose: .general)
    return PauliSum(strings.map { PauliSum.Term(stream.nextNormal(), $0) })
  }

  @Test("sums, products and squares agree with dense matrices")
  func sums() {
    for seed in 1...10 as ClosedRange<UInt64> {
      let (one, other) = (seededSum(seed), seededSum(seed + 100))
      let (a, b) = (matrix(one), matrix(other))
      #expect(matrix(one + other).maximumDifference(from: a + b) < rounding)
      #expect(matrix(one - other).maximumDifference(from: a - b) < rounding)
      #expect(matrix(-0.5 * one).maximumDifference(from: a.scaled(by: Complex(-0.5))) < rounding)
      let (real, imaginary) = one.multiplied(by: other)
      let product = matrix(real) + matrix(imaginary).scaled(by: .i)
      #expect(product.maximumDifference(from: a * b) < rounding)
      #expect(matrix(one.squared()).maximumDifference(from: a * a) < rounding)
      #expect(matrix(one * one).maximumDifference(from: a * a) < 1e-11)
    }
  }

  @Test("sums are canonical")
  func canonical() {
    #expect(.z(0) + .x(1) == .x(1) + .z(0) as PauliSum)
    #expect(PauliSum.z(0) - .z(0) == .zero && PauliSum.zero.terms.isEmpty)
    #expect(PauliSum.z(0) * .z(0) == .identity)
    #expect(PauliSum.z(0) * .z(1) == PauliSum(PauliString("ZZ")))
    #expect(PauliSum.z(0) + 2 - 2 == .z(0))
    #expect((2 * PauliSum.z(3) - .x(1)).coefficientNorm == 3)
    #expect((2 * PauliSum.z(3) - .x(1)).qubitCount == 4)
  }

  @Test("a product that is not Hermitian traps")
  func notHermitian() async {
    await #expect(processExitsWith: .failure) { _ = PauliSum.x(0) * .y(0) }
    await #expect(processExitsWith: .failure) { _ = PauliString(x: 1 << 63, z: 0) }
    await #expect(processExitsWith: .failure) { _ = "XQ" as PauliString }
  }
}
