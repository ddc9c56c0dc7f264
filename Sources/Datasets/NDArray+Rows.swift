import Arrays
import Compute

extension NDArray {
  /// The rows listed, in that order: parts of the first axis, copied.
  ///
  /// - Precondition: the array has an axis, and every row is in `0..<shape[0]`.
  func rows(_ rows: [Int]) -> NDArray {
    let count = shape[0]
    for row in rows {
      require(0..<count ~= row, "rows: expected an index in 0..<\(count), found \(row)")
    }
    var selected = shape
    selected[0] = rows.count
    let source = contiguous()
    let width = count == 0 ? 0 : source.count / count * dtype.byteCount
    return unsafe .make(selected, dtype) { target in
      withExtendedLifetime(source) {
        for (place, row) in rows.enumerated() {
          unsafe (target + place * width).copyMemory(
            from: source.pointer + row * width, byteCount: width)
        }
      }
    }
  }
}
