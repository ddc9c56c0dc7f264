import Hilbert

// One training step of a hybrid model must lower its loss.
let circuit = Circuit(qubits: 2) {
  AngleEncoding(.x)
  StronglyEntanglingLayers(depth: 1)
}
let model = Sequential {
  Linear(inputs: 3, outputs: 2, seed: 1)
  QuantumLayer(circuit, measuring: .z(0), .z(1), seed: 2)
  Linear(inputs: 2, outputs: 2, seed: 3)
}
let optimizer = SGD(model.parameters, learningRate: 0.1)
let features = NDArray((0..<12).map { Float($0 % 5) / 5 }, shape: [4, 3])
let labels = NDArray([0, 1, 1, 0])

let before = crossEntropy(model(features), labels)
before.backward()
optimizer.step()
let after = crossEntropy(model(features), labels)
print("loss before \(before.item()), after one step \(after.item())")
guard after.item() < before.item() else { fatalError("the step did not lower the loss") }
