import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import RealModule
import TestSupport
import Testing

@Suite("Observables given as matrices") struct ObservableTests {
  /// A Hermitian matrix with normal entries, drawn once per seed.
  private func hermitian(_ qubits: Int, seed: UInt64) -> ComplexMatrix {
    var stream = RandomStream(seed: seed, purpose: .general, index: UInt64(qubits))
    let size = 1 << qubits
    let a = ComplexMatrix(
      rows: size, columns: size,
      elements: (0..<(size * size)).map { _ in Complex(stream.nextNormal(), stream.nextNormal()) })
    return a + a.adjoint()
  }

  /// ⟨ψ|H|ψ⟩ for a matrix on some qubits, by the definition.
  private func expectation(
    of matrix: ComplexMatrix, on qubits: [Int], in state: [Complex<Double>]
  ) -> Double {
    var sum = Complex<Double>.zero
    for basis in state.indices {
      let row = qubits.enumerated().reduce(0) { $0 + (basis / (1 << $1.element) % 2) << $1.offset }
      let rest = qubits.reduce(basis) { $0 - ($0 / (1 << $1) % 2) << $1 }
      for column in 0..<matrix.columns {
        let other = qubits.enumerated().reduce(rest) {
          $0 + (column / (1 << $1.offset) % 2) << $1.element
        }
        sum += state[basis].conjugate * matrix[row, column] * state[other]
      }
    }
    return sum.real
  }

  @Test("a Hermitian matrix has the expectation values of its matrix, on any qubits in any order")
  func matrices() throws {
    let places = [
      [], [3], [4, 1], [0, 2, 1], [5, 0, 3, 2], [1, 4, 2, 0, 5], [5, 4, 3, 2, 1, 0],
    ]
    for qubits in places {
      let matrix = hermitian(qubits.count, seed: 3)
      let observable = try PauliSum(hermitian: matrix, on: qubits)
      #expect(observable.terms.count == 1 << (2 * qubits.count))
      for seed in 1...3 as ClosedRange<UInt64> {
        let state = seededState(qubits: 6, seed: seed)
        let found = DenseOperations.expectation(of: observable, in: state)
        let expected = expectation(of: matrix, on: qubits, in: state)
        #expect(abs(found - expected) < rounding * 10, "\(qubits)")
      }
    }
  }

  @Test("each coefficient is the trace of the string times the matrix")
  func traces() throws {
    let matrix = hermitian(3, seed: 4)
    let observable = try PauliSum(hermitian: matrix, on: [0, 1, 2])
    for term in observable.terms {
      let string = ReferenceSimulator.matrix(of: PauliSum(term.string), qubitCount: 3)
      #expect(abs((string * matrix).trace.real / 8 - term.coefficient) < rounding)
    }
  }

  @Test("rounding leaves no strings behind")
  func sparse() throws {
    let swap = try PauliSum(hermitian: Gate.swap.matrix(), on: [5, 2])
    #expect(
      swap == 0.5
        * (.identity + PauliSum.x(2) * .x(5) + PauliSum.y(2) * .y(5) + PauliSum.z(2) * .z(5)))
    let sum = 0.1 * PauliSum.x(0) * .z(2) + 0.7 * .y(1) - 0.3 * .z(3) + 1.0 / 3
    let again = try PauliSum(
      hermitian: ReferenceSimulator.matrix(of: sum, qubitCount: 4), on: [0, 1, 2, 3])
    #expect(again.terms.map(\.string) == sum.terms.map(\.string))
    for (one, other) in zip(again.terms, sum.terms) {
      #expect(abs(one.coefficient - other.coefficient) < 1e-15)
    }
    #expect(try PauliSum(hermitian: ComplexMatrix(zeros: 4, 4), on: [0, 1]) == .zero)
  }

  @Test("a projector's expectation value is the probability of its basis state")
  func projectors() throws {
    for qubits in [[], [2], [3, 0], [1, 4, 2], [0, 1, 2, 3, 4]] {
      for basis in 0..<(1 << qubits.count) {
        let projector = try PauliSum.projector(onto: basis, of: qubits)
        let state = seededState(qubits: 5, seed: 9)
        let probability = state.enumerated().reduce(0.0) { sum, pair in
          let outcome = qubits.enumerated().reduce(0) {
            $0 + (pair.offset / (1 << $1.element) % 2) << $1.offset
          }
          return outcome == basis ? sum + pair.element.lengthSquared : sum
        }
        let found = DenseOperations.expectation(of: projector, in: state)
        #expect(abs(found - probability) < rounding)
        #expect(projector.squared() == projector)
      }
    }
  }

  @Test("products of many strings agree with products of matrices")
  func products() throws {
    // Some 200 strings by 200 on 4 and 5 qubits: formed over the bits that they exchange.
    for (qubitCount, count) in [(4, 200), (5, 250), (4, 12)] {
      var random = RandomOperations(seed: 21, qubitCount: qubitCount)
      for _ in 0..<3 {
        let (one, other) = (random.observable(terms: count), random.observable(terms: count))
        let a = ReferenceSimulator.matrix(of: one, qubitCount: qubitCount)
        let b = ReferenceSimulator.matrix(of: other, qubitCount: qubitCount)
        let (real, imaginary) = one.multiplied(by: other)
        let product =
          ReferenceSimulator.matrix(of: real, qubitCount: qubitCount)
          + ReferenceSimulator.matrix(of: imaginary, qubitCount: qubitCount).scaled(by: .i)
        // Entries up to a hundred.
        #expect(product.maximumDifference(from: a * b) < 100 * rounding)
        let square = ReferenceSimulator.matrix(of: one.squared(), qubitCount: qubitCount)
        #expect(square.maximumDifference(from: a * a) < 100 * rounding)
      }
    }
    let wide = try PauliSum.projector(onto: 0b10_0110_1101, of: [11, 3, 7, 0, 1, 2, 9, 8, 5, 4])
    let square = wide.squared()
    #expect(square.terms.map(\.string) == wide.terms.map(\.string))
    #expect(
      zip(square.terms, wide.terms).allSatisfy { abs($0.coefficient - $1.coefficient) < 1e-15 })
  }

  @Test("what is no observable is refused with what was found")
  func faults() {
    let skew = ComplexMatrix([[1, 1], [Complex(0.5), 1]])
    #expect(throws: ObservableError.notHermitian(deviation: 0.5, tolerance: 1e-10)) {
      try PauliSum(hermitian: skew, on: [0])
    }
    #expect(throws: ObservableError.matrixSize(rows: 2, columns: 2, qubits: 2)) {
      try PauliSum(hermitian: skew, on: [0, 1])
    }
    #expect(throws: ObservableError.repeatedQubit(3)) {
      try PauliSum(hermitian: Gate.swap.matrix(), on: [3, 3])
    }
    #expect(throws: ObservableError.qubitOutOfRange(qubit: 63, limit: 63)) {
      try PauliSum(hermitian: Gate.x.matrix(), on: [63])
    }
    #expect(throws: ObservableError.tooManyQubits(found: 9, limit: 8)) {
      try PauliSum(hermitian: .identity(512), on: Array(0..<9))
    }
    let infinite = ComplexMatrix([[1, 0], [0, Complex(.infinity)]])
    #expect(throws: ObservableError.entryNotFinite(row: 1, column: 1)) {
      try PauliSum(hermitian: infinite, on: [0])
    }
    #expect(throws: ObservableError.basisState(found: 4, qubits: 2)) {
      try PauliSum.projector(onto: 4, of: [0, 1])
    }
  }
}
