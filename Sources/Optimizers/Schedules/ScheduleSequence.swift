import Compute

extension Schedule {
  /// One schedule after another, each counting its steps from its own beginning.
  ///
  /// Schedule i holds from step mᵢ to before mᵢ₊₁, with m₀ = 0: its value there is that at `t − mᵢ`.
  /// torch's `SequentialLR`.
  ///
  /// ```swift
  /// Schedule.sequence([.linear(from: 0, to: 0.1, steps: 10), .cosine(from: 0.1, steps: 90)],
  ///   milestones: [10])
  /// ```
  ///
  /// - Parameters:
  ///   - schedules: The schedules in order; at least one.
  ///   - milestones: The steps at which the second, third, … begins.
  /// - Returns: The schedule of the whole.
  /// - Precondition: there is one milestone less than schedules, and they rise from above 0.
  public static func sequence(_ schedules: [Schedule], milestones: [Int]) -> Schedule {
    require(
      schedules.count == milestones.count + 1,
      "schedule sequence: expected \(schedules.count - 1) milestones for \(schedules.count) "
        + "schedules, found \(milestones.count)")
    require(
      zip([0] + milestones, milestones).allSatisfy { $0 < $1 },
      "schedule sequence: expected milestones that rise from above 0, found \(milestones)")
    let parts = schedules.map(\.description).joined(separator: ", then ")
    return Schedule("\(parts); changes at \(milestones)") { step in
      let index = milestones.count { $0 <= step }
      return schedules[index].value(at: index == 0 ? step : step - milestones[index - 1])
    }
  }

  /// A straight rise to `target`: `η₁ · (f + (1 − f) · min(t, T)/T)`, then constant.
  ///
  /// torch's `LinearLR`, with its defaults.
  ///
  /// - Parameters:
  ///   - target: The value η₁ from step T on.
  ///   - steps: The steps T of the rise; positive.
  ///   - startFactor: The fraction f of `target` at step 0.
  /// - Returns: The schedule.
  public static func linearWarmUp(
    to target: Double, steps: Int = 5, startFactor: Double = 1.0 / 3
  ) -> Schedule {
    .linear(from: target * startFactor, to: target, steps: steps)
  }

  /// This schedule after a straight rise to its first value η: `η · (t + 1)/T` at the steps t < T of the rise.
  ///
  /// The first step moves by η/T already, and the last step of the rise is at η, which is where this schedule
  /// begins at its own step 0 one step later. torch's `LinearLR` with `start_factor` 1/T and `total_iters` T - 1,
  /// followed by this schedule. (A rise that starts at 0, as `get_linear_schedule_with_warmup` of transformers
  /// makes it, spends its first step on nothing; `startFactor` 0 gives that one.)
  ///
  /// - Parameters:
  ///   - steps: The steps T of the rise; positive. This schedule begins behind them, at its step 0.
  ///   - startFactor: Where given, the rise is torch's `LinearLR` of T steps instead,
  ///     `η · (f + (1 - f) · t/T)` with this fraction f of η at step 0.
  /// - Returns: The schedule of both, one after the other.
  public func warmedUp(over steps: Int, startFactor: Double? = nil) -> Schedule {
    Self.requirePositive(steps, "warm-up: steps")
    let target = value(at: 0)
    if let startFactor {
      return .sequence(
        [.linearWarmUp(to: target, steps: steps, startFactor: startFactor), self],
        milestones: [steps])
    }
    let rise = Schedule("linear to \(target) in \(steps) steps") { step in
      target * Double(step + 1) / Double(steps)
    }
    return .sequence([rise, self], milestones: [steps])
  }
}
