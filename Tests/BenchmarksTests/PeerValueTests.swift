import Benchmarks
import Foundation
import Simulation
import TestSupport
import Testing

/// Values of the workloads as an independent program computed them: Tests/Oracles/peer_values.py.
private struct PeerValue: Decodable, Sendable {
  let qubits: Int
  let layers: Int?
  let batch: Int?
  let depth: Int?
  let samples: Int?
  let entangler: String?
  let value: Double
  let ones: Double?
  let sum: Double?
  let gradientNorm: Double?
  let inputGradientNorm: Double?

  static func all() throws -> [String: [PeerValue]] {
    try OracleFile.decode("peer_values", as: [String: [PeerValue]].self)
  }
}

@Suite("Workloads against independent values") struct PeerValueTests {
  /// Both programs round; 1e-9 is what the workloads promise.
  private let tolerance = 1e-9

  @Test(
    "compute what the oracle computed",
    arguments: ["dense", "density", "gradient", "kernel", "statevector", "vqe"])
  func values(_ name: String) throws {
    let oracle = try #require(try PeerValue.all()[name])
    #expect(!oracle.isEmpty)
    for expected in oracle {
      var options = Workload.Options()
      options.qubits = expected.qubits
      options.layers = expected.layers
      options.batch = expected.batch
      options.depth = expected.depth
      options.samples = expected.samples
      if let name = expected.entangler {
        options.entangler = try #require(Workload.Entangler(rawValue: name))
      }
      let found = try #require(try Workload.named(name, options)).run()
      let pairs: [(String, Double?)] = [
        ("value", expected.value), ("sum", expected.sum), ("gradientNorm", expected.gradientNorm),
        ("inputGradientNorm", expected.inputGradientNorm),
      ]
      for case (let key, let number?) in pairs {
        let value = try #require(found[key], "\(name) gives no \(key)")
        #expect(abs(value - number) <= tolerance * abs(number), "\(name) \(expected.qubits) \(key)")
      }
    }
  }

  @Test("draw as many outcomes as asked, with the share of ones that the oracle's state has")
  func sampling() throws {
    let oracle = try #require(try PeerValue.all()["statevector"])
    let shots = 100_000
    for expected in oracle.filter({ $0.qubits <= 12 }) {
      var options = Workload.Options()
      options.qubits = expected.qubits
      options.depth = expected.depth
      options.samples = shots
      if let name = expected.entangler {
        options.entangler = try #require(Workload.Entangler(rawValue: name))
      }
      let found = try #require(try Workload.named("sampling", options)).run()
      #expect(found["value"] == Double(shots))
      // Five standard errors are passed once in two million draws, and the seed is fixed.
      let share = try #require(expected.ones)
      let error = (share * (1 - share) / Double(shots)).squareRoot()
      #expect(abs(try #require(found["ones"]) - share) < 5 * error, "\(expected.qubits) qubits")
    }
  }

  @Test("replay gives the expectation of its gate")
  func replay() throws {
    var options = Workload.Options()
    options.samples = 100
    let found = try #require(try Workload.named("replay", options)).run()
    #expect(abs(try #require(found["value"]) - 100 * cos(0.3)) < 1e-9)
  }

  @Test("compute the same in single precision, to its rounding")
  func singlePrecision() throws {
    for name in ["dense", "gradient", "statevector", "vqe"] {
      var options = Workload.Options()
      options.qubits = 8
      let double = try #require(try Workload.named(name, options)).run()
      options.precision = .single
      let single = try #require(try Workload.named(name, options)).run()
      for (key, value) in double {
        let found = try #require(single[key])
        #expect(abs(found - value) <= 1e-4 * abs(value), "\(name) \(key)")
      }
    }
  }

  @Test("are measured as often as asked")
  func repeats() throws {
    var options = Workload.Options()
    options.qubits = 4
    let measured = try #require(try Workload.named("vqe", options)).measured(repeats: 7)
    #expect(measured.milliseconds.count == 7)
    #expect(measured.minimum <= measured.median)
    #expect(Workload.names.count == 8)
    let unknown = try Workload.named("nothing", options)
    #expect(unknown?.name == nil)
  }
}

@Suite("LayerComparison") struct LayerComparisonTests {
  @Test("compares layers of equal size on both data sets")
  func comparison() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let wine = root.appending(path: "examples/data/wine.csv").path
    let scores = try LayerComparison(epochs: 2).run(wine: wine)
    #expect(scores.map(\.dataset) == ["wine", "wine", "two moons", "two moons"])
    #expect(scores.map(\.layer) == ["classical", "quantum", "classical", "quantum"])
    for (classical, quantum) in [(scores[0], scores[1]), (scores[2], scores[3])] {
      let ratio = Double(classical.parameters) / Double(quantum.parameters)
      #expect(abs(ratio - 1) <= 0.05)
    }
    #expect(scores.allSatisfy { $0.accuracyMean > 1.0 / 3 && $0.accuracyMean <= 1 })
  }
}
