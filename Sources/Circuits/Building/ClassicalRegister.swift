import Compute

/// Classical bits of a circuit under one name.
public struct ClassicalRegister: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The circuit's bits, the register's least significant first.
  public let bits: Range<Int>

  /// Creates a register; ``Circuit/declare(_:)`` puts it into a circuit.
  public init(name: String, bits: Range<Int>) {
    self.name = name
    self.bits = bits
  }

  /// What bits of none of the registers are called, with their own numbers: `c`, or `bit` where a register has that
  /// name.
  package static func looseName(beside registers: [ClassicalRegister]) -> String {
    registers.contains { $0.name == "c" } ? "bit" : "c"
  }

  /// The condition that the register holds a number.
  public func equals(_ number: UInt64) -> ClassicalCondition {
    .register(Array(bits), equals: number)
  }

  /// The condition that one of the register's bits is 1, counted from its least significant.
  ///
  /// - Precondition: `place` is a bit of the register.
  public subscript(_ place: Int) -> ClassicalCondition {
    require(
      0..<bits.count ~= place,
      "register \(name): found bit \(place), expected 0 to \(bits.count - 1)")
    return .bit(bits.lowerBound + place)
  }
}

extension Circuit {
  /// The classical registers, as declared; without any, one called `c` of all bits, if there are bits.
  public var registers: [ClassicalRegister] {
    guard declaredRegisters.isEmpty, bitCount > 0 else { return declaredRegisters }
    return [ClassicalRegister(name: "c", bits: 0..<bitCount)]
  }

  /// Declares a register; its bits are the circuit's from then on.
  ///
  /// - Throws: ``CircuitError/registerName(_:)`` if the name is empty or taken, and
  ///   ``CircuitError/registerBits(name:bits:)`` if the bits are none, out of range, or another register's.
  public mutating func declare(checking register: ClassicalRegister) throws(CircuitError) {
    guard !register.name.isEmpty, !declaredRegisters.contains(where: { $0.name == register.name })
    else { throw .registerName(register.name) }
    guard !register.bits.isEmpty, register.bits.lowerBound >= 0,
      register.bits.upperBound <= Self.bitLimit,
      !declaredRegisters.contains(where: { $0.bits.overlaps(register.bits) })
    else { throw .registerBits(name: register.name, bits: register.bits) }
    add(register)
  }

  /// Declares a register.
  ///
  /// - Precondition: As ``declare(checking:)``, which throws instead.
  public mutating func declare(_ register: ClassicalRegister) {
    do throws(CircuitError) {
      try declare(checking: register)
    } catch {
      stop("\(error)")
    }
  }

  /// Declares a register of `size` bits, which follow all bits that there are.
  ///
  /// - Returns: The register.
  /// - Precondition: As ``declare(checking:)``, which throws instead.
  public mutating func addRegister(_ name: String, size: Int) -> ClassicalRegister {
    require(size > 0, "register \(name): found \(size) bits, expected at least 1")
    let register = ClassicalRegister(name: name, bits: bitCount..<(bitCount + size))
    declare(register)
    return register
  }
}
