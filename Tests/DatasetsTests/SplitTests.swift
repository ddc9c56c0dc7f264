import Arrays
import Datasets
import Testing

@Suite("Splits and folds") struct SplitTests {
  /// Samples whose only feature is their row number.
  private func numbered(_ classes: [Int]) -> Dataset {
    Dataset(
      features: NDArray(classes.indices.map(Double.init), shape: [classes.count, 1]),
      labels: NDArray(classes, shape: [classes.count]))
  }

  private func rows(_ data: Dataset) -> [Int] {
    data.features.scalars(as: Double.self).map { Int($0) }
  }

  private func counts(_ data: Dataset, classes: Int) -> [Int] {
    data.classes.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1] += 1 }
  }

  @Test("share the classes out as scikit-learn does, to within one sample")
  func matchesScikitLearn() throws {
    for oracle in try DatasetOracle.read().splits {
      let split = numbered(oracle.classes).split(test: oracle.share, stratified: true, seed: 3)
      #expect(split.test.count == oracle.test.reduce(0, +))
      let found = counts(split.test, classes: oracle.test.count)
      for (ours, theirs) in zip(found, oracle.test) { #expect(abs(ours - theirs) <= 1) }
    }
  }

  @Test("put each sample, with its label, into one part", arguments: [true, false])
  func isPartition(_ stratified: Bool) {
    let classes = (0..<101).map { $0 * $0 % 7 % 3 }
    for seed in 0..<20 {
      let split = numbered(classes).split(
        test: 0.3, stratified: stratified, seed: UInt64(seed))
      #expect(split.test.count == 31)
      #expect((rows(split.train) + rows(split.test)).sorted() == Array(0..<101))
      for part in [split.train, split.test] {
        #expect(zip(rows(part), part.classes).allSatisfy { classes[$0] == $1 })
      }
    }
  }

  @Test("depend on the seed, and on nothing else")
  func isDeterministic() {
    let data = numbered((0..<60).map { $0 % 4 })
    func test(_ seed: UInt64) -> [Int] {
      rows(data.split(test: 0.25, stratified: true, seed: seed).test)
    }
    #expect(test(7) == test(7))
    #expect(test(7) != test(8))
    #expect(rows(data.split(test: 0.25, seed: 7).test) != test(7))
  }

  @Test("round the test share up, but not what rounding of the share adds")
  func roundsUp() {
    #expect(numbered(Array(repeating: 0, count: 30)).split(test: 0.1, seed: 1).test.count == 3)
    #expect(numbered(Array(repeating: 0, count: 10)).split(test: 0.25, seed: 1).test.count == 3)
  }

  @Test("give every sample a chance at each part")
  func isFair() {
    let data = numbered([0, 0, 0, 0])
    var chosen = [Int](repeating: 0, count: 4)
    let runs = 4000
    for seed in 0..<runs { chosen[rows(data.split(test: 0.25, seed: UInt64(seed)).test)[0]] += 1 }
    // Five deviations of a binomial count.
    let bound = 5 * (Double(runs) * 0.25 * 0.75).squareRoot()
    for count in chosen { #expect(abs(Double(count) - Double(runs) / 4) < bound) }
  }

  @Test("folds spread classes as evenly as scikit-learn's")
  func foldsMatch() throws {
    for oracle in try DatasetOracle.read().folds {
      let data = numbered(oracle.classes)
      let folds = data.folds(oracle.folds, stratified: true, seed: 5)
      #expect(folds.count == oracle.folds)
      #expect(folds.flatMap { rows($0.test) }.sorted() == Array(0..<data.count))
      let sizes = folds.map(\.test.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      for (fold, theirs) in zip(folds, oracle.tests) {
        #expect((rows(fold.train) + rows(fold.test)).sorted() == Array(0..<data.count))
        for (ours, their) in zip(counts(fold.test, classes: theirs.count), theirs) {
          #expect(abs(ours - their) <= 1)
        }
      }
    }
  }

  @Test("traps on shares and folds that leave a part empty")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset.twoMoons(count: 4, seed: 1).split(test: 1, seed: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.twoMoons(count: 4, seed: 1).split(test: 0.9, seed: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Dataset.twoMoons(count: 4, seed: 1).folds(5, seed: 1)
    }
  }
}
