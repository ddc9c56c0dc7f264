import Circuits
import LinearAlgebra

extension Elaborator {
  /// Matrices this close are the same: sums of a few dozen products of rounded numbers.
  private static let matrixTolerance = 1e-12
  /// Angles at which matrices are compared.
  ///
  /// Their entries are polynomials in sines and cosines of the angles; two
  /// that agree at a few places without relation agree everywhere.
  private static let probes: [Double] = [
    0.7390851332151607, -1.8954942670339809, 2.6457513110645907,
  ]

  /// The gate of the catalogue of the same name, where the file's definition is the same matrix, its global phase
  /// included: files that other programs write define what they take from their own libraries.
  mutating func catalogueGate(_ place: Int) -> Gate? {
    let syntax = gates[place].syntax
    guard let gate = Gate.named(syntax.name.text), gate.qubitCount == syntax.qubits.count,
      gate.parameterCount == syntax.parameters.count, gate.qubitCount <= 4
    else { return nil }
    for round in Self.probes.indices {
      let angles = (0..<gate.parameterCount).map {
        Self.probes[(round + $0) % Self.probes.count] + 0.1 * Double($0)
      }
      guard let matrix = probedMatrix(place, angles),
        matrix.maximumDifference(from: gate.matrix(angles)) <= Self.matrixTolerance
      else { return nil }
      if angles.isEmpty { break }
    }
    return gate
  }

  /// The matrix of a definition at parameters; nil where it has none.
  private mutating func probedMatrix(_ place: Int, _ angles: [Double]) -> ComplexMatrix? {
    let definition = gates[place]
    let counted = (steps, notes, keptCount)
    defer {
      gates[place].expansions = [:]
      (steps, notes, keptCount) = counted
    }
    do throws(CircuitFault) {
      let instructions = try expansion(
        of: place, angles.map { .real($0) }, at: definition.syntax.name.location)
      // No catalogued gate needs more.
      guard instructions.count <= 256 else { return nil }
      let applications = instructions.compactMap { instruction -> GateApplication? in
        if case .gate(let application) = instruction { application } else { nil }
      }
      return GateModifier.matrix(
        of: applications, qubitCount: definition.syntax.qubits.count)
    } catch {
      return nil
    }
  }
}
