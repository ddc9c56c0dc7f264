extension Array where Element: AdditiveArithmetic {
  /// The Walsh-Hadamard transform without a factor: the sums of (-1)^(z·b) times element z, for every b.
  ///
  /// Twice in a row it multiplies by the number of elements.
  ///
  /// - Precondition: The number of elements is a power of two; others trap by an index out of range.
  /// - Complexity: O(n log n) additions.
  @inlinable
  package func walshHadamardTransformed() -> [Element] {
    var result = self
    var stride = 1
    while stride < result.count {
      for index in result.indices where index & stride == 0 {
        let (a, b) = (result[index], result[index + stride])
        result[index] = a + b
        result[index + stride] = a - b
      }
      stride *= 2
    }
    return result
  }
}
