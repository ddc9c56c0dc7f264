package import Circuits
import Compute
import LinearAlgebra

/// Joins matrices of fixed entries, and what fixed operations stand beside them, into larger ones where that pays.
///
/// A matrix on k qubits costs 2ᵏ complex products for each amplitude, but reads and writes it once: two gates on
/// three qubits between them cost as many products as one matrix on the three, three gates more. What pays is decided by
/// costs that were measured, ``FusionCosts``. Operations whose angles are trained or data stay as they are, so
/// that a plan depends on no values; those that cost nothing by themselves, diagonals and exchanges of basis
/// states, are joined only with matrices that hold all their qubits.
package struct DenseFusion {
  /// The operations that are left, in an order of the same effect.
  package private(set) var operations: [ElementaryOperation] = []

  /// Some operations that are done as one, or one that is not joined with others.
  private struct Group {
    var members: [ElementaryOperation]
    var mask: UInt64
    /// Where in the order it stands.
    var position: Int
    var cost: Double
    /// Whether its entries are fixed.
    let isFixed: Bool
    /// Whether it is run as a matrix.
    var isDense: Bool
    /// The group that was the last on a qubit before.
    var previous: [Int: Int] = [:]
    var isJoined = false
  }

  private var groups: [Group] = []
  /// The last group on each qubit.
  private var last: [Int: Int] = [:]
  private let costs: FusionCosts

  package init(_ operations: [ElementaryOperation], costs: FusionCosts) {
    self.costs = costs
    guard operations.contains(where: Self.isDense) else {
      self.operations = operations
      return
    }
    for operation in operations { add(operation) }
    self.operations = groups.filter { !$0.isJoined }.sorted { $0.position < $1.position }
      .flatMap(Self.joined)
  }

  /// Whether an operation is run as a matrix whatever stands beside it.
  private static func isDense(_ operation: ElementaryOperation) -> Bool {
    guard case .matrix(_, let targets) = operation.kind else { return false }
    return targets.count > 1 && operation.controls.count == 0
  }

  private mutating func add(_ operation: ElementaryOperation) {
    let mask = operation.targetMask | operation.controls.mask
    var group = Group(
      members: [operation], mask: mask, position: groups.count, cost: costs.cost(of: operation),
      isFixed: operation.angle.constantValue != nil && mask != 0,
      isDense: Self.isDense(operation))
    for qubit in mask.setBits { group.previous[qubit] = last[qubit] }
    let number = groups.count
    joinEarlier(to: &group)
    if let home = home(of: group) {
      let gained = group.mask & ~groups[home].mask
      for qubit in gained.setBits { groups[home].previous[qubit] = group.previous[qubit] }
      for qubit in group.mask.setBits { last[qubit] = home }
      groups[home].cost = cost(groups[home], group) ?? .infinity
      groups[home].mask |= group.mask
      groups[home].members += group.members
      groups[home].isDense = true
      // Positions are numbers of groups: this one stands for nothing.
      group.isJoined = true
    } else {
      for qubit in group.mask.setBits { last[qubit] = number }
    }
    groups.append(group)
  }

  /// Takes earlier groups, after which nothing stands on their qubits but this one, into it: one that saves something,
  /// or two that do so together.
  private mutating func joinEarlier(to group: inout Group) {
    while true {
      var best: (saving: Double, numbers: [Int])?
      func consider(_ saving: Double, _ numbers: [Int]) {
        if saving >= 0, saving > best?.saving ?? -1 { best = (saving, numbers) }
      }
      for first in lastGroups(before: group) {
        guard let own = saving(groups[first], group) else { continue }
        consider(own, [first])
        if own >= 0 { continue }
        let both = joined(groups[first], group)
        for second in lastGroups(before: both) {
          if let more = saving(groups[second], both) { consider(own + more, [first, second]) }
        }
      }
      guard let best else { return }
      for number in best.numbers {
        group = joined(groups[number], group)
        groups[number].isJoined = true
      }
    }
  }

  /// The groups in front of one on its qubits, after which nothing else stands on any of their own, in order.
  private func lastGroups(before group: Group) -> [Int] {
    Set(group.previous.values).sorted().filter { number in
      groups[number].mask.setBits.allSatisfy { (group.previous[$0] ?? last[$0]) == number }
    }
  }

  /// A group with an earlier one in it.
  private func joined(_ earlier: Group, _ group: Group) -> Group {
    var result = group
    for qubit in earlier.mask.setBits { result.previous[qubit] = earlier.previous[qubit] }
    result.cost = cost(earlier, group) ?? .infinity
    result.mask |= earlier.mask
    result.members = earlier.members + group.members
    result.isDense = true
    return result
  }

  /// The earlier group that this one can be done with, where nothing stands between them on its qubits: the last of those
  /// in front of it.
  private func home(of group: Group) -> Int? {
    guard
      let number = Set(group.previous.values).max(by: { groups[$0].position < groups[$1].position }
      ),
      let saving = saving(groups[number], group), saving >= 0
    else { return nil }
    return number
  }

  /// What is saved by doing two groups as one; nil where they may not be.
  private func saving(_ first: Group, _ second: Group) -> Double? {
    guard first.isFixed && second.isFixed && (first.isDense || second.isDense),
      let both = cost(first, second)
    else { return nil }
    // Of a matrix too large for the table it is not known, only that it costs the same with what it holds.
    return both == .infinity ? 0 : first.cost + second.cost - both
  }

  /// The cost of two groups as one; nil where no such matrix is made.
  private func cost(_ first: Group, _ second: Group) -> Double? {
    if first.isDense && second.mask & ~first.mask == 0 { return first.cost }
    if second.isDense && first.mask & ~second.mask == 0 { return second.cost }
    let cost = costs.cost(ofMatrixOn: first.mask | second.mask)
    return cost == .infinity ? nil : cost
  }

  private static func joined(_ group: Group) -> [ElementaryOperation] {
    guard group.members.count > 1 else { return group.members }
    let targets = group.mask.setBits.map { $0 }
    var places = [Int](repeating: 0, count: (targets.last ?? -1) + 1)
    for (place, qubit) in targets.enumerated() { places[qubit] = place }
    let product = group.members.reduce(ComplexMatrix.identity(1 << targets.count)) {
      product, member in
      guard let value = member.angle.constantValue else {
        stop("found a symbolic angle among fixed operations")
      }
      return member.mapped(to: places).matrix(at: value, qubitCount: targets.count) * product
    }
    return [ElementaryOperation(.matrix(product, targets: targets))]
  }
}
