public import Arrays
import Compute
import Foundation

/// The inner product of samples: k(a, b) = Σ aᵢ bᵢ.
public struct LinearKernel: Kernel, Sendable {
  /// Creates the kernel.
  public init() {}

  /// The inner products of the rows, in O(n · m · features).
  public func matrix(_ a: NDArray, _ b: NDArray) throws(KernelError) -> NDArray {
    unsafe try pairwise(a, b) { first, second, count in
      var sum = 0.0
      for index in 0..<count { unsafe sum += first[index] * second[index] }
      return sum
    }
  }
}

/// The Gaussian of the distance of samples: k(a, b) = exp(-γ |a - b|²).
public struct RBFKernel: Kernel, Sendable {
  /// γ, the inverse of twice the squared width.
  public let gamma: Double

  /// Creates the kernel.
  ///
  /// - Precondition: `gamma` is positive and finite.
  public init(gamma: Double) {
    require(
      gamma > 0 && gamma.isFinite, "RBF kernel: expected a positive gamma, found \(gamma)")
    self.gamma = gamma
  }

  /// The kernel between the rows, in O(n · m · features); 1 for equal rows, exactly.
  public func matrix(_ a: NDArray, _ b: NDArray) throws(KernelError) -> NDArray {
    unsafe try pairwise(a, b) { first, second, count in
      var sum = 0.0
      for index in 0..<count {
        let difference = unsafe first[index] - second[index]
        sum += difference * difference
      }
      return exp(-gamma * sum)
    }
  }
}

/// The values of a function of two rows for every pair.
private func pairwise(
  _ a: NDArray, _ b: NDArray,
  _ value: (UnsafePointer<Double>, UnsafePointer<Double>, Int) -> Double
) throws(KernelError) -> NDArray {
  let first = a.sampleRows()
  let second = b.sampleRows()
  let (rows, columns, features) = (a.shape[0], b.shape[0], a.shape[1])
  guard b.shape[1] == features else {
    throw .featureCount(found: b.shape[1], expected: features)
  }
  return unsafe try NDArray.kernelMatrix(rows, columns) { (matrix) throws(KernelError) in
    unsafe first.withUnsafeBufferPointer { first in
      unsafe second.withUnsafeBufferPointer { second in
        guard let x = first.baseAddress, let y = second.baseAddress else {
          unsafe matrix.update(repeating: value(matrix, matrix, 0), count: rows * columns)
          return
        }
        for row in 0..<rows {
          for column in 0..<columns {
            unsafe matrix[row * columns + column] =
              value(x + row * features, y + column * features, features)
          }
        }
      }
    }
  }
}
