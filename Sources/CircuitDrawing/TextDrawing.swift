public import Circuits
import Compute

extension Circuit {
  /// The circuit in box-drawing characters, qubit 0 on top.
  ///
  /// Controls are `●` on 1 and `○` on 0, exchanges `×`, barriers `░`; the target of a Z under controls is a `●` too,
  /// that of an X a box. `M` is a measurement into the bit of the qubit's own number, `M→3` one into bit 3, `|0⟩` a
  /// reset. What depends on a condition stands between `if` and `end`, its contrary after `else`. Gates of several
  /// targets number them, 0 for the least significant. Angles show multiples of π, four digits of other numbers,
  /// weights as `w[i]` and inputs as `x[j]`.
  ///
  /// ```
  ///     ┌───┐
  /// q0: ┤ H ├──●──
  ///     └───┘┌─┴─┐
  /// q1: ─────┤ X ├
  ///          └───┘
  /// ```
  ///
  /// - Parameter width: The longest line in characters; longer circuits go on below, with `»` at the
  ///   cut. A single column that is wider stays whole.
  /// - Returns: The lines, each but the last ended by a line break, without spaces at their ends.
  /// - Precondition: `width` is positive.
  /// - Complexity: O(instructions · qubits).
  public func drawing(width: Int = 100) -> String {
    require(width > 0, "drawing: expected a positive width, found \(width)")
    return TextDrawing(CircuitColumns(self), width: width).text
  }
}

extension Circuit: CustomStringConvertible {
  /// The circuit as ``drawing(width:)`` shows it.
  public var description: String { drawing() }
}

/// Lays a circuit out in characters.
struct TextDrawing {
  /// The longest list of angles in a box, in characters.
  private static let angleLimit = 28

  private let columns: CircuitColumns
  private let width: Int

  init(_ columns: CircuitColumns, width: Int) {
    self.columns = columns
    self.width = width
  }

  var text: String {
    var blocks: [String] = []
    if let phase = columns.globalPhase {
      blocks.append("global phase: " + AngleText.whole(phase))
    }
    guard columns.qubitCount > 0 else { return blocks.joined(separator: "\n") }
    let drawn = columns.columns.map(column)
    let labels = wireLabels
    var start = 0
    repeat {
      var lines = labels
      var end = start
      // Room for the mark of a cut at each end.
      while end < drawn.count {
        let next = lines[0].count + drawn[end][0].count + (start > 0 ? 1 : 0)
        let isLast = end + 1 == drawn.count
        if end > start && next + (isLast ? 0 : 1) > width { break }
        lines = zip(lines, drawn[end]).map { $0 + $1 }
        end += 1
      }
      if drawn.isEmpty { lines = zip(lines, blank(width: 2)).map { $0 + $1 } }
      if end < drawn.count { lines = lines.map { $0 + "»" } }
      if start > 0 {
        lines = lines.enumerated().map { row, line in
          line.prefix(labels[row].count) + "«" + line.dropFirst(labels[row].count)
        }
      }
      blocks.append(Self.merged(lines))
      start = end
    } while start < drawn.count
    return blocks.joined(separator: "\n\n")
  }

  /// The three lines of each wire, with its name on the second.
  private var wireLabels: [String] {
    let longest = "q\(columns.qubitCount - 1): ".count
    return (0..<columns.qubitCount).flatMap { qubit in
      let name = "q\(qubit): "
      let margin = String(repeating: " ", count: longest)
      return [margin, String(repeating: " ", count: longest - name.count) + name, margin]
    }
  }

  /// Empty wires, `width` characters wide: three lines each.
  private func blank(width: Int) -> [String] {
    let space = String(repeating: " ", count: width)
    let wire = String(repeating: "─", count: width)
    return (0..<columns.qubitCount).flatMap { _ in [space, wire, space] }
  }

  /// One column: three lines a wire, all of one width.
  private func column(_ steps: [DrawnStep]) -> [String] {
    let boxes = steps.map { ($0, Self.label(of: $0)) }
    let width = boxes.map { $0.0.textWidth(label: $0.1) }.max() ?? 2
    var canvas = blank(width: width).map(Array.init)
    for (step, label) in boxes { Self.draw(step, label: label, on: &canvas) }
    return canvas.map { String($0) }
  }

  private static func label(of step: DrawnStep) -> String {
    step.angles.isEmpty
      ? step.label : "\(step.label)(\(AngleText.list(step.angles, limit: angleLimit)))"
  }

  private static func draw(_ step: DrawnStep, label: String, on canvas: inout [[Character]]) {
    let width = canvas[0].count
    let middle = (width - 1) / 2
    for qubit in step.span {
      let row = 3 * qubit + 1
      let isFirst = qubit == step.span.lowerBound
      let isLast = qubit == step.span.upperBound
      guard let part = step.parts[qubit] else {
        canvas[row][middle] = step.isBarrier ? "─" : "┼"
        if !step.isBarrier {
          canvas[row - 1][middle] = "│"
          canvas[row + 1][middle] = "│"
        }
        continue
      }
      switch part {
      case .barrier:
        for line in row - 1...row + 1 { canvas[line][middle] = "░" }
      case .control(let state):
        canvas[row][middle] = state ? "●" : "○"
      case .cross:
        canvas[row][middle] = "×"
      case .not, .measurement, .box:
        box(step.boxText(label: label, part), at: row, on: &canvas)
      case .block(let number):
        block(step, number: number, at: qubit, on: &canvas)
      }
      let isSolid = part.isBox
      if part == .barrier { continue }
      let block = step.block
      if !isFirst && !(block?.contains(qubit - 1) == true && block?.contains(qubit) == true) {
        canvas[row - 1][middle] = isSolid ? "┴" : "│"
      }
      if !isLast && !(block?.contains(qubit + 1) == true && block?.contains(qubit) == true) {
        canvas[row + 1][middle] = isSolid ? "┬" : "│"
      }
    }
    if let block = step.block { put(label, amid: block, on: &canvas) }
  }

  /// A box about `text` on one wire, in the middle of the column.
  private static func box(_ text: String, at row: Int, on canvas: inout [[Character]]) {
    let inner = text.count + 2
    let left = (canvas[0].count - 1) / 2 - (inner + 1) / 2
    let edge = String(repeating: "─", count: inner)
    put("┌\(edge)┐", left, on: &canvas[row - 1])
    put("┤ \(text) ├", left, on: &canvas[row])
    put("└\(edge)┘", left, on: &canvas[row + 1])
  }

  /// One wire's part of the block of several targets.
  private static func block(
    _ step: DrawnStep, number: Int?, at qubit: Int, on canvas: inout [[Character]]
  ) {
    let row = 3 * qubit + 1
    let inner = step.blockWidth(label: label(of: step)) - 2
    let left = (canvas[0].count - 1) / 2 - (inner + 1) / 2
    let edge = String(repeating: "─", count: inner)
    let space = String(repeating: " ", count: inner)
    let digits = number.map { "\($0)" } ?? ""
    let rest = String(repeating: " ", count: inner - digits.count)
    put(
      qubit == step.block?.lowerBound ? "┌\(edge)┐" : "│\(space)│", left, on: &canvas[row - 1])
    put("┤\(digits)\(rest)├", left, on: &canvas[row])
    put(
      qubit == step.block?.upperBound ? "└\(edge)┘" : "│\(space)│", left, on: &canvas[row + 1])
  }

  /// The label in the middle of a block.
  private static func put(
    _ label: String, amid block: ClosedRange<Int>, on canvas: inout [[Character]]
  ) {
    // An even number of wires has its middle between two of them: on the line under the upper one.
    let size = block.count
    let row = 3 * (block.lowerBound + (size - 1) / 2) + (size.isMultiple(of: 2) ? 2 : 1)
    let digits = "\(size - 1)".count
    let inner = digits + label.count + 2
    let left = (canvas[0].count - 1) / 2 - (inner + 1) / 2
    put(label, left + 1 + digits + 1, on: &canvas[row])
  }

  private static func put(_ text: String, _ left: Int, on line: inout [Character]) {
    for (offset, character) in text.enumerated() { line[left + offset] = character }
  }

  /// The lines of all wires, with the last of one and the first of the next made one where they fit.
  private static func merged(_ lines: [String]) -> String {
    var merged: [String] = []
    for (index, line) in lines.enumerated() {
      let isTop = index % 3 == 0 && index > 0
      if isTop, let last = merged.last, let both = overlay(last, line) {
        merged[merged.count - 1] = both
      } else {
        merged.append(line)
      }
    }
    let trimmed = merged.map { line in
      var kept = line
      while kept.last == " " { kept.removeLast() }
      return kept
    }
    // Above the first wire and below the last there may be nothing but the marks of cuts.
    func isFilled(_ line: String) -> Bool { line.contains { !" «»".contains($0) } }
    let first = trimmed.firstIndex(where: isFilled) ?? 0
    let last = trimmed.lastIndex(where: isFilled) ?? 0
    return trimmed[first...last].joined(separator: "\n")
  }

  /// Two lines in one; nil where both have something to say at one place.
  private static func overlay(_ upper: String, _ lower: String) -> String? {
    var both = ""
    for (above, below) in zip(upper, lower) {
      switch (above, below) {
      case (" ", _): both.append(below)
      case (_, " "): both.append(above)
      case ("│", "│"), ("│", "┴"), ("░", "░"), ("»", "»"), ("«", "«"): both.append(below)
      case ("┬", "│"): both.append(above)
      default: return nil
      }
    }
    return both
  }
}

extension DrawnStep {
  fileprivate var isBarrier: Bool { parts.values.contains(.barrier) }

  /// The text in the box of `part`.
  fileprivate func boxText(label: String, _ part: Part) -> String {
    guard case .box(let number?) = part else { return label }
    return "\(number) \(label)"
  }

  /// The width of the block with its border.
  fileprivate func blockWidth(label: String) -> Int {
    "\((block?.count ?? 1) - 1)".count + label.count + 4
  }

  /// The characters that the widest part takes.
  fileprivate func textWidth(label: String) -> Int {
    parts.values.map { part in
      switch part {
      case .control, .cross: 3
      case .barrier: 3
      case .not, .measurement, .box: boxText(label: label, part).count + 4
      case .block: blockWidth(label: label)
      }
    }.max() ?? 3
  }
}

extension DrawnStep.Part {
  /// Whether the part has a border into which the link runs.
  fileprivate var isBox: Bool {
    switch self {
    case .not, .measurement, .box, .block: true
    case .control, .cross, .barrier: false
    }
  }
}
