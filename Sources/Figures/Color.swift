import Compute

/// A colour of the sRGB space, eight bits a channel.
public struct Color: Hashable, Sendable {
  /// The red channel.
  public let red: UInt8
  /// The green channel.
  public let green: UInt8
  /// The blue channel.
  public let blue: UInt8

  /// A colour from its channels.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour from its hexadecimal code, such as `Color(0x0072B2)`; bits above 24 are ignored.
  public init(_ code: UInt32) {
    red = UInt8(truncatingIfNeeded: code >> 16)
    green = UInt8(truncatingIfNeeded: code >> 8)
    blue = UInt8(truncatingIfNeeded: code)
  }

  /// The code as SVG writes it, such as `#0072b2`.
  public var hex: String {
    "#"
      + [red, green, blue].map { channel in
        let digits = String(channel, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// The colour at the share `amount` of the way to `other`, channel by channel.
  ///
  /// - Precondition: `amount` is in `0...1`.
  public func mixed(with other: Color, _ amount: Double) -> Color {
    require((0...1).contains(amount), "amount: expected 0...1, found \(amount)")
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + (Double(b) - Double(a)) * amount).rounded())
    }
    return Color(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// The relative luminance: 0 for black, 1 for white.
  ///
  /// The weights are those of ITU-R BT.709; the gamma of sRGB is taken as 2.
  var luminance: Double {
    func linear(_ channel: UInt8) -> Double { Double(channel) * Double(channel) / (255 * 255) }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Ink or white, whichever reads better on this colour.
  package var readable: Color { luminance > 0.3 ? .ink : .white }
}

extension Color {
  /// The colours of series and classes in turn: those of Okabe and Ito (2008), which people with any of
  /// the usual forms of colour blindness tell apart, without the yellow that is lost on white.
  public static let palette = [
    Color(0x0072B2), Color(0xD55E00), Color(0x009E73), Color(0xCC79A7), Color(0xE69F00),
    Color(0x56B4E9), Color(0x5A4FA2), Color(0x666666),
  ]

  package static let white = Color(0xFFFFFF)
  /// Text and marks.
  package static let ink = Color(0x222222)
  /// Axis lines and ticks.
  package static let axis = Color(0x555555)
  /// Lines of the grid behind the data.
  package static let grid = Color(0xE4E4E4)
  /// A cell without a value.
  package static let missing = Color(0xD9D9D9)

  /// The colour of the series number `index`; the palette is used again from its beginning.
  static func series(_ index: Int) -> Color { palette[index % palette.count] }
}
