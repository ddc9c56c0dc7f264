import Circuits

/// The wires of a drawing from top to bottom, and what stands beside them: the qubits, then one wire for each
/// classical register.
struct DrawnWires {
  /// A classical register's wire.
  struct Register {
    let name: String
    let size: Int
  }

  let qubitCount: Int
  let registers: [Register]
  let options: DrawingOptions
  private let declared: [ClassicalRegister]

  init(_ circuit: Circuit, options: DrawingOptions) {
    qubitCount = circuit.qubitCount
    self.options = options
    declared = circuit.registers
    var registers = declared.map { Register(name: $0.name, size: $0.bits.count) }
    let loose = circuit.bitCount - declared.reduce(0) { $0 + $1.bits.count }
    // Bits of no register are called by their own numbers, as conditions call them.
    if loose > 0 {
      registers.append(
        Register(name: ClassicalRegister.looseName(beside: declared), size: loose))
    }
    self.registers = registers
  }

  /// The number of wires.
  var count: Int { qubitCount + registers.count }

  /// The register of a wire; nil for a qubit's.
  func register(_ wire: Int) -> Register? {
    wire < qubitCount ? nil : registers[wire - qubitCount]
  }

  /// The wire of a classical bit, and the bit's number there.
  func place(ofBit bit: Int) -> (wire: Int, number: Int) {
    guard let index = declared.firstIndex(where: { $0.bits.contains(bit) }) else {
      return (count - 1, bit)
    }
    return (qubitCount + index, bit - declared[index].bits.lowerBound)
  }

  /// The wires of the registers that hold `bits`, from top to bottom.
  func wires(ofBits bits: [Int]) -> [Int] { Set(bits.map { place(ofBit: $0).wire }).sorted() }

  /// The name of a qubit.
  func qubit(_ index: Int) -> String {
    index < options.qubitNames.count ? options.qubitNames[index] : "q_\(index)"
  }

  /// The name of a bit, such as `c[2]`.
  func bit(_ bit: Int) -> String { text(.bit(bit)) }

  /// A condition as text.
  func text(_ condition: ClassicalCondition) -> String { condition.text(registers: declared) }
}
