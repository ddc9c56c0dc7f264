/// Something drawn inside the axes of a chart.
protocol Mark: Sendable {
  /// What of each axis the mark needs.
  func extent(x: Axis, y: Axis) -> MarkExtent
  /// The number of colours of the palette that the mark uses up.
  var colorCount: Int { get }
  /// The entries of the legend; names may be empty, and are then left out.
  func legend(firstColor: Int) -> [LegendEntry]
  /// The colour bar, for marks that show numbers as colours.
  var colorBar: ColorBar? { get }
  /// The drawing, clipped to the frame by the caller.
  func draw(in frame: PlotFrame) -> [SVGElement]
}

/// What a mark needs of the axes.
struct MarkExtent: Equatable, Sendable {
  var x: ClosedRange<Double>?
  var y: ClosedRange<Double>?
  /// Whether the axes may end where the data end; otherwise a little room is left.
  var fillsX = false
  var fillsY = false
  /// Whether all numbers along x are whole.
  var isWholeX = false
  var isWholeY = false

  /// The smallest range that holds both.
  static func union(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> ClosedRange<Double>? {
    guard let a, let b else { return a ?? b }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  /// The range of `values` that `axis` can show.
  static func range(of values: some Sequence<Double>, on axis: Axis) -> ClosedRange<Double>? {
    values.reduce(nil) { range, value in
      axis.shows(value) ? union(range, value...value) : range
    }
  }
}

/// A line of the legend.
struct LegendEntry: Equatable, Sendable {
  enum Symbol: Equatable, Sendable {
    case line(dash: String)
    case marker(Marker)
    case box
  }
  let name: String
  let color: Color
  let symbol: Symbol
}

/// The key of a mark that shows numbers as colours.
struct ColorBar: Equatable, Sendable {
  let map: ColorMap
  let range: ClosedRange<Double>
  let label: String
}

/// The place where marks are drawn.
struct PlotFrame: Sendable {
  let area: Rectangle
  let x: Projection
  let y: Projection
  let axes: (x: Axis, y: Axis)
  /// The number in the palette of the mark's first colour.
  let firstColor: Int
}

/// The shape of a point; each class of a scatter plot has its own.
enum Marker: Int, CaseIterable, Sendable {
  case circle
  case square
  case triangle
  case diamond
  case inverted
  case cross
  case plus
  case pentagon

  /// The marker of the group number `index`.
  static func group(_ index: Int) -> Marker { allCases[index % allCases.count] }

  /// Whether the shape is made of strokes, without an inside.
  var isOpen: Bool { self == .cross || self == .plus }

  /// The path of the shape about (`x`, `y`), of about the area of a circle of `radius`.
  func path(x: Double, y: Double, radius r: Double) -> String {
    func polygon(_ corners: [(Double, Double)]) -> String {
      let points = corners.map {
        SVGElement.coordinate(x + $0.0 * r) + " " + SVGElement.coordinate(y + $0.1 * r)
      }
      return "M" + points.joined(separator: "L") + "z"
    }
    switch self {
    case .circle:
      let diameter = SVGElement.coordinate(2 * r)
      let radius = SVGElement.coordinate(r)
      return "M\(SVGElement.coordinate(x - r)) \(SVGElement.coordinate(y))"
        + "a\(radius) \(radius) 0 1 0 \(diameter) 0a\(radius) \(radius) 0 1 0 -\(diameter) 0z"
    case .square: return polygon([(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)])
    case .triangle: return polygon([(0, -1.25), (1.15, 0.8), (-1.15, 0.8)])
    case .diamond: return polygon([(0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)])
    case .inverted: return polygon([(0, 1.25), (1.15, -0.8), (-1.15, -0.8)])
    case .pentagon:
      return polygon([(0, -1.15), (1.09, -0.36), (0.68, 0.93), (-0.68, 0.93), (-1.09, -0.36)])
    case .cross, .plus:
      let d = self == .cross ? 0.85 : 1.15
      let arms =
        self == .cross
        ? [((-d, -d), (d, d)), ((-d, d), (d, -d))] : [((-d, 0.0), (d, 0.0)), ((0.0, -d), (0.0, d))]
      return arms.map { start, end in
        let from = polygon([start]).dropLast()
        let to = polygon([end]).dropFirst().dropLast()
        return "\(from)L\(to)"
      }.joined()
    }
  }
}
