import Foundation
import Hilbert

// A hybrid classifier of wines: thirteen chemical measurements, three cultivars.
//
// A linear layer turns the measurements into four angles, a circuit of four qubits turns the angles into
// four expectation values, and another linear layer turns these into the scores of the classes.

try FileManager.default.createDirectory(atPath: "output", withIntermediateDirectories: true)
let wine = try Dataset.csv("examples/data/wine.csv", label: "cultivar")
let circuit = Circuit(qubits: 4) {
  AngleEncoding(.x)
  StronglyEntanglingLayers(depth: 2)
}
try circuit.figure(title: "The quantum layer").write(to: "output/hybrid-classifier-circuit.svg")

var accuracies: [Double] = []
for seed in UInt64(1)...5 {
  let (train, test) = wine.split(test: 0.25, stratified: true, seed: seed).standardized()
  let model = Sequential(seed: seed) {
    Linear(inputs: 13, outputs: 4)
    Tanh()
    QuantumLayer(circuit, measuring: .z(0), .z(1), .z(2), .z(3))
    Linear(inputs: 4, outputs: 3)
  }
  let epochs = 30
  let steps = epochs * ((train.count + 15) / 16)
  let optimizer = Adam(model.parameters, learningRate: .cosine(from: 0.05, steps: steps))
  let trainer = Trainer(model, optimizer, loss: .crossEntropy, metrics: [.accuracy])
  let history = try trainer.fit(
    train, validation: test, epochs: epochs, batchSize: 16, seed: seed, progress: .line)
  let accuracy = trainer.evaluate(test)["accuracy"] ?? .nan
  accuracies.append(accuracy)
  print("seed \(seed): test accuracy \(accuracy)")
  if seed == 1 { try history.figure.write(to: "output/hybrid-classifier-training.svg") }
}
let mean = accuracies.reduce(0, +) / Double(accuracies.count)
print("mean test accuracy of five seeds: \(mean), least \(accuracies.min() ?? 0)")
