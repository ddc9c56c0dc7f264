public import ComplexModule
import Compute
public import RealModule

/// What a circuit starts from where it is not |0…0⟩: amplitudes on some of its qubits, the others in |0⟩.
///
/// Amplitude b, one of 2ᵏ, is that of the basis state in which qubit `qubits[i]` is bit i of b: the first qubit
/// named is the least significant bit. Amplitudes are always divided by their norm. A circuit starts so by
/// ``Circuit/prepare(_:)``, or as the first fragment of a builder; see ``AmplitudeEmbedding``.
public struct InitialState: Hashable, Sendable {
  /// Where the amplitudes come from.
  public enum Source: Hashable, Sendable {
    /// The inputs with these indices, then `padding` in the places that are left, divided by the norm of all.
    case inputs(Range<Int>, padding: Double)
    /// These 2ᵏ amplitudes, of norm 1.
    case amplitudes([Complex<Double>])
  }

  /// The k qubits that the amplitudes are of; the first is the least significant bit.
  public let qubits: [Int]
  /// Where the amplitudes come from.
  public let source: Source

  /// The largest difference of a norm from 1 that is taken for rounding.
  public static let normTolerance = 1e-6
  /// The most qubits: basis states are integers.
  private static let qubitLimit = 62

  /// Creates a state whose amplitudes are inputs: x_b / ‖x‖, with ‖x‖² = Σ x_b² over inputs and padding.
  ///
  /// - Parameters:
  ///   - inputs: The indices of 1 to 2ᵏ inputs.
  ///   - qubits: The qubits.
  ///   - padding: What stands in the places that the inputs leave.
  /// - Throws: ``CircuitError/amplitudeCount(found:expected:)`` if there are no inputs or more than 2ᵏ, and
  ///   further ``CircuitError`` if a qubit is repeated or the padding is not finite.
  public init(
    inputs: Range<Int>, on qubits: [Int], padding: Double = 0
  ) throws(CircuitError) {
    let size = try Self.size(of: qubits)
    guard (1...size).contains(inputs.count), inputs.lowerBound >= 0 else {
      throw .amplitudeCount(found: inputs.count, expected: size)
    }
    guard padding.isFinite else { throw .amplitudeNorm(found: padding) }
    self.qubits = qubits
    source = .inputs(inputs, padding: padding)
  }

  /// Creates a state of given amplitudes.
  ///
  /// - Parameters:
  ///   - amplitudes: 2ᵏ numbers, whose norm is 1 to ``normTolerance`` unless `normalizing` is true.
  ///   - qubits: The qubits.
  ///   - normalizing: Whether any norm is fine but 0.
  /// - Throws: ``CircuitError/amplitudeCount(found:expected:)`` and ``CircuitError/amplitudeNorm(found:)``, and
  ///   further ``CircuitError`` if a qubit is repeated.
  public init(
    amplitudes: [Complex<Double>], on qubits: [Int], normalizing: Bool = false
  ) throws(CircuitError) {
    let size = try Self.size(of: qubits)
    guard amplitudes.count == size else {
      throw .amplitudeCount(found: amplitudes.count, expected: size)
    }
    let squared = amplitudes.reduce(0) { $0 + $1.lengthSquared }
    guard squared.isNormal, normalizing || abs(squared.squareRoot() - 1) <= Self.normTolerance
    else {
      throw .amplitudeNorm(found: squared.squareRoot())
    }
    self.init(unchecked: qubits, .amplitudes(Self.scaled(amplitudes, squared)))
  }

  /// Creates a state of amplitudes that another state had, without a change of any bit.
  ///
  /// - Throws: As ``init(amplitudes:on:normalizing:)``; ``CircuitError/amplitudeNorm(found:)`` where the norm is not
  ///   that of a state, to rounding.
  package init(exact amplitudes: [Complex<Double>], on qubits: [Int]) throws(CircuitError) {
    let normalized = try InitialState(amplitudes: amplitudes, on: qubits)
    guard case .amplitudes(let scaled) = normalized.source,
      zip(scaled, amplitudes).allSatisfy({ ($0 - $1).length <= Self.roundingTolerance })
    else {
      self = normalized
      return
    }
    self.init(unchecked: qubits, .amplitudes(amplitudes))
  }

  /// The largest difference of an amplitude from the normalized one that is rounding of a sum of squares.
  private static let roundingTolerance = 1e-12

  private init(unchecked qubits: [Int], _ source: Source) {
    self.qubits = qubits
    self.source = source
  }

  private static func size(of qubits: [Int]) throws(CircuitError) -> Int {
    guard qubits.count <= qubitLimit else {
      throw .tooManyTouched(gate: name, found: qubits.count, limit: qubitLimit)
    }
    var seen: Set<Int> = []
    for qubit in qubits where !seen.insert(qubit).inserted {
      throw .repeatedQubit(instruction: name, qubit: qubit)
    }
    return 1 << qubits.count
  }

  /// What errors call it.
  static let name = "initial state"

  private static func scaled(_ numbers: [Complex<Double>], _ squared: Double) -> [Complex<Double>] {
    let scale = Complex(1 / squared.squareRoot())
    return numbers.map { $0 * scale }
  }

  /// How many inputs a circuit has at least that starts from the state.
  public var inputCount: Int {
    guard case .inputs(let inputs, _) = source else { return 0 }
    return inputs.upperBound
  }

  /// ‖x‖², the sum of the squares of what becomes amplitudes; 1 where they are given.
  ///
  /// - Parameter input: The value of an input.
  /// - Returns: The square, infinite or not a number where an input is.
  package func squaredNorm(_ input: (Int) -> Double) -> Double {
    guard case .inputs(let inputs, let padding) = source else { return 1 }
    let rest = Double((1 << qubits.count) - inputs.count) * padding * padding
    return inputs.reduce(rest) { sum, index in
      let value = input(index)
      return sum + value * value
    }
  }

  /// The 2ᵏ amplitudes at values of the inputs.
  ///
  /// - Precondition: There are enough inputs, and their norm with the padding is finite and not 0.
  public func amplitudes(inputs values: [Double] = []) -> [Complex<Double>] {
    switch source {
    case .amplitudes(let amplitudes): return amplitudes
    case .inputs(let inputs, let padding):
      require(
        values.count >= inputs.upperBound,
        "initial state: found \(values.count) inputs, expected at least \(inputs.upperBound)")
      let squared = squaredNorm { values[$0] }
      require(
        squared.isNormal,
        "initial state: found inputs of norm \(squared.squareRoot()), expected a finite one above 0"
      )
      let places = 0..<(1 << qubits.count)
      return Self.scaled(
        places.map { Complex($0 < inputs.count ? values[inputs.lowerBound + $0] : padding) },
        squared)
    }
  }

  /// The state with the values of its inputs put in.
  func bound(inputs: [Double]) -> InitialState {
    InitialState(unchecked: qubits, .amplitudes(amplitudes(inputs: inputs)))
  }

  /// The state with its inputs counted from another index on.
  package func renumbered(inputsFrom first: Int) -> InitialState {
    guard case .inputs(let inputs, let padding) = source else { return self }
    return InitialState(
      unchecked: qubits,
      .inputs((inputs.lowerBound + first)..<(inputs.upperBound + first), padding: padding))
  }

  /// The state with each qubit q moved to `places[q]`.
  package func mapped(to places: [Int]) -> InitialState {
    InitialState(unchecked: qubits.map { places[$0] }, source)
  }
}

extension InitialState: CircuitFragment {
  /// Lets the circuit start from the state.
  ///
  /// - Precondition: As ``Circuit/prepare(_:)``.
  public func append(to circuit: inout Circuit) { circuit.prepare(self) }
}
