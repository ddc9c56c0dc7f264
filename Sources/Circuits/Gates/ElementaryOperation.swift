import Compute
public import LinearAlgebra

/// The condition under which an operation acts: some qubits in given states.
///
/// It holds on the basis states whose `index & mask == value`.
public struct ControlMask: Hashable, Sendable {
  /// The control qubits, one bit each.
  public let mask: UInt64
  /// The states that the control qubits must have; zero outside ``mask``.
  public let value: UInt64

  /// No condition.
  public static let none = ControlMask(mask: 0, value: 0)

  /// Creates a condition.
  ///
  /// - Precondition: `value` has no bit outside `mask`.
  public init(mask: UInt64, value: UInt64) {
    require(value & ~mask == 0, "controls: found value \(value) outside the mask \(mask)")
    self.mask = mask
    self.value = value
  }

  /// The number of control qubits.
  public var count: Int { mask.nonzeroBitCount }

  /// Both conditions together.
  ///
  /// - Precondition: They share no qubit.
  public func union(_ other: ControlMask) -> ControlMask {
    require(mask & other.mask == 0, "controls: a qubit is repeated")
    return ControlMask(mask: mask | other.mask, value: value | other.value)
  }
}

/// What a simulator runs: one factor of a gate, described by its structure and by no name.
///
/// Every gate lowers to a short list of these, whose angles are affine in the gate's parameters.
public struct ElementaryOperation: Hashable, Sendable {
  /// The structure of the operation.
  public enum Kind: Hashable, Sendable {
    /// `exp(-i · angle · P / 2)`.
    case rotation(PauliString)
    /// `e^{i · angle}` on the states that fulfil the controls; on all states without controls.
    case phase
    /// Multiplication by a Pauli string.
    case pauli(PauliString)
    /// The exchange of two qubits.
    case swap(Int, Int)
    /// Multiplication by a unitary matrix; `targets[0]` is the least significant bit of its index.
    case matrix(ComplexMatrix, targets: [Int])
  }

  /// The structure of the operation.
  public let kind: Kind
  /// The angle in radians of a rotation or a phase; 0 for the other kinds.
  public let angle: Angle
  /// The condition under which the operation acts.
  public let controls: ControlMask

  /// Creates an operation.
  ///
  /// - Precondition: The targets are different qubits outside the controls, a matrix has
  ///   `2^targets.count` rows and columns, and only rotations and phases have an angle.
  public init(_ kind: Kind, angle: Angle = 0, controls: ControlMask = .none) {
    switch kind {
    case .rotation, .phase: break
    case .pauli: require(angle == 0, "a Pauli operation has no angle: found \(angle)")
    case .swap(let first, let second):
      require(first != second, "a swap needs two qubits: found \(first) twice")
      require(angle == 0, "a swap has no angle: found \(angle)")
    case .matrix(let matrix, let targets):
      require(angle == 0, "a matrix has no angle: found \(angle)")
      require(
        matrix.rows == 1 << targets.count && matrix.columns == matrix.rows,
        "found a \(matrix.rows) by \(matrix.columns) matrix on \(targets.count) qubits")
      require(Set(targets).count == targets.count, "the targets \(targets) repeat a qubit")
    }
    self.kind = kind
    self.angle = angle
    self.controls = controls
    require(
      targetMask & controls.mask == 0, "found a qubit that is both control and target in \(kind)")
  }

  /// The qubits that the operation acts on, without its controls, as a mask.
  public var targetMask: UInt64 {
    switch kind {
    case .rotation(let string), .pauli(let string): string.support
    case .phase: 0
    case .swap(let first, let second): 1 << UInt64(first) | 1 << UInt64(second)
    case .matrix(_, let targets): targets.reduce(0) { $0 | 1 << UInt64($1) }
    }
  }
}

extension ElementaryOperation {
  /// The operation that undoes this one.
  public var inverse: ElementaryOperation {
    switch kind {
    case .rotation, .phase: ElementaryOperation(kind, angle: -angle, controls: controls)
    case .pauli, .swap: self
    case .matrix(let matrix, let targets):
      ElementaryOperation(.matrix(matrix.adjoint(), targets: targets), controls: controls)
    }
  }

  /// The operation with another angle.
  func with(angle: Angle) -> ElementaryOperation {
    ElementaryOperation(kind, angle: angle, controls: controls)
  }

  /// The operation under more controls.
  func controlled(by more: ControlMask) -> ElementaryOperation {
    ElementaryOperation(kind, angle: angle, controls: controls.union(more))
  }

  /// The operation with each qubit q moved to `places[q]`.
  package func mapped(to places: [Int]) -> ElementaryOperation {
    let moved: Kind =
      switch kind {
      case .rotation(let string): .rotation(string.mapped(to: places))
      case .phase: .phase
      case .pauli(let string): .pauli(string.mapped(to: places))
      case .swap(let first, let second): .swap(places[first], places[second])
      case .matrix(let matrix, let targets): .matrix(matrix, targets: targets.map { places[$0] })
      }
    return ElementaryOperation(moved, angle: angle, controls: controls.mapped(to: places))
  }
}

extension ControlMask {
  /// The condition with each qubit q moved to `places[q]`.
  func mapped(to places: [Int]) -> ControlMask {
    mask.bitIndices.reduce(.none) { result, qubit in
      let bit = UInt64(1) << UInt64(places[qubit])
      return result.union(
        ControlMask(mask: bit, value: (value >> UInt64(qubit)) & 1 == 1 ? bit : 0))
    }
  }
}
