import Circuits

/// Lays a circuit out in characters.
struct TextDrawing {
  private let layout: CircuitLayout
  private let width: Int

  /// Prepares a drawing whose lines have at most `width` characters; nil for lines of any length.
  init(_ layout: CircuitLayout, width: Int?) {
    self.layout = layout
    self.width = width ?? .max
  }

  var text: String {
    var blocks: [String] = []
    if let phase = layout.globalPhase {
      blocks.append(
        folded("global phase: " + AngleText.whole(phase, options: layout.wires.options)))
    }
    guard layout.wires.count > 0 else { return blocks.joined(separator: "\n") }
    let names = wireNames
    var rest = layout.columns[...]
    var isFirst = true
    repeat {
      blocks.append(row(of: &rest, names: names, isFirst: isFirst))
      isFirst = false
    } while !rest.isEmpty
    return blocks.joined(separator: "\n\n")
  }

  /// Takes as many columns from `rest` as fit into a line, one at least.
  private func row(of rest: inout ArraySlice<[DrawnStep]>, names: [String], isFirst: Bool)
    -> String
  {
    var lines = isFirst ? names : marked(names, with: "«")
    var length = lines[0].count
    var isEmpty = true
    while !rest.isEmpty || isEmpty {
      let column = column(
        rest.first ?? [], least: rest.isEmpty ? 2 : 3, room: width - names[0].count - 2)
      // Room for the mark of a cut.
      let longer = length + column.width + (rest.count > 1 ? 1 : 0)
      if !isEmpty && longer > width { break }
      for (place, line) in column.lines.enumerated() { lines[place] += line }
      length += column.width
      isEmpty = false
      rest = rest.dropFirst()
    }
    return Self.trimmed(rest.isEmpty ? lines : marked(lines, with: "»"))
  }

  /// A column of at most `room` characters, where its labels can be cut so far.
  private func column(_ steps: [DrawnStep], least: Int, room: Int) -> TextColumn {
    let whole = TextColumn(steps, wires: layout.wires, least: least)
    guard whole.width > room else { return whole }
    var column = whole
    // A border takes four characters, the number of a qubit in its gate a few more.
    for limit in stride(from: max(room - 4, 1), through: max(room - 10, 1), by: -1) {
      column = TextColumn(
        steps.map { $0.shortened(to: limit) }, wires: layout.wires, least: least)
      if column.width <= room { break }
    }
    return column
  }

  /// Words in lines of the drawing's width; a longer word is cut.
  private func folded(_ text: String) -> String {
    let indent = "  "
    var lines: [String] = []
    for word in text.split(separator: " ") {
      guard let last = lines.last else {
        lines.append(AngleText.shortened(String(word), to: width))
        continue
      }
      if width - last.count > word.count {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(
          indent + AngleText.shortened(String(word), to: max(width - indent.count, 1)))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The lines with the mark of a cut at the end of each wire.
  private func marked(_ lines: [String], with mark: String) -> [String] {
    lines.enumerated().map { $1 + ($0.isMultiple(of: 2) ? " " : mark) }
  }

  /// The beginnings of all lines: names of qubits, names and sizes of registers.
  private var wireNames: [String] {
    let wires = layout.wires
    let names = (0..<wires.count).map { wire in
      wires.register(wire).map { "\($0.name): \($0.size)/" } ?? "\(wires.qubit(wire)): "
    }
    let longest = names.map(\.count).max() ?? 0
    let margin = String(repeating: " ", count: longest)
    return names.flatMap { name in
      [margin, String(repeating: " ", count: longest - name.count) + name]
    } + [margin]
  }

  /// The lines without spaces at their ends, and without empty lines above the first wire and below the last.
  private static func trimmed(_ lines: [String]) -> String {
    let trimmed = lines.map { line in
      var kept = Substring(line)
      while kept.last == " " { kept.removeLast() }
      return kept
    }
    let first = trimmed.firstIndex { !$0.isEmpty } ?? 0
    let last = trimmed.lastIndex { !$0.isEmpty } ?? 0
    return trimmed[first...last].joined(separator: "\n")
  }
}
