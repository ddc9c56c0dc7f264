/// How a state that is larger than a block is cut: passes over it do one block after the other.
package struct BlockShape: Hashable, Sendable {
  /// A block has 2 to this power lines of 128 bytes.
  package let lineBits: Int
  /// The table of a diagonal, and the part of a block that is done at a time, have 2 to this power lines.
  package let tableLineBits: Int

  /// Blocks of a quarter of a megabyte, of which two states' fit a second-level cache, and tables that fit a
  /// first-level one.
  package static let ofCaches = BlockShape(lineBits: 11, tableLineBits: 8)

  /// - Parameters:
  ///   - lineBits: At least 6, the targets of the largest matrix, where circuits hold such.
  ///   - tableLineBits: At most 4 less, and at most `lineBits`.
  package init(lineBits: Int, tableLineBits: Int) {
    self.lineBits = lineBits
    self.tableLineBits = tableLineBits
  }
}
