import Arrays
import CArrayKernels
import Compute
import Foundation
import Testing

@Suite("Reduction kernels")
struct ReductionKernelTests {
  /// Outer, reduced and inner lengths: rows, columns, narrow matrices, blocks in the middle.
  static let shapes: [(Int, Int, Int)] = [
    (1, 1, 1), (3, 5, 1), (2, 33, 1), (4, 100, 1), (1, 7, 2), (1, 200, 3), (1, 9, 70), (2, 65, 20),
    (3, 4, 5), (2, 1, 3), (0, 3, 2), (2, 0, 3), (1, 1000, 1), (5, 17, 1),
  ]

  private func check<Number: KernelScalar>(_ type: Number.Type) {
    for table in ArrayKernelTable.all {
      for (outer, reduced, inner) in Self.shapes {
        let x = numbers(type, outer * reduced * inner, in: -2...2, seed: 5)
        let column = { (o: Int, j: Int) in
          (0..<reduced).map { Double(x[(o * reduced + $0) * inner + j]) }
        }
        let label = "\(table.name) \(outer) \(reduced) \(inner)"
        let run = { (operation: hk_reduction) -> [Number] in
          var y = [Number](repeating: 77, count: outer * inner)
          unsafe hk_run_reduction(
            table.table, operation, Number.kernelType, x, &y, Int64(outer), Int64(reduced),
            Int64(inner))
          return y
        }
        let sums = run(.sum)
        let products = run(.product)
        for o in 0..<outer {
          for j in 0..<inner {
            let values = column(o, j)
            let place = o * inner + j
            let sum = values.reduce(0, +)
            // Rounding of each step in double, then of the result.
            let bound =
              4 * Double.ulpOfOne * values.reduce(0) { $0 + abs($1) }
              + Double(Number.ulpOfOne) * abs(sum)
            #expect(abs(Double(sums[place]) - sum) <= bound, "sum \(label)")
            let product = values.reduce(1, *)
            #expect(error(products[place], Double(Number(product))) <= 2, "product \(label)")
          }
        }
        guard reduced > 0 else { continue }
        let largest = run(.maximum)
        let smallest = run(.minimum)
        var places = [Int64](repeating: -1, count: outer * inner)
        var lowest = places
        unsafe hk_run_reduction(
          table.table, .argmax, Number.kernelType, x, &places, Int64(outer), Int64(reduced),
          Int64(inner))
        unsafe hk_run_reduction(
          table.table, .argmin, Number.kernelType, x, &lowest, Int64(outer), Int64(reduced),
          Int64(inner))
        for o in 0..<outer {
          for j in 0..<inner {
            let values = column(o, j)
            let place = o * inner + j
            let (top, bottom) = (values.max(), values.min())
            #expect(Double(largest[place]) == top, "max \(label)")
            #expect(Double(smallest[place]) == bottom, "min \(label)")
            #expect(Int(places[place]) == values.firstIndex { $0 == top }, "argmax \(label)")
            #expect(Int(lowest[place]) == values.firstIndex { $0 == bottom }, "argmin \(label)")
          }
        }
      }
    }
  }

  @Test("agree with plain loops in single precision")
  func single() { check(Float.self) }

  @Test("agree with plain loops in double precision")
  func double() { check(Double.self) }

  @Test("sums are the same numbers with every table")
  func order() {
    let x = numbers(Float.self, 5000, in: -1...1, seed: 8)
    let first = unsafe hk_sum(ArrayKernelTable.all[0].table, .float32, x, 5000)
    for table in ArrayKernelTable.all {
      #expect(unsafe hk_sum(table.table, .float32, x, 5000) == first, "\(table.name)")
    }
  }

  @Test("largest and smallest give NaN where there is one, and its place")
  func notANumber() {
    for table in ArrayKernelTable.all {
      for length in [1, 5, 20, 40] {
        for place in [0, length / 2, length - 1] {
          var x = numbers(Double.self, length, in: -2...2)
          x[place] = .nan
          for operation in [hk_reduction.maximum, .minimum] {
            var y = 0.0
            unsafe hk_run_reduction(table.table, operation, .float64, x, &y, 1, Int64(length), 1)
            #expect(y.isNaN, "\(table.name): \(operation) of \(length), NaN at \(place)")
          }
          for operation in [hk_reduction.argmax, .argmin] {
            var found: Int64 = -1
            unsafe hk_run_reduction(
              table.table, operation, .float64, x, &found, 1, Int64(length), 1)
            #expect(Int(found) == place, "\(table.name): \(operation) of \(length)")
          }
        }
      }
    }
  }

  @Test("integers, truth values and complex numbers")
  func otherTypes() {
    for table in ArrayKernelTable.all {
      let x: [Int64] = [5, -3, 8, 8, 1, -9]
      let expected: [(hk_reduction, [Int64])] = [
        (.sum, [10, 0]), (.product, [-120, -72]), (.maximum, [8, 8]), (.minimum, [-3, -9]),
        (.argmax, [2, 0]), (.argmin, [1, 2]),
      ]
      for (operation, values) in expected {
        var y = [Int64](repeating: 77, count: 2)
        unsafe hk_run_reduction(table.table, operation, .int64, x, &y, 2, 3, 1)
        #expect(y == values, "\(table.name): \(operation)")
      }
      let truths: [UInt8] = [1, 1, 0, 1, 0, 0]
      var all: [UInt8] = [7, 7]
      var any: [UInt8] = [7, 7]
      unsafe hk_run_reduction(table.table, .all, .bool, truths, &all, 1, 3, 2)
      unsafe hk_run_reduction(table.table, .any, .bool, truths, &any, 1, 3, 2)
      #expect(all == [0, 0] && any == [1, 1], "\(table.name): \(all) \(any)")
      let parts = numbers(Double.self, 2 * 300, in: -1...1)
      var sum = [0.0, 0]
      unsafe hk_run_reduction(table.table, .sum, .complex128, parts, &sum, 1, 300, 1)
      for part in 0..<2 {
        let exact = stride(from: part, to: 600, by: 2).reduce(0) { $0 + parts[$1] }
        #expect(abs(sum[part] - exact) < 1e-12, "\(table.name): part \(part)")
      }
    }
  }
}
