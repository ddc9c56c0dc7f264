// CircuitDrawing
