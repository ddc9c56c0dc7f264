/// 512 bits that are worked on together.
package typealias BitLanes = SIMD8<UInt64>

extension BitLanes {
  /// All bits set.
  static var ones: BitLanes { BitLanes(repeating: .max) }

  /// The number of bits set.
  var bitCount: Int {
    var count = 0
    for lane in 0..<8 { count += self[lane].nonzeroBitCount }
    return count
  }

  /// The place of the lowest bit set; nil where none is.
  var firstBit: Int? {
    for lane in 0..<8 where self[lane] != 0 { return lane << 6 + self[lane].trailingZeroBitCount }
    return nil
  }

  /// For each bit whether an odd number of bits below it are set, `carry` counted among them; `carry` becomes
  /// the parity of all.
  func parityBelow(carry: inout Bool) -> BitLanes {
    var sum = self
    sum ^= sum &<< 1
    sum ^= sum &<< 2
    sum ^= sum &<< 4
    sum ^= sum &<< 8
    sum ^= sum &<< 16
    sum ^= sum &<< 32
    var below = sum &<< 1
    for lane in 0..<8 {
      if carry { below[lane] = ~below[lane] }
      carry = carry != (sum[lane] >> 63 == 1)
    }
    return below
  }
}

/// Planes of equally many bits, each cut into blocks of 512.
struct BitPlanes: Sendable {
  /// The blocks of a plane.
  let blockCount: Int
  private(set) var blocks: [BitLanes]

  /// Creates planes of zeros.
  init(_ planeCount: Int, blockCount: Int) {
    self.blockCount = blockCount
    blocks = Array(repeating: .zero, count: planeCount * blockCount)
  }

  /// A block of a plane.
  subscript(_ plane: Int, block block: Int) -> BitLanes {
    get { blocks[plane * blockCount + block] }
    set { blocks[plane * blockCount + block] = newValue }
  }

  /// A bit of a plane.
  subscript(_ plane: Int, bit bit: Int) -> Bool {
    get { blocks[plane * blockCount + bit >> 9][bit >> 6 & 7] >> UInt64(bit & 63) & 1 == 1 }
    set {
      let mask = UInt64(1) << UInt64(bit & 63)
      let block = plane * blockCount + bit >> 9
      if newValue {
        blocks[block][bit >> 6 & 7] |= mask
      } else {
        blocks[block][bit >> 6 & 7] &= ~mask
      }
    }
  }

  /// Adds a plane to another, modulo 2.
  mutating func add(_ source: Int, to target: Int) {
    for block in 0..<blockCount { self[target, block: block] ^= self[source, block: block] }
  }

  /// Exchanges two planes.
  mutating func exchange(_ first: Int, _ second: Int) {
    for block in 0..<blockCount {
      blocks.swapAt(first * blockCount + block, second * blockCount + block)
    }
  }
}
