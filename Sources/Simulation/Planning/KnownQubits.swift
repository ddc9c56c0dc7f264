import Circuits
import ComplexModule
import LinearAlgebra

/// The qubits that are still in a basis state, and what that makes of operations on them.
///
/// At the start all qubits are 0, but for those that are prepared. On a known qubit a control is decided and Z is a sign:
/// a diagonal operation on known qubits alone is a global phase. What is dropped here is dropped up to such phases, so that
/// the state may differ by one, and no expectation value does.
struct KnownQubits {
  private var known: UInt64
  /// The values of the known qubits; zero outside.
  private var values: UInt64 = 0

  /// All qubits in state 0, but those that a mask names in any.
  init(qubitCount: Int, prepared: UInt64 = 0) {
    known = ((1 << UInt64(qubitCount)) - 1) & ~prepared
  }

  /// What is left of an operation; nil if it changes nothing but a global phase.
  ///
  /// The qubits that it mixes are known no longer.
  mutating func reduced(_ operation: ElementaryOperation) -> ElementaryOperation? {
    let decided = operation.controls.mask & known
    if (operation.controls.value ^ values) & decided != 0 { return nil }
    let controls = ControlMask(
      mask: operation.controls.mask & ~decided, value: operation.controls.value & ~decided)
    switch operation.kind {
    case .phase:
      if controls == .none { return nil }
      return ElementaryOperation(.phase, angle: operation.angle, controls: controls)
    case .rotation(let string):
      return rotation(about: string, operation.angle, controls)
    case .pauli(let string):
      return pauli(string, controls)
    case .swap(let first, let second):
      return swap(first, second, controls)
    case .matrix(let matrix, let targets):
      let exchanged = operation.exchangedMask
      if exchanged == 0 && operation.targetMask & ~known == 0 && controls == .none { return nil }
      known &= ~exchanged
      values &= known
      return ElementaryOperation(.matrix(matrix, targets: targets), controls: controls)
    }
  }

  /// The factors Z on known qubits of a string, and whether their product is -1 there.
  private func signs(of string: PauliString) -> (mask: UInt64, isNegative: Bool) {
    let mask = string.z & ~string.x & known
    return (mask, (mask & values).isOdd)
  }

  private mutating func rotation(
    about string: PauliString, _ angle: Angle, _ controls: ControlMask
  ) -> ElementaryOperation? {
    let (fixed, isNegative) = signs(of: string)
    let rest = PauliString(x: string.x, z: string.z & ~fixed)
    let turned = isNegative ? -angle : angle
    if rest == .identity {
      // exp(-iθ/2) where the controls are fulfilled.
      if controls == .none { return nil }
      return ElementaryOperation(.phase, angle: turned * -0.5, controls: controls)
    }
    known &= ~rest.x
    values &= known
    return ElementaryOperation(.rotation(rest), angle: turned, controls: controls)
  }

  private mutating func pauli(
    _ string: PauliString, _ controls: ControlMask
  ) -> ElementaryOperation? {
    let (fixed, isNegative) = signs(of: string)
    // A sign under controls is no global phase: then the string stays as it is.
    let drops = controls == .none || !isNegative
    let rest = drops ? PauliString(x: string.x, z: string.z & ~fixed) : string
    if rest == .identity { return nil }
    if controls == .none {
      values ^= rest.x & known
    } else {
      known &= ~rest.x
      values &= known
    }
    return ElementaryOperation(.pauli(rest), controls: controls)
  }

  private mutating func swap(
    _ first: Int, _ second: Int, _ controls: ControlMask
  ) -> ElementaryOperation? {
    let (a, b) = (UInt64(1) << UInt64(first), UInt64(1) << UInt64(second))
    if (a | b) & ~known == 0 && (values & a == 0) == (values & b == 0) { return nil }
    if controls == .none {
      known = Self.exchanging(a, b, in: known)
      values = Self.exchanging(a, b, in: values)
    } else {
      known &= ~(a | b)
      values &= known
    }
    return ElementaryOperation(.swap(first, second), controls: controls)
  }

  /// A mask with two of its bits exchanged.
  static func exchanging(_ a: UInt64, _ b: UInt64, in mask: UInt64) -> UInt64 {
    (mask & a == 0) == (mask & b == 0) ? mask : mask ^ (a | b)
  }
}

extension ElementaryOperation {
  /// The qubits in which the operation is not diagonal: it does not commute with their Z.
  var exchangedMask: UInt64 {
    switch kind {
    case .rotation(let string), .pauli(let string): string.x
    case .phase: 0
    case .swap: targetMask
    case .matrix(let matrix, let targets):
      targets.enumerated().reduce(0) { mask, target in
        let bit = 1 << target.offset
        let mixes = (0..<matrix.rows).contains { row in
          (0..<matrix.columns).contains { column in
            (row ^ column) & bit != 0 && matrix[row, column] != .zero
          }
        }
        return mixes ? mask | 1 << UInt64(target.element) : mask
      }
    }
  }
}
