import ArgumentParser
import Hilbert

/// The optimizers of the library, as flags name them.
enum OptimizerName: String, ExpressibleByArgument, CaseIterable {
  case adam, adamw, sgd
}

/// Which optimizer a training uses, and its settings; those that are not given are torch's.
struct OptimizerFlags: ParsableArguments {
  @Option(help: "The rule that moves the parameters.") var optimizer: OptimizerName = .adam
  @Option(parsing: .unconditional, help: "The momentum of sgd.") var momentum: Double?
  @Option(parsing: .unconditional, help: "The dampening of sgd's momentum.") var dampening: Double?
  @Flag(help: "Look ahead along the momentum of sgd.") var nesterov = false
  @Option(parsing: .unconditional, help: "The share of its mean that adam keeps, 0.9 by default.")
  var beta1: Double?
  @Option(
    parsing: .unconditional, help: "The share of its square that adam keeps, 0.999 by default.")
  var beta2: Double?
  @Option(parsing: .unconditional, help: "What bounds adam's scaled step, 1e-8 by default.")
  var epsilon: Double?
  @Flag(help: "Scale adam's steps by the largest square so far.") var amsgrad = false
  @Option(parsing: .unconditional, help: "The weight decay; 0.01 for adamw, else 0 by default.")
  var weightDecay: Double?

  func validate() throws {
    let isSGD = optimizer == .sgd
    for (name, value, belongs, range) in [
      ("momentum", momentum, isSGD, 0.0...Double.greatestFiniteMagnitude),
      ("dampening", dampening, isSGD, 0...1),
      ("beta1", beta1, !isSGD, 0...(1.0).nextDown), ("beta2", beta2, !isSGD, 0...(1.0).nextDown),
      ("epsilon", epsilon, !isSGD, 0...1),
      ("weight-decay", weightDecay, true, 0...Double.greatestFiniteMagnitude),
    ] {
      guard let value else { continue }
      guard belongs else {
        throw ValidationError(
          "found --\(name) with --optimizer \(optimizer.rawValue), which has none.")
      }
      guard range.contains(value) else {
        let isOpen = range.upperBound == .greatestFiniteMagnitude
        throw ValidationError(
          "found --\(name) \(value), expected "
            + (isOpen
              ? "at least \(range.lowerBound)." : "\(range.lowerBound) to \(range.upperBound)."))
      }
    }
    if nesterov, !(isSGD && (momentum ?? 0) > 0 && (dampening ?? 0) == 0) {
      throw ValidationError(
        "found --nesterov, expected --optimizer sgd with a --momentum above 0 and no --dampening.")
    }
    if amsgrad, isSGD {
      throw ValidationError("found --amsgrad with --optimizer sgd, expected adam or adamw.")
    }
  }

  /// An optimizer of one parameter.
  func made(_ parameter: Parameter, learningRate: Schedule) -> any Optimizer {
    switch optimizer {
    case .adam:
      Adam(
        [parameter], learningRate: learningRate, beta1: beta1 ?? 0.9, beta2: beta2 ?? 0.999,
        epsilon: epsilon ?? 1e-8, weightDecay: weightDecay ?? 0, amsgrad: amsgrad)
    case .adamw:
      AdamW(
        [parameter], learningRate: learningRate, beta1: beta1 ?? 0.9, beta2: beta2 ?? 0.999,
        epsilon: epsilon ?? 1e-8, weightDecay: weightDecay ?? 0.01, amsgrad: amsgrad)
    case .sgd:
      SGD(
        [parameter], learningRate: learningRate, momentum: momentum ?? 0,
        dampening: dampening ?? 0, nesterov: nesterov, weightDecay: weightDecay ?? 0)
    }
  }

  /// The settings in words, to tell one training from another.
  var description: String {
    var words = [optimizer.rawValue]
    for (name, value) in [
      ("momentum", momentum), ("dampening", dampening), ("beta1", beta1), ("beta2", beta2),
      ("epsilon", epsilon), ("weight decay", weightDecay),
    ] {
      if let value { words.append("\(name) \(value)") }
    }
    if nesterov { words.append("nesterov") }
    if amsgrad { words.append("amsgrad") }
    return words.joined(separator: ", ")
  }
}
