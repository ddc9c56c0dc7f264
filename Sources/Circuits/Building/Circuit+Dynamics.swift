extension Circuit {
  /// Whether the circuit needs more than gates, channels and final measurements: a measured qubit or a bit
  /// is used again, a qubit is reset behind other instructions on it, a bit is assigned, or an instruction depends on
  /// a condition.
  public var isDynamic: Bool { dynamicPlace != nil }

  /// The first instruction that makes the circuit dynamic, in words, and its place; nil where none does.
  ///
  /// Bits are called by the names of their registers.
  public var firstDynamic: (place: Int, text: String)? {
    guard let place = dynamicPlace else { return nil }
    let before = instructions[..<place]
    let text: String
    switch instructions[place] {
    case .reset(let qubit): text = "the reset of qubit \(qubit)"
    case .conditional, .loop:
      text = instructions[place].conditionText(registers: registers) ?? ""
    case .assign(let bit, _):
      text = "the assignment to \(ClassicalCondition.bit(bit).text(registers: registers))"
    case .measure(let qubit, let bit)
    where !before.contains(where: { $0.measuredQubits.contains(qubit) }):
      let name = ClassicalCondition.bit(bit).text(registers: registers)
      text = "a second measurement into \(name)"
    case let instruction:
      let measured = Set(before.flatMap(\.measuredQubits))
      let qubit = instruction.qubits.first(where: measured.contains) ?? 0
      text = "\(instruction.name) on qubit \(qubit) after its measurement"
    }
    return (place, text)
  }

  /// The first instruction on a condition or loop, in words, and its place among the instructions; nil where there is
  /// none.
  public var firstConditional: (place: Int, text: String)? {
    for (place, instruction) in instructions.enumerated() {
      if let text = instruction.conditionText(registers: registers) { return (place, text) }
    }
    return nil
  }

  /// Whether any instruction writes a classical bit, by a measurement or an assignment, on a condition or not.
  ///
  /// - Complexity: O(instructions).
  public var writesBits: Bool { instructions.contains(where: \.writesBits) }

  /// The places of the final measurements: nothing later touches their qubit, or reads or writes their bit.
  ///
  /// Of a circuit that is not dynamic these are all measurements. Barriers touch nothing.
  ///
  /// - Complexity: O(instructions).
  public var finalMeasurementPlaces: [Int] {
    guard isDynamic else {
      return measured.isEmpty ? [] : instructions.indices.filter { instructions[$0].isMeasurement }
    }
    var (qubits, bits): (Set<Int>, Set<Int>) = ([], [])
    var places: [Int] = []
    for (place, instruction) in instructions.enumerated().reversed() {
      if case .measure(let qubit, let bit) = instruction, !qubits.contains(qubit),
        !bits.contains(bit)
      {
        places.append(place)
      }
      if case .barrier = instruction { continue }
      qubits.formUnion(instruction.qubits)
      bits.formUnion(instruction.bits)
    }
    return places.reversed()
  }

  /// The final measurements, in order; see ``finalMeasurementPlaces``.
  public var measurements: [(qubit: Int, bit: Int)] {
    finalMeasurementPlaces.compactMap { place in
      guard case .measure(let qubit, let bit) = instructions[place] else { return nil }
      return (qubit, bit)
    }
  }
}

extension Instruction {
  /// An instruction that goes one way or another by a condition, in words; nil for others.
  package func conditionText(registers: [ClassicalRegister]) -> String? {
    switch self {
    case .conditional(let condition, _, _):
      "an instruction on the condition \(condition.text(registers: registers))"
    case .loop(let condition, _): "a loop while \(condition.text(registers: registers))"
    case .gate, .barrier, .channel, .measure, .reset, .assign: nil
    }
  }

  /// Whether this is a measurement that depends on no condition.
  fileprivate var isMeasurement: Bool {
    guard case .measure = self else { return false }
    return true
  }

  /// The qubits that the instruction itself measures, on no condition.
  fileprivate var measuredQubits: [Int] {
    guard case .measure(let qubit, _) = self else { return [] }
    return [qubit]
  }
}
