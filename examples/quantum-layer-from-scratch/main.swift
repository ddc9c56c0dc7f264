import Hilbert

// A circuit of two qubits that learns the exclusive or of two bits.
let circuit = Circuit(qubits: 2) {
  AngleEncoding(.x)
  StronglyEntanglingLayers(depth: 2)
}
let layer = QuantumLayer(circuit, measuring: PauliSum.z(0), seed: 3)
let optimizer = Adam(layer.parameters, learningRate: 0.1)

let bits = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]] as [[Float]])
let targets = Tensor([[1], [-1], [-1], [1]] as [[Float]])  // ⟨Z⟩ = +1 stands for 0, -1 for 1
for step in 0..<100 {
  let loss = meanSquaredError(layer(bits * .pi), targets)
  optimizer.zeroGradients()
  loss.backward()
  optimizer.step()
  if step % 20 == 19 { print("step \(step + 1): loss \(loss.item())") }
}
print(layer(bits * .pi))
