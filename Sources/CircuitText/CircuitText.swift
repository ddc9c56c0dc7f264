// CircuitText
