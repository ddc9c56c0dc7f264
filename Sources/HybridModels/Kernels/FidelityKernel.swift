public import Arrays
public import Autograd
public import Circuits
public import Compute
public import Simulation

/// The fidelity of the states that a circuit encodes samples in: k(x, y) = |⟨ψ(x)|ψ(y)⟩|².
///
/// ```swift
/// let kernel = try FidelityKernel(ZZFeatureMap(qubits: 4).circuit)
/// let gram = try kernel.matrix(train.features)
/// ```
///
/// All states are run in batches, `S` their matrix of rows; then K = |S S†|², one Hermitian product
/// (Havlíček et al., Nature 567, 209, 2019). The work is that of N circuits and N² 2ⁿ / 2 complex products for N samples and n qubits,
/// not of N² circuits.
public struct FidelityKernel: Kernel {
  /// The circuit; its inputs are the features of a sample.
  public let circuit: Circuit
  /// The circuit's weights, which can be trained; nil where it reads none.
  public let weights: Parameter?

  private let encoding: StateEncoding

  /// Creates the kernel of an encoding circuit.
  ///
  /// - Parameters:
  ///   - circuit: From |0…0⟩ to ψ(x); final measurements change nothing.
  ///   - weights: As many numbers as the circuit reads weights, of a real type.
  ///   - policy: The threads that may be used.
  ///   - budget: What may be allocated.
  /// - Throws: ``Simulation/SimulationError`` if the circuit cannot be compiled, or its weights are of
  ///   another number.
  public init(
    _ circuit: Circuit, weights: Parameter? = nil, policy: LoopPolicy = .automatic,
    budget: MemoryBudget = .process
  ) throws(SimulationError) {
    let found = weights?.count ?? 0
    guard found == circuit.weightCount else {
      throw .weightCount(found: found, expected: circuit.weightCount)
    }
    self.circuit = circuit
    self.weights = weights
    encoding = StateEncoding(
      plan: try Plan(circuit, measuring: .expectations([])), policy: policy, budget: budget)
  }

  private var weightValues: [Double] { weights?.array.doubles() ?? [] }

  /// |⟨ψ(aᵢ)|ψ(bⱼ)⟩|² for all rows; see ``Kernel/matrix(_:_:)``.
  public func matrix(_ a: NDArray, _ b: NDArray) throws(KernelError) -> NDArray {
    try encoding.kernelMatrix(a, b, weights: weightValues)
  }

  /// |⟨ψ(aᵢ)|ψ(aⱼ)⟩|² for all rows; see ``Kernel/matrix(_:)``.
  public func matrix(_ a: NDArray) throws(KernelError) -> NDArray {
    try encoding.kernelMatrix(a, nil, weights: weightValues)
  }

  /// The kernel with its weights as they are now.
  public var fixed: any Kernel & Sendable {
    FixedFidelityKernel(encoding: encoding, weights: weightValues)
  }

  /// The Gram matrix as a function of samples and weights that can be differentiated.
  ///
  /// Its gradient goes through the matrix and then back through the circuit by one adjoint sweep a sample:
  /// with G = S S†, K = |G|² and K̄ the gradient with respect to K, that with respect to the conjugate
  /// states is Λ = M S, Mᵢⱼ = (K̄ᵢⱼ + K̄ⱼᵢ) Gᵢⱼ. First derivatives only: the gradients are constants.
  ///
  /// All states are held until the graph is freed. The way back takes as much again; it is checked here,
  /// and the sweep traps if the memory was used up meanwhile.
  ///
  /// - Parameter x: `[n, inputs]`, of a real type.
  /// - Returns: float64 of shape `[n, n]`.
  /// - Throws: ``KernelError`` if the samples do not fit the circuit or memory does not suffice.
  public func gram(_ x: Tensor) throws(KernelError) -> Tensor {
    let samples = try encoding.rows(of: x.array)
    let values = weightValues
    let count = x.shape[0]
    guard count > 0 else { return Tensor(try matrix(x.array)) }
    let encoding = encoding
    let states = try encoding.states(of: samples, 0..<count, weights: values)
    let output = unsafe try NDArray.kernelMatrix(
      count, count, budget: encoding.budget
    ) { (matrix) throws(KernelError) in
      do throws(MemoryBudgetError) {
        unsafe try states.rows.squaredOverlaps(
          into: matrix, stride: count, policy: encoding.policy, budget: encoding.budget)
        try encoding.budget.require(
          states.rows.buffer.byteCount
            + StateRows.scratchBytes(columns: count, policy: encoding.policy),
          for: "the gradient of \(count) states")
      } catch {
        throw .memory(error)
      }
    }
    let weightShape = weights?.shape ?? []
    let weightType = weights?.dtype ?? .float64
    let (inputShape, inputType) = (x.shape, x.dtype)
    let inputs = [x] + (weights.map { [$0.value] } ?? [])
    return Tensor.custom(name: "fidelity kernel", inputs: inputs, output: output) { upstream in
      require(
        !Tensor.isRecording,
        "fidelity kernel: second derivatives are not supported; take first ones without createGraph"
      )
      let (weightGradients, inputGradients): ([Double], [Double])
      do throws(KernelError) {
        (weightGradients, inputGradients) = try encoding.gradients(
          upstream: upstream.array.doubles(), samples: samples, states: states, weights: values)
      } catch {
        stop("the gradient of a fidelity kernel: \(error)")
      }
      let toInputs = Tensor(NDArray(inputGradients, shape: inputShape).cast(to: inputType))
      guard inputs.count == 2 else { return [toInputs] }
      return [
        toInputs, Tensor(NDArray(weightGradients, shape: weightShape).cast(to: weightType)),
      ]
    }
  }
}

/// A fidelity kernel with weights that do not change.
private struct FixedFidelityKernel: Kernel, Sendable {
  let encoding: StateEncoding
  let weights: [Double]

  func matrix(_ a: NDArray, _ b: NDArray) throws(KernelError) -> NDArray {
    try encoding.kernelMatrix(a, b, weights: weights)
  }

  func matrix(_ a: NDArray) throws(KernelError) -> NDArray {
    try encoding.kernelMatrix(a, nil, weights: weights)
  }
}
