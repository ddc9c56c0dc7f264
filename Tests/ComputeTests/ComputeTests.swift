import Compute
import Synchronization
import Testing

@Suite("RandomStream") struct RandomStreamTests {
  /// The known-answer vectors that the authors of Philox publish with Random123.
  @Test("gives the published answers of Philox4x32-10")
  func knownAnswers() {
    let answers: [(SIMD4<UInt32>, SIMD2<UInt32>, SIMD4<UInt32>)] = [
      (.zero, .zero, SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
      (
        SIMD4(repeating: .max), SIMD2(repeating: .max),
        SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
      ),
      (
        SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        SIMD2(0xa409_3822, 0x299f_31d0),
        SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
      ),
    ]
    for (counter, key, expected) in answers {
      #expect(RandomStream.philox(counter: counter, key: key) == expected)
    }
  }

  @Test("depends on seed, purpose and index, each")
  func keys() {
    func first(_ seed: UInt64, _ purpose: RandomPurpose, _ index: UInt64) -> UInt64 {
      var stream = RandomStream(seed: seed, purpose: purpose, index: index)
      return stream.next()
    }
    let all = [
      first(1, .shots, 0), first(2, .shots, 0), first(1, .dropout, 0), first(1, .shots, 1),
      first(1 << 40, .shots, 0), first(1, .shots, 1 << 40),
    ]
    #expect(Set(all).count == all.count)
    #expect(first(1, .shots, 0) == first(1, RandomPurpose("shots"), 0))
  }

  /// Bounds of five standard errors of the mean and of the variance.
  @Test("has the moments of the uniform and of the normal distribution")
  func moments() {
    var stream = RandomStream(seed: 3, purpose: .general)
    let count = 100_000
    let uniform = (0..<count).map { _ in stream.nextUniform() }
    let normal = (0..<count).map { _ in stream.nextNormal() }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(count) }
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    #expect(abs(mean(uniform) - 0.5) < 5 * (1.0 / 12 / Double(count)).squareRoot())
    #expect(abs(mean(normal)) < 5 / Double(count).squareRoot())
    #expect(abs(mean(normal.map { $0 * $0 }) - 1) < 5 * (2 / Double(count)).squareRoot())
  }
}

@Suite("WorkerPool") struct WorkerPoolTests {
  @Test("runs every task once, loop after loop", arguments: [1, 2, 3, 8])
  func everyTaskOnce(threads: Int) {
    let policy = LoopPolicy.threads(threads)
    for count in [0, 1, 2, 7, 1000] {
      for _ in 0..<50 {
        let counters = (0..<count).map { _ in Counter() }
        policy.forEach(count: count) { counters[$0].value.wrappingAdd(1, ordering: .relaxed) }
        #expect(counters.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
      }
    }
  }

  @Test("serves callers at the same time, and loops inside loops")
  func concurrentCallers() {
    let total = Counter()
    LoopPolicy.threads(4).forEach(count: 8) { _ in
      LoopPolicy.threads(2).forEach(count: 100) { _ in
        LoopPolicy.threads(2).forEach(count: 3) { _ in
          total.value.wrappingAdd(1, ordering: .relaxed)
        }
      }
    }
    #expect(total.value.load(ordering: .relaxed) == 2400)
  }
}

private final class Counter: Sendable {
  let value = Atomic<Int>(0)
}

@Suite("MemoryBudget") struct MemoryBudgetTests {
  @Test("refuses before anything is allocated, naming the bytes and the limit")
  func refusal() throws {
    let budget = MemoryBudget(limit: 16 << 30)
    let error = try #require(throws: MemoryBudgetError.self) {
      try budget.require(1 << 44, for: "40 qubits in double precision")
    }
    #expect(error.needed == 1 << 44)
    #expect(error.description.contains("40 qubits in double precision: 16.0 TiB"))
    #expect(error.description.contains("the limit is 16.0 GiB (17179869184 bytes)"))
    #expect(throws: MemoryBudgetError.self) { try budget.require(.max, for: "all") }
    #expect(throws: Never.self) { try MemoryBudget.process.require(1, for: "a byte") }
  }

  @Test("traps in a buffer that cannot throw")
  func trap() async {
    await #expect(processExitsWith: .failure) {
      MemoryBudget.process = MemoryBudget(limit: 1 << 20)
      _ = AlignedBuffer(byteCount: 2 << 20)
    }
  }
}

@Suite("AlignedBuffer") struct AlignedBufferTests {
  @Test("is aligned, zeroed if asked, of the size asked for", arguments: [0, 1, 64, 65, 5 << 20])
  func alignment(byteCount: Int) {
    for _ in 0..<3 {
      let buffer = AlignedBuffer(byteCount: byteCount, zeroed: true)
      #expect(UInt(bitPattern: unsafe buffer.pointer) % 64 == 0)
      #expect(buffer.byteCount == byteCount)
      let bytes = unsafe UnsafeMutableRawBufferPointer(start: buffer.pointer, count: byteCount)
      #expect(unsafe bytes.allSatisfy { $0 == 0 })
      unsafe bytes.initializeMemory(as: UInt8.self, repeating: 7)
    }
  }

  /// More address space than any machine has, under a budget without limit.
  @Test(
    "is an error where the system refuses what the budget allows", arguments: [1 << 60, Int.max])
  func refusedBySystem(byteCount: Int) throws {
    let error = #expect(throws: MemoryBudgetError.self) {
      _ = try AlignedBuffer.allocate(
        byteCount: byteCount - AlignedBuffer.liveByteCount, for: "a test",
        budget: MemoryBudget(limit: .max))
    }
    #expect(error?.isRefusedBySystem == true)
    #expect(error?.description.contains("the system refused") == true)
  }
}

@Suite("LoopPolicy") struct LoopPolicyTests {
  private struct Fault: Error, Hashable { let task: Int }

  @Test("throws what the task of the lowest number threw, after all tasks", arguments: [1, 2, 8])
  func faults(threads: Int) throws {
    let calls = Counter()
    let fault = #expect(throws: Fault.self) {
      try LoopPolicy.threads(threads).forEach(count: 100, throwing: Fault.self) {
        (task) throws(Fault) in
        calls.value.wrappingAdd(1, ordering: .relaxed)
        if task % 30 == 17 { throw Fault(task: task) }
      }
    }
    #expect(fault == Fault(task: 17))
    #expect(calls.value.load(ordering: .relaxed) == 100)
  }
}
