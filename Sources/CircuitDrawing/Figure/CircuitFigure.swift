public import Circuits
import Compute
public import Figures

extension Circuit {
  /// The circuit as a figure, qubit 0 on top, the classical registers below the qubits as double wires.
  ///
  /// Controls are discs, filled for 1 and open for 0; the target of a controlled X is a ⊕, that of a controlled
  /// Z a disc too, an exchange a pair of crosses. Gates of several targets number them, 0 for the least significant.
  /// Colours say what a step depends on: boxes at angles with weights are orange, with inputs alone green, at numbers
  /// violet, without angles blue; channels are red, measurements, resets and conditions gray. A measurement is joined
  /// to its register, with the number of the bit; measurements that follow each other share a column. A single gate on
  /// a condition is joined to the registers that it reads; longer conditional instructions, and loops, stand in a
  /// shaded frame between the marks `if`, `else` and `end`. Each step says all of itself where the pointer rests.
  ///
  /// - Parameters:
  ///   - title: The title above the circuit; empty for none.
  ///   - width: The width in pixels at which a longer circuit goes on below; a single column that is wider
  ///     stays whole. Nil for one row.
  ///   - options: Names, and how much is shown.
  /// - Returns: The figure, with ``CircuitFigure/svg`` and ``CircuitFigure/write(to:)``.
  /// - Precondition: `width` is at least 100.
  /// - Complexity: O(instructions · qubits).
  public func figure(
    title: String = "", width: Double? = 1100, options: DrawingOptions = DrawingOptions()
  ) -> CircuitFigure {
    let limit = width ?? .infinity
    require(limit >= 100, "circuit figure: expected a width of 100 or more, found \(limit)")
    let drawing = SVGDrawing(
      CircuitLayout(self, options: options), title: title, width: limit)
    return CircuitFigure(svg: drawing.document.serialized)
  }
}

/// A drawn circuit as an SVG document; the same circuit gives the same text on every machine.
public struct CircuitFigure: Hashable, Sendable {
  /// The figure as an SVG 1.1 document.
  public let svg: String

  /// Writes ``svg`` to `path`, whole or not at all: under a temporary name first, which is then renamed.
  ///
  /// - Throws: `FigureError` naming the path, where its directory is missing or cannot be written.
  public func write(to path: String) throws(FigureError) {
    try FileReplacement.write(svg, to: path)
  }
}
