import Optimizers
import TestSupport
import Testing

/// Compared with Tests/Oracles/torch_schedules.py.
@Suite("Schedule") struct ScheduleTests {
  private struct Oracle: Decodable {
    let base: Double
    let values: [String: [Double]]
  }

  /// torch multiplies step by step where our values are closed forms.
  static let roundingTolerance = 1e-12

  static let cases: [(name: String, schedule: Schedule)] = [
    ("constant", 0.05),
    ("step", .step(from: 0.05, every: 7)),
    ("stepHalf", .step(from: 0.05, every: 10, factor: 0.5)),
    ("multiStep", .multiStep(from: 0.05, at: [5, 20, 20, 33], factor: 0.3)),
    ("exponential", .exponential(from: 0.05, factor: 0.93)),
    ("polynomial", .polynomial(from: 0.05)),
    ("polynomialSquare", .polynomial(from: 0.05, steps: 40, power: 2)),
    ("cosine", .cosine(from: 0.05, steps: 49)),
    ("cosineBeyond", .cosine(from: 0.05, to: 0.01, steps: 20)),
    ("linearWarmUp", .linearWarmUp(to: 0.05)),
    ("linear", .linear(from: 0.05, to: 0.01, steps: 30)),
    ("cyclic", .cyclic(from: 0.01, to: 0.1, up: 8)),
    ("cyclicUneven", .cyclic(from: 0.01, to: 0.1, up: 4, down: 9)),
    ("cyclicTriangular2", .cyclic(from: 0.01, to: 0.1, up: 6, shape: .triangular2)),
    (
      "cyclicExponentialRange",
      .cyclic(from: 0.01, to: 0.1, up: 6, shape: .exponentialRange(factor: 0.97))
    ),
    (
      "sequence",
      .sequence(
        [
          .linearWarmUp(to: 0.05, steps: 10, startFactor: 0.1),
          .step(from: 0.05, every: 5, factor: 0.5),
          .cosine(from: 0.05, steps: 20),
        ], milestones: [10, 28])
    ),
  ]

  @Test("gives torch's values over 50 steps", arguments: cases.indices)
  func agreesWithTorch(_ index: Int) throws {
    let oracle = try OracleFile.decode("torch_schedules", as: Oracle.self)
    let (name, schedule) = Self.cases[index]
    let expected = try #require(oracle.values[name])
    #expect(expected.count == 50)
    for (step, value) in expected.enumerated() {
      let found = schedule.value(at: step)
      #expect(
        abs(found - value) <= Self.roundingTolerance * max(abs(value), oracle.base),
        "\(name) at step \(step): \(found), torch \(value)")
    }
  }

  @Test("has a case here for every schedule of the oracle")
  func coversTheOracle() throws {
    let oracle = try OracleFile.decode("torch_schedules", as: Oracle.self)
    #expect(Set(Self.cases.map(\.name)) == Set(oracle.values.keys))
  }

  @Test("warms up to its first value from the first step on, then begins", arguments: [1, 2, 4, 9])
  func warmsUp(steps: Int) {
    let schedule = Schedule.exponential(from: 0.25, factor: 0.5)
    let warmed = schedule.warmedUp(over: steps)
    for step in 0..<steps {
      #expect(warmed.value(at: step) == 0.25 * Double(step + 1) / Double(steps))
    }
    #expect(warmed.values(at: steps..<(steps + 5)) == schedule.values(at: 0..<5))
    // torch's LinearLR of so many steps.
    let fromZero = schedule.warmedUp(over: steps, startFactor: 0)
    #expect(fromZero.value(at: 0) == 0)
    #expect(fromZero.value(at: steps - 1) == 0.25 * Double(steps - 1) / Double(steps))
    #expect(fromZero.value(at: steps) == 0.25)
  }

  @Test("takes literals, closures and factors")
  func otherForms() {
    let literal: Schedule = 0.25
    let whole: Schedule = 2
    let inverse = Schedule("inverse") { 1 / Double($0 + 1) }
    #expect(literal.value(at: 1000) == 0.25)
    #expect(whole.value(at: 3) == 2)
    #expect(inverse.scaled(by: 3).value(at: 2) == 1)
    #expect(
      Schedule.exponential(from: 1, factor: 0.5, every: 4, inStairs: true).value(at: 7) == 0.5)
    #expect(Schedule.exponential(from: 1, factor: 0.25, every: 4).value(at: 2) == 0.5)
    #expect(inverse.description == "inverse")
    #expect(Schedule.cosine(from: 0.05, steps: 600).description.contains("600"))
  }

  @Test("refuses negative steps, empty periods and milestones that do not rise")
  func refusals() async {
    await #expect(processExitsWith: .failure) { _ = Schedule.constant(1).value(at: -1) }
    await #expect(processExitsWith: .failure) { _ = Schedule.cosine(from: 1, steps: 0) }
    await #expect(processExitsWith: .failure) { _ = Schedule.constant(1).warmedUp(over: 0) }
    await #expect(processExitsWith: .failure) {
      _ = Schedule.sequence([0.1, 0.2, 0.3], milestones: [5, 5])
    }
  }
}
