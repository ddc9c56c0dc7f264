import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import RealModule
import Simulation

/// Random circuits that between them hold every gate of the catalogue, Pauli rotations, matrices,
/// controls on 0 and 1, adjoints and powers.
struct RandomCircuits {
  var stream: RandomStream
  let qubitCount: Int
  let weightCount = 3
  let inputCount = 2
  /// The names of the gates used so far.
  private(set) var used: Set<String> = []
  /// What else has been used so far.
  private(set) var modifiers: Set<Modifier> = []

  /// What a circuit holds besides the gates of the catalogue as they are.
  enum Modifier: CaseIterable {
    case controlOnZero, controlOnOne, inverse, square, fractionalPower, pauliRotation
    case unitaryOnOne, unitaryOnTwo, unitaryOnThree

    /// The least number of qubits where it can occur.
    var leastQubits: Int {
      switch self {
      case .inverse, .square, .fractionalPower, .pauliRotation, .unitaryOnOne: 1
      case .controlOnZero, .controlOnOne, .unitaryOnTwo: 2
      case .unitaryOnThree: 3
      }
    }
  }

  init(seed: UInt64, qubitCount: Int) {
    stream = RandomStream(
      seed: seed, purpose: RandomPurpose("circuits"), index: UInt64(qubitCount))
    self.qubitCount = qubitCount
  }

  mutating func below(_ bound: Int) -> Int { Int(stream.nextUniform() * Double(bound)) }

  mutating func numbers(_ count: Int) -> [Double] {
    (0..<count).map { _ in stream.nextUniform() * 6 - 3 }
  }

  private mutating func angle() -> Angle {
    let scale = Angle(stream.nextUniform() * 3 - 1.5)
    let weight = Angle.weight(below(weightCount))
    let input = Angle.input(below(inputCount))
    switch below(6) {
    case 0: return scale
    case 1, 2: return weight * scale
    case 3: return input + scale
    case 4: return weight * input
    default: return .pi - input * scale + weight
    }
  }

  /// A circuit of `count` gates, those of `gates` in turn and then random ones.
  mutating func circuit(_ gates: ArraySlice<Gate>, count: Int) -> Circuit {
    var circuit = Circuit(qubits: qubitCount)
    for qubit in 0..<qubitCount {
      circuit.append(.u, angles: [angle(), angle(), angle()], to: [qubit])
    }
    // Every weight and input occurs, so that the counts are the same for all circuits.
    let last: Angle = 0.3 * .weight(weightCount - 1) + 0.2 * .input(inputCount - 1)
    circuit.append(.rx, angles: [last], to: [0])
    var pool = Array(gates)
    while pool.count < count { pool.append(Gate.all[below(Gate.all.count)]) }
    for gate in pool { append(gate, to: &circuit) }
    if below(2) == 0 {
      let width = 1 + below(min(3, qubitCount))
      modifiers.insert([.unitaryOnOne, .unitaryOnTwo, .unitaryOnThree][width - 1])
      if let gate = try? Gate.unitary(unitary(of: 1 << width)) { append(gate, to: &circuit) }
    }
    return circuit
  }

  private mutating func append(_ gate: Gate, to circuit: inout Circuit) {
    var order = Array(0..<qubitCount)
    order.shuffle(using: &stream)
    guard gate.qubitCount <= qubitCount else { return }
    let targets = Array(order.prefix(gate.qubitCount))
    let controls = order.dropFirst(gate.qubitCount).prefix(below(3) == 0 ? 1 + below(2) : 0).map {
      Control($0, state: below(2) == 1)
    }
    var application = GateApplication(
      gate, angles: (0..<gate.parameterCount).map { _ in angle() }, on: targets,
      controls: Array(controls))
    used.insert(gate.name)
    for control in controls {
      modifiers.insert(control.state ? .controlOnOne : .controlOnZero)
    }
    switch below(8) {
    case 0:
      application = application.inverse()
      modifiers.insert(.inverse)
    case 1:
      if let square = try? application.power(2) {
        application = square
        modifiers.insert(.square)
      }
    case 2 where gate.parameterCount == 0:
      if let power = try? application.power(0.37) {
        application = power
        modifiers.insert(.fractionalPower)
      }
    case 3:
      modifiers.insert(.pauliRotation)
      let mask = (UInt64(1) << UInt64(qubitCount)) - 1
      circuit.rotate(
        about: PauliString(x: stream.next() & mask, z: stream.next() & mask), by: angle())
    default: break
    }
    circuit.append(.gate(application))
  }

  /// A random unitary matrix: columns of normal numbers, made orthonormal one after the other.
  private mutating func unitary(of size: Int) -> ComplexMatrix {
    var columns: [[Complex<Double>]] = []
    for _ in 0..<size {
      var column = (0..<size).map { _ in
        Complex(stream.nextUniform() - 0.5, stream.nextUniform() - 0.5)
      }
      // Twice, so that rounding leaves nothing of the earlier columns.
      for earlier in columns + columns {
        let overlap = zip(earlier, column).reduce(Complex<Double>.zero) {
          $0 + $1.0.conjugate * $1.1
        }
        for row in 0..<size { column[row] -= overlap * earlier[row] }
      }
      let norm = column.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
      columns.append(column.map { $0 / Complex(norm, 0) })
    }
    return ComplexMatrix(
      rows: size, columns: size, elements: (0..<(size * size)).map { columns[$0 % size][$0 / size] }
    )
  }

  /// A measurement of each kind in turn, of random observables of every kind.
  mutating func measurement(_ kind: Int) -> Measurement {
    let one = observable(terms: 2)
    let other = below(2) == 0 ? observable(terms: 1) : hermitian()
    switch kind % 6 {
    case 0: return .probabilities(of: [below(qubitCount)])
    case 1: return .expectations([one, observable(terms: 1)])
    case 2: return .expectations([hermitian(), one])
    case 3: return .expectations([projector()])
    case 4: return .variances([other, projector()])
    default: return .covariances([one, other, projector()])
    }
  }

  private mutating func someQubits() -> [Int] {
    var order = Array(0..<qubitCount)
    order.shuffle(using: &stream)
    return Array(order.prefix(1 + below(min(3, qubitCount))))
  }

  /// A random Hermitian matrix on one to three qubits.
  mutating func hermitian() -> PauliSum {
    let qubits = someQubits()
    let matrix = unitary(of: 1 << qubits.count)
    return (try? PauliSum(hermitian: matrix + matrix.adjoint(), on: qubits)) ?? .zero
  }

  /// The projector onto a random basis state of one to three qubits.
  mutating func projector() -> PauliSum {
    let qubits = someQubits()
    return (try? .projector(onto: below(1 << qubits.count), of: qubits)) ?? .zero
  }

  /// An observable of `terms` random Pauli strings.
  mutating func observable(terms: Int) -> PauliSum {
    let mask = (UInt64(1) << UInt64(qubitCount)) - 1
    return PauliSum(
      (0..<terms).map { _ in
        PauliSum.Term(
          stream.nextUniform() * 2 - 1,
          PauliString(x: stream.next() & mask, z: stream.next() & mask))
      })
  }
}
