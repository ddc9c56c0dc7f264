public import Arrays
public import Autograd
public import Circuits
import Compute
public import NeuralNetworks
public import QuantumGradients
public import Simulation
import Synchronization

/// A circuit as a layer: a row of inputs for each sample goes in, measured values come out.
///
/// ```swift
/// let circuit = Circuit(qubits: 4) {
///   AngleEncoding(.x)
///   StronglyEntanglingLayers(depth: 2)
/// }
/// let layer = QuantumLayer(circuit, measuring: .z(0), .z(1), .z(2), .z(3))
/// ```
///
/// The outputs are expectation values of observables, their variances or covariances, probabilities, or amplitudes.
/// Inputs that are amplitudes need a norm above 0 in every row; see ``Circuits/AmplitudeEmbedding``. Gradients with
/// respect to weights and inputs come from one backward sweep of the adjoint method, or from another
/// ``GradientMethod``. The precision follows the input's: float32 simulates in single precision, float64 in double. It trains with
/// the optimizers and schedules of any other layer.
///
/// - Shape: input `[batch, circuit.inputCount]`, output `[batch, outputs]`.
public final class QuantumLayer: Layer {
  /// The circuit's weights in radians, of shape `[circuit.weightCount]`; uniform in `0..<2π` at first.
  public let weights: Parameter
  /// The circuit and what is measured, compiled.
  public let function: CircuitFunction
  /// How gradients are taken, and whether outputs are exact.
  public let gradientMethod: any GradientMethod
  private let step = Atomic<UInt64>(0)
  /// The number of the first evaluation: layers with other seeds have others.
  private let firstEvaluation: UInt64

  /// Creates a layer that measures observables.
  ///
  /// - Parameters:
  ///   - circuit: The circuit; its final measurements, if it has some, are ignored.
  ///   - observables: One output each.
  ///   - device: What the circuit runs on: `.stateVector`, `.densityMatrix(noise:)`, `.trajectories(_:noise:seed:)`,
  ///     `.stabilizer`, or one of your own.
  ///   - method: How gradients are taken; `.parameterShift(shots: 1000)` also estimates the outputs. By default
  ///     by a backward sweep where the device can, else by the parameter-shift rule.
  ///   - dtype: The type of the weights, float32 or float64.
  ///   - seed: Decides the first weights and, with that of the shots and of the device, what is drawn: two layers of a
  ///     model never draw the same.
  /// - Precondition: The observables' qubits are the circuit's; matrices act on at most six qubits; the device can do
  ///   what circuit and method ask for.
  public convenience init(
    _ circuit: Circuit, measuring observables: PauliSum..., on device: any Device = .stateVector,
    gradient method: (any GradientMethod)? = nil, dtype: DType = .float32,
    seed: LayerSeed = .next()
  ) {
    self.init(
      circuit, measuring: .expectations(observables), on: device, gradient: method, dtype: dtype,
      seed: seed)
  }

  /// Creates a layer with any measurement; see
  /// ``init(_:measuring:on:gradient:dtype:seed:)-(_,PauliSum...,_,_,_,_)``.
  ///
  /// - Precondition: The qubits measured are the circuit's; matrices act on at most six qubits; the device can do what
  ///   circuit and method ask for.
  public init(
    _ circuit: Circuit, measuring measurement: Measurement, on device: any Device = .stateVector,
    gradient method: (any GradientMethod)? = nil, dtype: DType = .float32,
    seed: LayerSeed = .next()
  ) {
    require(
      dtype.isFloatingPoint, "quantum layer: weights of \(dtype), expected float32 or float64")
    let method: any GradientMethod = method ?? device.gradientMethod
    do throws(SimulationError) {
      function = try CircuitFunction(circuit, measuring: measurement, on: device)
      if method is Adjoint { try device.requireAbility(.reverseSweep) }
    } catch {
      stop("quantum layer: \(error)")
    }
    var draws = seed.stream(.shots)
    gradientMethod = method.mixed(with: draws.next())
    firstEvaluation = draws.next()
    var stream = seed.stream(.initialization)
    let first = (0..<circuit.weightCount).map { _ in stream.nextUniform() * 2 * .pi }
    weights = Parameter(NDArray(first).cast(to: dtype))
  }

  /// The measured values of each row of inputs.
  ///
  /// - Precondition: `x` has shape `[batch, circuit.inputCount]` and floating-point numbers, rows that
  ///   are embedded as amplitudes are not zero, and the work fits the memory budget.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let expected = function.inputCount
    require(
      x.rank == 2 && x.shape[1] == expected,
      "quantum layer: input of shape \(x.shape), expected [batch, \(expected)]: axis 1 has "
        + "\(x.rank == 2 ? "\(x.shape[1])" : "no") numbers, the circuit reads \(expected) inputs")
    switch x.dtype {
    case .float32: return apply(x, Float.self)
    case .float64: return apply(x, Double.self)
    default:
      stop("quantum layer: input of \(x.dtype), expected float32 or float64")
    }
  }

  private func apply<Scalar: StateScalar & ArrayElement>(_ x: Tensor, _: Scalar.Type) -> Tensor {
    // With shots, and on a device that draws, every evaluation draws outcomes of its own.
    let number = step.wrappingAdd(1, ordering: .relaxed).oldValue
    var batch = SampleBatch(
      weights: weights.array.doubles(), inputs: x.array.scalars(as: Scalar.self),
      count: x.shape[0])
    batch.evaluation = firstEvaluation &+ number
    let evaluation: CircuitEvaluation<Scalar>
    do throws(GradientError) {
      evaluation = try gradientMethod.advanced(to: number).evaluate(function, at: batch)
    } catch {
      stop("quantum layer: \(error)")
    }
    let shape: Shape = [batch.count, function.outputCount]
    let weightType = weights.dtype
    return .custom(
      name: "quantum layer", inputs: [x, weights.value],
      output: NDArray(evaluation.outputs, shape: shape)
    ) { upstream in
      require(
        !Tensor.isRecording,
        "quantum layer: second derivatives are not supported; take first ones without createGraph")
      do throws(GradientError) {
        let gradients = try evaluation.pullback(upstream.array.scalars(as: Scalar.self))
        return [
          Tensor(NDArray(gradients.inputs, shape: [batch.count, self.function.inputCount])),
          Tensor(
            weightType == .float32
              ? NDArray(gradients.weights.map(Float.init))
              : NDArray(gradients.weights).cast(to: weightType)),
        ]
      } catch {
        stop("quantum layer: \(error)")
      }
    }
  }

  /// Visits the weights under the name "weights".
  public func visitParameters(_ visit: (String, Parameter) -> Void) {
    if weights.count > 0 { visit("weights", weights) }
  }
}
