import Circuits
import Compute

/// What a state must offer so that shots can run on it.
protocol ShotEngine {
  /// A state of all qubits.
  associatedtype State

  /// The state |0…0⟩.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` where it does not fit.
  func makeState() throws(SimulationError) -> State

  /// Checks that so many states fit at a time.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` where they do not. A state that asks for its memory itself is not counted.
  func requireRoom(states: Int) throws(SimulationError)

  /// A copy; nil where it does not fit.
  func copy(_ state: State) -> State?

  /// Runs a segment of the program.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` where its work space does not fit.
  func run(_ segment: Int, on state: inout State) throws(SimulationError)

  /// Numbers in proportion to the probabilities of an event's outcomes.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` where its work space does not fit.
  func weights(of event: ShotEvent, in state: State) throws(SimulationError) -> [Double]

  /// Makes the state the one after an outcome, normalised; `weight` is what ``weights(of:in:)`` said of it.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` where its work space does not fit.
  func take(
    _ outcome: Int, weight: Double, of event: ShotEvent, in state: inout State
  ) throws(SimulationError)

  /// Draws the outcomes of measuring some qubits together for the shots of these numbers.
  ///
  /// - Returns: 64 qubits a word, the words of one shot after those of another: bit j is that of `qubits[j]`.
  func draw(_ qubits: [Int], shots: [Int32], seed: UInt64, from state: State) -> [UInt64]

  /// The probabilities of the outcomes of some qubits, the first being the least significant bit.
  func probabilities(of qubits: [Int], in state: State) -> [Double]
}

/// The classical bits of every shot.
struct ShotMemory {
  let bitCount: Int
  private let wordCount: Int
  private var words: [UInt64]

  init(shots: Int, bitCount: Int) {
    self.bitCount = bitCount
    wordCount = (bitCount + 63) / 64
    words = Array(repeating: 0, count: shots * wordCount)
  }

  /// The bytes of so many shots, and of the strings made of them.
  static func byteCount(shots: Int, bitCount: Int) -> Int {
    let (bytes, overflow) = shots.multipliedReportingOverflow(by: 16 * ((bitCount + 63) / 64) + 80)
    return overflow ? .max : bytes
  }

  /// A bit of a shot.
  subscript(_ shot: Int32, bit: Int) -> Bool {
    get { words[Int(shot) * wordCount + bit >> 6] >> UInt64(bit & 63) & 1 == 1 }
    set {
      let mask = UInt64(1) << UInt64(bit & 63)
      if newValue {
        words[Int(shot) * wordCount + bit >> 6] |= mask
      } else {
        words[Int(shot) * wordCount + bit >> 6] &= ~mask
      }
    }
  }

  /// Sets all bits of a shot to 0.
  mutating func clear(_ shot: Int32) {
    for word in 0..<wordCount { words[Int(shot) * wordCount + word] = 0 }
  }

  /// The bits of all shots.
  func strings() -> [BitString] {
    let shots = wordCount == 0 ? 0 : words.count / wordCount
    return (0..<shots).map { shot in
      BitString(
        count: bitCount, words: Array(words[(shot * wordCount)..<((shot + 1) * wordCount)]))
    }
  }
}

/// The random numbers of a shot: those of its own stream, one for each event that it meets.
struct ShotDraws {
  let seed: UInt64

  private static let events = RandomPurpose("shot events")

  /// Number `place` of the shot's stream, in `0..<1`.
  func uniform(shot: Int32, place: Int) -> Double {
    var stream = RandomStream(
      seed: seed, purpose: Self.events, index: UInt64(shot),
      startingAtPair: UInt32(truncatingIfNeeded: place / 2))
    let first = stream.nextUniform()
    return place.isMultiple(of: 2) ? first : stream.nextUniform()
  }

  /// The numbers that decide the final measurements: number i of one stream for shot i, as without events.
  func points(_ shots: [Int32]) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .shots)
    var position: Int32 = 0
    return shots.map { shot in
      if shot != position {
        stream = RandomStream(
          seed: seed, purpose: .shots, startingAtPair: UInt32(truncatingIfNeeded: shot / 2))
        if !shot.isMultiple(of: 2) { _ = stream.next() }
      }
      position = shot + 1
      return stream.nextUniform()
    }
  }
}
