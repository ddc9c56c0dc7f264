import Arrays
import CArrayKernels
import Compute
import Foundation
import Testing

/// A function of one number: its kernel, what the C library says, and where they are compared.
///
/// `units` bounds the error in units in the last place; the C library's own is at most one in double.
struct UnaryCase: Sendable, CustomTestStringConvertible {
  let operation: hk_unary
  let reference: @Sendable (Double) -> Double
  let range: ClosedRange<Double>
  let units: Double

  var testDescription: String { "\(operation)" }

  static let all: [UnaryCase] = [
    UnaryCase(operation: .negate, reference: { -$0 }, range: -5...5, units: 0),
    UnaryCase(operation: .absolute, reference: { abs($0) }, range: -5...5, units: 0),
    UnaryCase(
      operation: .sign, reference: { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, range: -5...5, units: 0),
    UnaryCase(operation: .square, reference: { $0 * $0 }, range: -5...5, units: 1),
    UnaryCase(operation: .reciprocal, reference: { 1 / $0 }, range: 0.1...9, units: 1),
    UnaryCase(operation: .sqrt, reference: { $0.squareRoot() }, range: 0...9, units: 1),
    UnaryCase(operation: .exp, reference: { exp($0) }, range: -80...80, units: 2),
    UnaryCase(operation: .expm1, reference: { expm1($0) }, range: -6...6, units: 3),
    UnaryCase(operation: .expm1, reference: { expm1($0) }, range: -1e-3...1e-3, units: 3),
    UnaryCase(operation: .log, reference: { log($0) }, range: 1e-30...1e6, units: 2),
    UnaryCase(operation: .log, reference: { log($0) }, range: 0.7...1.5, units: 2),
    UnaryCase(operation: .log1p, reference: { log1p($0) }, range: -0.9...6, units: 3),
    UnaryCase(operation: .log1p, reference: { log1p($0) }, range: -1e-3...1e-3, units: 3),
    UnaryCase(operation: .sin, reference: { sin($0) }, range: -10...10, units: 3),
    UnaryCase(operation: .sin, reference: { sin($0) }, range: -1e6...1e6, units: 3),
    UnaryCase(operation: .sin, reference: { sin($0) }, range: -1e9...1e9, units: 3),
    UnaryCase(operation: .cos, reference: { cos($0) }, range: -10...10, units: 3),
    UnaryCase(operation: .cos, reference: { cos($0) }, range: -1e6...1e6, units: 3),
    UnaryCase(operation: .tanh, reference: { tanh($0) }, range: -10...10, units: 4),
    UnaryCase(operation: .tanh, reference: { tanh($0) }, range: -1e-3...1e-3, units: 4),
    UnaryCase(operation: .sigmoid, reference: { 1 / (1 + exp(-$0)) }, range: -30...30, units: 4),
    UnaryCase(
      operation: .softplus, reference: { max($0, 0) + log1p(exp(-abs($0))) }, range: -30...30,
      units: 4),
    UnaryCase(operation: .relu, reference: { max($0, 0) }, range: -5...5, units: 0),
    UnaryCase(operation: .erf, reference: { erf($0) }, range: -6...6, units: 3),
    UnaryCase(operation: .erf, reference: { erf($0) }, range: -1e-3...1e-3, units: 3),
    // The tail of the distribution loses x² units to the rounding of x².
    UnaryCase(
      operation: .gelu, reference: { $0 / 2 * erfc(-$0 * 0.5.squareRoot()) }, range: -5...5,
      units: 60),
    UnaryCase(
      operation: .gelu_tanh,
      reference: { $0 / (1 + exp(-1.5957691216057308 * ($0 + 0.044715 * $0 * $0 * $0))) },
      range: -4...4, units: 40),
    UnaryCase(operation: .floor, reference: { $0.rounded(.down) }, range: -5...5, units: 0),
    UnaryCase(operation: .ceil, reference: { $0.rounded(.up) }, range: -5...5, units: 0),
  ]
}

@Suite("Kernels of one argument")
struct UnaryKernelTests {
  private func run<Number: KernelScalar>(
    _ table: ArrayKernelTable, _ operation: hk_unary, _ x: [Number]
  ) -> [Number] {
    var y = [Number](repeating: 77, count: x.count + 1)
    unsafe hk_run_unary(table.table, operation, Number.kernelType, x, &y, Int64(x.count))
    #expect(y.removeLast() == 77, "a kernel wrote past its end")
    return y
  }

  private func check<Number: KernelScalar>(_ type: Number.Type, _ unary: UnaryCase) {
    for table in ArrayKernelTable.all {
      for length in lengths {
        let x = numbers(type, length, in: unary.range, seed: UInt64(length + 1))
        let y = run(table, unary.operation, x)
        for (x, y) in zip(x, y) {
          // The argument as the kernel got it: rounded to its precision.
          let units = error(y, Double(Number(unary.reference(Double(x)))))
          #expect(units <= unary.units, "\(table.name): \(unary) of \(x) gave \(y)")
        }
      }
    }
  }

  @Test("agree with the C library in single precision", arguments: UnaryCase.all)
  func single(_ unary: UnaryCase) { check(Float.self, unary) }

  @Test("agree with the C library in double precision", arguments: UnaryCase.all)
  func double(_ unary: UnaryCase) { check(Double.self, unary) }

  @Test("give the limits at infinities, zeros and NaN")
  func limits() {
    let infinity = Double.infinity
    let expected: [(hk_unary, [Double])] = [
      (.exp, [0, .infinity, 1, .nan]), (.expm1, [-1, infinity, 0, .nan]),
      (.log, [.nan, infinity, -infinity, .nan]), (.log1p, [.nan, infinity, 0, .nan]),
      (.sin, [.nan, .nan, 0, .nan]), (.cos, [.nan, .nan, 1, .nan]),
      (.tanh, [-1, 1, 0, .nan]), (.sigmoid, [0, 1, 0.5, .nan]),
      (.softplus, [0, infinity, log(2), .nan]), (.relu, [0, infinity, 0, .nan]),
      (.erf, [-1, 1, 0, .nan]), (.gelu, [0, infinity, 0, .nan]),
      (.gelu_tanh, [0, infinity, 0, .nan]), (.sqrt, [.nan, infinity, 0, .nan]),
      (.sign, [-1, 1, 0, .nan]),
    ]
    for table in ArrayKernelTable.all {
      for (operation, values) in expected {
        let doubles = run(table, operation, [-infinity, infinity, 0, Double.nan])
        let floats = run(table, operation, [-Float.infinity, .infinity, 0, .nan])
        for place in 0..<4 {
          #expect(
            isSame(doubles[place], values[place]), "\(table.name): \(operation) at \(place)")
          #expect(
            isSame(floats[place], Float(values[place])), "\(table.name): \(operation) at \(place)")
        }
      }
    }
  }

  @Test("come out right where results leave the normal numbers")
  func subnormal() {
    for table in ArrayKernelTable.all {
      let x = [-745.0, -720, -709, 709.7, 709.8, -746, 800]
      for (x, y) in zip(x, run(table, .exp, x)) {
        #expect(y == exp(x) || error(y, exp(x)) <= 2, "\(table.name): exp(\(x)) gave \(y)")
      }
      let least = Double.leastNonzeroMagnitude
      let tiny = [least, 1e13 * least, 2.3e-308]
      for (x, y) in zip(tiny, run(table, .log, tiny)) {
        #expect(error(y, log(x)) <= 2, "\(table.name): log(\(x)) gave \(y)")
      }
    }
  }

  @Test("run in place")
  func inPlace() {
    for table in ArrayKernelTable.all {
      var x = numbers(Double.self, 1000, in: -3...3)
      let expected = run(table, .tanh, x)
      unsafe x.withUnsafeMutableBytes { bytes in
        unsafe hk_run_unary(
          table.table, .tanh, .float64, bytes.baseAddress, bytes.baseAddress, 1000)
      }
      #expect(x == expected)
    }
  }
}
