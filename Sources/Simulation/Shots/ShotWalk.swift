import Circuits
import Compute

/// Runs all shots of a program, those with the same history together, on one state.
///
/// Shots part where their draws at an event, or their bits under a condition, differ. The parts wait with the state
/// they share and are followed one by one, the smallest first, so that at most log₂(shots) + 1 states wait.
/// Where a copy does not fit the budget, the first part takes the state, and the others begin again at |0…0⟩: what a
/// shot draws depends on its number alone, so they come to where they parted by the same way.
struct ShotWalk<Engine: ShotEngine> {
  private let program: ShotProgram
  private let engine: Engine
  private let noise: NoiseModel
  private let draws: ShotDraws
  /// The rounds of each loop in a shot, at most.
  private let roundLimit: Int
  private var memory: ShotMemory
  private var waiting: [Fork] = []

  /// Shots with one history, and where they go on.
  private struct Group {
    var shots: [Int32]
    var step: Int
    /// The numbers of their streams used so far: as many for each.
    var drawn: Int
    /// The rounds of each loop so far: as many for each.
    var rounds: [Int]
    /// What is done to the state first.
    var outcome: (event: ShotEvent, number: Int, weight: Double)?
  }

  /// Groups that have yet to go on from one state, the smallest last.
  private struct Fork {
    /// Nil where the groups have to begin again.
    var state: Engine.State?
    var groups: [Group]
  }

  init(
    _ program: ShotProgram, engine: Engine, noise: NoiseModel, shots: Int, seed: UInt64,
    roundLimit: Int
  ) {
    self.program = program
    self.engine = engine
    self.noise = noise
    self.roundLimit = roundLimit
    draws = ShotDraws(seed: seed)
    memory = ShotMemory(shots: shots, bitCount: program.bitCount)
    if shots > 0 {
      waiting = [Fork(state: nil, groups: [start((0..<Int32(shots)).map { $0 })])]
    }
  }

  /// A group at the start.
  private func start(_ shots: [Int32]) -> Group {
    Group(
      shots: shots, step: 0, drawn: 0, rounds: [Int](repeating: 0, count: program.loops.count))
  }

  /// The bits of every shot.
  mutating func run() throws(SimulationError) -> [BitString] {
    while var fork = waiting.popLast() {
      guard var group = fork.groups.popLast() else { continue }
      var state: Engine.State
      if let shared = fork.state.take() {
        if fork.groups.isEmpty {
          state = shared
        } else if let copy = engine.copy(shared) {
          state = copy
          fork.state = shared
        } else {
          state = shared
        }
        if let outcome = group.outcome {
          try engine.take(outcome.number, weight: outcome.weight, of: outcome.event, in: &state)
          group.outcome = nil
        }
      } else {
        state = try engine.makeState()
        for shot in group.shots { memory.clear(shot) }
        group = start(group.shots)
      }
      if !fork.groups.isEmpty { waiting.append(fork) }
      try follow(&group, &state)
    }
    return memory.strings()
  }

  /// Takes a group as far as its shots stay together: to the end, or to a fork.
  private mutating func follow(
    _ group: inout Group, _ state: inout Engine.State
  ) throws(SimulationError) {
    while group.step < program.steps.count {
      switch program.steps[group.step] {
      case .segment(let number):
        try engine.run(number, on: &state)
        group.step += 1
      case .jump(let step): group.step = step
      case .assign(let bit, let condition):
        for shot in group.shots { memory[shot, bit] = condition.holds { memory[shot, $0] } }
        group.step += 1
      case .branch(let condition, let otherwise, let loop):
        let holds = group.shots.map { shot in condition.holds { memory[shot, $0] } ? 1 : 0 }
        var parts = part(group, holds, of: 2) { $0 == 1 ? nil : otherwise }
        if let loop {
          for index in parts.indices where parts[index].number == 1 {
            try program.count(&parts[index].group.rounds, of: loop, atMost: roundLimit)
          }
        }
        if fork(parts, into: &group, state) { return }
      case .event(let event):
        let weights = try engine.weights(of: event, in: state)
        let outcomes = choose(weights, for: group)
        group.drawn += 1
        if case .measurement(let qubit, let bit) = event {
          record(outcomes, of: group.shots, qubit: qubit, bit: bit, drawn: &group.drawn)
        }
        var parts = part(group, outcomes, of: weights.count) { _ in nil }
        for index in parts.indices {
          let number = parts[index].number
          parts[index].group.outcome = (event, number, weights[number])
        }
        if fork(parts, into: &group, state) { return }
        if let outcome = group.outcome {
          try engine.take(outcome.number, weight: outcome.weight, of: outcome.event, in: &state)
          group.outcome = nil
        }
      }
    }
    finish(group, state)
  }

  /// The outcome of an event for each shot of a group: where its number falls among the weights laid end to end.
  private func choose(_ weights: [Double], for group: Group) -> [Int] {
    let total = weights.reduce(0, +)
    let last = weights.lastIndex { $0 > 0 } ?? 0
    return group.shots.map { shot in
      let point = draws.uniform(shot: shot, place: group.drawn) * total
      var sum = 0.0
      for (number, weight) in weights.enumerated() {
        sum += weight
        if point < sum { return number }
      }
      return last
    }
  }

  /// Writes measured bits, misread as the noise model says.
  private mutating func record(
    _ outcomes: [Int], of shots: [Int32], qubit: Int, bit: Int, drawn: inout Int
  ) {
    for (shot, outcome) in zip(shots, outcomes) { memory[shot, bit] = outcome == 1 }
    misread(shots, qubit: qubit, bit: bit, drawn: &drawn)
  }

  private mutating func misread(_ shots: [Int32], qubit: Int, bit: Int, drawn: inout Int) {
    guard let error = noise.readoutError(of: qubit) else { return }
    for shot in shots {
      let rate = memory[shot, bit] ? error.oneAsZero : error.zeroAsOne
      if draws.uniform(shot: shot, place: drawn) < rate { memory[shot, bit].toggle() }
    }
    drawn += 1
  }

  /// The shots of a group by their numbers below `count`, the largest part first; each goes on after this step, or
  /// where `target` says.
  private func part(
    _ group: Group, _ numbers: [Int], of count: Int, target: (Int) -> Int?
  ) -> [(number: Int, group: Group)] {
    var shots = [[Int32]](repeating: [], count: count)
    if let first = numbers.first, numbers.allSatisfy({ $0 == first }) {
      shots[first] = group.shots
    } else {
      for (shot, number) in zip(group.shots, numbers) { shots[number].append(shot) }
    }
    return (0..<count).filter { !shots[$0].isEmpty }.map { number in
      let step = target(number) ?? group.step + 1
      return (
        number,
        Group(shots: shots[number], step: step, drawn: group.drawn, rounds: group.rounds)
      )
    }.sorted { ($1.group.shots.count, $0.number) < ($0.group.shots.count, $1.number) }
  }

  /// Goes on with the only part, or lets all parts wait.
  ///
  /// - Returns: Whether they wait.
  private mutating func fork(
    _ parts: [(number: Int, group: Group)], into group: inout Group, _ state: Engine.State
  ) -> Bool {
    if parts.count == 1 {
      group = parts[0].group
      return false
    }
    waiting.append(Fork(state: state, groups: parts.map(\.group)))
    return true
  }

  /// Draws the final measurements of a group.
  private mutating func finish(_ group: Group, _ state: Engine.State) {
    guard !program.finals.isEmpty else { return }
    let words = engine.draw(
      program.finals.map(\.qubit), shots: group.shots, seed: draws.seed, from: state)
    let width = (program.finals.count + 63) / 64
    for (place, shot) in group.shots.enumerated() {
      for (number, final) in program.finals.enumerated() {
        memory[shot, final.bit] =
          words[place * width + number >> 6] >> UInt64(number & 63) & 1 == 1
      }
    }
    var drawn = group.drawn
    for final in program.finals {
      misread(group.shots, qubit: final.qubit, bit: final.bit, drawn: &drawn)
    }
  }
}
