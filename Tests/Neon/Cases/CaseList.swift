import Circuits
import ComplexModule
import Compute
import Simulation
import TestSupport

/// The circuits that are checked, and the layouts each is compiled for.
struct CaseList {
  private(set) var file = CaseFile()

  /// One operation between one-qubit matrices, so that no amplitude is zero: of every kind on every qubit, with
  /// none, one and all other qubits as controls, and random ones.
  mutating func addSingleOperations(qubitCount: Int) throws {
    var random = RandomOperations(seed: 1, qubitCount: qubitCount)
    let everywhere = (0..<qubitCount).flatMap { random.operations(on: $0) }
    let anywhere = (0..<60).map { random.operation($0) }
    for (index, operation) in (everywhere + anywhere).enumerated() {
      let operations = random.matrices() + [operation] + random.matrices()
      let observables = [random.observable(terms: 1), random.observable(terms: 3)]
      let isLast = index >= everywhere.count + 50
      let circuit = try CheckedCircuit(
        "\(qubitCount) qubits, operation \(index)", operations,
        measuring: isLast ? .probabilities(of: [qubitCount - 1]) : .expectations(observables),
        batch: 3, random: &random)
      add(circuit)
    }
  }

  /// Long circuits: random operations, and layers of rotations between entanglers.
  mutating func addCircuits(qubitCount: Int, batch: Int, count: Int) throws {
    var random = RandomOperations(seed: 2, qubitCount: qubitCount)
    let lists = [("mixed", random.operations(count)), ("layers", random.layers(count / 10))]
    for (name, operations) in lists {
      let observables = (0..<3).map { random.observable(terms: 2 * $0 + 1) }
      let qubits = Array((0..<qubitCount).reversed().prefix(3))
      for measurement in [Measurement.expectations(observables), .probabilities(of: qubits)] {
        let circuit = try CheckedCircuit(
          "\(qubitCount) qubits, \(name), \(batch) samples", operations, measuring: measurement,
          batch: batch, random: &random)
        add(circuit)
      }
    }
  }

  /// Amplitudes in and out: circuits that start from inputs with a padding, and from given amplitudes; what is measured
  /// are expectations, and in tiles amplitudes too.
  mutating func addAmplitudes(qubitCount: Int, batch: Int) throws {
    var random = RandomOperations(seed: 4, qubitCount: qubitCount, inputCount: 5)
    let qubits = Array([qubitCount - 1, 0].prefix(qubitCount))
    let numbers = zip(random.numbers(1 << qubits.count), random.numbers(1 << qubits.count))
    let starts = [
      try InitialState(inputs: 1..<(1 + max(2, 2 * qubits.count - 1)), on: qubits, padding: 0.4),
      try InitialState(
        amplitudes: numbers.map { Complex($0, $1) }, on: qubits, normalizing: true),
    ]
    for (number, start) in starts.enumerated() {
      let states = [0, (1 << qubitCount) - 1, 0]
      for measurement in [
        Measurement.expectations([random.observable(terms: 3)]), .amplitudes(of: states),
      ] {
        add(
          try CheckedCircuit(
            "\(qubitCount) qubits, start \(number)", random.operations(12), measuring: measurement,
            startingFrom: start, batch: batch, random: &random))
      }
    }
  }

  /// Circuits whose states are larger than a block, forward in passes over gathered blocks, and back.
  mutating func addLargeStates(qubitCount: Int, count: Int, hasGradients: Bool) throws {
    var random = RandomOperations(seed: 3, qubitCount: qubitCount)
    let mixed =
      [random.wideRotation()] + random.operations(count) + [random.wideRotation()]
      + random.manyControlled() + random.operations(5)
    let start = try InitialState(inputs: 0..<2, on: [qubitCount - 1, 0], padding: 0.4)
    let lists = [
      ("mixed", mixed, nil), ("layers from inputs", random.layers(hasGradients ? 1 : 2), start),
    ]
    for (name, operations, start) in lists {
      let observables = [random.observable(terms: 1), random.observable(terms: 4)]
      let circuit = try CheckedCircuit(
        "\(qubitCount) qubits, large, \(name)", operations, measuring: .expectations(observables),
        startingFrom: start, batch: 1, hasGradients: hasGradients, random: &random)
      addStates(circuit)
    }
  }

  /// Adds a circuit as a tile alone.
  mutating func add(tile circuit: CheckedCircuit) {
    file.append((nil, true), of: circuit)
    file.append((nil, false), of: circuit)
  }

  private mutating func add(_ circuit: CheckedCircuit) {
    add(tile: circuit)
    // Probabilities and amplitudes of a single state are read in Swift.
    if case .expectations = circuit.plan.measurement { addStates(circuit) }
  }

  private mutating func addStates(_ circuit: CheckedCircuit) {
    for precision in Precision.allCases {
      for isOrdered in [true, false] {
        file.append((precision, isOrdered), of: circuit)
      }
    }
  }
}

extension RandomOperations {
  /// A matrix on every qubit.
  mutating func matrices() -> [ElementaryOperation] {
    (0..<qubitCount).map { ElementaryOperation(.matrix(unitary(1), targets: [$0])) }
  }

  /// Operations of every kind whose first target is `qubit`, with none, one, and all other qubits as controls.
  fileprivate mutating func operations(on qubit: Int) -> [ElementaryOperation] {
    let bit = UInt64(1) << UInt64(qubit)
    let other = qubitCount > 1 ? (qubit + 1 + below(qubitCount - 1)) % qubitCount : qubit
    var kinds: [ElementaryOperation.Kind] = [
      .rotation(PauliString(x: bit, z: 0)), .rotation(PauliString(x: bit, z: bit)),
      .rotation(PauliString(x: 0, z: bit)), .phase, .pauli(PauliString(x: bit, z: 0)),
      .pauli(PauliString(x: bit, z: bit)), .pauli(PauliString(x: 0, z: bit)),
      .matrix(unitary(1), targets: [qubit]),
    ]
    if other != qubit {
      kinds += [
        .swap(qubit, other), .matrix(unitary(2), targets: [qubit, other]),
        .rotation(string(on: [qubit, other])), .pauli(string(on: [qubit, other])),
      ]
    }
    return kinds.flatMap { kind in
      let targets = ElementaryOperation(kind).targetMask
      let free = ((UInt64(1) << UInt64(qubitCount)) - 1) & ~targets
      let one = free & ~(free &- 1)
      var masks = [0, one, free]
      if kind == .phase { masks = [bit, free] }
      return Set(masks).sorted().map { mask in
        let hasAngle: Bool
        switch kind {
        case .rotation, .phase: hasAngle = true
        case .pauli, .swap, .matrix: hasAngle = false
        }
        return ElementaryOperation(
          kind, angle: hasAngle ? angle() : 0,
          controls: ControlMask(mask: mask, value: stream.next() & mask))
      }
    }
  }

  /// A rotation about a string of X and Y on all qubits, more than a block holds.
  fileprivate mutating func wideRotation() -> ElementaryOperation {
    let all = (UInt64(1) << UInt64(qubitCount)) - 1
    return ElementaryOperation(
      .rotation(PauliString(x: all, z: stream.next() & all)), angle: angle())
  }

  /// Operations with four controls, more than are written as turns and diagonals.
  fileprivate mutating func manyControlled() -> [ElementaryOperation] {
    (0..<10).map { index in
      var order = Array(0..<qubitCount)
      order.shuffle(using: &stream)
      let mask = order.dropFirst(2).prefix(4).reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
      let kind: ElementaryOperation.Kind =
        index % 2 == 0 ? .phase : .rotation(string(on: [order[0], order[1]]))
      return ElementaryOperation(
        kind, angle: angle(), controls: ControlMask(mask: mask, value: stream.next() & mask))
    }
  }

  /// Layers of rotations of every qubit, controlled signs of neighbours, and strings of two Z across all pairs.
  fileprivate mutating func layers(_ count: Int) -> [ElementaryOperation] {
    var operations: [ElementaryOperation] = []
    for _ in 0..<count {
      for qubit in 0..<qubitCount {
        let bit = UInt64(1) << UInt64(qubit)
        let weight = Angle.weight(below(weightCount)) * (stream.nextUniform() * 4 - 2)
        operations.append(
          ElementaryOperation(
            .rotation(PauliString(x: bit, z: bit * UInt64(below(2)))), angle: weight))
      }
      for qubit in 1..<max(qubitCount, 1) {
        let pair = UInt64(3) << UInt64(qubit - 1)
        operations.append(
          ElementaryOperation(
            .phase, angle: Angle(.pi), controls: ControlMask(mask: pair, value: pair)))
      }
      for first in 0..<qubitCount {
        for second in (first + 1)..<max(qubitCount, first + 1) {
          let pair = UInt64(1) << UInt64(first) | UInt64(1) << UInt64(second)
          operations.append(
            ElementaryOperation(.rotation(PauliString(x: 0, z: pair)), angle: angle()))
        }
      }
    }
    return operations
  }
}
