// Writes the cases that Tests/Neon/runner.c checks the kernels with:
//
//     NeonCases FILE
import Compute
import Foundation

require(CommandLine.arguments.count == 2, "expected the name of the file to write")
var list = CaseList()
for qubitCount in 1...6 {
  try list.addSingleOperations(qubitCount: qubitCount)
  // More samples than a tile holds, the last tile in part.
  try list.addChannels(qubitCount: qubitCount, batch: 21)
}
for (qubitCount, batch, count) in [
  (1, 3, 60), (2, 16, 60), (3, 9, 100), (4, 37, 60), (5, 17, 100), (7, 9, 60), (9, 4, 60),
] {
  try list.addCircuits(qubitCount: qubitCount, batch: batch, count: count)
}
for (qubitCount, batch) in [(1, 3), (3, 17), (5, 9)] {
  try list.addAmplitudes(qubitCount: qubitCount, batch: batch)
}
// A block holds 14 qubits in double precision, 15 in single.
try list.addLargeStates(qubitCount: 16, count: 40, hasGradients: true)
try list.addLargeStates(qubitCount: 16, count: 60, hasGradients: false)
try list.addLargeStates(qubitCount: 17, count: 60, hasGradients: false)
let bytes = list.file.bytes
try Data(bytes).write(to: URL(fileURLWithPath: CommandLine.arguments[1]))
print("\(list.file.caseCount) cases, \(bytes.count >> 10) KiB")
