import Circuits
import Compute

extension StabilizerState {
  /// Draws the outcomes of measuring all qubits `shots` times, in the order they were drawn.
  ///
  /// Shots are drawn 512 at a time, block i from the stream number i of `seed`: the same seed gives the same
  /// outcomes on any number of threads, and more shots extend the list of fewer. They are not those that a
  /// ``StateVector`` draws from the same seed.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` if the outcomes do not fit the budget.
  /// - Complexity: O(n³ / 256) once, then O(shots · (gates + n) / 512).
  public func bitStrings(shots: Int, seed: UInt64) throws(SimulationError) -> [BitString] {
    let width = (qubitCount + 63) / 64
    // An array of its own for each string, beside the words themselves.
    let words = try outcomes(shots: shots, seed: seed, bytesPerShot: 16 * width + 48)
    return (0..<shots).map { shot in
      BitString(count: qubitCount, words: Array(words[(shot * width)..<((shot + 1) * width)]))
    }
  }

  /// Counts the outcomes of measuring all qubits `shots` times.
  ///
  /// - Returns: How often each outcome came that came at all; the counts add up to `shots`.
  /// - Throws: ``SimulationError/memory(_:)`` as ``bitStrings(shots:seed:)``.
  public func bitStringCounts(
    shots: Int, seed: UInt64
  ) throws(SimulationError) -> [BitString: Int] {
    var counts: [BitString: Int] = [:]
    for outcome in try bitStrings(shots: shots, seed: seed) { counts[outcome, default: 0] += 1 }
    return counts
  }

  /// Draws the outcomes of measuring all qubits of a state of at most 63, as basis states' numbers.
  ///
  /// - Returns: Basis states, qubit 0 the least significant bit, in the order they were drawn: the same as
  ///   ``bitStrings(shots:seed:)``.
  /// - Throws: ``SimulationError/tooManyQubits(found:limit:)`` for more than 63 qubits, and
  ///   ``SimulationError/memory(_:)`` if the outcomes do not fit the budget.
  /// - Complexity: As ``bitStrings(shots:seed:)``.
  public func samples(shots: Int, seed: UInt64) throws(SimulationError) -> [Int] {
    guard qubitCount <= PauliString.qubitLimit else {
      throw .tooManyQubits(found: qubitCount, limit: PauliString.qubitLimit)
    }
    let words = try outcomes(shots: shots, seed: seed, bytesPerShot: 16)
    return qubitCount == 0 ? Array(repeating: 0, count: shots) : words.map { Int($0) }
  }

  /// Counts the outcomes of measuring all qubits of a state of at most 63.
  ///
  /// - Returns: How often each basis state came that came at all; the counts add up to `shots`.
  /// - Throws: ``SimulationError`` as ``samples(shots:seed:)``.
  public func counts(shots: Int, seed: UInt64) throws(SimulationError) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for outcome in try samples(shots: shots, seed: seed) { counts[outcome, default: 0] += 1 }
    return counts
  }

  private func outcomes(
    shots: Int, seed: UInt64, bytesPerShot: Int
  ) throws(SimulationError) -> [UInt64] {
    require(shots >= 0, "a number of shots is not negative: found \(shots)")
    let (bytes, overflow) = shots.multipliedReportingOverflow(by: bytesPerShot)
    do throws(MemoryBudgetError) {
      try budget.require(overflow ? .max : bytes, for: "\(shots) shots of \(qubitCount) qubits")
    } catch {
      throw .memory(error)
    }
    var collapsing = tableau
    let reference = (0..<qubitCount).map { collapsing.measure($0) { false }.outcome }
    return PauliFrames(program, reference: reference)
      .outcomes(shots: shots, seed: seed, policy: policy)
  }
}
