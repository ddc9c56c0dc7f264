import ComplexModule
import Simulation

/// The bytes of the file that Tests/Neon/runner.c reads, in 8-byte words.
///
/// The file's mark, the sizes of the records, the number of cases, the cases, and the mark once more. An array is its
/// length in bytes and what it holds, filled up to a whole word.
struct CaseFile {
  private(set) var caseCount = 0
  private var cases: [UInt8] = []
  private static let mark = Array("HQCASES2".utf8)

  /// Everything, in order.
  var bytes: [UInt8] {
    var start = CaseFile()
    for size in FlatProgram.recordSizes + [caseCount] { start.append(size) }
    return Self.mark + start.cases + cases + Self.mark
  }

  /// Adds a case, in the order of readCase in Tests/Neon/cases.c.
  mutating func append(_ layout: FlatProgram.Layout, of checked: CheckedCircuit) {
    caseCount += 1
    let program = FlatProgram(checked.plan, layout: layout)
    let reference = checked.reference
    append(Array(checked.name.utf8))
    // A tile's program is that of both precisions.
    append(layout.precision == nil ? 1 : 0)
    append(layout.precision == .single ? 1 : layout.precision == .double ? 2 : 3)
    append(layout.isOrdered ? 1 : 0)
    append(checked.plan.qubitCount)
    append(checked.samples.count)
    append(program.header)
    append(program.arrays.count)
    for array in program.arrays {
      append(array.offset)
      append(array.bytes)
    }
    append(program.passes)
    append(checked.weights)
    append(checked.samples.flatMap(\.inputs))
    append(checked.samples.flatMap(\.cotangents))
    append(checked.draws.flatMap { $0 })
    append(layout.isOrdered ? reference.amplitudes.flatMap { [$0.real, $0.imaginary] } : [])
    append(layout.isOrdered ? reference.costates.flatMap { [$0.real, $0.imaginary] } : [])
    append(reference.outputs)
    append(reference.weightGradients)
    append(reference.inputGradients)
    append(reference.outputScale)
    append(reference.gradientScale)
  }

  private mutating func append(word: UInt64) {
    for shift in stride(from: 0, to: 64 as UInt64, by: 8) {
      cases.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  private mutating func append(_ number: Int) { append(word: UInt64(bitPattern: Int64(number))) }

  private mutating func append(_ number: Double) { append(word: number.bitPattern) }

  private mutating func append(_ array: [UInt8]) {
    append(array.count)
    cases += array + Array(repeating: 0, count: -array.count & 7)
  }

  private mutating func append(_ array: [Int]) {
    append(8 * array.count)
    for number in array { append(number) }
  }

  private mutating func append(_ array: [Double]) {
    append(8 * array.count)
    for number in array { append(number) }
  }
}
