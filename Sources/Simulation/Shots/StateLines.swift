import CQuantumKernels
import Compute

/// Measurements of single qubits of a state in lines, one pass each.
@safe struct StateLines {
  /// The lines of the state are 2 to this power.
  let lineBits: Int
  let kernels: hq_kernels
  let policy: LoopPolicy

  /// A small state is one part.
  private static let unitsOfPart = 512

  private func forEachPart(of units: Int, _ body: (_ part: Int, Range<UInt64>) -> Void) {
    let parts = Self.parts(of: units)
    policy.forEach(count: parts) { part in
      body(part, UInt64(part * units / parts)..<UInt64((part + 1) * units / parts))
    }
  }

  private static func parts(of units: Int) -> Int {
    min(LoopPolicy.partLimit, max(1, units / unitsOfPart))
  }

  /// The weights Σ|ψ_b|² of the basis states with 0 and with 1 at a qubit.
  func weights(of qubit: Int, in state: AlignedBuffer) -> [Double] {
    let parts = Self.parts(of: 1 << lineBits)
    var sums = [Double](repeating: 0, count: 2 * parts)
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      nonisolated(unsafe) let sums = unsafe sums
      forEachPart(of: 1 << lineBits) { part, lines in
        unsafe kernels.weigh(
          state.pointer, lines.lowerBound, UInt64(lines.count), Int32(qubit),
          sums.baseAddress.map { unsafe $0 + 2 * part })
      }
    }
    return [0, 1].map { bit in (0..<parts).reduce(0) { $0 + sums[2 * $1 + bit] } }
  }

  /// Takes the amplitudes with `from` at a qubit, times a factor, to `to` there; all others become 0.
  func project(_ qubit: Int, from: Int, to: Int, factor: Double, _ state: AlignedBuffer) {
    // A unit is a pair of lines where the qubit tells lines apart.
    let laneBits = Int(kernels.lanes).trailingZeroBitCount
    let units = 1 << (qubit >= laneBits ? lineBits - 1 : lineBits)
    forEachPart(of: units) { _, range in
      unsafe kernels.project(
        state.pointer, range.lowerBound, UInt64(range.count), Int32(qubit), Int32(from),
        Int32(to), factor)
    }
  }

  /// Multiplies a state by a number.
  func scale(by factor: Double, _ state: AlignedBuffer) {
    forEachPart(of: 1 << lineBits) { _, lines in
      unsafe kernels.scale(state.pointer, lines.lowerBound, UInt64(lines.count), factor)
    }
  }
}
