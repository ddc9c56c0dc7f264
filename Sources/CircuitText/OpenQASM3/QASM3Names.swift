import Circuits

/// The names of an OpenQASM 3 file that is written: all different, and none of them taken by the language.
///
/// Names that the circuit or the document give are kept wherever they can be.
struct QASM3Names {
  /// How the file calls each weight, such as `theta` or `phi[2]`.
  let weights: [String]
  /// How the file calls each data input.
  let inputs: [String]
  /// The statements that declare weights and data inputs.
  let declarations: [String]
  /// The registers that are declared: the circuit's, and others for the bits that those leave out.
  let registers: [ClassicalRegister]
  /// The names of registers that are none of the circuit's; the others are outputs of the file where there are some.
  let hidden: Set<String>
  /// The registers of qubits that are declared.
  let qubitRegisters: [QubitRegister]
  private let qubits: [String]
  private var taken: Set<String>

  init(_ document: CircuitDocument) {
    let circuit = document.circuit
    taken = Self.reserved.union(Gate.names(in: .openQASM3))
    var declarations: [String] = []
    var weights: [String] = []
    for group in Self.groups(document.parameterNames, count: circuit.weightCount) {
      let name = Self.free(group.name, taken: &taken)
      let type = group.size.map { "array[float, \($0)]" } ?? "float"
      declarations.append("input \(type) \(name);")
      weights += group.size.map { size in (0..<size).map { "\(name)[\($0)]" } } ?? [name]
    }
    var inputs: [String] = []
    for index in 0..<circuit.inputCount {
      let name = Self.free("x\(index)", taken: &taken)
      declarations.append("input float \(name);")
      inputs.append(name)
    }
    var registers: [ClassicalRegister] = []
    var hidden: Set<String> = []
    for (register, isHidden) in Self.covering(circuit) {
      let name = Self.free(Self.isName(register.name) ? register.name : "c", taken: &taken)
      registers.append(ClassicalRegister(name: name, bits: register.bits))
      if isHidden { hidden.insert(name) }
    }
    var qubitRegisters: [QubitRegister] = []
    for register in document.qubitRegisters.covering(
      circuit.qubitCount, else: "q", where: Self.isName)
    {
      let name = Self.free(register.name, taken: &taken)
      qubitRegisters.append(QubitRegister(name: name, size: register.size))
    }
    self.qubitRegisters = qubitRegisters
    qubits = qubitRegisters.qubitNames
    self.weights = weights
    self.inputs = inputs
    self.declarations = declarations
    self.registers = registers
    self.hidden = hidden
  }

  /// Takes a name, with lines behind it until it is free.
  mutating func free(_ name: String) -> String { Self.free(name, taken: &taken) }

  /// A qubit as the file calls it.
  func qubit(_ qubit: Int) -> String { qubits[qubit] }

  /// A bit as the file calls it.
  func bit(_ bit: Int) -> String {
    let register = registers.first { $0.bits.contains(bit) }
    return "\(register?.name ?? "c")[\(bit - (register?.bits.lowerBound ?? 0))]"
  }

  /// An angle as the file writes it.
  func text(_ angle: Angle) -> String {
    angle.text(weight: { weights[$0] }, input: { inputs[$0] }, pi: "pi", times: "*")
  }

  private static func free(_ name: String, taken: inout Set<String>) -> String {
    var name = name
    while !taken.insert(name).inserted { name += "_" }
    return name
  }

  /// The circuit's registers, and others between them for the bits that they leave out; one of all bits where the
  /// registers are not in the order of their bits.
  private static func covering(
    _ circuit: Circuit
  ) -> [(register: ClassicalRegister, isHidden: Bool)] {
    var covering: [(register: ClassicalRegister, isHidden: Bool)] = []
    var next = 0
    func fill(to end: Int) {
      guard next < end else { return }
      covering.append((ClassicalRegister(name: "hidden", bits: next..<end), true))
    }
    for register in circuit.registers {
      guard register.bits.lowerBound >= next else {
        return [(ClassicalRegister(name: "c", bits: 0..<circuit.bitCount), false)]
      }
      fill(to: register.bits.lowerBound)
      covering.append((register, false))
      next = register.bits.upperBound
    }
    fill(to: circuit.bitCount)
    return covering
  }

  /// Names of weights, those of an array as one: `phi[0]`, `phi[1]` and so on.
  private static func groups(_ names: [String], count: Int) -> [(name: String, size: Int?)] {
    guard names.count == count else { return (0..<count).map { ("w\($0)", nil) } }
    var groups: [(name: String, size: Int?)] = []
    var place = 0
    while place < count {
      let name = names[place].split(separator: "[", maxSplits: 1).first.map(String.init) ?? ""
      var size = 0
      while place + size < count, names[place + size] == "\(name)[\(size)]" { size += 1 }
      if size > 0, isName(name) {
        groups.append((name, size))
        place += size
      } else {
        groups.append((isName(names[place]) ? names[place] : "w\(place)", nil))
        place += 1
      }
    }
    return groups
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isAlphabetic
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0 == "_" || "0"..."9" ~= $0 || $0.properties.isAlphabetic
    }
  }

  /// The words, constants and functions of the language.
  private static let reserved = SyntaxParser.words3.union([
    "im", "arccos", "arcsin", "arctan", "ceiling", "cos", "exp", "floor", "log", "mod", "popcount",
    "real", "imag", "rotl", "rotr", "sin", "sizeof", "sqrt", "tan",
  ])
}
