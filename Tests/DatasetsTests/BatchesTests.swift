import Arrays
import Datasets
import Testing

@Suite("Batches") struct BatchesTests {
  private static let data = Dataset(
    features: NDArray((0..<46).map(Double.init), shape: [23, 2]),
    labels: NDArray((0..<23).map { $0 % 3 }, shape: [23]))

  @Test("hold each sample once, with its label and its row")
  func holdsAll() {
    let batches = Self.data.batches(of: 5, seed: 7)
    #expect(batches.count == 5)
    #expect(Array(batches).map(\.count) == [5, 5, 5, 5, 3])
    var rows: [Int] = []
    for batch in batches {
      #expect(batch.features.shape == [batch.count, 2])
      let expected = batch.rows.flatMap { [Double(2 * $0), Double(2 * $0 + 1)] }
      #expect(batch.features.scalars(as: Double.self) == expected)
      #expect(batch.labels.scalars(as: Int.self) == batch.rows.map { $0 % 3 })
      rows += batch.rows
    }
    #expect(rows.sorted() == Array(0..<23))
  }

  @Test("leave a short last batch out where that is asked")
  func dropsLast() {
    let batches = Self.data.batches(of: 5, seed: 7, dropLast: true)
    #expect(batches.count == 4)
    #expect(Array(batches).map(\.count) == [5, 5, 5, 5])
    #expect(Self.data.batches(of: 23, seed: 1, dropLast: true).count == 1)
    #expect(Self.data.batches(of: 24, seed: 1, dropLast: true).count == 0)
    #expect(Self.data.batches(of: 24, seed: 1).count == 1)
  }

  @Test("come in an order that the seed and the epoch set, and in that of the rows without a seed")
  func orders() {
    func rows(_ seed: UInt64?, _ epoch: Int) -> [Int] {
      Self.data.batches(of: 4, seed: seed, epoch: epoch).flatMap(\.rows)
    }
    #expect(rows(7, 0) == rows(7, 0))
    #expect(rows(7, 0) != rows(7, 1))
    #expect(rows(7, 1) != rows(8, 1))
    #expect(rows(nil, 3) == Array(0..<23))
  }

  @Test("can be run through again")
  func repeats() {
    let batches = Self.data.batches(of: 4, seed: 9)
    #expect(batches.map(\.rows) == batches.map(\.rows))
  }

  @Test("put each sample at each place in equal shares")
  func isFair() {
    let small = Self.data.selecting([0, 1, 2])
    var firsts: [[Int]: Int] = [:]
    let runs = 6000
    for epoch in 0..<runs {
      firsts[small.batches(of: 3, seed: 1, epoch: epoch).flatMap(\.rows), default: 0] += 1
    }
    #expect(firsts.count == 6)
    // Five deviations of a binomial count.
    let bound = 5 * (Double(runs) / 6 * 5 / 6).squareRoot()
    for count in firsts.values { #expect(abs(Double(count) - Double(runs) / 6) < bound) }
  }

  @Test("traps on a size of zero")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset.twoMoons(count: 4, seed: 1).batches(of: 0)
    }
  }
}
