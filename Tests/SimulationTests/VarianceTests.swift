import Circuits
import Simulation
import Testing

@Suite("Variances") struct VarianceTests {
  /// The squares are of size 1e16, and hold no digit of the variance.
  @Test("keep their digits beside a large identity")
  func largeIdentity() throws {
    var circuit = Circuit(qubits: 2)
    circuit.append(.h, to: [0])
    circuit.append(.cx, to: [0, 1])
    let large = try PauliSum("Z0 + 1e8")
    let other = try PauliSum("0.5*Z1 - 3e8")
    let state = try StateVector(running: circuit)
    #expect(abs(try state.variance(of: large) - 1) < 1e-12)
    #expect(abs(try state.covariance(of: large, other) - 0.5) < 1e-12)
    let density = try DensityMatrix(running: circuit)
    #expect(abs(try density.variance(of: large) - 1) < 1e-12)
  }
}
