import Arrays
import CArrayKernels
import Compute
import Foundation
import Testing

/// A function of two numbers: its kernel and its definition.
struct BinaryCase: Sendable, CustomTestStringConvertible {
  let operation: hk_binary
  let reference: @Sendable (Double, Double) -> Double
  /// How near, in units in the last place of the larger of the result and one.
  let units: Double
  var testDescription: String { "\(operation)" }

  private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private static func normal(_ x: Double) -> Double { erfc(-x * 0.5.squareRoot()) / 2 }
  private static func density(_ x: Double) -> Double {
    exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  static let all: [BinaryCase] = [
    BinaryCase(operation: .add, reference: { $0 + $1 }, units: 1),
    BinaryCase(operation: .subtract, reference: { $0 - $1 }, units: 1),
    BinaryCase(operation: .multiply, reference: { $0 * $1 }, units: 1),
    BinaryCase(operation: .divide, reference: { $0 / $1 }, units: 1),
    BinaryCase(operation: .minimum, reference: { min($0, $1) }, units: 0),
    BinaryCase(operation: .maximum, reference: { max($0, $1) }, units: 0),
    BinaryCase(operation: .power, reference: { pow($0, $1) }, units: 2),
    BinaryCase(operation: .relu_gradient, reference: { $1 > 0 ? $0 : 0 }, units: 0),
    BinaryCase(operation: .tanh_gradient, reference: { $0 * (1 - $1 * $1) }, units: 8),
    BinaryCase(operation: .sigmoid_gradient, reference: { $0 * $1 * (1 - $1) }, units: 8),
    BinaryCase(operation: .softplus_gradient, reference: { $0 * logistic($1) }, units: 8),
    BinaryCase(
      operation: .gelu_gradient, reference: { $0 * (normal($1) + $1 * density($1)) }, units: 8),
    BinaryCase(
      operation: .gelu_tanh_gradient,
      reference: { u, x in
        // By differences of fourth order of the closed form, whose rounding needs the wide tolerance.
        let f = { (x: Double) in
          x * logistic(1.5957691216057308 * (x + 0.044715 * x * x * x))
        }
        let h = 1e-4
        return u * (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
      }, units: 4e4),
  ]
}

@Suite("Kernels of two arguments")
struct BinaryKernelTests {
  private func run<Number: KernelScalar>(
    _ table: ArrayKernelTable, _ operation: hk_binary, _ form: hk_form, _ a: [Number],
    _ b: [Number], _ count: Int
  ) -> [Number] {
    var y = [Number](repeating: 77, count: count + 1)
    unsafe hk_run_binary(table.table, operation, Number.kernelType, form, a, b, &y, Int64(count))
    #expect(y.removeLast() == 77, "a kernel wrote past its end")
    return y
  }

  private func check<Number: KernelScalar>(_ type: Number.Type, _ binary: BinaryCase) {
    for table in ArrayKernelTable.all {
      for length in lengths {
        let a = numbers(type, max(length, 1), in: 0.1...3, seed: UInt64(2 * length))
        let b = numbers(type, max(length, 1), in: -0.97...0.97, seed: UInt64(2 * length + 1))
        for form in [hk_form.both, .scalarb, .scalara] {
          let y = run(table, binary.operation, form, a, b, length)
          for place in 0..<length {
            let x = Double(a[form == .scalara ? 0 : place])
            let z = Double(b[form == .scalarb ? 0 : place])
            let exact = binary.reference(x, z)
            let unit = max(abs(exact), binary.units > 2 ? 1 : 0) * Double(Number.ulpOfOne)
            #expect(
              abs(Double(y[place]) - exact) <= max(binary.units, 0.5) * unit,
              "\(table.name): \(binary) of \(x) and \(z) gave \(y[place]), not \(exact)")
          }
        }
      }
    }
  }

  @Test("agree with their definitions in single precision", arguments: BinaryCase.all)
  func single(_ binary: BinaryCase) { check(Float.self, binary) }

  @Test("agree with their definitions in double precision", arguments: BinaryCase.all)
  func double(_ binary: BinaryCase) { check(Double.self, binary) }

  @Test("minimum and maximum give NaN where either is")
  func notANumber() {
    for table in ArrayKernelTable.all {
      for operation in [hk_binary.minimum, .maximum] {
        let y = run(table, operation, .both, [Double.nan, 1, .nan], [2, .nan, .nan], 3)
        #expect(!y.contains { !$0.isNaN }, "\(table.name): \(operation)")
      }
    }
  }

  @Test("integers wrap around, compare and are raised exactly")
  func integers() {
    let a: [Int64] = [3, -4, .max, .min, 0, 7, 7, -2]
    let b: [Int64] = [2, 5, 1, 1, 0, 7, 0, 3]
    let cases: [(hk_binary, (Int64, Int64) -> Int64)] = [
      (.add, { $0 &+ $1 }), (.subtract, { $0 &- $1 }), (.multiply, { $0 &* $1 }),
      (.minimum, { min($0, $1) }), (.maximum, { max($0, $1) }),
      (.power, { base, power in (0..<power).reduce(1) { product, _ in product &* base } }),
    ]
    for table in ArrayKernelTable.all {
      for (operation, reference) in cases {
        for form in [hk_form.both, .scalarb, .scalara] {
          var y = [Int64](repeating: 77, count: 8)
          unsafe hk_run_binary(table.table, operation, .int64, form, a, b, &y, 8)
          for place in 0..<8 {
            let x = a[form == .scalara ? 0 : place]
            let z = b[form == .scalarb ? 0 : place]
            #expect(y[place] == reference(x, z), "\(table.name): \(operation) of \(x) and \(z)")
          }
        }
      }
    }
  }

  @Test("comparisons of every order, with every form")
  func comparisons() {
    let a: [Double] = [1, 2, 3, .nan, -0.0, .infinity, 5, 2, 9, 1]
    let b: [Double] = [1, 3, 2, .nan, 0, .infinity, .nan, 2, 8, 4]
    let cases: [(hk_comparison, (Double, Double) -> Bool)] = [
      (.equal, { $0 == $1 }), (.not_equal, { $0 != $1 }), (.less, { $0 < $1 }),
      (.less_equal, { $0 <= $1 }), (.greater, { $0 > $1 }), (.greater_equal, { $0 >= $1 }),
    ]
    for table in ArrayKernelTable.all {
      for (operation, reference) in cases {
        for form in [hk_form.both, .scalarb, .scalara] {
          var y = [UInt8](repeating: 7, count: a.count)
          unsafe hk_run_comparison(
            table.table, operation, .float64, form, a, b, &y, Int64(a.count))
          let singles = (a.map { Float($0) }, b.map { Float($0) })
          var z = [UInt8](repeating: 7, count: a.count)
          unsafe hk_run_comparison(
            table.table, operation, .float32, form, singles.0, singles.1, &z, Int64(a.count))
          for place in a.indices {
            let truth = reference(
              a[form == .scalara ? 0 : place], b[form == .scalarb ? 0 : place])
            #expect(y[place] == (truth ? 1 : 0), "\(table.name): \(operation) at \(place)")
            #expect(z[place] == (truth ? 1 : 0), "\(table.name): \(operation) at \(place)")
          }
        }
      }
    }
  }

  @Test("the sum adds up, and finds numbers that are not finite")
  func sums() {
    for table in ArrayKernelTable.all {
      for length in lengths {
        let x = numbers(Float.self, length, in: -1...1, seed: 3)
        let sum = unsafe hk_sum(table.table, .float32, x, Int64(length))
        #expect(abs(sum - x.reduce(0) { $0 + Double($1) }) <= 1e-12)
        #expect(unsafe hk_all_finite(table.table, .float32, x, Int64(length)) == 1)
        guard length > 0 else { continue }
        var broken = x
        broken[length / 2] = length % 2 == 0 ? .nan : .infinity
        #expect(unsafe hk_all_finite(table.table, .float32, broken, Int64(length)) == 0)
      }
    }
  }
}
