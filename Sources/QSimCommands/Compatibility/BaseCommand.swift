import ArgumentParser
import Foundation
import Hilbert

/// `qsim -c FILE`: runs a file and prints what `qsim_base` of the simulator qsim prints.
///
/// The flags are those of qsim_base. The first 2^min(3, n) amplitudes are printed in single precision, a line each:
/// the low bits of the basis state, the real and the imaginary part and the probability, each as `%16.8g`; before them
/// with a verbosity of at least 1 the time of the run.
struct BaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "base",
    abstract: "Run a circuit file and print what qsim_base of the simulator qsim prints.",
    discussion: """
      Example:
        qsim -c circuit_q24 -d 14 -s 1 -t 2 -f 4 -v 1 -z
      """, shouldDisplay: false)

  @Option(
    name: .customShort("c", allowingJoined: true), help: "The circuit file.",
    completion: .file())
  var circuit: String?
  @Option(
    name: .customShort("d", allowingJoined: true), help: "The time up to which gates are read.")
  var lastTime: Int?
  @Option(
    name: .customShort("s", allowingJoined: true), help: "The seed, which nothing here depends on.")
  var seed: UInt64?
  @Option(
    name: .customShort("t", allowingJoined: true), help: "The number of threads; 1 by default.")
  var threads = 1
  @Option(
    name: .customShort("f", allowingJoined: true),
    help: "No effect: how gates are fused is planned.") var fused: Int?
  @Option(
    name: .customShort("v", allowingJoined: true),
    help: "1 prints the time of the run; 0 by default.")
  var verbosity = 0
  @Flag(name: .customShort("z"), help: "No effect: denormal numbers stay as they are.") var flush =
    false
  @Argument(help: .hidden) var words: [String] = []

  private static let name = "qsim -c"

  func validate() throws {
    if let word = words.first {
      let commands = QSim.configuration.subcommands.filter { $0.configuration.shouldDisplay }
        .compactMap { $0.configuration.commandName }
      throw ValidationError(
        "found the command '\(word)', expected one of \(commands.joined(separator: ", ")).")
    }
    if let lastTime, lastTime < 0 {
      throw ValidationError("found -d \(lastTime), expected at least 0.")
    }
    guard (1...1024).contains(threads) else {
      throw ValidationError("found -t \(threads), expected 1 to 1024.")
    }
    if circuit == nil,
      lastTime != nil || seed != nil || fused != nil || flush || verbosity != 0 || threads != 1
    {
      throw ValidationError("found no circuit file, expected -c FILE.")
    }
  }

  func run() throws {
    guard let circuit else { throw CleanExit.helpRequest(QSim.self) }
    Interruption.handle()
    let file = CircuitFile(path: circuit, command: Self.name)
    let document = try file.document(ReadingOptions(includeFolders: [], lastTime: lastTime))
    if lastTime != nil, document.language != .qsim {
      throw CommandFailure.usage(
        "\(Self.name): -d: \(file.name) is \(document.language.rawValue), expected a qsim file: only those have times"
      )
    }
    guard document.circuit.weightCount == 0, document.circuit.inputCount == 0 else {
      throw CommandFailure.usage(
        "\(Self.name): \(file.name): found inputs without a value; qsim run takes --set")
    }
    sayWhatHasNoEffect(document.circuit)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let plan = try Plan(document.circuit.withoutMeasurements(), measuring: .expectations([]))
      let policy = LoopPolicy.threads(threads)
      try StateVector.requireMemory(plan.qubitCount, .single, .machine)
      let state = try StateVector(
        running: plan, precision: .single, policy: policy, budget: .machine)
      var lines: [String] = []
      if verbosity >= 1 {
        let seconds = (clock.now - start) / .seconds(1)
        lines.append(String(format: "time is %g seconds.", seconds))
      }
      for basis in 0..<(1 << min(3, state.qubitCount)) {
        lines.append(Self.line(basis, state.amplitude(of: basis), min(3, state.qubitCount)))
      }
      try StandardOutput.write(lines.joined(separator: "\n"))
    } catch {
      throw CommandFailure.simulation(
        error, of: file.name, qubitCount: document.circuit.qubitCount, Self.name)
    }
  }

  /// One amplitude as qsim_base prints it.
  private static func line(_ basis: Int, _ value: Complex<Double>, _ digits: Int) -> String {
    let bits = String(basis, radix: 2)
    let (real, imaginary) = (Float(value.real), Float(value.imaginary))
    return String(repeating: "0", count: max(0, digits - bits.count)) + (digits == 0 ? "" : bits)
      + ":"
      + [real, imaginary, real * real + imaginary * imaginary].map {
        String(format: "%16.8g", Double($0))
      }.joined()
  }

  private func sayWhatHasNoEffect(_ circuit: Circuit) {
    var notes: [String] = []
    if fused != nil { notes.append("-f has no effect here: how gates are fused is planned") }
    if flush { notes.append("-z has no effect here: denormal numbers stay as they are") }
    if !circuit.measurements.isEmpty, !circuit.isDynamic {
      notes.append("the amplitudes are those before the final measurements")
    }
    for note in notes {
      StandardError.write("\(Self.name): \(note)\n")
    }
  }
}
