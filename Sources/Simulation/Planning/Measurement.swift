public import Circuits

/// What is read off the state at the end of a circuit, for every sample.
public enum Measurement: Hashable, Sendable {
  /// The expectation values ⟨ψ|O|ψ⟩ of observables, in this order.
  case expectations([PauliSum])
  /// The probabilities of the outcomes of `qubits`: 2ᵏ numbers, the first qubit named being the least
  /// significant bit of the index.
  case probabilities(of: [Int])
  /// The variances ⟨O²⟩ - ⟨O⟩² of observables, in this order.
  ///
  /// Rounding, and shots more so, may leave a number below zero: outputs stay smooth.
  case variances([PauliSum])
  /// The covariances ⟨(AB + BA)/2⟩ - ⟨A⟩⟨B⟩ of m observables: an m by m symmetric matrix, row by row.
  case covariances([PauliSum])
  /// The amplitudes ⟨b|ψ⟩ of basis states b, in this order: real part and imaginary part of each, two outputs.
  ///
  /// Qubit 0 is the least significant bit of b. The global phase counts. No measurement gives amplitudes: with
  /// shots they are refused.
  case amplitudes(of: [Int])

  /// The amplitudes of all basis states of `qubitCount` qubits.
  public static func amplitudes(qubits qubitCount: Int) -> Measurement {
    .amplitudes(of: Array(0..<(1 << qubitCount)))
  }

  /// The number of outputs of a sample.
  public var outputCount: Int {
    switch self {
    case .expectations(let observables): observables.count
    case .probabilities(let qubits): 1 << qubits.count
    case .variances(let observables): observables.count
    case .covariances(let observables): observables.count * observables.count
    case .amplitudes(let states): 2 * states.count
    }
  }

  /// The linear measurement that the outputs are functions of: itself or, of variances and covariances, the
  /// expectation values of the observables and then of their products.
  ///
  /// The observables are those without their multiples of the identity. The products are the squares or, of
  /// covariances, (AB + BA)/2 for each pair: (0, 0), (0, 1), (1, 1), (0, 2) and so on.
  public var moments: Measurement {
    switch self {
    case .variances, .covariances: .expectations(measuredObservables)
    case .expectations, .probabilities, .amplitudes: self
    }
  }

  /// The observables whose expectation values engines compute.
  package var measuredObservables: [PauliSum] {
    switch self {
    case .expectations(let observables): observables
    case .variances(let observables):
      observables.map(\.traceless) + observables.map { $0.traceless.squared() }
    case .covariances(let observables): Self.products(of: observables.map(\.traceless))
    case .probabilities, .amplitudes: []
    }
  }

  /// The observables, and their products in pairs.
  private static func products(of observables: [PauliSum]) -> [PauliSum] {
    observables
      + observables.indices.flatMap { high in
        observables[...high].map { $0.multiplied(by: observables[high]).real }
      }
  }

  /// The most steps that products of observables may take: seconds, and some hundred megabytes.
  private static let productLimit = 1 << 25
  private static let outputLimit = 1 << 24

  /// Checks the qubits that are named against a circuit of `qubitCount`.
  func validate(qubitCount: Int) throws(SimulationError) {
    switch self {
    case .expectations(let observables), .variances(let observables), .covariances(let observables):
      for observable in observables {
        for term in observable.terms {
          let support = term.string.support
          let highest = 63 - support.leadingZeroBitCount
          guard support == 0 || highest < qubitCount else {
            throw .qubitOutOfRange(qubit: highest, qubitCount: qubitCount)
          }
        }
      }
    case .amplitudes(let states):
      for basis in states where basis < 0 || UInt64(basis) >> UInt64(qubitCount) != 0 {
        throw .basisStateOutOfRange(basis: basis, qubitCount: qubitCount)
      }
      guard states.count <= 1 << 23 else {
        throw .tooManyOutputs(found: 2 * states.count, limit: 1 << 24)
      }
    case .probabilities(let qubits):
      var seen: Set<Int> = []
      for qubit in qubits {
        guard (0..<qubitCount).contains(qubit) else {
          throw .qubitOutOfRange(qubit: qubit, qubitCount: qubitCount)
        }
        guard seen.insert(qubit).inserted else { throw .repeatedQubit(qubit) }
      }
      guard qubits.count <= 24 else {
        throw .tooManyOutcomes(
          qubits: qubits.count, limit: Self.outputLimit.trailingZeroBitCount)
      }
    }
    try validateProducts()
  }

  /// Checks the sizes of products before any is formed.
  private func validateProducts() throws(SimulationError) {
    var cost = 0
    switch self {
    case .variances(let observables):
      for observable in observables where cost <= Self.productLimit {
        cost += observable.productCost(observable)
      }
    case .covariances(let observables):
      let count = observables.count
      guard count * count <= Self.outputLimit else {
        throw .tooManyOutputs(found: count * count, limit: Self.outputLimit)
      }
      for high in observables.indices {
        for low in 0...high where cost <= Self.productLimit {
          cost += observables[low].productCost(observables[high])
        }
      }
    case .expectations, .probabilities, .amplitudes: return
    }
    guard cost <= Self.productLimit else {
      throw .productTooLarge(found: cost, limit: Self.productLimit)
    }
  }
}
