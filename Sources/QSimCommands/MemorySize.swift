import ArgumentParser

/// A number of bytes as people write it: "4G", "512MiB", "1073741824".
struct MemorySize: ExpressibleByArgument, Equatable {
  let bytes: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isNumber || $0 == "." }
    let unit = argument.dropFirst(digits.count).trimmingSpaces.lowercased()
    let powers = ["": 0, "b": 0, "k": 10, "kib": 10, "m": 20, "mib": 20, "g": 30, "gib": 30]
      .merging(["t": 40, "tib": 40]) { $1 }
    guard let value = Double(digits), let power = powers[unit] else { return nil }
    let bytes = value * Double(1 << power)
    guard (1..<0x1p62).contains(bytes) else { return nil }
    self.bytes = Int(bytes)
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String { String(self.drop { $0 == " " }) }
}
