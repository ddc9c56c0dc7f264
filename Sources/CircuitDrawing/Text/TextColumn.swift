/// One column of a text drawing: wire w is line 2w + 1, with a line above it and one below the last wire.
struct TextColumn {
  private var canvas: TextCanvas
  /// The width of the box on each qubit's wire, 0 where there is none; boxes that touch are equally wide.
  private let boxWidths: [Int]
  /// Where lines from wire to wire run.
  private let middle: Int

  /// The lines, all of one width.
  var lines: [String] { canvas.lines }

  /// The characters of a line.
  var width: Int { canvas.width }

  /// Draws steps that share no wire; bare wires, `least` characters wide, where there are none.
  init(_ steps: [DrawnStep], wires: DrawnWires, least: Int) {
    boxWidths = Self.boxWidths(of: steps, qubitCount: wires.qubitCount)
    let width = max(
      least, boxWidths.max() ?? 0, steps.map(Self.widthBesideBoxes).max() ?? 0)
    middle = (width - 1) / 2
    canvas = TextCanvas(width: width, height: 2 * wires.count + 1)
    for wire in 0..<wires.count {
      for column in 0..<width {
        canvas.draw(wire < wires.qubitCount ? .wire : .register, 2 * wire + 1, column)
      }
    }
    for step in steps {
      drawBoxes(of: step)
      drawLines(of: step)
      drawSymbols(of: step)
    }
    for step in steps where step.isBarrier { drawBarrier(step) }
  }

  private static func boxWidths(of steps: [DrawnStep], qubitCount: Int) -> [Int] {
    var widths = [Int](repeating: 0, count: qubitCount)
    for step in steps {
      for (wire, part) in step.parts where part.isBox {
        let digits = step.numberWidth
        widths[wire] = step.boxText(part).count + 4 + (step.block == nil ? 0 : digits)
      }
    }
    var wire = 0
    while wire < qubitCount {
      let end = widths[wire...].firstIndex(of: 0) ?? qubitCount
      let widest = widths[wire..<end].max() ?? 0
      for inside in wire..<end { widths[inside] = widest }
      wire = end + 1
    }
    return widths
  }

  /// The characters that all but the boxes of a step need.
  private static func widthBesideBoxes(_ step: DrawnStep) -> Int {
    let onRegister = step.marks.values.contains(.label) ? step.text.count + 4 : 0
    let below = step.footnote.isEmpty ? 0 : step.footnote.count + 2
    return max(3, onRegister, below)
  }

  private mutating func drawBoxes(of step: DrawnStep) {
    if let block = step.block {
      drawBox(across: block)
      let width = boxWidths[block.lowerBound]
      let left = left(ofWidth: width)
      for wire in block {
        if case .block(let number?) = step.parts[wire] {
          canvas.write("\(number)", 2 * wire + 1, left + 1)
        }
      }
      // The middle of an even number of wires lies between two of them.
      let room = width - 2 - step.numberWidth
      canvas.write(
        step.text, block.lowerBound + block.upperBound + 1,
        left + 1 + step.numberWidth + (room - step.text.count) / 2)
    }
    for (wire, part) in step.parts where part.isBox && step.block?.contains(wire) != true {
      drawBox(across: wire...wire)
      let text = step.boxText(part)
      let width = boxWidths[wire]
      canvas.write(
        text, 2 * wire + 1, left(ofWidth: width) + (width - text.count) / 2)
    }
  }

  private func left(ofWidth width: Int) -> Int { middle - (width - 1) / 2 }

  /// The border about some wires, and the blank inside.
  private mutating func drawBox(across wires: ClosedRange<Int>) {
    let width = boxWidths[wires.lowerBound]
    let left = left(ofWidth: width)
    let right = left + width - 1
    let (top, bottom) = (2 * wires.lowerBound, 2 * wires.upperBound + 2)
    for column in left...right {
      let along = TextCanvas.Strokes(
        left: column == left ? 0 : 1, right: column == right ? 0 : 1)
      let isCorner = column == left || column == right
      canvas.draw(along.union(.init(down: isCorner ? 1 : 0)), top, column)
      canvas.draw(along.union(.init(up: isCorner ? 1 : 0)), bottom, column)
    }
    for row in top + 1..<bottom {
      let onWire = row.isMultiple(of: 2) ? UInt8(0) : 1
      for column in left + 1..<right { canvas.replace(row, column, with: .init()) }
      canvas.replace(row, left, with: .init(up: 1, down: 1, left: onWire))
      canvas.replace(row, right, with: .init(up: 1, down: 1, right: onWire))
    }
  }

  /// The line that joins the parts, and the double line to the registers.
  private mutating func drawLines(of step: DrawnStep) {
    if let link = step.link { drawLine(along: link, of: step, weight: 1) }
    if let stem = step.stem { drawLine(along: stem, of: step, weight: 2) }
  }

  private mutating func drawLine(along wires: ClosedRange<Int>, of step: DrawnStep, weight: UInt8) {
    func isBox(_ wire: Int) -> Bool { step.parts[wire]?.isBox == true }
    for wire in wires where !isBox(wire) {
      let (isFirst, isLast) = (wire == wires.lowerBound, wire == wires.upperBound)
      canvas.draw(
        .init(up: isFirst ? 0 : weight, down: isLast ? 0 : weight), 2 * wire + 1, middle)
    }
    for wire in wires.dropLast() {
      if let block = step.block, block.contains(wire), block.contains(wire + 1) { continue }
      // A line ends at the border of a box, and goes through the border that two boxes share.
      let (above, below) = (isBox(wire), isBox(wire + 1))
      canvas.draw(
        .init(
          up: above && !below ? 0 : weight, down: below && !above ? 0 : weight),
        2 * wire + 2, middle)
    }
  }

  /// What stands on the wires without a border, and under the last register.
  private mutating func drawSymbols(of step: DrawnStep) {
    for (wire, part) in step.parts {
      let symbol: String? =
        switch part {
        case .control(let state): state ? "●" : "○"
        case .cross: "✕"
        case .not: "⊕"
        case .box, .block, .measurement, .barrier: nil
        }
      if let symbol { canvas.write(symbol, 2 * wire + 1, middle) }
    }
    for (wire, mark) in step.marks {
      switch mark {
      case .written: continue
      case .read: canvas.write("■", 2 * wire + 1, middle)
      case .label:
        let text = "╡ \(step.text) ╞"
        canvas.write(text, 2 * wire + 1, middle - (text.count - 1) / 2)
      }
    }
    if let last = step.marks.keys.max(), !step.footnote.isEmpty {
      canvas.write(step.footnote, 2 * last + 2, middle - (step.footnote.count - 1) / 2)
    }
  }

  /// The strokes of a barrier, where nothing else stands.
  private mutating func drawBarrier(_ step: DrawnStep) {
    for wire in step.parts.keys {
      canvas.write("░", 2 * wire + 1, middle)
      for row in [2 * wire, 2 * wire + 2] where canvas.isEmpty(row, middle) {
        canvas.write("░", row, middle)
      }
    }
  }
}

extension DrawnStep {
  /// The step with a text of at most `limit` characters: its angles are cut first, then the label.
  func shortened(to limit: Int) -> DrawnStep {
    var step = self
    let room = limit - label.count - 2
    if !angles.isEmpty { step.angles = room > 0 ? AngleText.shortened(angles, to: room) : "" }
    step.label = AngleText.shortened(label, to: limit)
    return step
  }

  /// The characters that the numbers of a block's wires take.
  fileprivate var numberWidth: Int {
    let numbers = parts.values.compactMap { part in
      if case .block(let number) = part { number } else { nil }
    }
    return numbers.max().map { "\($0)".count } ?? 0
  }
}
