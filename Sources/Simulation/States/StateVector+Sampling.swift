import ComplexModule

extension StateVector {
  /// Draws the outcomes of measuring all qubits `shots` times, in the order they were drawn.
  ///
  /// Shot i is decided by the i-th number of the random stream of `seed`: the same seed gives the same
  /// outcomes on any number of threads, and more shots extend the list of fewer.
  ///
  /// - Returns: Basis states, qubit 0 the least significant bit.
  /// - Complexity: O(2ⁿ + shots · n) time, and 2ⁿ⁻⁷ + 20 · shots bytes.
  public func samples(shots: Int, seed: UInt64) -> [Int] {
    sampler.samples(shots: shots, seed: seed)
  }

  /// Counts the outcomes of measuring all qubits `shots` times.
  ///
  /// - Returns: How often each basis state came that came at all; the counts add up to `shots`.
  public func counts(shots: Int, seed: UInt64) -> [Int: Int] {
    let outcomes = samples(shots: shots, seed: seed)
    var counts: [Int: Int] = [:]
    guard shots >> 4 >= 1 << qubitCount || shots >= 1 << 16 && qubitCount <= 24 else {
      for outcome in outcomes { counts[outcome, default: 0] += 1 }
      return counts
    }
    var table = [Int32](repeating: 0, count: 1 << qubitCount)
    for outcome in outcomes { table[outcome] += 1 }
    counts.reserveCapacity(table.count { $0 > 0 })
    for (basis, count) in table.enumerated() where count > 0 { counts[basis] = Int(count) }
    return counts
  }

  /// The `count` most probable basis states, the most probable first.
  ///
  /// Probabilities that differ by rounding alone, by less than one part in 10¹² in double and in 10⁶ in single
  /// precision, count as equal; among equals the smaller number comes first.
  ///
  /// - Complexity: O(2ⁿ · log count).
  public func mostProbable(_ count: Int) -> [Int] {
    var best: [(probability: Double, basis: Int)] = []
    var floor = -1.0
    // Candidates gather until there are twice as many as wanted; then the worse half goes.
    for basis in 0..<(1 << qubitCount) {
      let probability = rounded(probability(of: basis))
      guard probability > floor else { continue }
      best.append((probability, basis))
      if best.count - count >= max(count, 64) {
        best.sort { ($1.probability, $0.basis) < ($0.probability, $1.basis) }
        best.removeLast(best.count - count)
        floor = best.last?.probability ?? .infinity
      }
    }
    best.sort { ($1.probability, $0.basis) < ($0.probability, $1.basis) }
    return best.prefix(count).map(\.basis)
  }

  private func rounded(_ probability: Double) -> Double {
    guard probability > 0 else { return 0 }
    let unit = Double(
      sign: .plus, exponent: probability.exponent - (precision == .single ? 20 : 40), significand: 1
    )
    return (probability / unit).rounded() * unit
  }

  /// The probability of a basis state.
  public func probability(of basis: Int) -> Double { amplitude(of: basis).lengthSquared }
}
