public import Arrays
import Compute
import Foundation

extension Dataset {
  /// Two half circles that reach into each other, in the plane: two classes that no line separates.
  ///
  /// The first class lies on the upper half of the unit circle about (0, 0), the second on the lower half
  /// of the unit circle about (1, ½), at equal angles, ends included: the geometry of scikit-learn's
  /// `make_moons`.
  ///
  /// - Parameters:
  ///   - count: The number of samples; the first class has `count / 2` of them.
  ///   - noise: The deviation of the normal noise added to both coordinates.
  ///   - seed: The seed of the noise and of the order.
  ///   - dtype: The type of the features.
  /// - Returns: The samples in random order.
  /// - Precondition: `count` is at least 2, `noise` finite and not negative.
  public static func twoMoons(
    count: Int, noise: Double = 0, seed: UInt64, dtype: DType = .float32
  ) -> Dataset {
    planar(
      PlaneGeometry.moons(count), noise: noise, name: "two-moons", seed: seed, dtype: dtype)
  }

  /// Two circles about the origin, the second class inside the first: the geometry of scikit-learn's
  /// `make_circles`.
  ///
  /// - Parameters:
  ///   - count: The number of samples; the outer class has `count / 2` of them.
  ///   - noise: The deviation of the normal noise added to both coordinates.
  ///   - factor: The radius of the inner circle; that of the outer one is 1.
  ///   - seed: The seed of the noise and of the order.
  ///   - dtype: The type of the features.
  /// - Returns: The samples in random order.
  /// - Precondition: `count` is at least 2, `noise` finite and not negative, `factor` in `0..<1`.
  public static func circles(
    count: Int, noise: Double = 0, factor: Double = 0.8, seed: UInt64, dtype: DType = .float32
  ) -> Dataset {
    require(
      factor >= 0 && factor < 1, "circles: expected a factor in 0..<1, found \(factor)")
    return planar(
      PlaneGeometry.circles(count, factor: factor), noise: noise, name: "circles", seed: seed,
      dtype: dtype)
  }

  /// Normal clouds about given centres, one class a cloud.
  ///
  /// - Parameters:
  ///   - count: The number of samples, spread evenly; the first classes have one more where they must.
  ///   - centers: The centre of each class, all of the same dimension.
  ///   - deviation: The deviation of each coordinate.
  ///   - seed: The seed of the noise and of the order.
  ///   - dtype: The type of the features.
  /// - Returns: The samples in random order.
  /// - Precondition: there is a centre, all have the same positive dimension, `count` is at least their
  ///   number, and `deviation` is finite and not negative.
  public static func blobs(
    count: Int, centers: [[Double]], deviation: Double = 1, seed: UInt64, dtype: DType = .float32
  ) -> Dataset {
    let dimension = centers.first?.count ?? 0
    require(dimension > 0, "blobs: expected at least one centre of positive dimension")
    for center in centers {
      require(
        center.count == dimension,
        "blobs: expected centres of dimension \(dimension), found \(center.count)")
    }
    require(
      count >= centers.count, "blobs: expected at least \(centers.count) samples, found \(count)")
    let points = centers.indices.flatMap { group in
      let size = count / centers.count + (group < count % centers.count ? 1 : 0)
      return (0..<size).map { _ in PlaneGeometry.Point(place: centers[group], group: group) }
    }
    return planar(points, noise: deviation, name: "blobs", seed: seed, dtype: dtype)
  }

  /// The points with noise, in random order.
  private static func planar(
    _ points: [PlaneGeometry.Point], noise: Double, name: String, seed: UInt64, dtype: DType
  ) -> Dataset {
    require(
      noise >= 0 && noise.isFinite, "\(name): expected noise of 0 or more, found \(noise)")
    require(
      dtype.isFloatingPoint,
      "\(name): expected float32 or float64, found \(dtype)")
    var stream = RandomStream(seed: seed, purpose: RandomPurpose(name))
    let dimension = points.first?.place.count ?? 0
    let noisy = points.map { point in
      point.place.map { noise > 0 ? $0 + noise * stream.nextNormal() : $0 }
    }
    let order = RowPartition.shuffled(Array(points.indices), using: &stream)
    return Dataset(
      features: NDArray(
        order.flatMap { noisy[$0] }, shape: [points.count, dimension]
      ).cast(to: dtype),
      labels: NDArray(order.map { points[$0].group }, shape: [points.count]),
      featureNames: (0..<dimension).map { "x\($0)" },
      classNames: (0...(points.map(\.group).max() ?? 0)).map(String.init))
  }
}

/// Points of known geometry, before noise and shuffling.
package enum PlaneGeometry {
  /// A place and its class.
  package struct Point: Hashable, Sendable {
    package let place: [Double]
    package let group: Int

    package init(place: [Double], group: Int) {
      self.place = place
      self.group = group
    }
  }

  package static func moons(_ count: Int) -> [Point] {
    let (outer, inner) = halves(of: count)
    func angle(_ index: Int, of number: Int) -> Double {
      number > 1 ? Double.pi * Double(index) / Double(number - 1) : 0
    }
    return (0..<outer).map { index in
      let angle = angle(index, of: outer)
      return Point(place: [cos(angle), sin(angle)], group: 0)
    }
      + (0..<inner).map { index in
        let angle = angle(index, of: inner)
        return Point(place: [1 - cos(angle), 0.5 - sin(angle)], group: 1)
      }
  }

  package static func circles(_ count: Int, factor: Double) -> [Point] {
    let (outer, inner) = halves(of: count)
    func circle(_ number: Int, radius: Double, group: Int) -> [Point] {
      (0..<number).map { index in
        let angle = 2 * Double.pi * Double(index) / Double(number)
        return Point(place: [radius * cos(angle), radius * sin(angle)], group: group)
      }
    }
    return circle(outer, radius: 1, group: 0) + circle(inner, radius: factor, group: 1)
  }

  private static func halves(of count: Int) -> (Int, Int) {
    require(count >= 2, "expected at least 2 samples, found \(count)")
    return (count / 2, count - count / 2)
  }
}
