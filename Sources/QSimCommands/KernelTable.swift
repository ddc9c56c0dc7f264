import Benchmarks
import Hilbert

/// What `qsim bench kernels` prints: the machine's limits, then each kernel as a share of them.
struct KernelTable {
  let shares: KernelShares

  func show(_ format: OutputFormat) throws {
    try StandardOutput.write(format == .json ? json() : text())
  }

  private func text() -> String {
    var lines = ["memory read and written in place, GB/s     one thread   all threads"]
    for (one, all) in zip(shares.bandwidthOfOne, shares.bandwidthOfAll) {
      lines.append(
        "  " + padded("\(one.bytes >> 10) KiB a thread", 38) + right(one.gigabytesPerSecond, 12, 0)
          + right(all.gigabytesPerSecond, 14, 0))
    }
    for precision in [Precision.double, .single] {
      lines.append(
        "  " + padded("operations from registers, \(precision.rawValue), GFLOP/s", 38)
          + right(shares.gigaflopsOfOne[precision] ?? 0, 12, 0))
    }
    lines += [
      "", "kernel   precision   qubits   target   ns/amplitude   of bandwidth   of operations",
    ]
    for share in shares.shares {
      lines.append(
        padded(share.kernel, 9) + padded(share.precision.rawValue, 9)
          + right("\(share.qubits)", 9) + right("\(share.target)", 9)
          + right(share.nanosecondsPerAmplitude, 15, 3)
          + right(100 * share.bandwidthShare, 13, 0) + " %"
          + right(100 * share.operationShare, 14, 0) + " %")
    }
    return lines.joined(separator: "\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func right(_ value: Double, _ width: Int, _ digits: Int) -> String {
    right(digits == 0 ? "\(Int(value.rounded()))" : RunReport.fixed(value, digits: digits), width)
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func json() -> String {
    func ladder(_ rungs: [(bytes: Int, gigabytesPerSecond: Double)]) -> JSONValue {
      .array(
        rungs.map {
          .object([
            ("bytes", .number(Double($0.bytes))),
            ("gigabytesPerSecond", .number($0.gigabytesPerSecond)),
          ])
        })
    }
    return JSONValue.result(
      of: "bench",
      [
        ("bandwidthOfOneThread", ladder(shares.bandwidthOfOne)),
        ("bandwidthOfAllThreads", ladder(shares.bandwidthOfAll)),
        (
          "gigaflopsOfOneThread",
          .object(
            [Precision.double, .single].map {
              ($0.rawValue, .number(shares.gigaflopsOfOne[$0] ?? 0))
            })
        ),
        (
          "kernels",
          .array(
            shares.shares.map {
              .object([
                ("kernel", .string($0.kernel)), ("precision", .string($0.precision.rawValue)),
                ("qubits", .number(Double($0.qubits))), ("target", .number(Double($0.target))),
                ("nanosecondsPerAmplitude", .number($0.nanosecondsPerAmplitude)),
                ("bandwidthShare", .number($0.bandwidthShare)),
                ("operationShare", .number($0.operationShare)),
              ])
            })
        ),
      ]
    ).text()
  }
}
