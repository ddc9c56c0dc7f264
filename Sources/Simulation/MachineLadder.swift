import CQuantumKernels
package import Compute

/// What this machine can do at most: the limits that kernels are measured against.
package struct MachineLadder: Sendable {
  /// Bytes read and written in a second, by the size of the memory worked on, all threads together.
  package let bandwidth: [(bytes: Int, bytesPerSecond: Double)]
  /// Floating-point operations in a second from registers, by precision, all threads together.
  package let operationsPerSecond: [Precision: Double]

  /// Measures: a tenth of a second for each size of memory and precision.
  package init(
    sizes: [Int] = [16 << 10, 256 << 10, 2 << 20, 16 << 20, 128 << 20], policy: LoopPolicy,
    kernels: KernelTable = .best
  ) {
    let threads = policy.threadCount
    bandwidth = sizes.map { bytes in
      let buffer = AlignedBuffer(byteCount: bytes * threads, zeroed: true)
      let stream = unsafe kernels.kernels(.double).stream
      let rounds = Swift.max(1, (64 << 20) / bytes)
      let seconds = Self.fastest {
        policy.forEach(count: threads) { thread in
          for _ in 0..<rounds {
            unsafe stream?(buffer.pointer + thread * bytes, Int64(bytes))
          }
        }
      }
      return (bytes, Double(2 * bytes * rounds * threads) / seconds)
    }
    var operations: [Precision: Double] = [:]
    for precision in Precision.allCases {
      let table = kernels.kernels(precision)
      let count: Int64 = 1 << 20
      let seconds = Self.fastest {
        policy.forEach(count: threads) { _ in _ = table.multiplyAdd(count) }
      }
      operations[precision] =
        table.multiplyAddOperations() * Double(count) * Double(threads) / seconds
    }
    operationsPerSecond = operations
  }

  /// The bandwidth for a state of so many bytes.
  package func bandwidth(of bytes: Int) -> Double {
    (bandwidth.first { $0.bytes >= bytes } ?? bandwidth[bandwidth.count - 1]).bytesPerSecond
  }

  /// Seconds of the fastest of some runs in a tenth of a second.
  private static func fastest(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    var least = Double.infinity
    repeat {
      least = Swift.min(least, clock.measure(body) / .seconds(1))
    } while clock.now - start < .milliseconds(100)
    return least
  }
}
