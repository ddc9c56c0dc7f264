import Foundation

extension Schedule {
  /// Falls by `factor` every `period` steps: `η₀ · γ^⌊t / s⌋`.
  ///
  /// torch's `StepLR`.
  ///
  /// - Parameters:
  ///   - start: The value η₀ at step 0.
  ///   - period: The steps s between two falls; positive.
  ///   - factor: The factor γ of each fall.
  /// - Returns: The schedule.
  public static func step(
    from start: Double, every period: Int, factor: Double = 0.1
  ) -> Schedule {
    requirePositive(period, "step schedule: period")
    return Schedule("step from \(start) by \(factor) every \(period) steps") { step in
      start * pow(factor, Double(step / period))
    }
  }

  /// Falls by `factor` at each milestone: `η₀ · γ^#{mᵢ ≤ t}`.
  ///
  /// torch's `MultiStepLR`. A milestone listed twice counts twice.
  ///
  /// - Parameters:
  ///   - start: The value η₀ before the first milestone.
  ///   - milestones: The steps mᵢ from which a further factor holds, in any order.
  ///   - factor: The factor γ of each fall.
  /// - Returns: The schedule.
  public static func multiStep(
    from start: Double, at milestones: [Int], factor: Double = 0.1
  ) -> Schedule {
    Schedule("multi-step from \(start) by \(factor) at \(milestones)") { step in
      start * pow(factor, Double(milestones.count { $0 <= step }))
    }
  }

  /// Falls by `factor` over every `period` steps, smoothly or in stairs: `η₀ · γ^(t / s)`.
  ///
  /// With the period 1 it is torch's `ExponentialLR`; with another, Keras' `ExponentialDecay`.
  ///
  /// - Parameters:
  ///   - start: The value η₀ at step 0.
  ///   - factor: The factor γ over one period.
  ///   - period: The steps s of one period; positive.
  ///   - inStairs: Whether the exponent is rounded down, which makes it the ``step(from:every:factor:)``
  ///     schedule.
  /// - Returns: The schedule.
  public static func exponential(
    from start: Double, factor: Double, every period: Int = 1, inStairs: Bool = false
  ) -> Schedule {
    requirePositive(period, "exponential schedule: period")
    let stairs = inStairs ? " in stairs" : ""
    return Schedule("exponential from \(start) by \(factor) every \(period) steps\(stairs)") {
      step in
      let periods = Double(step) / Double(period)
      return start * pow(factor, inStairs ? periods.rounded(.down) : periods)
    }
  }
}
