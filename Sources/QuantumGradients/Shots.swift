import Compute

/// A finite number of measurements for each observable, and what decides their outcomes.
public struct Shots: Hashable, Sendable {
  /// The measurements of every Pauli term, or of all qubits where probabilities are wanted.
  public var count: Int
  /// The seed of the outcomes.
  public var seed: UInt64

  /// Creates a number of shots.
  ///
  /// - Precondition: `count` is at least 1.
  public init(_ count: Int, seed: UInt64 = 0) {
    require(count >= 1, "a number of shots is at least 1: found \(count)")
    self.count = count
    self.seed = seed
  }

  /// The same number of shots with outcomes of their own: for the step number `step` of a training.
  public func advanced(to step: UInt64) -> Shots {
    Shots(count, seed: seed &+ step &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The same number of shots with outcomes that `other` decides too.
  public func mixed(with other: UInt64) -> Shots {
    var stream = RandomStream(seed: seed, purpose: Self.mixing, index: other)
    return Shots(count, seed: stream.next())
  }

  private static let mixing = RandomPurpose("seeds of shots")
}
