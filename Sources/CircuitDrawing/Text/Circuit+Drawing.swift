public import Circuits
import Compute

extension Circuit {
  /// The circuit in box-drawing characters, qubit 0 on top, the classical registers below the qubits.
  ///
  /// Controls are `●` on 1 and `○` on 0; the target of a controlled X is `⊕`, that of a controlled Z a `●` too,
  /// exchanges are `✕`, barriers `░`. A line that only crosses a wire is `┼`. Gates of several targets number them,
  /// 0 for the least significant. Angles show multiples of π, four digits of other numbers, weights and inputs by
  /// their names.
  ///
  /// A register is one double wire with its size. A measurement `M` is joined to it, with the number of the bit below;
  /// measurements that follow each other share a column, and name the bits themselves, as `M→3`. `|0⟩` is a reset. A
  /// single gate on a condition is joined to the register `■` that is read, with the condition below. Longer conditional
  /// instructions stand between the marks `if`, `else` and `end`, loops between `while` and `end`.
  ///
  /// ```
  ///      ┌───┐   ┌─────┐
  /// q_0: ┤ H ├─●─┤ M→0 ├
  ///      └───┘ │ ├──╫──┤
  /// q_1: ──────⊕─┤ M→1 ├
  ///              └──╥──┘
  /// c: 2/═══════════╩═══
  /// ```
  ///
  /// - Parameters:
  ///   - width: The longest line in characters; longer circuits go on below, with `»` and `«` at the cut, and labels
  ///     of gates that are wider by themselves are cut with `…`. Nil for lines of any length.
  ///   - options: Names, and how much is shown.
  /// - Returns: The lines, each but the last ended by a line break, without spaces at their ends.
  /// - Precondition: `width` is positive.
  /// - Complexity: O(columns · wires).
  public func drawing(width: Int? = 100, options: DrawingOptions = DrawingOptions()) -> String {
    require(width ?? 1 > 0, "drawing: expected a positive width, found \(width ?? 0)")
    return TextDrawing(CircuitLayout(self, options: options), width: width).text
  }
}

extension Circuit: CustomStringConvertible {
  /// The circuit as ``drawing(width:options:)`` shows it.
  public var description: String { drawing() }
}
