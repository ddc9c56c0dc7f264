import Circuits

/// One instruction, or one of its marks, as it is drawn: what stands on each wire.
///
/// What a gate looks like follows from its record: how many of its qubits are controls, whether its
/// kernel form is an exchange, an X or a Z, and its symbol.
struct DrawnStep: Equatable {
  /// What stands on a qubit's wire.
  enum Part: Equatable {
    /// A control, or the target of a Z under controls: a disc, filled for state 1.
    case control(state: Bool)
    /// The cross of an exchange.
    case cross
    /// The target of an X under controls.
    case not
    /// A box with the label, linked to the others; numbered where the gate has several targets.
    case box(number: Int?)
    /// A wire of the block of several neighbouring targets; its number in the gate, where there is one.
    case block(number: Int?)
    /// A measurement; the number of its classical bit where it shares its column with others.
    case measurement(bit: Int?)
    /// A barrier.
    case barrier

    /// Whether the part has a border into which lines run.
    var isBox: Bool {
      switch self {
      case .measurement, .box, .block: true
      case .control, .cross, .not, .barrier: false
      }
    }
  }

  /// What stands on a classical register's wire.
  enum Mark: Equatable {
    /// The register is written by what stands above.
    case written
    /// The register is read by what stands above.
    case read
    /// The label itself.
    case label
  }

  /// What stands on each qubit's wire that takes part.
  var parts: [Int: Part] = [:]
  /// What stands on each register's wire that takes part, by wire.
  var marks: [Int: Mark] = [:]
  /// What is written under the last register that takes part.
  var footnote = ""
  /// The symbol, with the exponent.
  var label: String
  /// The angles as they are shown, cut where they are long; empty where there are none.
  var angles = ""
  /// The wires that a line joins; it crosses those between.
  var link: ClosedRange<Int>?
  /// The wires of the block of several neighbouring targets.
  var block: ClosedRange<Int>?
  /// Whether this is the beginning, the middle or the end of a conditional instruction or a loop.
  var isBracket = false
  /// What kind of step it is.
  var family: GateFamily
  /// The instruction in words, with nothing cut.
  var words: String

  /// The label with the angles in parentheses.
  var text: String { angles.isEmpty ? label : "\(label)(\(angles))" }

  /// The wires from the first that takes part to the last.
  var wires: ClosedRange<Int> {
    let all = [parts.keys.min(), marks.keys.min(), parts.keys.max(), marks.keys.max()]
    let ends = all.compactMap { $0 }
    return (ends.min() ?? 0)...(ends.max() ?? 0)
  }

  /// The wires that a double line joins: from what is measured, or depends on a condition, to the last register.
  var stem: ClosedRange<Int>? {
    guard let bottom = marks.keys.max() else { return nil }
    let isShared = parts.values.contains {
      if case .measurement(.some) = $0 { true } else { false }
    }
    let top = isShared ? parts.keys.min() : parts.keys.max()
    guard let start = top ?? marks.keys.min(), start < bottom else { return nil }
    return start...bottom
  }

  /// Whether this is a barrier.
  var isBarrier: Bool { parts.values.contains(.barrier) }

  /// The text in the box of `part`.
  func boxText(_ part: Part) -> String {
    switch part {
    case .box(let number?): "\(number) \(text)"
    case .measurement(let bit?): "\(label)→\(bit)"
    default: text
    }
  }
}

extension DrawnStep {
  /// The drawing of `instruction`; nil where it touches no qubit, and for conditional instructions, loops and
  /// assignments, which are marks: see ``CircuitLayout``.
  init?(_ instruction: Instruction, wires: DrawnWires) {
    switch instruction {
    case .conditional, .loop, .assign: return nil
    case .gate(let application): self.init(application, wires: wires)
    case .measure(let qubit, let bit): self.init(measuring: [(qubit, bit)], wires: wires)
    case .reset(let qubit):
      self.init(label: "|0⟩", family: .measuring, words: "reset \(wires.qubit(qubit))")
      parts = [qubit: .box(number: nil)]
    case .barrier(let qubits):
      self.init(label: "", family: .classical, words: "barrier " + wires.list(qubits))
      for qubit in qubits { parts[qubit] = .barrier }
    case .channel(let channel, let qubits):
      self.init(
        label: channel.name, family: .noise, words: "\(channel) " + wires.list(qubits))
      angles = AngleText.list(channel.parameters.map { Angle($0) }, options: wires.options)
      setBoxes(on: qubits)
    }
    if parts.isEmpty { return nil }
  }

  /// The box of what a circuit starts from; nil where it is on no qubit.
  init?(_ state: InitialState, wires: DrawnWires) {
    guard !state.qubits.isEmpty else { return nil }
    if case .inputs(let range, _) = state.source {
      let names = range.count == 1 ? "" : "…" + wires.options.input(range.upperBound - 1)
      self.init(
        label: "ψ(x)", family: .inputs,
        words: "amplitudes \(wires.options.input(range.lowerBound))\(names) on "
          + wires.list(state.qubits))
    } else {
      self.init(
        label: "ψ", family: .fixed, words: "given amplitudes on " + wires.list(state.qubits))
    }
    setBoxes(on: state.qubits)
  }

  /// The measurements of one qubit or of several into bits of one register, in one column.
  init(measuring pairs: [(qubit: Int, bit: Int)], wires: DrawnWires) {
    let places = pairs.map { wires.place(ofBit: $0.bit) }
    let words = pairs.map { "measure \(wires.qubit($0.qubit)) → \(wires.bit($0.bit))" }
    self.init(label: "M", family: .measuring, words: words.joined(separator: "; "))
    for (pair, place) in zip(pairs, places) {
      parts[pair.qubit] = .measurement(bit: pairs.count > 1 ? place.number : nil)
      marks[place.wire] = .written
    }
    if pairs.count == 1 { footnote = "\(places[0].number)" }
  }

  /// A gate; nil where it touches no qubit, as a global phase does.
  private init?(_ application: GateApplication, wires: DrawnWires) {
    guard let low = application.touchedQubits.min(), let high = application.touchedQubits.max()
    else { return nil }
    let gate = application.gate
    let targets = Array(application.qubits.dropFirst(gate.controlCount))
    self.init(
      label: gate.symbol + application.powerText,
      family: GateFamily(angles: application.angles), words: application.words(wires))
    angles = AngleText.list(application.angles, options: wires.options)
    if high > low { link = low...high }
    for qubit in application.qubits.prefix(gate.controlCount) {
      parts[qubit] = .control(state: true)
    }
    for control in application.controls { parts[control.qubit] = .control(state: control.state) }
    let isControlled = !parts.isEmpty
    if targets.isEmpty, let last = application.touchedQubits.last {
      // A phase under controls alone: the last of them holds the label.
      parts[last] = .box(number: nil)
      label = (application.controls.last?.state ?? true ? "● " : "○ ") + label
    } else if targets.count == 1 && isControlled && application.isSign {
      // A sign under controls on 1 is the same for all its qubits: nothing tells the target from a control.
      parts[targets[0]] = .control(state: true)
    } else if targets.count == 1 && isControlled && application.isFlip {
      parts[targets[0]] = .not
    } else if application.isExchange {
      for target in targets { parts[target] = .cross }
    } else {
      setBoxes(on: targets)
    }
  }

  /// Puts a box on each qubit, numbered in their order; one block where several are neighbours.
  private mutating func setBoxes(on targets: [Int]) {
    let sorted = targets.sorted()
    guard let first = sorted.first, let last = sorted.last else { return }
    let isAlone = targets.count == 1
    let isBlock = !isAlone && last - first + 1 == targets.count
    for (number, target) in targets.enumerated() {
      parts[target] = isBlock ? .block(number: number) : .box(number: isAlone ? nil : number)
    }
    if isBlock { block = first...last }
    if !isAlone && link == nil { link = first...last }
  }
}
