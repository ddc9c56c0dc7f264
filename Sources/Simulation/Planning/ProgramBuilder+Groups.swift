import CQuantumKernels
import Circuits

/// The strings of observables, in groups that exchange the same bits.
extension ProgramBuilder {
  /// The most parities of a group whose terms are done together: its table has 2 to this power rows.
  private static let spanLimit = 12

  mutating func addGroups(of observables: [PauliSum], in frame: Frame) {
    var termsOfMask: [UInt64: [hq_pauli_term]] = [:]
    for (output, observable) in observables.enumerated() {
      for term in observable.terms {
        let x = frame.exchanged(term.string.x)
        let (z, isFlipped) = frame.parity(term.string.z)
        // i^|x & z| of the circuit's qubits over that of the stored bits: 1 or -1.
        let turns = (term.string.x & term.string.z).nonzeroBitCount - (x & z).nonzeroBitCount
        let sign: Double = (turns & 3 == 2) != isFlipped ? -1 : 1
        termsOfMask[x, default: []].append(
          hq_pauli_term(
            z: z, coefficient: sign * term.coefficient, output: Int32(output), place: 0))
      }
    }
    for (mask, terms) in termsOfMask.sorted(by: { $0.key < $1.key }) {
      let span = span(of: terms, x: mask)
      parts.groups.append(
        hq_group(
          x: mask, firstTerm: Int32(parts.pauliTerms.count), termCount: Int32(terms.count),
          firstSpan: Int32(parts.spans.count), spanCount: Int32(span?.count ?? -1)))
      parts.largestSpan = max(parts.largestSpan, span?.count ?? -1)
      parts.spans += span?.map(\.mask) ?? []
      for var term in terms {
        for (bit, parity) in (span ?? []).enumerated()
        where term.z >> UInt64(layout.laneBits) & parity.pivot != 0 {
          term.place |= 1 << Int32(bit)
        }
        parts.pauliTerms.append(term)
      }
    }
  }

  /// One of the parities that the strings of a group span: of the parities here it alone has the bit `pivot`.
  private typealias SpanParity = (mask: UInt64, pivot: UInt64)

  /// The parities of lines that the terms of a group span, where the table over them costs less than the terms.
  private func span(of terms: [hq_pauli_term], x: UInt64) -> [SpanParity]? {
    var span: [SpanParity] = []
    for term in terms {
      let z = term.z >> UInt64(layout.laneBits)
      let rest = span.reduce(z) { z & $1.pivot != 0 ? $0 ^ $1.mask : $0 }
      guard rest != 0 else { continue }
      guard span.count < Self.spanLimit else { return nil }
      let pivot = rest & (0 &- rest)
      span = span.map { ($0.mask & pivot != 0 ? $0.mask ^ rest : $0.mask, $0.pivot) }
      span.append((rest, pivot))
    }
    // Additions of a line, for each line: some four for a transform of a chunk of lines and an eighth for each term of it,
    // or some five; and two a row of the table and level of its transform. In floating point: a plan may be of more
    // qubits than any memory holds.
    let lines = Double(measuredLineCount) / (x >> UInt64(layout.laneBits) == 0 ? 1 : 2)
    let inTable = 5 * lines + Double((2 * span.count) << span.count)
    return inTable < (4 + Double(terms.count) / 8) * lines ? span : nil
  }

  /// The lines that one call measures: those of a tile, or a part of a state.
  private var measuredLineCount: Int {
    let lineBits = parts.qubitCount - layout.laneBits
    return layout.laneBits == 0
      ? 1 << lineBits : StateEngine.measuredLineCount(lineBits: lineBits)
  }
}
