import Compute

/// Draws outcomes of a Clifford circuit in bulk: one reference, and the Pauli strings by which shots differ.
///
/// A Z on a qubit that is |0⟩ changes nothing, so each shot may begin with any string of Z. Drawn at random and
/// taken through the circuit, the string becomes one whose X flips the reference's outcomes, and all outcomes
/// come with their probabilities. A string takes two bits a qubit and a gate a few exclusive ors: 512 shots
/// share each of them, and signs are not needed. Exchanges of bits are exchanges of names, done here once.
///
/// Source: Gidney, "Stim: a fast stabilizer circuit simulator", arXiv:2103.02202.
struct PauliFrames: Sendable {
  /// The shots that are drawn together; they share a random stream.
  static let shotsPerBlock = 512

  private let qubitCount: Int
  /// Pairs of planes, the first added to the second; Z of qubit q begins in plane n + q.
  private var additions: [(source: Int32, target: Int32)] = []
  /// The plane that holds X of each qubit in the end.
  private var flips: [Int]
  /// The outcomes of the reference: all bits set for 1.
  private let reference: [BitLanes]

  /// Prepares a program with one of its possible outcomes.
  init(_ program: CliffordProgram, reference: [Bool]) {
    qubitCount = program.qubitCount
    self.reference = reference.map { $0 ? .ones : .zero }
    var planes = Array(0..<(2 * program.qubitCount))
    for step in program.steps {
      let places = step.qubits + step.qubits.map { program.qubitCount + $0 }
      for bitStep in step.map.bitSteps {
        switch bitStep {
        case .add(let source, let target):
          additions.append((Int32(planes[places[source]]), Int32(planes[places[target]])))
        case .exchange(let first, let second): planes.swapAt(places[first], places[second])
        }
      }
    }
    flips = Array(planes.prefix(program.qubitCount))
  }

  /// The words of 64 qubits that an outcome takes.
  var wordCount: Int { (qubitCount + 63) / 64 }

  /// Draws outcomes: `wordCount` words a shot, bit q of them the outcome of qubit q.
  ///
  /// - Complexity: O(shots · (additions + n) / 512).
  func outcomes(shots: Int, seed: UInt64, policy: LoopPolicy) -> [UInt64] {
    let words = wordCount
    guard words > 0, shots > 0 else { return [] }
    var outcomes = [UInt64](repeating: 0, count: shots * words)
    unsafe outcomes.withUnsafeMutableBufferPointer { buffer in
      let base = unsafe buffer
      let blocks = (shots + Self.shotsPerBlock - 1) / Self.shotsPerBlock
      // A task should take longer than handing it over does.
      let together = max(1, 1 << 16 / (additions.count + 16 * qubitCount))
      policy.forEach(count: (blocks + together - 1) / together) { task in
        var planes = [BitLanes](repeating: .zero, count: 2 * qubitCount)
        for block in (task * together)..<min(blocks, (task + 1) * together) {
          run(&planes, seed: seed, block: block)
          let first = block * Self.shotsPerBlock
          let count = min(Self.shotsPerBlock, shots - first)
          unsafe write(planes, to: base, from: first, count: count)
        }
      }
    }
    return outcomes
  }

  /// Takes the strings of a block of shots through the circuit.
  private func run(_ planes: inout [BitLanes], seed: UInt64, block: Int) {
    var stream = RandomStream(seed: seed, purpose: .pauliFrames, index: UInt64(block))
    for qubit in 0..<qubitCount {
      var lanes = BitLanes.zero
      for lane in 0..<8 { lanes[lane] = stream.next() }
      planes[qubit] = .zero
      planes[qubitCount + qubit] = lanes
    }
    unsafe planes.withUnsafeMutableBufferPointer { planes in
      for (source, target) in additions {
        unsafe planes[Int(target)] ^= planes[Int(source)]
      }
    }
  }

  /// Turns planes, shots side by side, into outcomes one after another.
  private func write(
    _ planes: [BitLanes], to outcomes: UnsafeMutableBufferPointer<UInt64>, from first: Int,
    count: Int
  ) {
    var square = [UInt64](repeating: 0, count: 64)
    for word in 0..<wordCount {
      let qubits = (word << 6)..<min(qubitCount, (word + 1) << 6)
      for lane in 0..<((count + 63) >> 6) {
        for place in 0..<64 {
          let qubit = qubits.lowerBound + place
          square[place] =
            qubit < qubits.upperBound ? planes[flips[qubit]][lane] ^ reference[qubit][lane] : 0
        }
        Self.transpose(&square)
        for shot in 0..<min(64, count - lane << 6) {
          unsafe outcomes[(first + lane << 6 + shot) * wordCount + word] = square[shot]
        }
      }
    }
  }

  /// Transposes 64 rows of 64 bits: quarters change places, then quarters of quarters.
  private static func transpose(_ rows: inout [UInt64]) {
    var width = 32
    var mask: UInt64 = 0xFFFF_FFFF
    while width > 0 {
      var row = 0
      while row < 64 {
        let moved = (rows[row] >> UInt64(width) ^ rows[row + width]) & mask
        rows[row] ^= moved << UInt64(width)
        rows[row + width] ^= moved
        row = (row + width + 1) & ~width
      }
      width /= 2
      mask ^= mask << UInt64(width)
    }
  }
}

extension RandomPurpose {
  /// The Pauli strings by which shots of a Clifford circuit differ.
  fileprivate static let pauliFrames = RandomPurpose("pauli frames")
}
