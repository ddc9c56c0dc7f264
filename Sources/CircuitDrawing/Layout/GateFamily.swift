import Circuits

/// What kind of thing a step is, which decides its colour in figures.
///
/// The family follows from the record, never from a name: what an angle depends on matters more to a reader than
/// which gate it turns.
enum GateFamily: CaseIterable {
  /// Gates without angles, and given initial states.
  case fixed
  /// Gates at angles that are numbers.
  case numbers
  /// Gates at angles that depend on weights.
  case weights
  /// Gates at angles that depend on inputs and on no weight, and inputs as amplitudes.
  case inputs
  /// Measurements and resets.
  case measuring
  /// Channels.
  case noise
  /// Conditions, loops and assignments.
  case classical

  /// The family of a gate at these angles.
  init(angles: [Angle]) {
    if angles.contains(where: { $0.weightCount > 0 }) {
      self = .weights
    } else if angles.contains(where: { $0.inputCount > 0 }) {
      self = .inputs
    } else {
      self = angles.isEmpty ? .fixed : .numbers
    }
  }
}
