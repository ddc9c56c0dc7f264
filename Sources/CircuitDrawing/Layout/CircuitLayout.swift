import Circuits

/// The steps of a circuit in columns, each as far to the left as its wires are free.
///
/// A step takes all wires from its first to its last, those that its lines cross among them. So nothing that stands
/// outside a conditional instruction can be drawn between its marks on its wires.
struct CircuitLayout {
  /// What lies between the marks of a conditional instruction or a loop.
  struct Frame: Equatable {
    let wires: ClosedRange<Int>
    let columns: ClosedRange<Int>
    /// How many frames it lies in.
    let depth: Int
  }

  let wires: DrawnWires
  private(set) var columns: [[DrawnStep]] = []
  /// The frames, an outer one before those in it.
  private(set) var frames: [Frame] = []
  /// The sum of the phases that act on no qubit and depend on no condition; nil where there are none.
  private(set) var globalPhase: Angle?
  /// The first column in which each wire is free.
  private var free: [Int]
  /// How many conditional instructions and loops are open.
  private var depth = 0

  init(_ circuit: Circuit, options: DrawingOptions) {
    wires = DrawnWires(circuit, options: options)
    free = [Int](repeating: 0, count: wires.count)
    if let step = circuit.initialState.flatMap({ DrawnStep($0, wires: wires) }) { add(step) }
    add(circuit.instructions)
  }

  private mutating func add(_ instructions: [Instruction]) {
    var place = 0
    while place < instructions.count {
      let pairs = measurements(in: instructions[place...])
      if pairs.count > 1 {
        add(DrawnStep(measuring: pairs, wires: wires))
      } else {
        add(instructions[place])
      }
      place += max(pairs.count, 1)
    }
  }

  /// The measurements at the beginning of `instructions`, of different qubits into different bits of one register.
  private func measurements(in instructions: ArraySlice<Instruction>) -> [(qubit: Int, bit: Int)] {
    var pairs: [(qubit: Int, bit: Int)] = []
    var (qubits, bits): (Set<Int>, Set<Int>) = ([], [])
    var wire: Int?
    for instruction in instructions {
      guard case .measure(let qubit, let bit) = instruction else { break }
      let place = wires.place(ofBit: bit)
      guard place.wire == wire ?? place.wire, qubits.insert(qubit).inserted,
        bits.insert(bit).inserted
      else { break }
      wire = place.wire
      pairs.append((qubit, bit))
    }
    return pairs
  }

  private mutating func add(_ instruction: Instruction) {
    switch instruction {
    case .conditional(let condition, let then, let otherwise):
      if wires.options.expandsConditionals, otherwise.isEmpty, then.count == 1,
        let step = conditional(then[0], on: condition)
      {
        add(step)
      } else {
        add(instruction, label: "if", condition, bodies: [then, otherwise])
      }
    case .loop(let condition, let body):
      add(instruction, label: "while", condition, bodies: [body])
    case .assign(let bit, let condition):
      let text = "\(wires.bit(bit)) := \(wires.text(condition))"
      var step = DrawnStep(
        label: AngleText.shortened(text, to: Self.conditionLimit), family: .classical, words: text)
      for wire in wires.wires(ofBits: condition.bits) { step.marks[wire] = .read }
      step.marks[wires.place(ofBit: bit).wire] = .label
      add(step)
    case .gate(let application) where application.touchedQubits.isEmpty && depth > 0:
      // A phase that depends on a condition stands where the condition is read.
      var step = mark(
        application.gate.symbol, qubits: nil, words: application.words(wires))
      step.angles = AngleText.list(application.angles, options: wires.options)
      add(step)
    case .gate(let application) where application.touchedQubits.isEmpty:
      for operation in application.lowered() {
        globalPhase = (globalPhase ?? 0) + operation.angle
      }
    case .gate, .channel, .measure, .reset, .barrier:
      if let step = DrawnStep(instruction, wires: wires) { add(step) }
    }
  }

  /// The longest condition that is written out.
  private static let conditionLimit = 40
  /// The longest condition that stands under the registers.
  private static let footnoteLimit = 16

  /// A single gate, channel or reset joined to the registers that its condition reads; nil where that cannot be
  /// told in a short line.
  private func conditional(
    _ instruction: Instruction, on condition: ClassicalCondition
  ) -> DrawnStep? {
    if case .measure = instruction { return nil }
    let text = wires.text(condition)
    guard !condition.bits.isEmpty, text.count <= Self.footnoteLimit,
      var step = DrawnStep(instruction, wires: wires)
    else { return nil }
    for wire in wires.wires(ofBits: condition.bits) { step.marks[wire] = .read }
    step.footnote = text
    step.words = "if \(text): \(step.words)"
    return step
  }

  /// A mark across `qubits`, or on the first wire that has anything to do with it.
  private func mark(
    _ label: String, qubits: ClosedRange<Int>?, bits: [Int] = [], words: String
  ) -> DrawnStep {
    var step = DrawnStep(label: label, family: .classical, words: words)
    step.isBracket = true
    if let qubits {
      for qubit in qubits {
        step.parts[qubit] = qubits.count > 1 ? .block(number: nil) : .box(number: nil)
      }
      if qubits.count > 1 { step.block = qubits }
    } else if wires.registers.isEmpty {
      if wires.qubitCount > 0 { step.parts[0] = .box(number: nil) }
    } else {
      step.marks[wires.wires(ofBits: bits).first ?? wires.qubitCount] = .label
    }
    return step
  }

  /// A conditional instruction or a loop: its first mark, what it holds, and its last mark; or one box.
  private mutating func add(
    _ instruction: Instruction, label: String, _ condition: ClassicalCondition,
    bodies: [[Instruction]]
  ) {
    guard wires.count > 0 else { return }
    let touched = instruction.qubits
    let span = touched.min().flatMap { low in touched.max().map { low...$0 } }
    let text = wires.text(condition)
    let shown = "\(label) \(AngleText.shortened(text, to: Self.conditionLimit))"
    let registers = wires.wires(ofBits: instruction.bits)
    var first = mark(
      shown, qubits: span, bits: instruction.bits, words: "\(label) \(text)")
    if span != nil {
      for wire in wires.wires(ofBits: condition.bits) { first.marks[wire] = .read }
    }
    guard wires.options.expandsConditionals else {
      let count = bodies.reduce(0) { $0 + $1.count }
      first.label += " (\(count) instruction\(count == 1 ? "" : "s"))"
      for wire in registers where first.marks[wire] == nil { first.marks[wire] = .written }
      add(first)
      return
    }
    let start = add(first, after: registers)
    let index = frames.count
    let around = first.wires.lowerBound...(span?.upperBound ?? first.wires.upperBound)
    frames.append(Frame(wires: around, columns: start...start, depth: depth))
    depth += 1
    for (place, body) in bodies.enumerated() where place == 0 || !body.isEmpty {
      if place > 0 {
        add(
          mark("else", qubits: span, bits: instruction.bits, words: "else"), after: registers)
      }
      add(body)
    }
    depth -= 1
    let last = mark("end", qubits: span, bits: instruction.bits, words: "end of \(label) \(text)")
    let end = add(last, after: registers)
    frames[index] = Frame(wires: around, columns: start...end, depth: depth)
  }

  /// Puts a step into the first column where its wires are free and those of `after` have been passed.
  ///
  /// - Returns: The column.
  @discardableResult
  private mutating func add(_ step: DrawnStep, after: [Int] = []) -> Int {
    guard wires.count > 0 else { return 0 }
    let column = max(step.wires.map { free[$0] }.max() ?? 0, after.map { free[$0] }.max() ?? 0)
    if column == columns.count { columns.append([]) }
    columns[column].append(step)
    for wire in step.wires { free[wire] = column + 1 }
    for wire in after { free[wire] = column + 1 }
    return column
  }
}
