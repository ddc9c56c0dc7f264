import CQuantumKernels
import Circuits

/// A circuit and its measurement in the form that the kernels interpret; see CQuantumKernels.h.
///
/// Immutable once built, so that threads may share it: the arrays behind the pointers of `header` are
/// owned here and freed with it.
@safe final class Program: @unchecked Sendable {
  /// How a state is kept in memory.
  struct Layout: Hashable {
    /// What the lanes of a line are.
    enum Lanes: Hashable {
      /// The samples of a tile.
      case samples
      /// The lowest qubits of one state; inputs are read as further weights.
      case qubits(Precision)
    }

    let lanes: Lanes
    /// Whether the final amplitudes are in the order of the qubits.
    let isOrdered: Bool
    /// Whether the program is run on the plan's initial state, |0…0⟩ where it has none; otherwise on any state.
    var startsAtZero = true
    /// How a state is cut that is larger than a block.
    var blocks = BlockShape.ofCaches

    /// The number of qubits inside a line.
    var laneBits: Int {
      switch lanes {
      case .samples: 0
      case .qubits(let precision): precision == .single ? 4 : 3
      }
    }
  }

  /// The header where the kernels read it: its address stays the same.
  let headerPointer: UnsafePointer<hq_program>
  let layout: Layout
  var header: hq_program { unsafe headerPointer.pointee }
  /// The number of qubits simulated: those of the circuit and, for one state, what fills a line.
  let qubitCount: Int
  /// The passes over a state that is larger than a block; none where it is not.
  let passes: UnsafePointer<hq_sweep>
  let passCount: Int
  /// Whether the program starts at |0…0⟩ and has passes that write every line of the state, and read none before but
  /// the first.
  let passesFill: Bool
  /// The operations of the circuit that only changed the frame.
  let frameChanges: Int
  /// The operations that make a product state of |0…0⟩; of a tile alone.
  let opening: Range<Int>
  let storage: [UnsafeMutableRawBufferPointer]

  init(_ parts: ProgramParts, layout: Layout) {
    self.layout = layout
    qubitCount = parts.qubitCount
    frameChanges = parts.frameChanges
    opening = parts.opening
    var storage: [UnsafeMutableRawBufferPointer] = unsafe []
    func keep<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
      let bytes = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(elements.count, 1) * MemoryLayout<Element>.stride, alignment: 64)
      let typed = unsafe bytes.bindMemory(to: Element.self)
      _ = unsafe typed.initialize(from: elements)
      unsafe storage.append(bytes)
      return unsafe UnsafePointer(
        UnsafeMutablePointer(mutating: typed.baseAddress.unsafelyUnwrapped))
    }
    var header = unsafe hq_program()
    unsafe header.qubitCount = Int32(parts.qubitCount)
    unsafe header.laneBits = Int32(layout.laneBits)
    unsafe header.operationCount = Int32(parts.operations.count)
    unsafe header.slotCount = Int32(parts.slots.count)
    unsafe header.sharedSlotCount = Int32(parts.sharedSlotCount)
    unsafe header.constantSlotCount = Int32(parts.constantSlotCount)
    unsafe header.weightCount = Int32(parts.weightCount)
    unsafe header.inputCount = Int32(parts.inputCount)
    unsafe header.operations = keep(parts.operations)
    unsafe header.slots = keep(parts.slots)
    unsafe header.terms = keep(parts.terms)
    unsafe header.factors = keep(parts.factors)
    unsafe header.matrices = keep(parts.matrices)
    unsafe header.channelCount = Int32(parts.channels.count)
    unsafe header.channels = keep(parts.channels)
    unsafe header.probabilities = keep(parts.probabilities)
    unsafe header.turnCount = Int32(parts.turns.count)
    unsafe header.tableCount = Int32(parts.tableCount)
    unsafe header.tableQubits = Int32(parts.tableQubitCount)
    unsafe header.reorders = parts.reorders ? 1 : 0
    unsafe header.openingFirst = Int32(parts.opening.lowerBound)
    unsafe header.openingCount = Int32(parts.opening.count)
    unsafe header.turns = keep(parts.turns)
    unsafe header.strings = keep(parts.strings)
    unsafe header.steps = keep(parts.steps)
    unsafe header.startBits = Int32(parts.startPlaces?.count ?? -1)
    unsafe header.startInput = Int32(parts.startInput ?? -1)
    unsafe header.startCount = Int32(parts.startCount)
    unsafe header.startPadding = parts.startPadding
    unsafe header.startPlaces = keep(parts.startPlaces ?? [])
    unsafe header.startAmplitudes = keep(parts.startAmplitudes)
    unsafe header.marginFlips = parts.marginFlips
    unsafe header.outputCount = Int32(parts.outputCount)
    unsafe header.groupCount = Int32(parts.groups.count)
    unsafe header.pauliTermCount = Int32(parts.pauliTerms.count)
    unsafe header.marginCount = Int32(parts.margins?.count ?? -1)
    unsafe header.amplitudeCount = Int32(parts.amplitudes?.count ?? -1)
    unsafe header.amplitudes = keep(parts.amplitudes ?? [])
    unsafe header.groups = keep(parts.groups)
    unsafe header.pauliTerms = keep(parts.pauliTerms)
    unsafe header.largestSpan = Int32(parts.largestSpan)
    unsafe header.spans = keep(parts.spans)
    unsafe header.margins = keep(parts.margins ?? [])
    passCount = parts.passes.count
    let isFilled = parts.passes.last.map { $0.empty >> UInt64($0.bits) == 0 } ?? false
    passesFill =
      layout.startsAtZero && parts.startPlaces == nil && isFilled && !parts.passesReadAll
    unsafe passes = keep(parts.passes)
    unsafe headerPointer = keep(unsafe [header])
    unsafe self.storage = storage
  }

  deinit {
    unsafe storage.forEach { bytes in unsafe bytes.deallocate() }
  }
}

/// What a program is made of, while it is being made.
struct ProgramParts {
  var qubitCount = 0
  var operations: [hq_operation] = []
  var slots: [hq_slot] = []
  var sharedSlotCount = 0
  var constantSlotCount = 0
  var terms: [hq_term] = []
  var factors: [Int32] = []
  var matrices: [Double] = []
  var channels: [hq_channel] = []
  var probabilities: [Double] = []
  var turns: [hq_turn] = []
  var strings: [hq_string] = []
  var steps: [UInt64] = []
  var tableCount = 0
  var tableQubitCount = 0
  var reorders = false
  /// The operations that turn single bits of |0…0⟩.
  var opening = 0..<0
  var weightCount = 0
  var inputCount = 0
  var outputCount = 0
  var groups: [hq_group] = []
  var pauliTerms: [hq_pauli_term] = []
  var spans: [UInt64] = []
  var largestSpan = -1
  var margins: [UInt64]?
  var marginFlips: UInt64 = 0
  var amplitudes: [UInt64]?
  var startPlaces: [UInt8]?
  var startInput: Int?
  var startCount = 0
  var startPadding = 0.0
  var startAmplitudes: [Double] = []
  var passes: [hq_sweep] = []
  var frameChanges = 0
  var passesReadAll = false
}
