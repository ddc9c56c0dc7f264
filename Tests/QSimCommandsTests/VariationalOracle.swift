import Foundation

/// Tests/Oracles/data/variational.json, by NumPy alone; see Tests/Oracles/variational.py.
struct VariationalOracle: Decodable {
  struct Mixed: Decodable {
    struct Entry: Decodable {
      let observable: String
      let value: Double
      let variance: Double
      let gradient: [String: Double]
    }

    let qasm: String
    let point: [String: Double]
    let observables: [Entry]

    /// The flags that put the inputs to the point.
    var flags: [String] {
      let phi = (0..<4).compactMap { point["phi[\($0)]"] }.map { "\($0)" }
      return [
        "--set", "theta=\(point["theta"] ?? 0)", "--set", "phi=\(phi.joined(separator: ","))",
      ]
    }
  }

  struct Ising: Decodable {
    let energy: Double
  }

  struct Encoding: Decodable {
    let samples: [[Double]]
    let kernel: [[Double]]
  }

  let mixed: Mixed
  let ising: Ising
  let encoding: Encoding

  static func read() throws -> VariationalOracle {
    let url = Program.root.appending(path: "Tests/Oracles/data/variational.json")
    return try JSONDecoder().decode(VariationalOracle.self, from: Data(contentsOf: url))
  }
}
