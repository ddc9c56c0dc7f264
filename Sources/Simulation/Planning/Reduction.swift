import Circuits
import ComplexModule
import LinearAlgebra
import RealModule

/// A circuit's operations as turns, diagonals and changes of frame, as far as they can be written so.
///
/// Rotations about X and Y and one-qubit matrices become real rotations between diagonals; X, CNOT and SWAP
/// become changes of the frame; everything diagonal becomes strings of Z. What is left, operations with
/// several controls and larger matrices, is kept as it is and stands between stacks of layers.
struct Reduction {
  /// What is done one after the other.
  enum Stage {
    case layers([Layer])
    case operation(ElementaryOperation)
    /// A channel on stored bits.
    case channel(Channel, [Int])
    /// Amplitudes are put where the qubits' own order wants them.
    case reorder(Frame)
  }

  private(set) var stages: [Stage] = []
  /// Where the qubits are after all stages.
  private(set) var frame: Frame
  /// The operations that only changed the frame.
  private(set) var frameChanges = 0
  private var stack = LayerStack()
  private let qubitCount: Int
  /// Whether qubits stay bits: then only X and SWAP change the frame.
  private let movesBits: Bool

  /// The controls up to which diagonals are expanded: 2 to this power strings.
  private static let controlLimit = 3

  /// Reduces a circuit; if `isOrdered`, amplitudes end in the qubits' own order.
  init(
    _ operations: [ElementaryOperation], channels: [Plan.ChannelStep] = [], qubitCount: Int,
    isOrdered: Bool, movesBits: Bool = false
  ) {
    self.movesBits = movesBits
    self.qubitCount = qubitCount
    frame = Frame(qubitCount: qubitCount)
    var next = channels[...]
    for (position, operation) in operations.enumerated() {
      while let step = next.first, step.position == position {
        add(step)
        next.removeFirst()
      }
      add(operation)
    }
    for step in next { add(step) }
    if isOrdered { restoreOrder() }
    closeStack()
  }

  private mutating func closeStack() {
    if !stack.isEmpty { stages.append(.layers(stack.layers)) }
    stack = LayerStack()
  }

  private mutating func restoreOrder() {
    guard !frame.isIdentity else { return }
    if movesBits {
      for qubit in 0..<qubitCount where frame.isFlipped[qubit] { applyFlip(qubit) }
      for qubit in 0..<qubitCount {
        guard let place = frame.place(of: qubit), place != qubit else { continue }
        // What is at bit `qubit` goes where this qubit was.
        closeStack()
        stages.append(.operation(ElementaryOperation(.swap(qubit, place))))
        if let other = (0..<qubitCount).first(where: { frame.place(of: $0) == qubit }) {
          frame.swap(qubit, other)
        }
      }
      return
    }
    closeStack()
    stages.append(.reorder(frame))
    frame = Frame(qubitCount: qubitCount)
  }

  private mutating func add(_ operation: ElementaryOperation) {
    let controls = operation.controls
    switch operation.kind {
    case .phase where controls.count <= Self.controlLimit:
      addDiagonal(0, operation.angle, controls)
    case .rotation(let string) where string.x == 0 && controls.count <= Self.controlLimit:
      addDiagonal(string.z, operation.angle * -0.5, controls)
    case .rotation(let string) where controls.count == 0:
      addTurn(string.x, string.z, operation.angle * 0.5)
    case .rotation(let string) where controls.count == 1:
      // The projector on the control's value is (1 ± Z) / 2.
      addTurn(string.x, string.z, operation.angle * 0.25)
      addTurn(
        string.x, string.z | controls.mask, operation.angle * (controls.value == 0 ? 0.25 : -0.25))
    case .pauli(let string)
    where controls.count <= (string.x == 0 ? Self.controlLimit : movesBits ? 0 : 1):
      addPauli(string, controls)
    case .swap(let first, let second) where controls.count == 0:
      frame.swap(first, second)
      frameChanges += 1
    case .matrix(let matrix, let targets)
    where targets.count == 1 && controls.count == 0 && matrix.isUnitary(within: 1e-13):
      addMatrix(matrix, targets[0])
    default:
      addWhole(operation)
    }
  }

  /// exp(iφ·Z-string) on the states that fulfil the controls.
  private mutating func addDiagonal(_ z: UInt64, _ angle: Angle, _ controls: ControlMask) {
    let scale = 1 / Double(1 << controls.count)
    var subset = controls.mask
    while true {
      // A control on 1 is (1 - Z) / 2, one on 0 is (1 + Z) / 2.
      let sign = (subset & controls.value).isOdd ? -scale : scale
      let (bits, isFlipped) = frame.parity(z ^ subset)
      add(Diagonal(z: bits, angle: angle * (isFlipped ? -sign : sign)))
      if subset == 0 { break }
      subset = (subset - 1) & controls.mask
    }
  }

  private mutating func add(_ diagonal: Diagonal) {
    if diagonal.angle != 0 { stack.add(diagonal) }
  }

  /// exp(-iφP) with P = i^|x & z| X^x Z^z over the circuit's qubits.
  private mutating func addTurn(_ x: UInt64, _ z: UInt64, _ angle: Angle) {
    let yCount = (x & z).nonzeroBitCount & 3
    let exchanged = frame.exchanged(x)
    let (bits, isFlipped) = frame.parity(z)
    let isNegative = (yCount >= 2) != isFlipped
    if yCount & 1 == 1 {
      stack.add(Turn(x: exchanged, z: bits, angle: isNegative ? -angle : angle))
      return
    }
    // With V = exp(iπ/4·Z) on a qubit that is exchanged, V P V† = -i P Z is real times i.
    let own = frame.z[x.trailingZeroBitCount]
    add(Diagonal(z: own, angle: .pi / 4))
    stack.add(Turn(x: exchanged, z: bits ^ own, angle: isNegative ? angle : -angle))
    add(Diagonal(z: own, angle: -.pi / 4))
  }

  private mutating func addPauli(_ string: PauliString, _ controls: ControlMask) {
    if string.z != 0 {
      addDiagonal(0, .pi / 2, controls)
      addDiagonal(string.z, -.pi / 2, controls)
    }
    if string.x != 0 { frameChanges += 1 }
    let control = controls.count == 1 ? controls.mask.trailingZeroBitCount : nil
    for qubit in string.x.setBits {
      if let control { frame.flip(qubit, where: control) }
      if control == nil || controls.value == 0 { frame.flip(qubit) }
    }
    let yCount = (string.x & string.z).nonzeroBitCount & 3
    if yCount != 0 { addDiagonal(0, .pi / 2 * Double(yCount), controls) }
  }

  /// A unitary matrix as e^{iα} RZ(β) RY(γ) RZ(δ).
  private mutating func addMatrix(_ matrix: ComplexMatrix, _ qubit: Int) {
    let determinant = matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]
    let alpha = determinant.phase / 2
    let cosine = matrix[0, 0].length
    let sine = matrix[1, 0].length
    let sum = cosine > 0 ? -2 * (matrix[0, 0].phase - alpha) : 0
    let difference = sine > 0 ? 2 * (matrix[1, 0].phase - alpha) : 0
    let bit = UInt64(1) << UInt64(qubit)
    addDiagonal(bit, Angle(-(sum - difference) / 4), .none)
    if sine != 0 { addTurn(bit, bit, Angle(Double.atan2(y: sine, x: cosine))) }
    addDiagonal(bit, Angle(-(sum + difference) / 4), .none)
    addDiagonal(0, Angle(alpha), .none)
  }

  /// A channel; it needs its qubits to be bits.
  private mutating func add(_ step: Plan.ChannelStep) {
    if step.qubits.contains(where: { frame.isFlipped[$0] || frame.place(of: $0) == nil }) {
      restoreOrder()
    }
    closeStack()
    stages.append(.channel(step.channel, step.qubits.compactMap { frame.place(of: $0) }))
  }

  /// Exchanges the amplitudes that the frame says are exchanged.
  private mutating func applyFlip(_ qubit: Int) {
    guard let place = frame.place(of: qubit) else { return }
    closeStack()
    stages.append(.operation(ElementaryOperation(.pauli(.x(place)))))
    frame.flip(qubit)
  }

  /// An operation that is kept; it needs its qubits to be bits.
  private mutating func addWhole(_ operation: ElementaryOperation) {
    let qubits = (operation.targetMask | operation.controls.mask).setBits
    if movesBits {
      for qubit in operation.targetMask.setBits where frame.isFlipped[qubit] { applyFlip(qubit) }
    }
    let targetsAreFlipped = operation.targetMask.setBits.contains { frame.isFlipped[$0] }
    if targetsAreFlipped || qubits.contains(where: { frame.place(of: $0) == nil }) {
      restoreOrder()
    }
    closeStack()
    var places = Array(0..<qubitCount)
    var flipped: UInt64 = 0
    for qubit in qubits {
      guard let place = frame.place(of: qubit) else { continue }
      places[qubit] = place
      if frame.isFlipped[qubit] { flipped |= 1 << UInt64(place) }
    }
    let moved = operation.mapped(to: places)
    stages.append(
      .operation(
        ElementaryOperation(
          moved.kind, angle: moved.angle,
          controls: ControlMask(
            mask: moved.controls.mask, value: moved.controls.value ^ flipped & moved.controls.mask))
      ))
  }
}
