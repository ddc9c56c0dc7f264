import Foundation

/// What Tests/Oracles/sklearn_datasets.py wrote: numbers of scikit-learn 1.9.1.
struct DatasetOracle: Decodable {
  struct Scaling: Decodable {
    let fitted: [[Double]]
    let others: [[Double]]
    let mean: [Double]
    let scale: [Double]
    let standardized: [[Double]]
    let minimum: [Double]
    let maximum: [Double]
    let ranged: [[Double]]
  }
  struct Split: Decodable {
    let classes: [Int]
    let share: Double
    let test: [Int]
  }
  struct Folds: Decodable {
    let classes: [Int]
    let folds: Int
    let tests: [[Int]]
  }
  struct Points: Decodable {
    let points: [[Double]]
    let classes: [Int]
  }

  let scaling: Scaling
  let splits: [Split]
  let folds: [Folds]
  let moons: [Points]
  let circles: [Points]

  static func read() throws -> DatasetOracle {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Oracles/data/sklearn_datasets.json")
    return try JSONDecoder().decode(DatasetOracle.self, from: Data(contentsOf: file))
  }
}
