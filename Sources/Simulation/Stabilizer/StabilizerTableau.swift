package import Circuits

/// A stabilizer state by n generators of its stabilizer group, and by n Pauli strings, the destabilizers, of
/// which each anticommutes with the generator of its number and with no other.
///
/// The strings are the rows of a table that is kept column by column: for each qubit one plane of bits says
/// which strings hold its X, another which hold its Z. So a gate on k qubits touches 2k planes of all strings at
/// once. A string is `i^power · X^x Z^z`, all X before all Z; two planes more hold the powers.
///
/// Source: Aaronson and Gottesman, "Improved simulation of stabilizer circuits", arXiv:quant-ph/0406196.
package struct StabilizerTableau: Sendable {
  /// The number of qubits n.
  package let qubitCount: Int
  /// Blocks of destabilizers, and as many of stabilizers after them.
  let half: Int
  /// The planes of X, qubit by qubit, and then those of Z.
  private(set) var planes: BitPlanes
  /// The powers of i: plane 0 counts one, plane 1 two.
  private(set) var powers: BitPlanes

  /// The bytes that a table of `qubitCount` qubits takes.
  static func byteCount(_ qubitCount: Int) -> Int {
    let half = max(1, (qubitCount + 511) / 512)
    return (2 * qubitCount + 2) * 2 * half * 64
  }

  /// Creates the state |0…0⟩: stabilized by Z of each qubit, with the destabilizers X.
  package init(_ qubitCount: Int) {
    self.qubitCount = qubitCount
    half = max(1, (qubitCount + 511) / 512)
    planes = BitPlanes(2 * qubitCount, blockCount: 2 * half)
    powers = BitPlanes(2, blockCount: 2 * half)
    for qubit in 0..<qubitCount {
      planes[qubit, bit: qubit] = true
      planes[qubitCount + qubit, bit: stabilizer(qubit)] = true
    }
  }

  /// The row of a stabilizer; that of the destabilizer is its number itself.
  private func stabilizer(_ number: Int) -> Int { half << 9 + number }

  /// Applies a Clifford map.
  ///
  /// - Complexity: O(n · (k + sign partners) / 512).
  package mutating func apply(_ step: CliffordStep) {
    let (map, qubits) = (step.map, step.qubits)
    let places = qubits + qubits.map { qubitCount + $0 }
    for (place, image) in map.images.enumerated() {
      let partners = map.signPartners[place]
      guard image.power != 0 || !partners.isEmpty else { continue }
      for block in 0..<(2 * half) {
        let held = planes[places[place], block: block]
        var turned = image.power >= 2 ? BitLanes.ones : .zero
        if image.power & 1 == 1 {
          turned ^= powers[0, block: block]
          powers[0, block: block] ^= held
        }
        for partner in partners { turned ^= planes[places[partner], block: block] }
        powers[1, block: block] ^= held & turned
      }
    }
    for bitStep in map.bitSteps {
      switch bitStep {
      case .add(let source, let target): planes.add(places[source], to: places[target])
      case .exchange(let first, let second): planes.exchange(places[first], places[second])
      }
    }
  }

  /// Applies a program.
  package mutating func apply(_ program: CliffordProgram) {
    for step in program.steps { apply(step) }
  }

  /// The expectation of `i^power · X^x Z^z`, which is Hermitian: -1, 0 or 1.
  ///
  /// It is 0 if the string anticommutes with a stabilizer. Otherwise it is the product of those stabilizers whose
  /// destabilizers it anticommutes with, up to the sign that is wanted.
  private func expectation(x: [Int], z: [Int], power: Int) -> Int {
    var selected = [BitLanes](repeating: .zero, count: 2 * half)
    for block in 0..<(2 * half) {
      for qubit in x { selected[block] ^= planes[qubitCount + qubit, block: block] }
      for qubit in z { selected[block] ^= planes[qubit, block: block] }
    }
    guard selected[half...].allSatisfy({ $0 == .zero }) else { return 0 }
    // The product in the rows' order: a sign for each Z that stands before a later row's X.
    var total = 0
    for block in 0..<half {
      total += (powers[0, block: half + block] & selected[block]).bitCount
      total += 2 * (powers[1, block: half + block] & selected[block]).bitCount
    }
    for qubit in 0..<qubitCount {
      var carry = false
      for block in 0..<half {
        let zBits = planes[qubitCount + qubit, block: half + block] & selected[block]
        let xBits = planes[qubit, block: half + block] & selected[block]
        guard carry || zBits != .zero else { continue }
        total += 2 * (zBits.parityBelow(carry: &carry) & xBits).bitCount
      }
    }
    return (total - power) & 3 == 0 ? 1 : -1
  }

  /// The expectation of a Pauli string: -1, 0 or 1.
  ///
  /// - Complexity: O(n² / 512).
  package func expectation(of string: PauliString) -> Int {
    expectation(
      x: string.x.bitIndices, z: string.z.bitIndices, power: (string.x & string.z).nonzeroBitCount)
  }

  /// The outcome of measuring a qubit in the Z basis; nil where both are equally probable.
  ///
  /// - Complexity: O(n² / 512).
  package func outcome(of qubit: Int) -> Bool? {
    switch expectation(x: [], z: [qubit], power: 0) {
    case 0: nil
    case let sign: sign < 0
    }
  }

  /// Measures a qubit in the Z basis; a random outcome takes one number of `random`.
  ///
  /// - Returns: The outcome; the state is the one after it.
  /// - Complexity: O(n² / 512).
  package mutating func measure(
    _ qubit: Int, using random: inout some RandomNumberGenerator
  ) -> Bool {
    measure(qubit) { random.next() & 1 == 1 }.outcome
  }

  /// Measures a qubit; where both outcomes are equally probable, `choose` decides.
  ///
  /// - Returns: The outcome, and whether it was random.
  package mutating func measure(
    _ qubit: Int, choosing choose: () -> Bool
  ) -> (outcome: Bool, isRandom: Bool) {
    for block in half..<(2 * half) {
      guard let bit = planes[qubit, block: block].firstBit else { continue }
      let outcome = choose()
      collapse(qubit, to: outcome, pivot: (block - half) << 9 + bit)
      return (outcome, true)
    }
    return (expectation(x: [], z: [qubit], power: 0) < 0, false)
  }

  /// Puts ±Z of a qubit in the place of the stabilizer `pivot`, which anticommutes with it.
  private mutating func collapse(_ qubit: Int, to outcome: Bool, pivot: Int) {
    let row = stabilizer(pivot)
    // The other strings that anticommute with Z are multiplied by the pivot.
    var others = (0..<(2 * half)).map { planes[qubit, block: $0] }
    others[row >> 9][row >> 6 & 7] &= ~(UInt64(1) << UInt64(row & 63))
    let isOdd = powers[0, bit: row]
    let isTwo = powers[1, bit: row]
    for block in 0..<(2 * half) {
      var turned = isTwo ? BitLanes.ones : .zero
      if isOdd {
        turned ^= powers[0, block: block]
        powers[0, block: block] ^= others[block]
      }
      powers[1, block: block] ^= turned & others[block]
    }
    for place in 0..<qubitCount {
      let hasX = planes[place, bit: row]
      let hasZ = planes[qubitCount + place, bit: row]
      if hasX {
        for block in 0..<(2 * half) {
          powers[1, block: block] ^= planes[qubitCount + place, block: block] & others[block]
          planes[place, block: block] ^= others[block]
        }
      }
      if hasZ {
        for block in 0..<(2 * half) { planes[qubitCount + place, block: block] ^= others[block] }
      }
      planes[place, bit: pivot] = hasX
      planes[qubitCount + place, bit: pivot] = hasZ
      planes[place, bit: row] = false
      planes[qubitCount + place, bit: row] = false
    }
    powers[0, bit: pivot] = isOdd
    powers[1, bit: pivot] = isTwo
    planes[qubitCount + qubit, bit: row] = true
    powers[0, bit: row] = false
    powers[1, bit: row] = outcome
  }

  /// A stabilizer as its sign and its letters, qubit 0 rightmost: `-XIZ`.
  func generator(_ number: Int) -> String {
    let row = stabilizer(number)
    var power = (powers[0, bit: row] ? 1 : 0) + (powers[1, bit: row] ? 2 : 0)
    var letters = ""
    for qubit in (0..<qubitCount).reversed() {
      switch (planes[qubit, bit: row], planes[qubitCount + qubit, bit: row]) {
      case (false, false): letters += "I"
      case (true, false): letters += "X"
      case (false, true): letters += "Z"
      case (true, true):
        letters += "Y"
        power -= 1
      }
    }
    return (power & 3 == 0 ? "+" : "-") + letters
  }

  /// The X part of a stabilizer on some qubits: bit i for `qubits[i]`.
  func flips(_ number: Int, on qubits: [Int]) -> UInt64 {
    let row = stabilizer(number)
    return qubits.enumerated().reduce(0) { result, entry in
      planes[entry.element, bit: row] ? result | 1 << UInt64(entry.offset) : result
    }
  }
}
