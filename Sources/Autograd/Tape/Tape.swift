import Arrays
import Compute

/// An arena of records, in the order in which their operations ran.
///
/// A tape begins when an operation meets leaves alone, and grows by each operation on a tensor that
/// stands on it; where tensors of two tapes meet, the shorter tape moves to the end of the longer.
/// A graph that shares no tensor with another therefore never shares a tape with it, and may be
/// built on another thread.
///
/// Each record counts who holds it: a tensor (through its ``Node``) and later records that it is an
/// input of. One that nobody holds is vacated at once with its saved values, so that what stays in
/// memory is exactly what a live tensor depends on. The tape itself is held by its nodes. Vacant
/// places at the end are taken again, those between when the arena is full and half vacant.
@safe final class Tape {
  private(set) var count = 0
  private var capacity: Int
  private var records: UnsafeMutablePointer<Record>
  private var vacantCount = 0
  private var vacating = Record.constant
  private var isVacating = false
  /// The sweeps that are under way; while there is one, no record changes its place but by a merge.
  private var sweeps: [Sweep] = []

  init() {
    capacity = 16
    unsafe records = .allocate(capacity: capacity)
  }

  deinit {
    unsafe records.deinitialize(count: count)
    unsafe records.deallocate()
  }

  /// The record at `index`, to be read or changed in place.
  @inline(__always)
  subscript(_ index: Int) -> Record {
    unsafeAddress { unsafe UnsafePointer(records + index) }
    unsafeMutableAddress { unsafe records + index }
  }

  /// The address of the record at `index`; good until the tape grows.
  @inline(__always)
  func address(of index: Int) -> UnsafeMutablePointer<Record> { unsafe records + index }

  // MARK: Growing

  /// The tape that an operation is recorded on: that of its inputs, one made of theirs, or a new
  /// one; with room for `needed` records.
  @inline(__always)
  static func forOperation(
    on first: Node?, _ second: Node? = nil, _ third: Node? = nil, needing needed: Int
  ) -> Tape {
    var tape = first?.tape
    if let other = second?.tape { tape = tape.map { joined($0, other) } ?? other }
    if let other = third?.tape { tape = tape.map { joined($0, other) } ?? other }
    let chosen = tape ?? Tape()
    chosen.reserve(needed)
    return chosen
  }

  /// Makes room for `needed` more records.
  @inline(__always)
  func reserve(_ needed: Int) {
    if count + needed > capacity { makeRoom(needed) }
  }

  @inline(never)
  private func makeRoom(_ needed: Int) {
    if vacantCount * 2 > count, sweeps.isEmpty { compact() }
    guard count + needed > capacity else { return }
    let larger = max(capacity * 2, count + needed)
    let moved = UnsafeMutablePointer<Record>.allocate(capacity: larger)
    unsafe moved.moveInitialize(from: records, count: count)
    unsafe records.deallocate()
    unsafe records = moved
    capacity = larger
  }

  /// The place of `node` on this tape, ``Record/constant`` for nil; a leaf gets a record if it has
  /// none.
  ///
  /// - Precondition: Room for one record; a node that is no leaf stands on this tape.
  @inline(__always)
  func place(of node: Node?) -> Int32 {
    guard let node else { return Record.constant }
    guard let leaf = node.asLeaf else { return node.index }
    let guess = Int(leaf.index)
    if guess < count, self[guess].state == .live, self[guess].keeper === leaf { return leaf.index }
    return add(leaf)
  }

  @inline(never)
  private func add(_ leaf: Leaf) -> Int32 {
    let index = count
    unsafe (records + index).initialize(
      to: Record(
        .leaf, inputCount: 0, inputs: SIMD4(repeating: Record.constant), shape: leaf.shape,
        dtype: leaf.dtype))
    count += 1
    self[index].keeper = leaf
    leaf.index = Int32(truncatingIfNeeded: index)
    return leaf.index
  }

  /// Adds a record whose saved values are still to be filled in.
  ///
  /// - Precondition: Room for one record; the inputs stand on this tape.
  @inline(__always)
  func add(
    _ operation: Operation, inputCount: Int32, inputs: SIMD4<Int32>, _ result: borrowing NDArray
  ) -> Int {
    let index = count
    unsafe (records + index).initialize(
      to: Record(
        operation, inputCount: inputCount, inputs: inputs, shape: result.shape,
        dtype: result.dtype))
    count += 1
    for slot in 0..<3 where inputs[slot] >= 0 { self[Int(inputs[slot])].uses += 1 }
    return index
  }

  /// Adds a record of an operation with more than three inputs.
  func add(_ operation: Operation, inputs: [Int32], _ result: NDArray) -> Int {
    let index = add(
      operation, inputCount: Int32(truncatingIfNeeded: inputs.count),
      inputs: SIMD4(repeating: Record.constant), result)
    self[index].manyInputs = inputs
    for input in inputs where input >= 0 { self[Int(input)].uses += 1 }
    return index
  }

  /// A node that holds the record at `index`, which has none.
  @inline(__always)
  func newNode(at index: Int) -> Node {
    let node = Node(tape: self, index: Int32(truncatingIfNeeded: index))
    unsafe self[index].node = .passUnretained(node)
    self[index].uses += 1
    return node
  }

  /// The node that stands for the record at `index`: the leaf, the one that tensors hold, or a new
  /// one.
  func node(at index: Int) -> Node? {
    if let leaf = self[index].keeper as? Leaf { return leaf }
    if let node = unsafe self[index].node { return unsafe node.takeUnretainedValue() }
    return newNode(at: index)
  }

  // MARK: Shrinking

  /// Called by the last tensor of the record at `index`.
  func nodeWillGo(_ index: Int32) {
    unsafe self[Int(index)].node = nil
    release(index)
  }

  /// Takes away one use of the record at `index`; the last one vacates it, and its inputs in turn.
  ///
  /// A list through the records stands in for recursion: chains may be of any length, and what a
  /// record keeps may hold further nodes, which call this again.
  func release(_ index: Int32) {
    self[Int(index)].uses -= 1
    if self[Int(index)].uses == 0 {
      self[Int(index)].next = vacating
      vacating = index
    }
    if !isVacating, vacating >= 0 { vacateUnused() }
  }

  private func vacateUnused() {
    isVacating = true
    while vacating >= 0 {
      let index = Int(vacating)
      vacating = self[index].next
      vacate(index)
    }
    isVacating = false
    while count > 0, self[count - 1].state == .vacant {
      count -= 1
      vacantCount -= 1
      unsafe (records + count).deinitialize(count: 1)
    }
  }

  private func vacate(_ index: Int) {
    releaseInputs(of: index)
    self[index].consume()
    self[index].state = .vacant
    vacantCount += 1
    let keeper = self[index].keeper
    self[index].keeper = nil
    _ = consume keeper
  }

  /// Takes away the uses that the record at `index` has of its inputs.
  private func releaseInputs(of index: Int) {
    let inputCount = Int(self[index].inputCount)
    self[index].inputCount = 0
    guard inputCount > 3 else {
      let inputs = self[index].inputs
      for slot in 0..<inputCount where inputs[slot] >= 0 { releaseLater(inputs[slot]) }
      return
    }
    let inputs = self[index].manyInputs
    self[index].manyInputs = []
    for input in inputs where input >= 0 { releaseLater(input) }
  }

  private func releaseLater(_ index: Int32) {
    self[Int(index)].uses -= 1
    guard self[Int(index)].uses == 0 else { return }
    self[Int(index)].next = vacating
    vacating = index
  }

  /// Lets go of the inputs of the records that a sweep has consumed, from `first` to `last`.
  func releaseInputsOfConsumed(from first: Int, through last: Int) {
    isVacating = true  // only lists what is unused, so that no record goes before the loop ends
    for index in first...last where self[index].state == .consumed {
      releaseInputs(of: index)
    }
    isVacating = false
    vacateUnused()
  }

  /// Closes the gaps; the order stays.
  private func compact() {
    var places = [Int32](repeating: Record.constant, count: count)
    var kept = 0
    for index in 0..<count {
      if self[index].state == .vacant {
        unsafe (records + index).deinitialize(count: 1)
        continue
      }
      places[index] = Int32(truncatingIfNeeded: kept)
      if kept != index {
        unsafe (records + kept).moveInitialize(from: records + index, count: 1)
      }
      relocate(kept) { places[Int($0)] }
      kept += 1
    }
    count = kept
    vacantCount = 0
  }

  /// Rewrites the places that the record at `index` knows of, its node's included.
  private func relocate(_ index: Int, _ moved: (Int32) -> Int32) {
    if self[index].inputCount <= 3 {
      for slot in 0..<Int(self[index].inputCount) where self[index].inputs[slot] >= 0 {
        self[index].inputs[slot] = moved(self[index].inputs[slot])
      }
    } else {
      self[index].manyInputs = self[index].manyInputs.map { $0 >= 0 ? moved($0) : $0 }
    }
    let place = Int32(truncatingIfNeeded: index)
    if let node = unsafe self[index].node { unsafe node.takeUnretainedValue().index = place }
    if let leaf = self[index].keeper as? Leaf { leaf.index = place }
  }

  // MARK: Joining

  /// One tape with the records of both, on the longer of them.
  @inline(__always)
  static func joined(_ first: Tape, _ second: Tape) -> Tape {
    first === second ? first : first.joined(with: second)
  }

  @inline(never)
  private func joined(with second: Tape) -> Tape {
    let first = self
    let (kept, other) = first.count >= second.count ? (first, second) : (second, first)
    require(
      !kept.isVacating && !other.isVacating, "two graphs cannot meet while one is being freed")
    kept.reserve(other.count)
    let shift = kept.count
    unsafe (kept.records + shift).moveInitialize(from: other.records, count: other.count)
    kept.count += other.count
    kept.vacantCount += other.vacantCount
    other.count = 0
    other.vacantCount = 0
    for index in shift..<kept.count where kept[index].state != .vacant {
      kept.relocate(index) { $0 + Int32(truncatingIfNeeded: shift) }
      if let node = unsafe kept[index].node { unsafe node.takeUnretainedValue().tape = kept }
    }
    for sweep in other.sweeps { sweep.move(to: kept, by: shift) }
    kept.sweeps += other.sweeps
    other.sweeps = []
    return kept
  }

  // MARK: Sweeps

  func begin(_ sweep: Sweep) { sweeps.append(sweep) }

  func end(_ sweep: Sweep) { sweeps.removeAll { $0 === sweep } }
}
