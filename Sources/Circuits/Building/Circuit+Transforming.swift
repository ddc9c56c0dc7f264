import Compute

extension Circuit {
  /// The number of steps when instructions on different qubits run side by side.
  ///
  /// Counted as Qiskit does: the longest path through the instructions over qubits and classical bits, where each
  /// gate, measurement, reset, assignment, conditional instruction and loop is one step, and barriers count nothing and hold nobody
  /// up. A global phase is on no qubit and takes no step.
  public var depth: Int {
    // Bits stand behind the qubits.
    var levels = [Int](repeating: 0, count: qubitCount + bitCount)
    var deepest = 0
    for instruction in instructions {
      if case .barrier = instruction { continue }
      let places = instruction.qubits + instruction.bits.map { qubitCount + $0 }
      guard !places.isEmpty else { continue }
      let level = places.reduce(0) { max($0, levels[$1]) } + 1
      for place in places { levels[place] = level }
      deepest = max(deepest, level)
    }
    return deepest
  }

  /// The circuit with its angles' values put in: no weights and no inputs remain.
  ///
  /// - Precondition: There are ``weightCount`` weights and ``inputCount`` inputs, all finite.
  public func bound(weights: [Double] = [], inputs: [Double] = []) -> Circuit {
    require(
      weights.count == weightCount && inputs.count == inputCount,
      "binding: found \(weights.count) weights and \(inputs.count) inputs, expected \(weightCount) "
        + "and \(inputCount)")
    require(
      (weights + inputs).allSatisfy(\.isFinite), "binding: found a weight or input not finite")
    return rebuilt(startingFrom: initialState?.bound(inputs: inputs)) {
      $0.mapAngles { Angle($0.value(weights: weights, inputs: inputs)) }
    }
  }

  /// The circuit with its weights and inputs counted from other indices on.
  ///
  /// - Precondition: The indices are not negative.
  public func renumbered(weightsFrom weight: Int = 0, inputsFrom input: Int = 0) -> Circuit {
    var result = rebuilt(startingFrom: initialState?.renumbered(inputsFrom: input)) { instruction in
      instruction.mapAngles {
        $0.substituting(weight: { .weight($0 + weight) }, input: { .input($0 + input) })
      }
    }
    result.reserve(weights: weightCount + weight, inputs: inputCount + input)
    return result
  }

  /// The circuit that reads its weights, then its inputs, as its inputs 0, 1, 2 and so on.
  package func readingInputs() -> Circuit {
    let count = weightCount
    var result = rebuilt(startingFrom: initialState?.renumbered(inputsFrom: count)) {
      (instruction) in
      instruction.mapAngles {
        $0.substituting(weight: { .input($0) }, input: { .input(count + $0) })
      }
    }
    result.reserve(inputs: count + inputCount)
    return result
  }

  /// The circuit that reads its weights, then its inputs, as its weights 0, 1, 2 and so on.
  ///
  /// Inputs that are amplitudes stay inputs.
  package func readingWeights() -> Circuit {
    let count = weightCount
    var result = rebuilt(startingFrom: initialState) { instruction in
      instruction.mapAngles { $0.substituting(input: { .weight(count + $0) }) }
    }
    result.reserve(weights: count + inputCount)
    return result
  }

  /// The circuit with an angle in place of each weight, which has `inputCount` inputs at least.
  ///
  /// - Precondition: There is an angle for each weight.
  package func substituting(weights: [Angle], inputCount: Int = 0) -> Circuit {
    require(
      weights.count == weightCount,
      "substituting: found \(weights.count) angles, expected \(weightCount)")
    var result = rebuilt(startingFrom: initialState) { instruction in
      instruction.mapAngles { $0.substituting(weight: { weights[$0] }) }
    }
    result.reserve(inputs: inputCount)
    return result
  }

  /// The fragment that puts the circuit's qubit q onto the qubit `qubits[q]` of another.
  ///
  /// - Precondition: `qubits` holds a different place for each of the circuit's qubits.
  public func placed(on qubits: [Int]) -> PlacedCircuit { PlacedCircuit(self, on: qubits) }

  /// The circuit that undoes this one; barriers stay where they are.
  ///
  /// - Precondition: There are gates and barriers only, and no initial state.
  public func inverse() -> Circuit {
    requireGatesAlone()
    var result = emptied()
    for instruction in instructions.reversed() {
      switch instruction {
      case .gate(let application): result.append(.gate(application.inverse()))
      case .barrier, .channel, .measure, .reset, .conditional, .assign, .loop:
        result.append(instruction)
      }
    }
    return result
  }

  /// The circuit repeated `exponent` times, its inverse for a negative exponent.
  ///
  /// Weights and inputs are the same in every repetition. Non-integer powers exist for single gates:
  /// ``GateApplication/power(_:)``.
  ///
  /// - Precondition: There are gates and barriers only, and no initial state.
  public func power(_ exponent: Int) -> Circuit {
    requireGatesAlone()
    let once = exponent < 0 ? inverse() : self
    var result = emptied()
    for _ in 0..<exponent.magnitude { result.append(once) }
    return result
  }

  /// The circuit with every gate, global phases too, under `controls`.
  ///
  /// - Parameter controls: Qubits that no instruction of the circuit touches, or that lie beyond its own.
  /// - Returns: A circuit with as many qubits as the controls need.
  /// - Precondition: There are gates and barriers only, and no initial state.
  public func controlled(by controls: [Control]) -> Circuit {
    requireGatesAlone()
    let qubits = controls.reduce(qubitCount) { max($0, $1.qubit + 1) }
    var result = emptied(qubits: qubits)
    for instruction in instructions {
      switch instruction {
      case .gate(let application): result.append(.gate(application.controlled(by: controls)))
      case .barrier, .channel, .measure, .reset, .conditional, .assign, .loop:
        result.append(instruction)
      }
    }
    return result
  }

  /// The circuit without its final measurements.
  public func withoutMeasurements() -> Circuit {
    let places = finalMeasurementPlaces
    guard !places.isEmpty else { return self }
    let finals = Set(places)
    var result = emptied()
    for (place, instruction) in instructions.enumerated() where !finals.contains(place) {
      result.append(instruction)
    }
    return result
  }

  private func requireGatesAlone() {
    require(initialState == nil, "\(CircuitError.initialStateNotUnitary)")
    for instruction in instructions {
      switch instruction {
      case .gate, .barrier: break
      case .measure: stop("\(CircuitError.measurementNotUnitary)")
      case .reset: stop("\(CircuitError.resetNotUnitary)")
      case .conditional: stop("\(CircuitError.conditionNotUnitary)")
      case .assign: stop("\(CircuitError.assignmentNotUnitary)")
      case .loop: stop("\(CircuitError.loopNotUnitary)")
      case .channel(let channel, _): stop("\(CircuitError.channelNotUnitary(channel.name))")
      }
    }
  }

  // Weights and inputs are counted anew: what is bound has none.
  private func rebuilt(
    startingFrom state: InitialState?, _ change: (Instruction) -> Instruction
  ) -> Circuit {
    var result = Circuit(qubits: qubitCount, bits: bitCount)
    for register in declaredRegisters { result.add(register) }
    if let state { result.prepare(state) }
    for instruction in instructions { result.append(change(instruction)) }
    return result
  }
}

/// A circuit to be put onto chosen qubits of another.
public struct PlacedCircuit: CircuitFragment {
  /// The circuit.
  public let circuit: Circuit
  /// Where each of its qubits goes.
  public let qubits: [Int]

  /// Creates the fragment.
  ///
  /// - Precondition: `qubits` holds a different place for each of the circuit's qubits.
  public init(_ circuit: Circuit, on qubits: [Int]) {
    require(
      qubits.count == circuit.qubitCount && Set(qubits).count == qubits.count,
      "placing a circuit of \(circuit.qubitCount) qubits: found the qubits \(qubits)")
    self.circuit = circuit
    self.qubits = qubits
  }

  /// Appends the circuit's instructions on the chosen qubits, its weights and inputs as they are.
  public func append(to circuit: inout Circuit) {
    if let state = self.circuit.initialState { circuit.prepare(state.mapped(to: qubits)) }
    for instruction in self.circuit.instructions {
      circuit.append(instruction.mapped(to: qubits))
    }
    circuit.reserve(weights: self.circuit.weightCount, inputs: self.circuit.inputCount)
  }
}
