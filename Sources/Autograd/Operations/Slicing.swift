import Arrays
import Compute

// Parts of a tensor, and their adjoint: a part put in its place among zeros.

/// What a subscript takes of one axis: a place, or a range of them.
public protocol SliceIndex {
  /// The places taken of an axis of `length` places, and whether the axis stays.
  func places(of length: Int) -> (range: Range<Int>, keepsAxis: Bool)
}

extension Int: SliceIndex {
  /// One place, counted from the end if negative; the axis disappears.
  public func places(of length: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    let place = self < 0 ? self + length : self
    require(
      place >= 0 && place < length,
      "index \(self) of an axis of \(length): expected \(-length)..<\(length)")
    return (place..<(place + 1), false)
  }
}

extension Range<Int>: SliceIndex {
  /// The places of the range.
  public func places(of length: Int) -> (range: Range<Int>, keepsAxis: Bool) { (self, true) }
}

extension ClosedRange<Int>: SliceIndex {
  /// The places of the range.
  public func places(of length: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    (lowerBound..<(upperBound + 1), true)
  }
}

extension PartialRangeFrom<Int>: SliceIndex {
  /// The places from one on; `0...` is the whole axis.
  public func places(of length: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    require(lowerBound <= length, "slice from \(lowerBound) of an axis of \(length)")
    return (lowerBound..<length, true)
  }
}

extension PartialRangeUpTo<Int>: SliceIndex {
  /// The places before one.
  public func places(of length: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    (0..<upperBound, true)
  }
}

/// The parts of each axis that a slice took, kept by its record.
private final class SliceBounds: Sendable {
  let ranges: [StrideRange]

  init(_ ranges: [StrideRange]) { self.ranges = ranges }
}

/// Every `step`-th place of a range.
private struct StrideRange {
  let range: Range<Int>
  let step: Int
}

extension Operation {
  static let slice = Operation("slice") { d in
    guard let bounds = d.keeper as? SliceBounds else { return }
    d.pass(d.upstream.placed(at: bounds, in: d.shape(of: 0)), to: 0)
  }

  static let place = Operation("place") { d in
    guard let bounds = d.keeper as? SliceBounds else { return }
    d.pass(d.upstream.sliced(bounds), to: 0)
  }
}

extension Tensor {
  /// Parts of the first axes; those not named are taken whole.
  ///
  /// ```swift
  /// x[2]         // row 2
  /// x[0..<3, -1] // the last column of three rows
  /// x[0..., 1]   // column 1
  /// ```
  ///
  /// - Precondition: At most as many parts as axes, each within its axis.
  public subscript(_ parts: any SliceIndex...) -> Tensor {
    require(parts.count <= rank, "slice: \(parts.count) parts of a tensor of shape \(shape)")
    var kept: [Int] = []
    let ranges = (0..<rank).map { axis in
      guard axis < parts.count else {
        kept.append(axis)
        return StrideRange(range: 0..<shape[axis], step: 1)
      }
      let (range, keepsAxis) = parts[axis].places(of: shape[axis])
      if keepsAxis { kept.append(axis) }
      return StrideRange(range: range, step: 1)
    }
    let result = sliced(SliceBounds(ranges))
    return kept.count == rank ? result : result.reshape(to: Shape(kept.map { result.shape[$0] }))
  }

  /// The places of a range of one axis, every `step`-th.
  public func slice(axis: Int, _ range: Range<Int>, step: Int = 1) -> Tensor {
    let axis = shape.resolved(axis)
    return sliced(
      SliceBounds(
        (0..<rank).map {
          $0 == axis
            ? StrideRange(range: range, step: step) : StrideRange(range: 0..<shape[$0], step: 1)
        }))
  }

  fileprivate func sliced(_ bounds: SliceBounds) -> Tensor {
    var result = array
    for (axis, part) in bounds.ranges.enumerated()
    where part.range != 0..<shape[axis] || part.step != 1 {
      result = result.slice(axis: axis, part.range, step: part.step)
    }
    return Self.recorded(.slice, result, self) { $0.keeper = bounds }
  }

  fileprivate func placed(at bounds: SliceBounds, in shape: Shape) -> Tensor {
    let result = array.placed(in: shape, at: bounds.ranges.map { ($0.range.lowerBound, $0.step) })
    return Self.recorded(.place, result, self) { $0.keeper = bounds }
  }
}
