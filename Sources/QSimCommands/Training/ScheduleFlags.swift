import ArgumentParser
import Hilbert

/// The schedules of the library, as flags name them.
enum ScheduleName: String, ExpressibleByArgument, CaseIterable {
  case constant, linear, cosine, polynomial, step, exponential, cyclic
  case multiStep = "multi-step"
}

/// Numbers with commas between them: `10,20,30`.
struct StepList: ExpressibleByArgument {
  let steps: [Int]

  init?(argument: String) {
    let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
    let steps = fields.compactMap { Int($0.filter { $0 != " " }) }
    guard steps.count == fields.count, steps.allSatisfy({ $0 > 0 }) else { return nil }
    self.steps = steps
  }
}

/// How the learning rate of a training changes.
struct ScheduleFlags: ParsableArguments {
  @Option(parsing: .unconditional, help: "The learning rate, at the first step.")
  var learningRate = 0.1
  @Option(help: "How the learning rate changes.") var schedule: ScheduleName = .constant
  @Option(
    parsing: .unconditional,
    help:
      "The rate at the end of linear, cosine and polynomial, and the top of cyclic; 0 by default.")
  var finalRate: Double?
  @Option(
    parsing: .unconditional,
    help: "The steps of linear, cosine and polynomial; all behind the warm-up by default.")
  var scheduleSteps: Int?
  @Option(
    parsing: .unconditional,
    help:
      "The steps between two falls of step, and of one period of exponential; half a cycle of cyclic."
  )
  var period: Int?
  @Option(parsing: .unconditional, help: "The factor of each fall; 0.1 by default.")
  var factor: Double?
  @Option(parsing: .unconditional, help: "The power of polynomial; 1 by default.") var power:
    Double?
  @Option(help: "The steps at which multi-step falls, as 100,200.") var milestones: StepList?
  @Option(parsing: .unconditional, help: "The steps over which the rate rises first.")
  var warmUp: Int?

  /// The schedules that read each flag.
  private static let reads: [(String, Set<ScheduleName>)] = [
    ("final-rate", [.linear, .cosine, .polynomial, .cyclic]),
    ("schedule-steps", [.linear, .cosine, .polynomial]),
    ("period", [.step, .exponential, .cyclic]), ("factor", [.step, .exponential, .multiStep]),
    ("power", [.polynomial]), ("milestones", [.multiStep]),
  ]

  /// The most steps of a training, and so of what changes in it.
  static let stepLimit = 100_000_000

  func validate() throws {
    let given = [
      finalRate != nil, scheduleSteps != nil, period != nil, factor != nil, power != nil,
      milestones != nil,
    ]
    for ((name, schedules), isGiven) in zip(Self.reads, given)
    where isGiven && !schedules.contains(schedule) {
      throw ValidationError(
        "found --\(name) with --schedule \(schedule.rawValue), which does not read it.")
    }
    for (name, value) in [
      ("learning-rate", learningRate), ("final-rate", finalRate ?? 0), ("factor", factor ?? 0),
      ("power", power ?? 0),
    ] where !(value >= 0 && value.isFinite) {
      throw ValidationError("found --\(name) \(value), expected a number of at least 0.")
    }
    for (name, value) in [
      ("schedule-steps", scheduleSteps), ("period", period), ("warm-up", warmUp),
    ] {
      if let value, !(1...Self.stepLimit).contains(value) {
        throw ValidationError("found --\(name) \(value), expected 1 to \(Self.stepLimit).")
      }
    }
    if schedule == .multiStep, milestones == nil {
      throw ValidationError("found --schedule multi-step, expected --milestones with it.")
    }
    if schedule == .step, period == nil {
      throw ValidationError("found --schedule step, expected --period with it.")
    }
    if schedule == .cyclic, finalRate == nil || period == nil {
      throw ValidationError("found --schedule cyclic, expected --final-rate and --period with it.")
    }
  }

  /// The schedule of a training of so many steps.
  func made(steps: Int) -> Schedule {
    let length = scheduleSteps ?? max(steps - (warmUp ?? 0), 1)
    let end = finalRate ?? 0
    let base: Schedule =
      switch schedule {
      case .constant: .constant(learningRate)
      case .linear: .linear(from: learningRate, to: end, steps: length)
      // Behind its last step the cosine would rise again.
      case .cosine:
        .sequence(
          [.cosine(from: learningRate, to: end, steps: length), .constant(end)],
          milestones: [length])
      case .polynomial:
        .polynomial(from: learningRate, to: end, steps: length, power: power ?? 1)
      case .step: .step(from: learningRate, every: period ?? 1, factor: factor ?? 0.1)
      case .multiStep:
        .multiStep(from: learningRate, at: milestones?.steps ?? [], factor: factor ?? 0.1)
      case .exponential:
        .exponential(from: learningRate, factor: factor ?? 0.1, every: period ?? length)
      case .cyclic: .cyclic(from: learningRate, to: end, up: period ?? 1)
      }
    return warmUp.map { base.warmedUp(over: $0) } ?? base
  }
}
