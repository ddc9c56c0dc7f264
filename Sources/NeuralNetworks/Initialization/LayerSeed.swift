public import Compute
import Synchronization

/// The key of a layer's random numbers: its first weights, its dropout masks.
///
/// A layer draws from streams that depend on its seed alone, never on other layers or on threads. The
/// default of every layer is ``next()``: a seed that no other layer has.
///
/// * Inside ``seeded(_:_:)``, and so inside the braces of a ``Sequential``, layers are numbered in the
///   order of their creation: the same code gives the same weights, each time, in any process. Two
///   layers of one shape get different weights.
/// * Elsewhere layers are numbered through the whole process: the weights are the same from run to run
///   if layers are made in the same order, but differ between two models made one after the other.
///
/// A number given, as in `Linear(inputs: 4, outputs: 3, seed: 7)`, fixes the weights wherever the layer
/// is made; two layers of one shape with one number get the same weights.
public struct LayerSeed: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The seed of the streams.
  public let seed: UInt64
  /// The number of the layer among those of the seed, below 2²⁴.
  let ordinal: UInt64

  /// The seed `seed`, the same wherever it is used.
  public init(_ seed: UInt64) { self.init(seed: seed, ordinal: 0) }

  /// The seed of a literal.
  public init(integerLiteral value: UInt64) { self.init(value) }

  private init(seed: UInt64, ordinal: UInt64) {
    require(ordinal < 1 << 24, "layer seeds: more than 2^24 layers in one process")
    self.seed = seed
    self.ordinal = ordinal
  }

  /// The seed of the next layer: of the scope that ``seeded(_:_:)`` opened, else of the process.
  public static func next() -> LayerSeed {
    if let scope = SeedScope.current {
      // Explicit seeds have the number 0.
      return LayerSeed(seed: scope.seed, ordinal: 1 + scope.next())
    }
    return LayerSeed(seed: 0, ordinal: 1 << 23 + SeedScope.process.next())
  }

  /// The stream of this layer's numbers for `purpose`; `index`, below 2⁴⁰, tells streams apart.
  public func stream(_ purpose: RandomPurpose, index: UInt64 = 0) -> RandomStream {
    require(index < 1 << 40, "layer seeds: expected an index below 2^40, found \(index)")
    return RandomStream(seed: seed, purpose: purpose, index: ordinal << 40 | index)
  }
}

/// Makes layers whose random numbers depend on `seed` and on their order inside `body` alone.
///
/// ```swift
/// let models = (0..<5).map { seed in seeded(seed) { Classifier(classes: 3) } }
/// ```
///
/// - Parameters:
///   - seed: The seed of all layers that are made in `body` without a seed of their own.
///   - body: Makes the layers, on one thread.
/// - Returns: What `body` returns.
public func seeded<Result>(_ seed: UInt64, _ body: () throws -> Result) rethrows -> Result {
  try SeedScope.$current.withValue(SeedScope(seed: seed)) { try body() }
}

/// A count of the layers made under one seed.
final class SeedScope: Sendable {
  @TaskLocal static var current: SeedScope?
  static let process = SeedScope(seed: 0)

  let seed: UInt64
  private let count = Atomic<UInt64>(0)

  init(seed: UInt64) { self.seed = seed }

  func next() -> UInt64 { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
