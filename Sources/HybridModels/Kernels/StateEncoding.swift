package import Arrays
import Circuits
package import Compute
package import Simulation

/// An encoding circuit with its weights: from samples to states and to their overlaps.
package struct StateEncoding: Sendable {
  let plan: Plan
  let policy: LoopPolicy
  let budget: MemoryBudget

  package init(plan: Plan, policy: LoopPolicy, budget: MemoryBudget) {
    self.plan = plan
    self.policy = policy
    self.budget = budget
  }

  private var engine: BatchEngine<Double> {
    BatchEngine(plan, policy: policy, budget: budget)
  }

  /// Bytes of a state as a row, and of the same in the engine's layout.
  private var stateBytes: Int { 2 * engine.stateRowsByteCount(batch: 1) }

  /// The numbers of `samples`, checked against the circuit's inputs.
  func rows(of samples: NDArray) throws(KernelError) -> [Double] {
    let rows = samples.sampleRows()
    guard samples.shape[1] == plan.inputCount else {
      throw .featureCount(found: samples.shape[1], expected: plan.inputCount)
    }
    return rows
  }

  /// The states of the samples in `range`, and the same in the engine's layout for a way back.
  func states(
    of samples: [Double], _ range: Range<Int>, weights: [Double]
  ) throws(KernelError) -> (rows: StateRows, kept: BatchEngine<Double>.States?) {
    let width = 1 << plan.qubitCount
    let buffer: AlignedBuffer
    do throws(MemoryBudgetError) {
      buffer = try .allocate(
        byteCount: engine.stateRowsByteCount(batch: range.count),
        for: "\(range.count) states of \(plan.qubitCount) qubits", budget: budget)
    } catch {
      throw .memory(error)
    }
    let pointer = unsafe buffer.pointer.bindMemory(
      to: Double.self, capacity: 2 * range.count * width)
    do throws(SimulationError) {
      let inputs = Array(
        samples[(range.lowerBound * plan.inputCount)..<(range.upperBound * plan.inputCount)])
      let kept = unsafe try engine.states(
        weights: weights, inputs: inputs, batch: range.count, rows: pointer)
      return (StateRows(buffer: buffer, count: range.count, width: width), kept)
    } catch {
      throw .simulation(error)
    }
  }

  /// K between two sets of samples; the second is the first where it is nil.
  ///
  /// States are held in as few blocks as the budget allows: one of each set, or one at all, where it can
  /// be. Otherwise the states of the second set are made again for each block of the first.
  ///
  /// - Parameters:
  ///   - a: The first samples, `[n, inputs]`.
  ///   - b: The second samples, `[m, inputs]`.
  ///   - weights: The weights of the circuit.
  ///   - blocks: The number of blocks of each set, where the budget shall not decide.
  /// - Returns: The kernel, `[n, m]`, in float64.
  /// - Throws: ``KernelError`` if samples do not fit the circuit or memory does not suffice.
  package func kernelMatrix(
    _ a: NDArray, _ b: NDArray?, weights: [Double], blocks: Int? = nil
  ) throws(KernelError) -> NDArray {
    let first = try rows(of: a)
    let second = try b.map { (b) throws(KernelError) in try rows(of: b) } ?? first
    let (n, m) = (a.shape[0], (b ?? a).shape[0])
    return unsafe try NDArray.kernelMatrix(n, m, budget: budget) { (matrix) throws(KernelError) in
      let scratch = StateRows.scratchBytes(columns: max(n, m), policy: policy)
      let free = max(budget.limit - AlignedBuffer.liveByteCount - scratch, 0)
      let blocks =
        blocks ?? Self.blockCount(n, b == nil ? 0 : m, free: free, stateBytes: stateBytes)
      let (height, width) = ((n + blocks - 1) / blocks, (m + blocks - 1) / blocks)
      for top in stride(from: 0, to: n, by: height) {
        let upper = top..<min(top + height, n)
        let left = try states(of: first, upper, weights: weights).rows
        for start in stride(from: b == nil ? top : 0, to: m, by: width) {
          let columns = start..<min(start + width, m)
          let place = unsafe matrix + top * m + start
          let isDiagonal = b == nil && start == top
          let right =
            isDiagonal ? left : try states(of: second, columns, weights: weights).rows
          do throws(MemoryBudgetError) {
            if isDiagonal {
              unsafe try left.squaredOverlaps(
                into: place, stride: m, policy: policy, budget: budget)
            } else {
              unsafe try left.squaredOverlaps(
                with: right, into: place, stride: m, policy: policy, budget: budget)
            }
          } catch {
            throw .memory(error)
          }
          if b == nil && !isDiagonal {
            for i in upper {
              for j in columns { unsafe matrix[j * m + i] = matrix[i * m + j] }
            }
          }
        }
      }
    }
  }

  /// The number of blocks that each set is cut into: one where all states fit, else as many as leave room
  /// for one block of each set.
  ///
  /// - Parameters:
  ///   - n: The states of the first set.
  ///   - m: Those of the second; 0 where it is the first.
  ///   - free: The bytes that may be used. A quarter is left to the engine's own work space.
  ///   - stateBytes: What a state takes while it is made and held.
  /// - Returns: The number of blocks, at least 1.
  package static func blockCount(_ n: Int, _ m: Int, free: Int, stateBytes: Int) -> Int {
    let fitting = max(free / 4 * 3 / stateBytes, 2)
    return n + m <= fitting ? 1 : (max(n, m) + fitting / 2 - 1) / (fitting / 2)
  }

  /// The gradients of a loss with respect to the weights and the samples.
  ///
  /// - Parameters:
  ///   - upstream: d loss / d K, `[n, n]`.
  ///   - samples: The samples, row by row.
  ///   - states: The states of all samples, as ``states(of:_:weights:)`` gave them.
  ///   - weights: The weights of the circuit.
  /// - Returns: d loss / d weights, and d loss / d samples row by row.
  /// - Throws: ``KernelError`` if memory does not suffice.
  func gradients(
    upstream: [Double], samples: [Double],
    states: (rows: StateRows, kept: BatchEngine<Double>.States?), weights: [Double]
  ) throws(KernelError) -> (weights: [Double], samples: [Double]) {
    let cotangents: StateRows
    do throws(MemoryBudgetError) {
      cotangents = unsafe try states.rows.cotangents(
        upstream: upstream, policy: policy, budget: budget)
    } catch {
      throw .memory(error)
    }
    var inputGradients = [Double](repeating: 0, count: samples.count)
    do throws(SimulationError) {
      let weightGradients = unsafe try engine.backwardFromStates(
        weights: weights, inputs: samples, batch: states.rows.count, states: states.kept,
        cotangents: cotangents.buffer.pointer.assumingMemoryBound(to: Double.self),
        inputGradients: &inputGradients)
      return (weightGradients, inputGradients)
    } catch {
      throw .simulation(error)
    }
  }
}
