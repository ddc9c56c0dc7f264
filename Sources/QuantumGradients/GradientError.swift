public import Simulation

/// Why a gradient cannot be taken as asked.
public enum GradientError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The circuit cannot be simulated.
  case simulation(SimulationError)
  /// The method needs exact outputs, and a number of shots was given.
  case needsExactOutputs(method: String)
  /// A gate has no shift rule.
  case noShiftRule(gate: String, reason: String)
  /// A step of differences that is not a positive number.
  case badStep(Double)
  /// A number of shots below one.
  case badShots(Int)

  /// A sentence that says what to do.
  public var description: String {
    switch self {
    case .simulation(let error): error.description
    case .needsExactOutputs(let method):
      "the \(method) method needs exact outputs; with shots use the parameter-shift rule"
    case .noShiftRule(let gate, let reason):
      "gate '\(gate)' has no shift rule: \(reason); use the adjoint method"
    case .badStep(let step): "a step of differences is positive and finite: found \(step)"
    case .badShots(let shots): "a number of shots is at least 1: found \(shots)"
    }
  }
}
