public import Circuits
import Compute
public import Figures

extension Circuit {
  /// The circuit as a figure, qubit 0 on top.
  ///
  /// Controls are discs, filled for 1 and open for 0; the target of a controlled X is a ⊕, that of a controlled
  /// Z a disc too, an exchange a pair of crosses. Boxes at angles with weights are orange, with inputs alone
  /// green, others blue. Gates of several targets number them, 0 for the least significant; a measurement
  /// names its classical bit where the number is not that of the qubit. What depends on a condition stands between
  /// gray marks with `if` and `end`, its contrary after `else`.
  ///
  /// - Parameters:
  ///   - title: The title above the circuit; empty for none.
  ///   - width: The width in pixels at which a longer circuit goes on below; a single column that is wider
  ///     stays whole.
  /// - Returns: The figure, with ``CircuitFigure/svg`` and ``CircuitFigure/write(to:)``.
  /// - Precondition: `width` is at least 100.
  /// - Complexity: O(instructions · qubits).
  public func figure(title: String = "", width: Double = 1100) -> CircuitFigure {
    require(width >= 100, "circuit figure: expected a width of 100 or more, found \(width)")
    return CircuitFigure(
      svg: SVGDrawing(CircuitColumns(self), title: title, width: width).document.serialized)
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
