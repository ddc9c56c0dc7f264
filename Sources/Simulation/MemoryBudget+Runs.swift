import Compute

extension MemoryBudget {
  /// Checks that all parts of a run fit together, each so many times so many bytes, before any of them is allocated.
  ///
  /// - Throws: ``SimulationError/memory(_:)`` with the sum.
  package func require(
    all parts: [(count: Int, bytes: Int)], for purpose: @autoclosure () -> String
  ) throws(SimulationError) {
    var total = 0
    for part in parts {
      let (product, overflow) = part.count.multipliedReportingOverflow(by: part.bytes)
      let (sum, isTooLarge) = total.addingReportingOverflow(product)
      total = overflow || isTooLarge ? .max : sum
    }
    do throws(MemoryBudgetError) {
      try require(total, for: purpose())
    } catch {
      throw .memory(error)
    }
  }
}
