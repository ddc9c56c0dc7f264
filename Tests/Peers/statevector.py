"""One noiseless state vector, by several peers.

Layers of RZ(a0) RY(a1) RZ(a2) on every qubit and CZ on pairs of qubits. The checked value is the probability
of all zeros.

usage: statevector.py PEER --qubits N --depth D [--entangler neighbours|random] [--repeats R] [--threads T]
"""

import workloads


def qulacs_circuit(options):
    from qulacs import QuantumCircuit

    n = options.qubits
    circuit = QuantumCircuit(n)
    for d, layer in enumerate(workloads.brick_angles(options.depth, n)):
        for i in range(n):
            # Qulacs turns by exp(+i angle P / 2).
            circuit.add_RZ_gate(i, -layer[i][0])
            circuit.add_RY_gate(i, -layer[i][1])
            circuit.add_RZ_gate(i, -layer[i][2])
        for a, b in workloads.pairs(d, n, options.entangler):
            circuit.add_CZ_gate(a, b)
    return circuit


def qulacs_work(circuit):
    from qulacs import QuantumState

    def work():
        state = QuantumState(circuit.get_qubit_count())
        circuit.update_quantum_state(state)
        return {"value": abs(state.get_amplitude(0)) ** 2}

    return work


def qulacs(options):
    return qulacs_work(qulacs_circuit(options))


def qulacs_optimized(options):
    from qulacs.circuit import QuantumCircuitOptimizer

    circuit = qulacs_circuit(options)
    QuantumCircuitOptimizer().optimize(circuit, 4)
    return qulacs_work(circuit)


def qsimcirq(options):
    # Single precision only.
    import cirq
    import qsimcirq as qsim

    wires = cirq.LineQubit.range(options.qubits)
    circuit = cirq.Circuit()
    for d, layer in enumerate(workloads.brick_angles(options.depth, options.qubits)):
        for wire, (a0, a1, a2) in zip(wires, layer):
            circuit.append([cirq.rz(a0)(wire), cirq.ry(a1)(wire), cirq.rz(a2)(wire)])
        for a, b in workloads.pairs(d, options.qubits, options.entangler):
            circuit.append(cirq.CZ(wires[a], wires[b]))
    settings = qsim.QSimOptions(max_fused_gate_size=4, cpu_threads=options.threads)
    simulator = qsim.QSimSimulator(settings)

    return lambda: {"value": abs(simulator.simulate(circuit).final_state_vector[0]) ** 2}


def aer(precision):
    def set_up(options):
        from qiskit import transpile
        from qiskit_aer import AerSimulator

        circuit = workloads.qiskit_circuit(options)
        circuit.save_statevector()
        simulator = AerSimulator(
            method="statevector", precision=precision, max_parallel_threads=options.threads
        )
        circuit = transpile(circuit, simulator, optimization_level=0)

        def work():
            result = simulator.run(circuit).result()
            return {"value": abs(result.get_statevector()[0]) ** 2}

        return work

    return set_up


def lightning(options):
    import pennylane as qml

    n = options.qubits
    angles = workloads.brick_angles(options.depth, n)

    @qml.qnode(qml.device("lightning.qubit", wires=n), diff_method=None)
    def probabilities():
        for d, layer in enumerate(angles):
            for i in range(n):
                qml.RZ(layer[i][0], i)
                qml.RY(layer[i][1], i)
                qml.RZ(layer[i][2], i)
            for a, b in workloads.pairs(d, n, options.entangler):
                qml.CZ([a, b])
        return qml.probs(wires=range(n))

    return lambda: {"value": probabilities()[0]}


workloads.run(
    "statevector",
    ("depth",),
    {
        "qulacs": qulacs,
        "qulacs-optimized": qulacs_optimized,
        "qsimcirq": qsimcirq,
        "aer": aer("double"),
        "aer-single": aer("single"),
        "pennylane-lightning": lightning,
    },
)
