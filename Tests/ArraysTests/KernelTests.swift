import Arrays
import CArrayKernels
import Compute
import Foundation
import Testing

/// The kernels of each table this machine can run, in both precisions, against plain loops over libm.
@Suite("Array kernels") struct KernelTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let table: ArrayKernelTable
    let isDouble: Bool
    var testDescription: String { "\(table.name), \(isDouble ? "double" : "float")" }
    /// A few units in the last place of the result.
    var tolerance: Double { isDouble ? 1e-15 : 5e-7 }

    static let all = ArrayKernelTable.all.flatMap { table in
      [false, true].map { Case(table: table, isDouble: $0) }
    }

    var kernels: hk_kernels { table.kernels(isDouble ? .float64 : .float32) }

    /// Runs `body` on the bytes of `inputs` in this precision and gives what it wrote.
    func run(
      _ inputs: [[Double]], outputs count: Int,
      _ body: ([UnsafeRawPointer], UnsafeMutableRawPointer) -> Void
    ) -> [Double] {
      let type: DType = isDouble ? .float64 : .float32
      let arrays = inputs.map { NDArray($0).cast(to: type) }
      let result = unsafe NDArray.make([count], type) { out in
        unsafe body(arrays.map { unsafe UnsafeRawPointer($0.pointer) }, out)
      }
      return withExtendedLifetime(arrays) { result.doubles() }
    }
  }

  private static func numbers(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .general)
    return (0..<count).map { _ in Double(Float(stream.nextNormal() * 3)) }
  }

  private func agree(_ found: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
    zip(found, expected).allSatisfy { found, expected in
      found == expected || (found.isNaN && expected.isNaN)
        || abs(found - expected) <= tolerance * max(abs(expected), 1e-30)
    } && found.count == expected.count
  }

  @Test("combine two arrays, or an array and a number", arguments: Case.all)
  func binary(_ kernels: Case) {
    let operations: [(Int, (Double, Double) -> Double)] = [
      (HK_ADD, { $0 + $1 }), (HK_SUBTRACT, { $0 - $1 }), (HK_MULTIPLY, { $0 * $1 }),
      (HK_DIVIDE, { $0 / $1 }), (HK_MINIMUM, { min($0, $1) }), (HK_MAXIMUM, { max($0, $1) }),
      (HK_POWER, { pow($0, $1) }),
    ]
    for count in [1, 7, 16, 33, 1000] {
      let a = Self.numbers(count, seed: 2)
      let b = Self.numbers(count, seed: 3)
      for (operation, reference) in operations {
        for (stepA, stepB) in [(1, 1), (1, 0), (0, 1), (0, 0)] {
          let found = unsafe kernels.run([a, b], outputs: count) { inputs, out in
            unsafe kernels.kernels.binary(
              Int32(operation), inputs[0], Int32(stepA), inputs[1], Int32(stepB), out, Int64(count))
          }
          let expected = (0..<count).map { reference(a[stepA * $0], b[stepB * $0]) }
          // Sums may cancel: the rounding is that of the operands.
          let scale = operation == HK_ADD || operation == HK_SUBTRACT ? 1e4 : 1.0
          #expect(agree(found, expected, kernels.tolerance * scale), "operation \(operation)")
        }
      }
    }
  }

  @Test("compute functions to a few units in the last place", arguments: Case.all)
  func unary(_ kernels: Case) {
    let operations: [(Int, (Double) -> Double)] = [
      (HK_NEGATE, { -$0 }), (HK_ABSOLUTE, { abs($0) }), (HK_EXP, { exp($0) }),
      (HK_LOG, { log($0) }), (HK_SQRT, { $0.squareRoot() }), (HK_SIN, { sin($0) }),
      (HK_COS, { cos($0) }), (HK_TANH, { tanh($0) }), (HK_SIGMOID, { 1 / (1 + exp(-$0)) }),
      (HK_RELU, { max($0, 0) }), (HK_SOFTPLUS, { $0 > 30 ? $0 : log1p(exp($0)) }),
      (HK_ERF, { erf($0) }), (HK_SIGN, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }),
      (HK_RECIPROCAL, { 1 / $0 }), (HK_SQUARE, { $0 * $0 }),
    ]
    let a = Self.numbers(1003) + [0, 1, -1, 30, -30, 0.001, -0.001]
    for (operation, reference) in operations {
      let found = unsafe kernels.run([a], outputs: a.count) { inputs, out in
        unsafe kernels.kernels.unary(Int32(operation), inputs[0], out, Int64(a.count))
      }
      let expected = a.map { Double(reference($0)) }
      #expect(agree(found, expected, 4 * kernels.tolerance), "operation \(operation)")
    }
  }

  @Test("give infinities, zeros and NaN where they belong", arguments: Case.all)
  func edges(_ kernels: Case) {
    let a = [Double.infinity, -.infinity, .nan, 1000, -1000]
    func apply(_ operation: Int) -> [Double] {
      unsafe kernels.run([a], outputs: a.count) { inputs, out in
        unsafe kernels.kernels.unary(Int32(operation), inputs[0], out, Int64(a.count))
      }
    }
    #expect(agree(apply(HK_EXP), [.infinity, 0, .nan, .infinity, 0], 0))
    #expect(agree(apply(HK_SIGMOID), [1, 0, .nan, 1, 0], 0))
    #expect(agree(apply(HK_SOFTPLUS), [.infinity, 0, .nan, 1000, 0], 0))
    #expect(agree(apply(HK_RELU), [.infinity, 0, .nan, 1000, 0], 0))
  }

  @Test("sum rows and columns, and find the largest", arguments: Case.all)
  func reductions(_ kernels: Case) {
    for (rows, columns) in [(1, 1), (3, 5), (17, 64), (5, 130)] {
      let a = Self.numbers(rows * columns)
      let sums = unsafe kernels.run([a], outputs: rows) { inputs, out in
        unsafe kernels.kernels.sumRows(inputs[0], Int64(rows), Int64(columns), out)
      }
      let columnSums = unsafe kernels.run([a], outputs: columns) { inputs, out in
        unsafe kernels.kernels.sumColumns(inputs[0], Int64(rows), Int64(columns), out)
      }
      var places = [Int64](repeating: -1, count: rows)
      let largest = unsafe kernels.run([a], outputs: rows) { inputs, out in
        unsafe kernels.kernels.maximumRows(
          inputs[0], Int64(rows), Int64(columns), out, &places)
      }
      for row in 0..<rows {
        let values = (0..<columns).map { a[row * columns + $0] }
        #expect(abs(sums[row] - values.reduce(0, +)) < 1e4 * kernels.tolerance)
        #expect(largest[row] == values.max())
        #expect(values[Int(places[row])] == values.max())
      }
      for column in 0..<columns {
        let total = (0..<rows).reduce(0.0) { $0 + a[$1 * columns + column] }
        #expect(abs(columnSums[column] - total) < 1e4 * kernels.tolerance)
      }
    }
  }

  @Test("compute softmax and its logarithm, of large scores too", arguments: Case.all)
  func softmax(_ kernels: Case) {
    let a = Self.numbers(40) + (0..<10).map { Double($0) * 100 }
    for logarithm in [false, true] {
      let found = unsafe kernels.run([a], outputs: 50) { inputs, out in
        unsafe kernels.kernels.softmaxRows(inputs[0], 5, 10, out, logarithm ? 1 : 0)
      }
      for row in 0..<5 {
        let values = Array(a[(10 * row)..<(10 * row + 10)])
        let shift = values.max() ?? 0
        let total = values.reduce(0) { $0 + exp($1 - shift) }
        for (column, value) in values.enumerated() {
          let expected = logarithm ? value - shift - log(total) : exp(value - shift) / total
          #expect(abs(found[10 * row + column] - expected) <= 1e3 * kernels.tolerance)
        }
      }
    }
  }
}
