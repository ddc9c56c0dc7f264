import Arrays
import Compute

/// One operation on a tape: what the reverse sweep needs to know of it.
@safe struct Record {
  /// Where a saved value comes from, so that a derivative can itself be differentiated.
  enum Source: UInt8 {
    case nothing, firstInput, secondInput, thirdInput, output, constant
  }

  /// What became of a record.
  enum State: UInt8 {
    /// Ready for a sweep.
    case live
    /// Swept without `retainGraph`: the saved values are gone.
    case consumed
    /// Held by nobody; the place is waiting to be taken again.
    case vacant
  }

  /// The place on the tape of an input that is not on it.
  static let constant: Int32 = -1

  /// The operation; a static constant, hence immortal.
  unowned(unsafe) let operation: Operation
  var state = State.live
  /// How many inputs the operation has.
  var inputCount: Int32
  /// The places of up to three inputs, each on the same tape before this record or ``constant``.
  var inputs: SIMD4<Int32>
  /// The places of all the inputs, where there are more than three.
  var manyInputs: [Int32] = []
  /// How many hold this record: its node, if a tensor has one, and the records that it is an input
  /// of.
  var uses: Int32 = 0
  /// The next record in the list of those to be vacated.
  var next: Int32 = Record.constant
  /// The node by which tensors hold this record; it clears this field when it goes.
  var node: Unmanaged<Node>?

  /// The shape of the result.
  let shape: Shape
  /// The type of the result.
  let dtype: DType

  private(set) var first: NDArray?
  private(set) var second: NDArray?
  private(set) var firstSource = Source.nothing
  private(set) var secondSource = Source.nothing

  /// A number that the operation takes: a factor, an exponent.
  var number = 0.0
  /// A whole number that the operation takes: an axis.
  var integer = 0
  /// Axes that the operation takes.
  var axes = AxisList()
  /// Anything else that the operation holds: a leaf, ranges of a slice, a user's derivative.
  var keeper: AnyObject?

  @inline(__always)
  init(
    _ operation: Operation, inputCount: Int32, inputs: SIMD4<Int32>, shape: Shape, dtype: DType
  ) {
    unsafe self.operation = operation
    self.inputCount = inputCount
    self.inputs = inputs
    self.shape = shape
    self.dtype = dtype
  }

  /// Keeps a value for the derivative, in the next free one of two places.
  @inline(__always)
  mutating func save(_ array: NDArray, from source: Source) {
    if firstSource == .nothing {
      first = array
      firstSource = source
    } else {
      require(secondSource == .nothing, "a record saves at most two values")
      second = array
      secondSource = source
    }
  }

  /// Keeps `input`, the operand number `index` of at most three.
  @inline(__always)
  mutating func save(_ input: borrowing Tensor, asInput index: UInt8) {
    save(input.array, from: Source(rawValue: index + 1) ?? .nothing)
  }

  /// The place of input number `index`.
  @inline(__always)
  func input(_ index: Int) -> Int32 {
    inputCount <= 3 ? inputs[index] : manyInputs[index]
  }

  /// The place of the tensor that a saved value belongs to, if it is on the tape.
  func place(of source: Source, at own: Int32) -> Int32 {
    switch source {
    case .firstInput: inputs[0]
    case .secondInput: inputs[1]
    case .thirdInput: inputs[2]
    case .output: own
    case .nothing, .constant: Record.constant
    }
  }

  /// Forgets what the derivative needed.
  mutating func consume() {
    state = .consumed
    first = nil
    second = nil
    firstSource = .nothing
    secondSource = .nothing
    if unsafe operation !== Operation.leaf { keeper = nil }
  }
}
