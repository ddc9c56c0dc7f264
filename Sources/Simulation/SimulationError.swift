public import Circuits
public import Compute

/// Why a circuit cannot be simulated as asked.
public enum SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The state and its work space do not fit the budget; nothing was allocated.
  case memory(MemoryBudgetError)
  /// The circuit has more qubits than an engine that keeps amplitudes reaches.
  case tooManyQubits(found: Int, limit: Int)
  /// A step of the circuit is not Clifford: its place among the instructions, its text, and why.
  case notClifford(instruction: Int, text: String, reason: String)
  /// A dense matrix acts on more qubits than the kernels take.
  case matrixTooLarge(qubits: Int, limit: Int)
  /// The circuit reads more weights than were given.
  case weightCount(found: Int, expected: Int)
  /// The circuit reads another number of inputs than was given.
  case inputCount(found: Int, expected: Int)
  /// An observable or a marginal names a qubit that the circuit does not have.
  case qubitOutOfRange(qubit: Int, qubitCount: Int)
  /// A qubit is named twice where each may stand once.
  case repeatedQubit(Int)
  /// An angle is infinite or not a number.
  case angleNotFinite(value: Double)
  /// The instruction in this place is a noise channel, and the engine keeps pure states.
  case channelInPureState(name: String, place: Int)
  /// The instruction in this place needs classical bits or measured qubits while the circuit runs, and the engine
  /// takes final measurements only.
  case dynamicCircuit(place: Int, text: String)
  /// The instruction in this place depends on classical bits, which an average over outcomes does not keep.
  case conditionInMixture(place: Int, text: String)
  /// The loop in this place would take more rounds in one shot than are run.
  case tooManyRounds(place: Int, text: String, limit: Int)
  /// A channel is no mixture of Clifford unitaries, and the engine keeps stabilizers.
  case channelNotClifford(name: String, qubits: [Int])
  /// The outcomes in the middle of the circuit split into more branches than are followed.
  case tooManyBranches(limit: Int)
  /// A gate acts on more qubits than density matrices take.
  case gateTooLarge(gate: String, qubits: Int, limit: Int)
  /// A channel has more Kraus operators than trajectories take.
  case tooManyOperators(channel: String, found: Int, limit: Int)
  /// The device cannot do what was asked for.
  case device(DeviceRefusal)
  /// The noise model does not fit the circuit.
  case noise(ChannelError)
  /// The initial state does not fit: its number of amplitudes, its norm, or its place.
  case initialState(CircuitError)
  /// The inputs of this sample cannot become amplitudes: their norm is 0, infinite or not a number.
  case inputNorm(sample: Int, norm: Double)
  /// Amplitudes are asked of an engine of mixtures of states.
  case amplitudesUnsupported(engine: String)
  /// The engine starts from |0…0⟩ alone.
  case initialStateUnsupported(engine: String)
  /// A measured basis state is not one of the circuit's.
  case basisStateOutOfRange(basis: Int, qubitCount: Int)
  /// More numbers would be returned than fit an array that is useful.
  case tooManyOutputs(found: Int, limit: Int)
  /// The probabilities of more outcomes are asked for than fit an array that is useful: 2 to the number of qubits or
  /// bits, which no integer may hold.
  case tooManyOutcomes(qubits: Int, limit: Int)
  /// More shots are asked for than have numbers.
  case tooManyShots(found: Int, limit: Int)
  /// Forming the squares or products of observables takes more steps than is useful.
  case productTooLarge(found: Int, limit: Int)
  /// Variances or covariances are asked of trajectories, whose outputs are means over trajectories.
  case notMeans

  /// A sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .memory(let error): error.description
    case .tooManyQubits(let found, let limit):
      "found \(found) qubits, expected at most \(limit) for amplitudes and basis states as integers; a "
        + "Clifford circuit of more runs as a StabilizerState, with outcomes as bit strings"
    case .notClifford(let instruction, let text, let reason):
      "instruction \(instruction), \(text): \(reason)"
    case .matrixTooLarge(let qubits, let limit):
      "a dense matrix on \(qubits) qubits: at most \(limit) are supported"
    case .weightCount(let found, let expected):
      "the circuit reads \(expected) weights, found \(found)"
    case .inputCount(let found, let expected):
      "the circuit reads \(expected) inputs, found \(found)"
    case .qubitOutOfRange(let qubit, let count):
      "qubit \(qubit) is out of range: the circuit has \(count) qubits, 0 to \(count - 1)"
    case .repeatedQubit(let qubit): "qubit \(qubit) is named twice"
    case .angleNotFinite(let value): "an angle is \(value): expected a finite number of radians"
    case .channelInPureState(let name, let place):
      "instruction \(place), \(name), is a noise channel: this state stays pure; run the circuit as a "
        + "DensityMatrix"
    case .dynamicCircuit(let place, let text):
      "instruction \(place), \(text): this engine takes final measurements only; draw shots with a "
        + "CircuitSampler"
    case .conditionInMixture(let place, let text):
      "instruction \(place), \(text): an average over outcomes keeps no classical bits; draw shots with a "
        + "CircuitSampler"
    case .tooManyRounds(let place, let text, let limit):
      "instruction \(place), \(text): found more than \(limit) rounds in one shot, expected at most \(limit); "
        + "CircuitSampler(…, roundLimit:) takes another limit"
    case .channelNotClifford(let name, let qubits):
      "\(name) on qubit\(qubits.count == 1 ? "" : "s") "
        + "\(qubits.map(String.init).joined(separator: ", ")) is no mixture of Clifford unitaries; sample the "
        + "circuit as a state vector"
    case .tooManyBranches(let limit):
      "the circuit has more than \(limit) branches of outcomes; draw shots with a CircuitSampler"
    case .gateTooLarge(let gate, let qubits, let limit):
      "\(gate) on \(qubits) qubits: density matrices take gates of at most \(limit)"
    case .tooManyOperators(let channel, let found, let limit):
      "\(channel) has \(found) Kraus operators: trajectories take at most \(limit)"
    case .device(let refusal): refusal.description
    case .noise(let error): error.description
    case .notMeans:
      "found variances or covariances, expected what is a mean over trajectories: ask for expectations of the "
        + "observables and of their products, or run the circuit as a DensityMatrixEngine"
    case .initialState(let error): error.description
    case .inputNorm(let sample, let norm):
      "sample \(sample): found inputs of norm \(norm) to be amplitudes, expected a finite norm above 0"
    case .amplitudesUnsupported(let engine):
      "\(engine): found amplitudes as outputs, expected expectations or probabilities: a mixture of states has no "
        + "amplitudes"
    case .initialStateUnsupported(let engine):
      "\(engine): found a circuit with an initial state, expected one that starts from |0…0⟩; run it as a "
        + "StateVector"
    case .basisStateOutOfRange(let basis, let count):
      "basis state \(basis) is out of range: expected 0 to 2^\(count) - 1"
    case .tooManyOutputs(let found, let limit):
      "\(found) outputs were asked for, the limit is \(limit)"
    case .tooManyOutcomes(let qubits, let limit):
      "found the probabilities of 2^\(qubits) outcomes, expected at most 2^\(limit)"
    case .tooManyShots(let found, let limit): "found \(found) shots, expected at most \(limit)"
    case .productTooLarge(let found, let limit):
      "the products of the observables' terms take \(found) steps, the limit is \(limit)"
    }
  }
}
