import Arrays
import CArrayKernels
import Compute
import Foundation
import Testing

@Suite("Row kernels")
struct RowKernelTests {
  /// Rounding of a few operations on numbers of size one, and of sums of up to a hundred.
  private func tolerance<Number: KernelScalar>(_: Number.Type) -> Double {
    16 * Double(Number.ulpOfOne)
  }

  private func check<Number: KernelScalar>(_ type: Number.Type, columns n: Int) {
    let rows = 3
    let x = numbers(type, rows * n, in: -9...9, seed: UInt64(n))
    let u = numbers(type, rows * n, in: -1...1, seed: UInt64(n + 1))
    for table in ArrayKernelTable.all {
      var soft = x
      var log = x
      var softSlope = x
      var logSlope = x
      let (r, c) = (Int64(rows), Int64(n))
      let kind = Number.kernelType
      unsafe hk_run_rows(table.table, .softmax, kind, x, &soft, r, c)
      unsafe hk_run_rows(table.table, .log_softmax, kind, x, &log, r, c)
      unsafe hk_run_rows_gradient(table.table, .softmax, kind, u, soft, &softSlope, r, c)
      unsafe hk_run_rows_gradient(table.table, .log_softmax, kind, u, log, &logSlope, r, c)
      for row in 0..<rows {
        let place = { (column: Int) in row * n + column }
        let largest = (0..<n).map { Double(x[place($0)]) }.max() ?? 0
        let powers = (0..<n).map { Foundation.exp(Double(x[place($0)]) - largest) }
        let total = powers.reduce(0, +)
        let upstream = (0..<n).map { Double(u[place($0)]) }
        let mean = zip(upstream, powers).reduce(0) { $0 + $1.0 * $1.1 / total }
        let sum = upstream.reduce(0, +)
        for column in 0..<n {
          let y = powers[column] / total
          let close = { (value: Number, exact: Double) in
            abs(Double(value) - exact) <= tolerance(type) * max(1, abs(exact))
          }
          #expect(close(soft[place(column)], y), "\(table.name): softmax of \(n)")
          #expect(
            close(log[place(column)], Double(x[place(column)]) - largest - Foundation.log(total)),
            "\(table.name): log-softmax of \(n)")
          #expect(
            close(softSlope[place(column)], y * (upstream[column] - mean)),
            "\(table.name): slope of softmax of \(n)")
          #expect(
            close(logSlope[place(column)], upstream[column] - y * sum),
            "\(table.name): slope of log-softmax of \(n)")
        }
      }
    }
  }

  @Test("softmax, its logarithm and their derivatives", arguments: [1, 2, 3, 10, 16, 33, 100])
  func softmax(columns: Int) {
    check(Float.self, columns: columns)
    check(Double.self, columns: columns)
  }

  @Test("softmax does not overflow")
  func large() {
    for table in ArrayKernelTable.all {
      var y = [0.0, 0, 0]
      unsafe hk_run_rows(table.table, .softmax, .float64, [1000.0, 1000, -1000], &y, 1, 3)
      #expect(y == [0.5, 0.5, 0], "\(table.name)")
      unsafe hk_run_rows(table.table, .log_softmax, .float64, [1000.0, 1000, -1000], &y, 1, 3)
      #expect(y[0] == -log(2) && y[2] == -2000 - log(2), "\(table.name)")
    }
  }
}
