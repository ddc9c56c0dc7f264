// QuantumGradients
