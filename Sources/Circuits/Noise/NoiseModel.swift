import Compute

/// Which channels follow which gates, and how measured bits are misread.
///
/// ```swift
/// var noise = NoiseModel()
/// noise.add(try .depolarizing(mixing: 0.01), after: [.ry])
/// noise.add(try .depolarizing(mixing: 0.01, qubits: 2), after: [.cz])
/// noise.addReadoutError(ReadoutError(oneAsZero: 0.03, zeroAsOne: 0.01))
/// let noisy = try noise.applied(to: circuit)
/// ```
public struct NoiseModel: Sendable, Hashable {
  private struct Rule: Sendable, Hashable {
    let channel: Channel
    let gates: Set<String>?
    let touched: Int?
    let qubits: Set<Int>?
  }

  private var rules: [Rule] = []
  private var readoutOfAll: ReadoutError?
  private var readoutOfQubit: [Int: ReadoutError] = [:]

  /// Creates a model without noise.
  public init() {}

  /// Puts `channel` after gates.
  ///
  /// A channel on one qubit follows on every qubit that the gate touches; one on more qubits follows gates that touch
  /// just as many, controls last.
  ///
  /// - Parameters:
  ///   - channel: The channel.
  ///   - gates: The gates that it follows, by name; nil for all.
  ///   - count: It follows only gates that touch so many qubits, controls among them; nil for any number.
  ///   - qubits: It follows only where all its qubits are among these; nil for all.
  public mutating func add(
    _ channel: Channel, after gates: [Gate]?, touching count: Int? = nil, on qubits: Set<Int>? = nil
  ) {
    rules.append(
      Rule(
        channel: channel, gates: gates.map { Set($0.map(\.name)) }, touched: count, qubits: qubits))
  }

  /// Misreads measured bits: of all qubits, or of `qubits`, which then come first.
  public mutating func addReadoutError(_ error: ReadoutError, on qubits: Set<Int>? = nil) {
    guard let qubits else {
      readoutOfAll = error
      return
    }
    for qubit in qubits { readoutOfQubit[qubit] = error }
  }

  /// How the bit of a qubit is misread.
  public func readoutError(of qubit: Int) -> ReadoutError? { readoutOfQubit[qubit] ?? readoutOfAll }

  /// Whether any bit is misread.
  public var hasReadoutErrors: Bool { readoutOfAll != nil || !readoutOfQubit.isEmpty }

  /// The circuit with the channels that follow its gates, in the order in which they were added; also on
  /// conditions.
  ///
  /// - Throws: ``ChannelError/wrongQubitCount(channel:found:expected:)`` if a rule names a gate for a channel
  ///   that takes another number of qubits, except one.
  public func applied(to circuit: Circuit) throws(ChannelError) -> Circuit {
    guard !rules.isEmpty else { return circuit }
    var result = circuit.emptied()
    for instruction in try applied(to: circuit.instructions) { result.append(instruction) }
    return result
  }

  private func applied(to instructions: [Instruction]) throws(ChannelError) -> [Instruction] {
    var result: [Instruction] = []
    for instruction in instructions {
      switch instruction {
      case .gate(let application):
        result.append(instruction)
        result += try channels(after: application)
      case .conditional(let condition, let then, let otherwise):
        result.append(
          .conditional(
            condition, then: try applied(to: then), otherwise: try applied(to: otherwise)))
      case .loop(let condition, let body):
        result.append(.loop(while: condition, body: try applied(to: body)))
      case .barrier, .channel, .measure, .reset, .assign: result.append(instruction)
      }
    }
    return result
  }

  private func channels(
    after application: GateApplication
  ) throws(ChannelError) -> [Instruction] {
    var result: [Instruction] = []
    let touched = application.touchedQubits
    for rule in rules where rule.gates?.contains(application.gate.name) ?? true {
      if let expected = rule.touched, expected != touched.count { continue }
      let count = rule.channel.qubitCount
      let places = count == 1 ? touched.map { [$0] } : [touched]
      guard count == 1 || count == touched.count else {
        // A rule for all gates passes over those of other sizes.
        if rule.gates == nil { continue }
        throw .wrongQubitCount(
          channel: "\(rule.channel) after \(application.gate.name)", found: touched.count,
          expected: count)
      }
      for place in places where rule.qubits?.isSuperset(of: place) ?? true {
        result.append(.channel(rule.channel, place))
      }
    }
    return result
  }
}

/// The probabilities with which a measured bit is misread.
public struct ReadoutError: Sendable, Hashable {
  /// The probability that 1 is read as 0.
  public let oneAsZero: Double
  /// The probability that 0 is read as 1.
  public let zeroAsOne: Double

  /// Creates an error.
  ///
  /// - Throws: ``ChannelError/rateOutOfRange(name:found:lower:upper:)`` unless both are in 0...1.
  public init(oneAsZero: Double, zeroAsOne: Double) throws(ChannelError) {
    for (name, rate) in [("read 1 as 0", oneAsZero), ("read 0 as 1", zeroAsOne)] {
      guard (0...1).contains(rate) else {
        throw .rateOutOfRange(name: name, found: rate, lower: 0, upper: 1)
      }
    }
    self.oneAsZero = oneAsZero
    self.zeroAsOne = zeroAsOne
  }
}
