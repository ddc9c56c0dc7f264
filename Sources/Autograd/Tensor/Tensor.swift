public import Arrays

/// An array whose operations can be differentiated.
///
/// A tensor is a value: its array, and, where a gradient may be asked for, its place on a tape. It
/// is tracked if it was made with `requiresGradient`, is the value of a ``Parameter``, or was
/// computed from such while recording was on. Operations on others cost what the arrays' do.
///
/// ```swift
/// let x = Tensor([1, 2, 3] as [Float], requiresGradient: true)
/// (x * x).sum().backward()
/// print(x.gradient)  // 2, 4, 6
/// ```
///
/// Mixed types follow torch's promotion table; a number in the source takes the tensor's type.
/// Graphs may be built on any thread, a graph on one at a time: the type is not `Sendable`.
public struct Tensor {
  /// The value.
  public internal(set) var array: NDArray
  /// The place on a tape; nil for a constant.
  let node: Node?

  @inline(__always)
  init(_ array: NDArray, node: Node?) {
    self.array = array
    self.node = node
  }

  @inline(__always)
  init(_ array: NDArray) {
    self.array = array
    node = nil
  }

  /// The tensor of the values of `array`; a leaf whose gradient is collected if asked for.
  ///
  /// - Precondition: A type with a gradient, floating or complex, if one is required.
  public init(_ array: NDArray, requiresGradient: Bool = false) {
    self.array = array
    node = requiresGradient ? Leaf(of: array) : nil
  }

  /// The length of each axis.
  public var shape: Shape { array.shape }
  /// The type of the elements.
  public var dtype: DType { array.dtype }
  /// The number of axes.
  public var rank: Int { array.rank }
  /// The number of elements.
  public var count: Int { array.count }

  /// The only element, its real part if it is complex.
  ///
  /// - Precondition: One element.
  public func item() -> Double { array.item() }
}

extension Tensor: CustomStringConvertible {
  /// The values, and whether a gradient can be asked for.
  public var description: String {
    node == nil ? "\(array)" : "\(array) requiresGradient"
  }
}

// MARK: Recording

extension Tensor {
  /// The result of an operation on one tensor, recorded if that is tracked.
  ///
  /// `fill` saves in the record what the derivative will need.
  @inline(__always)
  static func recorded(
    _ operation: @autoclosure () -> Operation, _ result: NDArray, _ input: borrowing Tensor,
    _ fill: (inout Record) -> Void = { _ in }
  ) -> Tensor {
    guard let node = input.node, Ambient.isRecording else { return Tensor(result) }
    let tape = Tape.forOperation(on: node, needing: 2)
    var places = SIMD4(repeating: Record.constant)
    places[0] = tape.place(of: node)
    let index = tape.add(operation(), inputCount: 1, inputs: places, result)
    fill(&tape[index])
    return finished(index, on: tape, result)
  }

  /// The result of an operation on two tensors, and on a third of which only the node matters,
  /// recorded if one of them is tracked.
  @inline(__always)
  static func recorded(
    _ operation: @autoclosure () -> Operation, _ result: NDArray, _ first: borrowing Tensor,
    _ second: borrowing Tensor, _ third: Node? = nil, _ fill: (inout Record) -> Void = { _ in }
  ) -> Tensor {
    if first.node == nil, second.node == nil, third == nil { return Tensor(result) }
    guard Ambient.isRecording else { return Tensor(result) }
    let tape = Tape.forOperation(on: first.node, second.node, third, needing: 4)
    let places = SIMD4(
      tape.place(of: first.node), tape.place(of: second.node), tape.place(of: third),
      Record.constant)
    let index = tape.add(operation(), inputCount: 3, inputs: places, result)
    fill(&tape[index])
    return finished(index, on: tape, result)
  }

  /// The result of an operation on any number of tensors, recorded if one of them is tracked.
  static func recorded(
    _ operation: Operation, _ result: NDArray, _ inputs: [Tensor], _ fill: (inout Record) -> Void
  ) -> Tensor {
    guard inputs.contains(where: { $0.node != nil }), Ambient.isRecording else {
      return Tensor(result)
    }
    var known: Tape?
    for case let tape? in inputs.lazy.map({ $0.node?.tape }) where tape !== known {
      known = known.map { Tape.joined($0, tape) } ?? tape
    }
    let tape = known ?? Tape()
    tape.reserve(inputs.count + 1)
    let places = inputs.map { tape.place(of: $0.node) }
    let index: Int
    if places.count <= 3 {
      var inline = SIMD4(repeating: Record.constant)
      for (slot, place) in places.enumerated() { inline[slot] = place }
      index = tape.add(operation, inputCount: Int32(places.count), inputs: inline, result)
    } else {
      index = tape.add(operation, inputs: places, result)
    }
    fill(&tape[index])
    return finished(index, on: tape, result)
  }

  @inline(__always)
  private static func finished(_ index: Int, on tape: Tape, _ result: NDArray) -> Tensor {
    if Ambient.isWatching { tape.blameIfNotFinite(index, result) }
    return Tensor(result, node: tape.newNode(at: index))
  }
}
