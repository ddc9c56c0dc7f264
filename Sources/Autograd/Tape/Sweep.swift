import Arrays
import Compute

/// One pass over a tape from a result back to what it depends on.
///
/// Places within a sweep are counted from where the tape began when the sweep did: should the tape
/// move to the end of another one on the way, `base` takes that up.
final class Sweep {
  private(set) var tape: Tape
  private var base = 0
  private let root: Int
  /// Whether the rules are recorded, so that the gradients can be differentiated.
  let createsGraph: Bool
  private var gradients: ContiguousArray<Tensor?>
  /// For each record whether it leads to a target; empty if every leaf is one.
  private var leadsToTarget: [Bool] = []
  /// For each record the target that it is, or -1; empty if every leaf is one.
  private var targetAtPlace: [Int32] = []
  private var collected: [Tensor?] = []

  private init(from root: Int, on tape: Tape, createsGraph: Bool) {
    self.tape = tape
    self.root = root
    self.createsGraph = createsGraph
    gradients = ContiguousArray(repeating: nil, count: root + 1)
  }

  // MARK: Whole sweeps

  /// Adds the gradients of `output` to all the leaves that it depends on.
  static func accumulate(from output: Tensor, upstream: Tensor, retainGraph: Bool) {
    guard let node = output.node else {
      stop("backward: the tensor depends on nothing that requires a gradient")
    }
    guard let tape = node.tape else {
      node.asLeaf?.accumulate(upstream.array)
      return
    }
    let sweep = Sweep(from: Int(node.index), on: tape, createsGraph: false)
    Ambient.recording(false) { sweep.run(upstream: upstream, retainGraph: retainGraph) }
  }

  /// Returns the gradient of `output` with respect to each of `targets`, nil where it depends on it
  /// through no recorded operation.
  static func gradients(
    of output: Tensor, withRespectTo targets: [Tensor], upstream: Tensor, createsGraph: Bool,
    retainGraph: Bool
  ) -> [Tensor?] {
    guard let node = output.node else { return targets.map { _ in nil } }
    guard let tape = node.tape else { return targets.map { $0.node === node ? upstream : nil } }
    if createsGraph, let other = upstream.node?.tape, other !== tape {
      _ = Tape.joined(tape, other)
    }
    guard let joined = node.tape else { return [] }
    let sweep = Sweep(from: Int(node.index), on: joined, createsGraph: createsGraph)
    let ordinals = sweep.aim(at: targets)
    Ambient.recording(createsGraph) { sweep.run(upstream: upstream, retainGraph: retainGraph) }
    return ordinals.map { sweep.collected[$0] }
  }

  /// Marks what leads to `targets`; returns for each the place of its gradient in `collected`.
  private func aim(at targets: [Tensor]) -> [Int] {
    targetAtPlace = [Int32](repeating: -1, count: root + 1)
    var ordinalOfNode: [ObjectIdentifier: Int] = [:]
    let ordinals = targets.map { target in
      guard let node = target.node else {
        stop("grad: a target requires no gradient, its shape is \(target.shape)")
      }
      if let known = ordinalOfNode[ObjectIdentifier(node)] { return known }
      let ordinal = ordinalOfNode.count
      ordinalOfNode[ObjectIdentifier(node)] = ordinal
      if node.tape === tape, Int(node.index) <= root {
        targetAtPlace[Int(node.index)] = Int32(ordinal)
      }
      return ordinal
    }
    collected = [Tensor?](repeating: nil, count: ordinalOfNode.count)
    leadsToTarget = [Bool](repeating: false, count: root + 1)
    for place in 0...root where tape[place].state != .vacant {
      if unsafe tape[place].operation === Operation.leaf, let leaf = tape[place].keeper,
        let ordinal = ordinalOfNode[ObjectIdentifier(leaf)]
      {
        targetAtPlace[place] = Int32(ordinal)
      }
      var leads = targetAtPlace[place] >= 0
      for index in 0..<Int(tape[place].inputCount) where !leads {
        let input = tape[place].input(index)
        leads = input >= 0 && leadsToTarget[Int(input)]
      }
      leadsToTarget[place] = leads
    }
    return ordinals
  }

  private func run(upstream: Tensor, retainGraph: Bool) {
    tape.begin(self)
    defer { tape.end(self) }
    gradients[root] = createsGraph ? upstream : upstream.detach()
    for place in (0...root).reversed() {
      guard let arrived = gradients[place].take() else { continue }
      if !targetAtPlace.isEmpty, targetAtPlace[place] >= 0 {
        collect(arrived, for: Int(targetAtPlace[place]))
      }
      let operation = unsafe self[place].operation
      if operation === Operation.leaf {
        if targetAtPlace.isEmpty, let leaf = self[place].keeper as? Leaf {
          leaf.accumulate(arrived.array)
        }
        continue
      }
      guard leadsToTarget.isEmpty || leadsToTarget[place] else { continue }
      require(
        self[place].state == .live,
        "backward reached '\(operation.name)' a second time: pass retainGraph: true the first time")
      operation.derivative(Derivation(self, at: place, upstream: arrived))
      if !retainGraph { self[place].consume() }
    }
    if !retainGraph { tape.releaseInputsOfConsumed(from: base, through: base + root) }
  }

  private func collect(_ gradient: Tensor, for ordinal: Int) {
    // A leaf may have several records, as where two tapes became one.
    collected[ordinal] = collected[ordinal].map { $0 + gradient } ?? gradient
  }

  // MARK: What derivations ask

  /// The record at `place`, to be read or changed.
  @inline(__always)
  subscript(_ place: Int) -> Record {
    unsafeAddress { unsafe UnsafePointer(tape.address(of: base + place)) }
    unsafeMutableAddress { unsafe tape.address(of: base + place) }
  }

  /// Whether the record at `index` of the tape leads to a target.
  @inline(__always)
  func needs(_ index: Int32) -> Bool {
    index >= 0 && (leadsToTarget.isEmpty || leadsToTarget[Int(index) - base])
  }

  /// The shape of the result recorded at `index` of the tape.
  func shape(of index: Int32) -> Shape { tape[Int(index)].shape }

  func firstSaved(at place: Int) -> Tensor {
    saved(self[place].first, self[place].firstSource, at: place)
  }

  func secondSaved(at place: Int) -> Tensor {
    saved(self[place].second, self[place].secondSource, at: place)
  }

  private func saved(_ array: NDArray?, _ source: Record.Source, at place: Int) -> Tensor {
    guard let array else {
      let name = unsafe self[place].operation.name
      stop("the rule of '\(name)' reads a value that was not saved")
    }
    guard createsGraph else { return Tensor(array) }
    let own = base + place
    let index = self[place].place(of: source, at: Int32(truncatingIfNeeded: own))
    return index < 0 ? Tensor(array) : Tensor(array, node: tape.node(at: Int(index)))
  }

  /// Adds `gradient` to what has arrived at the record at `index` of the tape.
  func add(_ gradient: Tensor, at index: Int32) {
    let place = Int(index) - base
    let (shape, dtype) = (self[place].shape, self[place].dtype)
    let fits = gradient.shape == shape && gradient.dtype == dtype
    let fitted = fits ? gradient : gradient.fitted(to: shape, dtype)
    if createsGraph {
      gradients[place] = gradients[place].map { $0 + fitted } ?? fitted
    } else if gradients[place] == nil {
      gradients[place] = Tensor(fitted.array)
    } else {
      gradients[place]?.array.addInPlace(fitted.array)
    }
  }

  /// Called when the tape of the sweep moves to the end of `other`.
  func move(to other: Tape, by shift: Int) {
    tape = other
    base += shift
  }
}
