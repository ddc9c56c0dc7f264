import Compute

/// The outcomes of measuring qubits, one bit each; any number of them.
public struct BitString: Hashable, Sendable {
  /// The number of bits.
  public let count: Int
  /// 64 bits a word, bit 0 the lowest of the first; zero beyond ``count``.
  private var words: [UInt64]

  /// Creates a string from its words.
  init(count: Int, words: [UInt64]) {
    self.count = count
    self.words = words
  }

  /// Creates the string of `bits`, that of qubit 0 first.
  public init(_ bits: [Bool]) {
    self.init(count: bits.count, words: Array(repeating: 0, count: (bits.count + 63) / 64))
    for (place, bit) in bits.enumerated() where bit { self[place] = true }
  }

  /// Creates the string of a basis state's number, qubit 0 its least significant bit.
  ///
  /// - Precondition: `basis` is not negative and has at most `count` bits.
  public init(basis: Int, count: Int) {
    require(
      basis >= 0 && count >= 0 && (count > 62 || basis >> count == 0),
      "bit string: found basis state \(basis) of \(count) bits")
    self.init(count: count, words: Array(repeating: 0, count: (count + 63) / 64))
    if count > 0 { words[0] = UInt64(basis) }
  }

  /// Reads a string such as `0110`, the bit of qubit 0 rightmost; nil for other letters than 0 and 1.
  public init?(_ text: String) {
    let letters = text.utf8.reversed()
    guard letters.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }) else {
      return nil
    }
    self.init(letters.map { $0 == UInt8(ascii: "1") })
  }

  /// The bit of a qubit.
  ///
  /// - Precondition: `qubit` is in `0..<count`.
  public subscript(_ qubit: Int) -> Bool {
    get {
      check(qubit)
      return words[qubit >> 6] >> UInt64(qubit & 63) & 1 == 1
    }
    set {
      check(qubit)
      let mask = UInt64(1) << UInt64(qubit & 63)
      if newValue { words[qubit >> 6] |= mask } else { words[qubit >> 6] &= ~mask }
    }
  }

  private func check(_ qubit: Int) {
    require(0..<count ~= qubit, "bit string: found bit \(qubit), expected 0 to \(count - 1)")
  }

  /// All bits, that of qubit 0 first.
  public var bits: [Bool] { (0..<count).map { self[$0] } }

  /// The number of ones.
  public var onesCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The number of the basis state, qubit 0 its least significant bit; nil where it has more than 63 bits.
  public var basis: Int? {
    guard words.dropFirst().allSatisfy({ $0 == 0 }) else { return nil }
    return Int(exactly: words.first ?? 0)
  }
}

extension BitString: CustomStringConvertible {
  /// The bits as text, that of qubit 0 rightmost.
  public var description: String { bits.reversed().map { $0 ? "1" : "0" }.joined() }
}

extension BitString: Comparable {
  /// Whether `lhs` is shorter, or equally long and the smaller number.
  public static func < (lhs: BitString, rhs: BitString) -> Bool {
    guard lhs.count == rhs.count else { return lhs.count < rhs.count }
    return lhs.words.reversed().lexicographicallyPrecedes(rhs.words.reversed())
  }
}
