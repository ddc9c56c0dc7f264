/// Which pairs of qubits a layer entangles.
public enum Entanglement: String, CaseIterable, Hashable, Sendable {
  /// Each qubit with the next: (0, 1), (1, 2), and so on.
  case linear
  /// The same pairs from the last to the first.
  case reverseLinear
  /// Each qubit with the next, then the last with the first where there are more than two.
  case ring
  /// Every pair: (0, 1), (0, 2), ..., (1, 2), and so on.
  case full

  /// The pairs among `count` places, the first of each a control.
  public func pairs(count: Int) -> [(Int, Int)] {
    let chain = (0..<max(count - 1, 0)).map { ($0, $0 + 1) }
    return switch self {
    case .linear: chain
    case .reverseLinear: chain.reversed()
    case .ring: count > 2 ? chain + [(count - 1, 0)] : chain
    case .full: (0..<count).flatMap { one in ((one + 1)..<max(count, one + 1)).map { (one, $0) } }
    }
  }
}
