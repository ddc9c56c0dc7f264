import Circuits

/// What happens at random while a shot runs.
enum ShotEvent: Hashable, Sendable {
  /// A measurement into a bit.
  case measurement(qubit: Int, bit: Int)
  /// The reset of a qubit: a measurement, and a flip where 1 was found.
  case reset(Int)
  /// One operator of a channel of the program, by its place.
  case channel(Int)
}

/// A circuit as steps that a shot takes one after the other: runs of gates, events, and jumps over branches.
struct ShotProgram: Sendable {
  /// One step.
  enum Step: Sendable {
    /// A run of gates, by its place among the segments.
    case segment(Int)
    case event(ShotEvent)
    /// Goes on with the next step where the condition holds, elsewhere with the step of this number; going on is
    /// one more round of the loop of this number, where there is one.
    case branch(ClassicalCondition, otherwise: Int, roundOf: Int?)
    /// Gives a bit the truth value of a condition.
    case assign(bit: Int, ClassicalCondition)
    /// Goes on with the step of this number.
    case jump(Int)
  }

  /// Gates with nothing random between them.
  struct Segment: Hashable, Sendable {
    var gates: [GateApplication] = []
    /// The place of the first among the circuit's instructions, for errors.
    var place = 0

    static func == (one: Segment, other: Segment) -> Bool { one.gates == other.gates }
    func hash(into hasher: inout Hasher) { hasher.combine(gates) }
  }

  /// A channel on qubits.
  struct ChannelUse: Hashable, Sendable {
    let channel: Channel
    let qubits: [Int]
  }

  /// A loop of the circuit, for errors: the place among its instructions that holds it, and its words.
  struct Loop: Sendable {
    let place: Int
    let text: String
  }

  let qubitCount: Int
  /// What shots start from; nil for |0…0⟩.
  let initialState: InitialState?
  /// The bits of an outcome.
  let bitCount: Int
  private(set) var steps: [Step] = []
  private(set) var segments: [Segment] = []
  private(set) var channels: [ChannelUse] = []
  private(set) var loops: [Loop] = []
  /// The measurements that are made together in the end.
  let finals: [(qubit: Int, bit: Int)]

  private var segmentPlaces: [Segment: Int] = [:]
  private var channelPlaces: [ChannelUse: Int] = [:]
  private var open = Segment()
  /// Whether no bit is written but in the end, so that all that is asked of bits is asked of zeros.
  private let measuresAll: Bool
  private let registers: [ClassicalRegister]

  /// Compiles a circuit; one that writes no classical bit has all its qubits measured in the end, each into the bit
  /// of its number.
  init(_ circuit: Circuit) {
    qubitCount = circuit.qubitCount
    initialState = circuit.initialState
    registers = circuit.registers
    measuresAll = !circuit.writesBits
    bitCount = measuresAll ? circuit.qubitCount : circuit.bitCount
    finals = measuresAll ? (0..<circuit.qubitCount).map { ($0, $0) } : circuit.measurements
    let skipped = Set(circuit.finalMeasurementPlaces)
    for (place, instruction) in circuit.instructions.enumerated() where !skipped.contains(place) {
      add(instruction, at: place)
    }
    closeSegment()
  }

  /// Whether the first step that touches qubits is a segment that comes nowhere else: it alone may know that all qubits
  /// are 0.
  var firstSegmentIsOnlyFirst: Bool {
    let touching = steps.first { step in
      if case .assign = step { return false }
      return true
    }
    guard case .segment(let first) = touching else { return false }
    return steps.count { step in
      if case .segment(first) = step { return true }
      return false
    } == 1
  }

  /// Counts one more round of a loop.
  ///
  /// - Throws: ``SimulationError/tooManyRounds(place:text:limit:)`` where there have been `limit` already.
  func count(_ rounds: inout [Int], of loop: Int, atMost limit: Int) throws(SimulationError) {
    guard rounds[loop] < limit else {
      throw .tooManyRounds(place: loops[loop].place, text: loops[loop].text, limit: limit)
    }
    rounds[loop] += 1
  }

  private mutating func closeSegment() {
    guard !open.gates.isEmpty else { return }
    let place = segmentPlaces[open] ?? segments.count
    if place == segments.count {
      segmentPlaces[open] = place
      segments.append(open)
    }
    steps.append(.segment(place))
    open = Segment()
  }

  private mutating func add(_ event: ShotEvent) {
    closeSegment()
    steps.append(.event(event))
  }

  /// The condition as it is asked while shots run.
  private func asked(_ condition: ClassicalCondition) -> ClassicalCondition {
    guard measuresAll else { return condition }
    return condition.holds { _ in false } ? .always : .never
  }

  private mutating func add(_ instruction: Instruction, at place: Int) {
    switch instruction {
    case .barrier: break
    case .gate(let application):
      if open.gates.isEmpty { open.place = place }
      open.gates.append(application)
    case .measure(let qubit, let bit): add(.measurement(qubit: qubit, bit: bit))
    case .reset(let qubit): add(.reset(qubit))
    case .channel(let channel, let qubits):
      let use = ChannelUse(channel: channel, qubits: qubits)
      let number = channelPlaces[use] ?? channels.count
      if number == channels.count {
        channelPlaces[use] = number
        channels.append(use)
      }
      add(.channel(number))
    case .conditional(let condition, let then, let otherwise):
      closeSegment()
      let branch = steps.count
      steps.append(.jump(0))
      for inner in then { add(inner, at: place) }
      closeSegment()
      let end = steps.count
      if !otherwise.isEmpty { steps.append(.jump(0)) }
      steps[branch] = .branch(asked(condition), otherwise: steps.count, roundOf: nil)
      for inner in otherwise { add(inner, at: place) }
      closeSegment()
      if !otherwise.isEmpty { steps[end] = .jump(steps.count) }
    case .assign(let bit, let condition):
      // Gates that wait touch no bit, and may run later.
      steps.append(.assign(bit: bit, condition))
    case .loop(let condition, let body):
      closeSegment()
      let (top, number) = (steps.count, loops.count)
      loops.append(
        Loop(place: place, text: instruction.conditionText(registers: registers) ?? ""))
      steps.append(.jump(0))
      for inner in body { add(inner, at: place) }
      closeSegment()
      steps.append(.jump(top))
      steps[top] = .branch(asked(condition), otherwise: steps.count, roundOf: number)
    }
  }
}
