import Compute

/// A qubit that must be in a given state for a gate to act.
public struct Control: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The control qubit.
  public let qubit: Int
  /// The state it must have: true for 1.
  public let state: Bool

  /// Creates a control.
  public init(_ qubit: Int, state: Bool = true) {
    self.qubit = qubit
    self.state = state
  }

  /// Creates a control on state 1.
  public init(integerLiteral qubit: Int) { self.init(qubit) }

  /// A control on state 1.
  public static func on(_ qubit: Int) -> Control { Control(qubit, state: true) }

  /// A control on state 0.
  public static func off(_ qubit: Int) -> Control { Control(qubit, state: false) }

  /// The qubit, with an exclamation mark before it for state 0.
  public var description: String { state ? "\(qubit)" : "!\(qubit)" }
}

extension ControlMask {
  /// Creates the condition that all of `controls` hold.
  ///
  /// - Precondition: The qubits are different and in `0..<63`.
  public init(_ controls: [Control]) {
    var mask: UInt64 = 0
    var value: UInt64 = 0
    for control in controls {
      require(
        0..<PauliString.qubitLimit ~= control.qubit,
        "controls: found qubit \(control.qubit), expected 0 to 62")
      let bit = UInt64(1) << UInt64(control.qubit)
      require(mask & bit == 0, "controls: qubit \(control.qubit) is repeated")
      mask |= bit
      if control.state { value |= bit }
    }
    self.init(mask: mask, value: value)
  }
}
