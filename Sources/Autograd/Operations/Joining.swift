import Arrays
import Compute

// Several tensors as one.

extension Operation {
  // Each input receives its part of the gradient.
  static let concatenate = Operation("concatenate") { d in
    guard let lengths = d.keeper as? PartLengths else { return }
    var start = 0
    for (index, length) in lengths.values.enumerated() {
      d.pass(d.upstream.slice(axis: d.integer, start..<(start + length)), to: index)
      start += length
    }
  }
}

/// The lengths of what was joined, along the axis of joining; kept by the record.
private final class PartLengths: Sendable {
  let values: [Int]

  init(_ values: [Int]) { self.values = values }
}

extension Tensor {
  /// Tensors one after another along an axis, in their common type.
  ///
  /// - Precondition: There is at least one, and the other axes have equal lengths.
  public static func concatenate(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    let result = NDArray.concatenate(tensors.map(\.array), axis: axis)
    let axis = result.shape.resolved(axis)
    return recorded(.concatenate, result, tensors) {
      $0.integer = axis
      $0.keeper = PartLengths(tensors.map { $0.shape[axis] })
    }
  }

  /// Tensors of one shape along a new axis.
  ///
  /// - Precondition: There is at least one, and all have the same shape.
  public static func stack(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    if let first = tensors.first {
      for other in tensors {
        require(
          other.shape == first.shape, "stack: shapes \(first.shape) and \(other.shape) differ")
      }
    }
    return concatenate(tensors.map { $0.unsqueeze(axis: axis) }, axis: axis)
  }
}
