import Circuits
import Compute
import Foundation
import Simulation
import Testing

/// Each test runs in a process of its own, since limits and live buffers are the whole process's.
@Suite("Memory of simulations") struct MemoryTests {
  #if os(Linux)
    /// Leaves this process `room` bytes of address space beyond what it has.
    private static func limitAddressSpace(room: Int) throws {
      let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      let pages = try #require(text.split(separator: " ").first.flatMap { Int($0) })
      let limit = rlim_t(pages * sysconf(Int32(_SC_PAGESIZE)) + room)
      var limits = rlimit(rlim_cur: limit, rlim_max: limit)
      let status = unsafe setrlimit(__rlimit_resource_t(9), &limits)  // RLIMIT_AS
      #expect(status == 0)
    }

    /// The bytes of what the system refused; nil where `body` ended otherwise.
    private static func refusal(_ body: () throws(SimulationError) -> Void) -> MemoryBudgetError? {
      do throws(SimulationError) {
        try body()
        return nil
      } catch {
        guard case .memory(let refusal) = error, refusal.isRefusedBySystem else { return nil }
        return refusal
      }
    }

    @Test(
      "what the system refuses is an error of every engine, and states that live stay as they are")
    func systemRefuses() async {
      await #expect(processExitsWith: .success) {
        let small = Circuit(qubits: 10) { StronglyEntanglingLayers(depth: 2) }
        let weights = (0..<small.weightCount).map { 0.1 * Double($0) }
        let state = try StateVector(running: small, weights: weights, policy: .threads(2))
        let before = state.amplitudes()
        // The last qubit sees all others, so that no plan runs on fewer.
        let wide = Circuit(qubits: 26) {
          for qubit in 0..<26 { RX(0.4, qubit) }
          for qubit in 1..<26 { CX(qubit - 1, qubit) }
        }
        let dense = Circuit(qubits: 14) { RX(0.4, 0) }
        let plan = try Plan(wide, measuring: .expectations([.z(25)]))
        let ample = MemoryBudget(limit: 1 << 50)
        try Self.limitAddressSpace(room: 128 << 20)

        let pure = Self.refusal { () throws(SimulationError) in
          let state = try StateVector(running: wide, policy: .threads(2), budget: ample)
          Issue.record("made a state of \(state.qubitCount) qubits")
        }
        #expect(pure?.needed == 1 << 30)
        #expect(pure?.description.contains("1.0 GiB (1073741824 bytes) needed") == true)
        #expect(pure?.description.contains("the system refused") == true)
        let mixed = Self.refusal { () throws(SimulationError) in
          _ = try DensityMatrix(running: dense, policy: .threads(2), budget: ample)
        }
        #expect(mixed?.needed == 2 << 30)
        let gradient = Self.refusal { () throws(SimulationError) in
          let engine = BatchEngine<Float>(plan, policy: .threads(2), budget: ample)
          _ = try engine.outputAndGradient(weights: [])
        }
        #expect(gradient?.needed == 1 << 29)
        let drawn = Self.refusal { () throws(SimulationError) in
          let trajectories = try Trajectories<Double>(
            of: wide, count: 8, seed: 1, policy: .threads(2), budget: ample)
          _ = try trajectories.expectations(of: [.z(0)])
        }
        #expect(drawn != nil)

        #expect(state.amplitudes() == before)
        let again = try StateVector(running: small, weights: weights, policy: .threads(2))
        #expect(again.amplitudes() == before)
      }
    }
  #endif

  @Test("a circuit's tables are part of what is asked for before the state is made")
  func tables() async {
    await #expect(processExitsWith: .success) {
      // Passes over states larger than a block have a table for each diagonal: more than the state here.
      let circuit = Circuit(qubits: 16) { StronglyEntanglingLayers(depth: 40) }
      let weights = [Double](repeating: 0.3, count: circuit.weightCount)
      let stateBytes = 16 << 16
      let held = AlignedBuffer.liveByteCount
      var needed = 0
      do throws(SimulationError) {
        _ = try StateVector(
          running: circuit, weights: weights, policy: .serial,
          budget: MemoryBudget(limit: held + stateBytes + stateBytes / 4))
        Issue.record("made a state whose tables do not fit")
      } catch {
        guard case .memory(let refusal) = error else {
          Issue.record(error)
          return
        }
        #expect(!refusal.isRefusedBySystem)
        #expect(refusal.purpose.contains("tables"))
        needed = refusal.needed
      }
      #expect(needed > stateBytes + stateBytes / 4)
      #expect(AlignedBuffer.liveByteCount == held)
      let state = try StateVector(
        running: circuit, weights: weights, policy: .serial,
        budget: MemoryBudget(limit: held + needed))
      #expect(abs(state.squaredNorm - 1) < 1e-12)
    }
  }

  /// The refusal of a run within a budget; nil where it ends.
  private static func refusal(
    room: Int, _ run: (MemoryBudget) throws(SimulationError) -> Void
  ) -> MemoryBudgetError? {
    do throws(SimulationError) {
      try run(MemoryBudget(limit: AlignedBuffer.liveByteCount + room))
      return nil
    } catch {
      guard case .memory(let refusal) = error else {
        Issue.record(error)
        return nil
      }
      return refusal
    }
  }

  /// Checks that a run that is given the bytes it asks for ends, and asks for no fewer where one byte is missing.
  private static func checkWhole(
    _ name: String, _ run: (MemoryBudget) throws(SimulationError) -> Void
  ) {
    var needed = 0
    // One state is asked for before a circuit is planned, and results before that.
    for _ in 0..<4 {
      guard let refusal = Self.refusal(room: needed, run) else { break }
      needed = max(needed, refusal.needed)
    }
    #expect(needed > 0 && Self.refusal(room: needed, run) == nil, "\(name): \(needed) bytes")
    #expect(Self.refusal(room: needed - 1, run)?.needed == needed, "\(name)")
  }

  @Test("a run asks once for all it holds")
  func wholeRuns() async {
    await #expect(processExitsWith: .success) {
      for qubitCount in [4, 8, 16] {
        let circuit = Circuit(qubits: qubitCount) { StronglyEntanglingLayers(depth: 2) }
        let weights = [Double](repeating: 0.3, count: circuit.weightCount)
        let qubits = [0, qubitCount - 1]
        for measurement in [
          Measurement.expectations([.z(0), .x(1)]), .probabilities(of: qubits),
        ] {
          for count in [1, 20] where count == 1 || qubitCount < 16 {
            let name = "\(count) of \(qubitCount) qubits, \(measurement)"
            Self.checkWhole(name) { budget throws(SimulationError) in
              let device = StateVectorDevice(policy: .threads(2), budget: budget)
              _ = try StateVectorEngine(circuit, measuring: measurement, on: device)
                .outputs(weights: weights, inputs: [], count: count)
            }
            Self.checkWhole("gradient of \(name)") { budget throws(SimulationError) in
              let device = StateVectorDevice(policy: .threads(2), budget: budget)
              _ = try StateVectorEngine(circuit, measuring: measurement, on: device)
                .vectorJacobianProduct(
                  weights: weights, inputs: [], count: count,
                  cotangents: Array(repeating: 1, count: count * measurement.outputCount))
            }
          }
        }
        Self.checkWhole("a state of \(qubitCount) qubits") { budget throws(SimulationError) in
          _ = try StateVector(
            running: circuit, weights: weights, policy: .threads(2), budget: budget)
        }
        var sampled = circuit
        sampled.reset(0)
        Self.checkWhole("shots of \(qubitCount) qubits") { budget throws(SimulationError) in
          _ = try CircuitSampler(
            sampled, method: .stateVector, policy: .threads(2), budget: budget
          ).samples(shots: 100, seed: 1, weights: weights)
        }
      }
    }
  }

  @Test("trajectories ask for the outputs of a pass, and for gradients, beside their states")
  func trajectories() async {
    await #expect(processExitsWith: .success) {
      var circuit = Circuit(qubits: 8) { StronglyEntanglingLayers(depth: 1) }
      circuit.append(try .amplitudeDamping(0.1), on: 3)
      let weights = [Double](repeating: 0.3, count: circuit.weightCount)
      let run: (MemoryBudget) throws(SimulationError) -> TrajectoryEngine<Double> = {
        budget throws(SimulationError) in
        try TrajectoryEngine<Double>(
          circuit, measuring: .probabilities(of: Array(0..<8)), trajectories: 500, seed: 1,
          policy: .threads(2), budget: budget)
      }
      Self.checkWhole("outputs") { budget throws(SimulationError) in
        _ = try run(budget).estimates(weights: weights, inputs: [], count: 1)
      }
      Self.checkWhole("gradients") { budget throws(SimulationError) in
        _ = try run(budget).gradientEstimates(
          weights: weights, inputs: [], count: 1, cotangents: Array(repeating: 1, count: 256))
      }
      let outputs = Self.refusal(room: 1 << 20) { budget throws(SimulationError) in
        _ = try run(budget).estimates(weights: weights, inputs: [], count: 1)
      }
      // 500 times 2⁸ numbers of eight bytes.
      #expect((outputs?.needed ?? 0) > 500 * 256 * 8)
    }
  }

  @Test("branches of stabilizers that wait are counted")
  func branches() async {
    await #expect(processExitsWith: .success) {
      var circuit = Circuit(qubits: 600, bits: 20)
      for bit in 0..<12 {
        circuit.h(bit)
        circuit.measure(bit, into: bit)
        circuit.reset(bit)
      }
      let probabilities: (MemoryBudget) throws(SimulationError) -> Void = {
        budget throws(SimulationError) in
        _ = try CircuitSampler(circuit, method: .stabilizer, budget: budget).probabilities()
      }
      // 600 qubits take 300 KiB: one state for each of 12 outcomes waits beside two more.
      #expect(Self.refusal(room: 8 << 20, probabilities) == nil)
      let poor = Self.refusal(room: 2 << 20, probabilities)
      #expect(poor?.purpose.hasPrefix("the stabilizers of 600 qubits, ") == true)
    }
  }
}
