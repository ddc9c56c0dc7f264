import Arrays
import Compute

extension Initializer {
  /// A random matrix with orthonormal rows, or columns where there are fewer of them, times `gain`.
  ///
  /// The axes behind the first count as one. The shorter family of vectors is drawn normal and made
  /// orthonormal one by one, which gives the distribution that no rotation changes. Saxe, McClelland and
  /// Ganguli, "Exact solutions to the nonlinear dynamics of learning", arXiv:1312.6120.
  ///
  /// - Precondition: two axes at least, where it is used.
  /// - Complexity: O(rows · columns · min(rows, columns)).
  public static func orthogonal(gain: Double = 1) -> Initializer {
    Initializer { shape, stream in
      require(shape.rank >= 2, "orthogonal: expected two axes at least, found \(shape)")
      let rows = shape[0]
      let columns = shape.count / max(rows, 1)
      let vectors = orthonormal(
        count: min(rows, columns), length: max(rows, columns), using: &stream)
      return (0..<shape.count).map { place in
        let (row, column) = place.quotientAndRemainder(dividingBy: columns)
        return gain * (rows <= columns ? vectors[row][column] : vectors[column][row])
      }
    }
  }

  private static func orthonormal(
    count: Int, length: Int, using stream: inout RandomStream
  ) -> [[Double]] {
    var vectors: [[Double]] = []
    while vectors.count < count {
      var vector = (0..<length).map { _ in stream.nextNormal() }
      // The second pass takes away what rounding left of the other directions.
      for _ in 0..<2 {
        for other in vectors {
          let overlap = dot(vector, other)
          for index in vector.indices { vector[index] -= overlap * other[index] }
        }
      }
      let norm = dot(vector, vector).squareRoot()
      if norm > 1e-8 { vectors.append(vector.map { $0 / norm }) }
    }
    return vectors
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
