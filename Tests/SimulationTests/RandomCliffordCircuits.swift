import Circuits
import ComplexModule
import Compute
import LinearAlgebra
import RealModule
import TestSupport

/// Gates of the catalogue at many angles, powers and controls, told apart by what they do to Pauli matrices.
enum CliffordCatalogue {
  /// Gates on their own qubits, those of the catalogue in its order.
  static let applications: [GateApplication] = Gate.all.flatMap(forms)

  /// The Clifford ones of ``applications``, by gate; decided by ``isClifford(_:)`` alone.
  static let cliffords: [[GateApplication]] = {
    let found = applications.filter(isClifford)
    return Gate.all.map { gate in found.filter { $0.gate == gate } }.filter { !$0.isEmpty }
  }()

  /// Each gate at a grid of angles, to some powers, plain and under a control on 0 or 1.
  private static func forms(_ gate: Gate) -> [GateApplication] {
    let own = Array(0..<gate.qubitCount)
    var forms: [GateApplication] = []
    for angles in grid(gate) {
      let plain = GateApplication(gate, angles: angles.map { Angle($0) }, on: own)
      for exponent in [1, -1, 2, 0.5, -1.5] {
        guard let power = try? plain.power(exponent) else { continue }
        forms.append(power)
        guard gate.qubitCount < 3 else { continue }
        forms.append(power.controlled(by: [Control(gate.qubitCount, state: exponent < 1)]))
      }
    }
    return forms
  }

  /// Multiples of π/4 for one angle, of π/2 for two, some of them for more.
  private static func grid(_ gate: Gate) -> [[Double]] {
    let right = Double.pi / 2
    switch gate.parameterCount {
    case 0: return [[]]
    case 1:
      return [[0.3]] + (-3...8).map { (step: Int) -> [Double] in [Double(step) * right / 2] }
    case 2:
      return [[0.3, 0]]
        + (0..<16).map { (step: Int) -> [Double] in
          [Double(step % 4) * right, Double(step / 4) * right]
        }
    default:
      return (0..<40).map { (number: Int) -> [Double] in
        (0..<gate.parameterCount).map { (place: Int) -> Double in
          Double((number * (2 * place + 3) + number / 4) % 8) * right
        }
      }
    }
  }

  /// Whether `U P U†` is plus or minus one of all Pauli strings for each generator P, entry by entry.
  static func isClifford(_ application: GateApplication) -> Bool {
    let count = (application.touchedQubits.max() ?? -1) + 1
    var circuit = Circuit(qubits: count)
    circuit.append(application)
    let matrix = ReferenceSimulator.matrix(of: circuit)
    let adjoint = matrix.adjoint()
    return (0..<count).allSatisfy { qubit in
      [PauliString.x(qubit), .z(qubit)].allSatisfy { generator in
        let image =
          matrix * strings(count)[Int(generator.x | generator.z << UInt64(count))] * adjoint
        return strings(count).contains { string in
          image.maximumDifference(from: string) < 1e-9
            || image.maximumDifference(from: string.scaled(by: -1)) < 1e-9
        }
      }
    }
  }

  private static let tables: [[ComplexMatrix]] = (0...3).map { count in
    (0..<(1 << (2 * count))).map { bits in
      ReferenceSimulator.matrix(
        of: PauliSum(
          PauliString(x: UInt64(bits) & (1 << UInt64(count) - 1), z: UInt64(bits) >> UInt64(count))),
        qubitCount: count)
    }
  }

  private static func strings(_ count: Int) -> [ComplexMatrix] { tables[count] }
}

/// Random Clifford circuits over the whole catalogue.
struct RandomCliffordCircuits {
  var stream: RandomStream
  let qubitCount: Int

  init(seed: UInt64, qubitCount: Int) {
    stream = RandomStream(
      seed: seed, purpose: RandomPurpose("clifford test"), index: UInt64(qubitCount))
    self.qubitCount = qubitCount
  }

  mutating func below(_ bound: Int) -> Int { Int(stream.nextUniform() * Double(bound)) }

  /// A gate of the catalogue, each equally often, in a random one of its Clifford forms, on random qubits.
  mutating func application() -> GateApplication {
    while true {
      let forms = CliffordCatalogue.cliffords[below(CliffordCatalogue.cliffords.count)]
      let form = forms[below(forms.count)]
      guard form.touchedQubits.count <= qubitCount else { continue }
      return form.mapped(to: Array((0..<qubitCount).shuffled(using: &stream).prefix(4)))
    }
  }

  mutating func circuit(gates: Int) -> Circuit {
    var circuit = Circuit(qubits: qubitCount)
    // Superpositions first: many gates of the catalogue are diagonal.
    for qubit in 0..<qubitCount where below(2) == 0 { circuit.h(qubit) }
    for _ in 0..<gates { circuit.append(application()) }
    return circuit
  }

  mutating func string() -> PauliString {
    let mask = (UInt64(1) << UInt64(qubitCount)) - 1
    return PauliString(x: stream.next() & mask, z: stream.next() & mask)
  }
}
