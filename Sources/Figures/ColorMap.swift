import Compute

/// A map from numbers to colours, linear in sRGB between a few stops at equal distances.
public struct ColorMap: Hashable, Sendable {
  /// The colours at equal distances from the lowest value to the highest.
  public let stops: [Color]

  /// A map through `stops`.
  ///
  /// - Precondition: there are at least two stops.
  public init(stops: [Color]) {
    require(stops.count >= 2, "a colour map has at least 2 stops, found \(stops.count)")
    self.stops = stops
  }

  /// From dark violet by green to yellow, even in lightness: for values from low to high.
  ///
  /// Ten samples of viridis (Smith and van der Walt, 2015; dedicated to the public domain).
  public static let viridis = ColorMap(stops: [
    Color(0x440154), Color(0x482878), Color(0x3E4A89), Color(0x31688E), Color(0x26828E),
    Color(0x1F9E89), Color(0x35B779), Color(0x6DCD59), Color(0xB4DE2C), Color(0xFDE725),
  ])

  /// From blue by near-white to vermilion: for values on both sides of a middle.
  public static let diverging = ColorMap(stops: [
    Color(0x003F66), Color(0x0072B2), Color(0x7DB8DA), Color(0xF5F5F5), Color(0xF0AE7D),
    Color(0xD55E00), Color(0x7A3600),
  ])

  /// From white to dark blue: for counts and shares.
  public static let blues = ColorMap(stops: [
    Color(0xF7FAFD), Color(0xC6DDF0), Color(0x7FB4DC), Color(0x2F7FBC), Color(0x084A85),
  ])

  /// The colour at `share` of the way from the first stop to the last; values outside `0...1` count as
  /// the nearer end.
  ///
  /// - Precondition: `share` is not NaN.
  public func color(at share: Double) -> Color {
    require(!share.isNaN, "a colour map has no colour for NaN")
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return stops[index].mixed(with: stops[index + 1], place - Double(index))
  }
}
