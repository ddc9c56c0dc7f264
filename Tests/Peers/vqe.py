"""Energy and full gradient of a transverse-field Ising chain, by several peers.

H = -sum Z_i Z_{i+1} - sum X_i on an open chain; layers of RY(w0) RZ(w1) on every qubit and a ladder
of CNOTs i -> i+1.

usage: vqe.py PEER --qubits N --layers L [--repeats R] [--threads T]
"""

import workloads


def chain(qubits):
    """The terms of the energy, as (coefficient, ((letter, qubit), ...))."""
    bonds = [(-1.0, (("Z", i), ("Z", i + 1))) for i in range(qubits - 1)]
    return bonds + [(-1.0, (("X", i),)) for i in range(qubits)]


def lightning(options):
    import numpy as np
    import pennylane as qml
    from pennylane import numpy as pnp

    n, layers = options.qubits, options.layers
    letters = {"X": qml.PauliX, "Z": qml.PauliZ}
    terms = chain(n)
    energy = qml.Hamiltonian(
        [c for c, _ in terms], [qml.prod(*(letters[p](q) for p, q in f)) for _, f in terms]
    )

    @qml.qnode(qml.device("lightning.qubit", wires=n), diff_method="adjoint")
    def expectation(w):
        for layer in range(layers):
            for i in range(n):
                qml.RY(w[layer, i, 0], i)
                qml.RZ(w[layer, i, 1], i)
            for i in range(n - 1):
                qml.CNOT([i, i + 1])
        return qml.expval(energy)

    w = pnp.array(workloads.weights(layers, n, 2), requires_grad=True)
    derivative = qml.grad(expectation)

    def work():
        gradient = derivative(w)
        return {"value": derivative.forward, "gradientNorm": np.linalg.norm(gradient)}

    return work


def qulacs(options):
    from qulacs import Observable, ParametricQuantumCircuit, QuantumState

    n = options.qubits
    circuit = ParametricQuantumCircuit(n)
    for layer in workloads.weights(options.layers, n, 2):
        for i in range(n):
            # Qulacs turns by exp(+i angle P / 2).
            circuit.add_parametric_RY_gate(i, -layer[i][0])
            circuit.add_parametric_RZ_gate(i, -layer[i][1])
        for i in range(n - 1):
            circuit.add_CNOT_gate(i, i + 1)
    energy = Observable(n)
    for coefficient, factors in chain(n):
        energy.add_operator(coefficient, " ".join(f"{p} {q}" for p, q in factors))

    def work():
        state = QuantumState(n)
        circuit.update_quantum_state(state)
        return {
            "value": energy.get_expectation_value(state).real,
            "gradientNorm": workloads.norm(circuit.backprop(energy)),
        }

    return work


def mindquantum(options):
    import numpy as np
    from mindquantum.core.circuit import Circuit
    from mindquantum.core.gates import RY, RZ, X
    from mindquantum.core.operators import Hamiltonian, QubitOperator
    from mindquantum.simulator import Simulator

    n, layers = options.qubits, options.layers
    circuit = Circuit()
    for layer in range(layers):
        for i in range(n):
            circuit += RY(f"w{layer}_{i}_0").on(i)
            circuit += RZ(f"w{layer}_{i}_1").on(i)
        for i in range(n - 1):
            circuit += X.on(i + 1, i)
    energy = QubitOperator()
    for coefficient, factors in chain(n):
        energy += QubitOperator(" ".join(f"{p}{q}" for p, q in factors), coefficient)
    evaluate = Simulator("mqvector", n).get_expectation_with_grad(
        Hamiltonian(energy), circuit, parallel_worker=options.threads
    )
    w = np.array(workloads.weights(layers, n, 2)).reshape(-1)

    def work():
        value, gradient = evaluate(w)
        return {"value": value.real[0, 0], "gradientNorm": np.linalg.norm(gradient.real)}

    return work


workloads.run(
    "vqe",
    ("layers",),
    {"pennylane-lightning": lightning, "qulacs": qulacs, "mindquantum": mindquantum},
)
