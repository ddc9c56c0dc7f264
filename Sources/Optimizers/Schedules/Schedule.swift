import Compute

/// A number that depends on the step, such as a learning rate: a pure value.
///
/// A schedule has no state: ``value(at:)`` is a closed form of the step, so that a run that resumes at
/// step 500 goes on exactly, and a schedule can be drawn before it is used. A literal is a constant
/// schedule. The ones of this module follow torch's formulas and defaults; any function of the step
/// makes another:
///
/// ```swift
/// Adam(model.parameters, learningRate: 0.01)
/// Adam(model.parameters, learningRate: .cosine(from: 0.05, steps: 600))
/// Adam(model.parameters, learningRate: .step(from: 0.1, every: 30).warmedUp(over: 10))
/// let halves = Schedule("one over t") { step in 0.1 / Double(step + 1) }
/// ```
public struct Schedule: Sendable, CustomStringConvertible {
  /// The formula in words, such as `cosine from 0.05 to 0 in 600 steps`.
  public let description: String
  private let formula: @Sendable (Int) -> Double

  /// The schedule with the value `formula(step)` at each step from 0 on.
  ///
  /// - Parameters:
  ///   - description: The formula in words, for reports.
  ///   - formula: The value at a step; a pure function.
  public init(
    _ description: String = "custom", _ formula: @escaping @Sendable (_ step: Int) -> Double
  ) {
    self.description = description
    self.formula = formula
  }

  /// Returns the value at `step`, counted from 0.
  ///
  /// - Precondition: `step` is not negative.
  public func value(at step: Int) -> Double {
    require(step >= 0, "schedule: expected a step of at least 0, found \(step)")
    return formula(step)
  }

  /// Returns the values at each of `steps`, to draw or to compare them.
  public func values(at steps: Range<Int>) -> [Double] {
    steps.map { value(at: $0) }
  }

  /// The constant schedule: `value` at every step.
  public static func constant(_ value: Double) -> Schedule {
    Schedule("constant \(value)") { _ in value }
  }

  /// The schedule of `factor` times the value of this one at each step.
  public func scaled(by factor: Double) -> Schedule {
    Schedule("\(factor) times (\(description))") { factor * value(at: $0) }
  }

  /// Traps unless `count` is positive, naming the schedule and what the count is.
  static func requirePositive(_ count: Int, _ what: String) {
    require(count > 0, "\(what): expected a positive number of steps, found \(count)")
  }
}

extension Schedule: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// The constant schedule of a literal.
  public init(floatLiteral value: Double) { self = .constant(value) }

  /// The constant schedule of a whole literal.
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }
}
