import Foundation

/// What random numbers are for: streams of one seed and different purposes are independent.
public struct RandomPurpose: Hashable, Sendable {
  package let code: UInt32

  /// The purpose called `name`; equal names give equal streams.
  public init(_ name: String) {
    // FNV-1a, 32 bits.
    code = name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  /// First values of parameters.
  public static let initialization = RandomPurpose("initialization")
  /// Masks of dropout layers.
  public static let dropout = RandomPurpose("dropout")
  /// The order of samples in an epoch.
  public static let shuffle = RandomPurpose("shuffle")
  /// The partition of a data set.
  public static let split = RandomPurpose("split")
  /// Measurement outcomes.
  public static let shots = RandomPurpose("shots")
  /// Augmentation of data.
  public static let augmentation = RandomPurpose("augmentation")
  /// Anything else.
  public static let general = RandomPurpose("general")
}

/// A stream of random numbers that depends on its seed, purpose and index alone.
///
/// The numbers are those of Philox4x32-10 with the seed as key and (block, index, purpose) as counter:
/// two streams never overlap, and what a stream gives does not depend on threads, on batch order or on
/// how many numbers other streams gave. Each stream holds 2³² blocks of four 32-bit words.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011),
/// doi:10.1145/2063384.2063405.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  private var counter: SIMD4<UInt32>
  private var block: SIMD4<UInt32> = .zero
  private var used = 2
  private var exhausted = false

  /// Creates the stream number `index` of `purpose` under `seed`.
  public init(seed: UInt64, purpose: RandomPurpose, index: UInt64 = 0) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    counter = SIMD4(
      0, UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), purpose.code)
  }

  /// Creates the stream from its number 2 · `pair` on.
  package init(
    seed: UInt64, purpose: RandomPurpose, index: UInt64 = 0, startingAtPair pair: UInt32
  ) {
    self.init(seed: seed, purpose: purpose, index: index)
    counter[0] = pair
  }

  /// Returns the next 64 uniform bits.
  public mutating func next() -> UInt64 {
    if used == 2 {
      require(!exhausted, "a random stream of 2^33 numbers is used up")
      block = Self.philox(counter: counter, key: key)
      counter[0] &+= 1
      exhausted = counter[0] == 0
      used = 0
    }
    defer { used += 1 }
    return used == 0
      ? UInt64(block[0]) | UInt64(block[1]) << 32 : UInt64(block[2]) | UInt64(block[3]) << 32
  }

  /// Returns a number uniform in `0..<1`, a multiple of 2⁻⁵³.
  public mutating func nextUniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Returns a number of the standard normal distribution, by Box and Muller's transform.
  public mutating func nextNormal() -> Double {
    let radius = (-2 * log(1 - nextUniform())).squareRoot()
    return radius * cos(2 * .pi * nextUniform())
  }

  /// The four words that Philox4x32-10 gives for `counter` under `key`.
  package static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let p0 = UInt64(c[0]) &* 0xD251_1F53
      let p1 = UInt64(c[2]) &* 0xCD9E_8D57
      c = SIMD4(
        UInt32(truncatingIfNeeded: p1 >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: p0))
      k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return c
  }
}
