import Arrays
import CArrayKernels
import ComplexModule
import Compute
import Foundation
import RealModule
import Testing

@Suite("Kernels of complex numbers")
struct ComplexKernelTests {
  private func values(_ count: Int, seed: UInt64) -> [Complex<Double>] {
    let parts = numbers(Double.self, 2 * count, in: -2...2, seed: seed)
    return (0..<count).map { Complex(parts[2 * $0], parts[2 * $0 + 1]) }
  }

  private func single(_ values: [Complex<Double>]) -> [Complex<Float>] {
    values.map { Complex(Float($0.real), Float($0.imaginary)) }
  }

  /// A few units in the last place of the modulus.
  private func isClose(_ a: Complex<Double>, _ b: Complex<Double>, _ unit: Double) -> Bool {
    (a - b).length <= 8 * unit * max(b.length, 1e-3)
  }

  static let unary: [(hk_unary, @Sendable (Complex<Double>) -> Complex<Double>)] = [
    (.negate, { -$0 }), (.conjugate, { $0.conjugate }), (.exp, { .exp($0) }),
    (.log, { .log($0) }), (.sqrt, { .sqrt($0) }), (.sin, { .sin($0) }), (.cos, { .cos($0) }),
    (.tanh, { .tanh($0) }),
  ]

  @Test("functions agree with swift-numerics", arguments: 0..<8)
  func functions(_ number: Int) {
    let (operation, reference) = Self.unary[number]
    for table in ArrayKernelTable.all {
      for count in [1, 5, 33] {
        let x = values(count, seed: 2)
        let narrow = single(x)
        var y = x
        var z = narrow
        unsafe hk_run_unary(table.table, operation, .complex128, x, &y, Int64(count))
        unsafe hk_run_unary(table.table, operation, .complex64, narrow, &z, Int64(count))
        for place in 0..<count {
          #expect(isClose(y[place], reference(x[place]), .ulpOfOne), "\(table.name)")
          let wide = Complex(Double(narrow[place].real), Double(narrow[place].imaginary))
          let result = Complex(Double(z[place].real), Double(z[place].imaginary))
          #expect(isClose(result, reference(wide), Double(Float.ulpOfOne)), "\(table.name)")
        }
      }
    }
  }

  static let binary:
    [(hk_binary, @Sendable (Complex<Double>, Complex<Double>) -> Complex<Double>)] = [
      (.add, { $0 + $1 }), (.subtract, { $0 - $1 }), (.multiply, { $0 * $1 }),
      (.divide, { $0 / $1 }), (.power, { Complex.exp($1 * Complex.log($0)) }),
    ]

  @Test("arithmetic agrees with swift-numerics in every form", arguments: 0..<5)
  func arithmetic(_ number: Int) {
    let (operation, reference) = Self.binary[number]
    for table in ArrayKernelTable.all {
      for form in [hk_form.both, .scalarb, .scalara] {
        let (a, b) = (values(37, seed: 3), values(37, seed: 4))
        let (narrowA, narrowB) = (single(a), single(b))
        var y = a
        var z = narrowA
        unsafe hk_run_binary(table.table, operation, .complex128, form, a, b, &y, 37)
        unsafe hk_run_binary(table.table, operation, .complex64, form, narrowA, narrowB, &z, 37)
        for place in 0..<37 {
          let x = a[form == .scalara ? 0 : place]
          let w = b[form == .scalarb ? 0 : place]
          let exact = reference(x, w)
          #expect(
            (y[place] - exact).length <= 1e-14 * max(1, exact.length), "\(table.name) \(operation)")
          let wide = Complex(Double(z[place].real), Double(z[place].imaginary))
          #expect(
            (wide - exact).length <= 1e-5 * max(1, exact.length), "\(table.name) \(operation)")
        }
      }
    }
  }

  @Test("division by very large and very small numbers neither overflows nor vanishes")
  func extremes() {
    for table in ArrayKernelTable.all {
      for size in [1e300, 1e-300] {
        let a = [Complex(size, size)]
        var y = a
        unsafe hk_run_binary(table.table, .divide, .complex128, .both, a, a, &y, 1)
        #expect((y[0] - 1).length < 1e-15, "\(table.name): \(y)")
      }
    }
  }

  @Test("modulus and equality")
  func modulus() {
    let x = [Complex(3.0, 4.0), Complex(0, -2), Complex(1e200, 1e200)]
    var y = [0.0, 0, 0]
    unsafe hk_modulus(.complex128, x, &y, 3)
    #expect(y[0] == 5 && y[1] == 2 && abs(y[2] / 1e200 - 2.0.squareRoot()) < 1e-15)
    for table in ArrayKernelTable.all {
      var equal: [UInt8] = [7, 7, 7]
      let other = [Complex(3.0, 4.0), Complex(0, 2), Complex(1e200, 0)]
      unsafe hk_run_comparison(table.table, .equal, .complex128, .both, x, other, &equal, 3)
      #expect(equal == [1, 0, 0], "\(table.name)")
      unsafe hk_run_comparison(table.table, .not_equal, .complex128, .scalarb, x, x, &equal, 3)
      #expect(equal == [0, 1, 1], "\(table.name)")
    }
  }
}
