import Circuits

/// exp(-iφY′) with Y′ a string of Pauli operators that is real times i: the pairs of basis states b, b ^ x are
/// turned by φ, that with an even parity of z & b to cos φ, -sin φ.
struct Turn: Hashable {
  var x: UInt64
  var z: UInt64
  /// φ.
  var angle: Angle

  /// Whether two turns act on different qubits of some basis: they commute, and can be done in one pass.
  func isIndependent(of other: Turn) -> Bool {
    !(x & other.z).isOdd && !(z & other.x).isOdd
  }
}

/// exp(iφ·(-1)^parity(z & b)): multiplication of every amplitude by a phase.
struct Diagonal: Hashable {
  var z: UInt64
  /// φ.
  var angle: Angle
}

/// Turns that commute, then a product of diagonals.
struct Layer {
  var turns: [Turn] = []
  private(set) var diagonals: [Diagonal] = []
  private var placeOfString: [UInt64: Int] = [:]

  /// Multiplies by a diagonal; angles of the same string add up.
  mutating func add(_ diagonal: Diagonal) {
    if let place = placeOfString[diagonal.z] {
      diagonals[place].angle = diagonals[place].angle + diagonal.angle
    } else {
      placeOfString[diagonal.z] = diagonals.count
      diagonals.append(diagonal)
    }
  }
}

/// Turns and diagonals in as few layers as their order allows.
struct LayerStack {
  /// The layers; the first has no turns.
  private(set) var layers = [Layer()]

  var isEmpty: Bool { layers.count == 1 && layers[0].diagonals.isEmpty }

  /// Adds a diagonal to the earliest layer it can be moved to.
  mutating func add(_ diagonal: Diagonal) {
    var place = layers.count - 1
    while place > 0, !layers[place].turns.contains(where: { ($0.x & diagonal.z).isOdd }) {
      place -= 1
    }
    layers[place].add(diagonal)
  }

  /// Adds a turn to the earliest layer it can be moved to.
  mutating func add(_ turn: Turn) {
    var place = layers.count
    while place > 1 {
      let below = layers[place - 1]
      if below.diagonals.contains(where: { ($0.z & turn.x).isOdd })
        || !below.turns.allSatisfy({ $0.isIndependent(of: turn) })
      {
        break
      }
      place -= 1
    }
    // Diagonals of the first layer stand before all turns anyway.
    if place == layers.count { layers.append(Layer()) }
    layers[place].turns.append(turn)
  }
}
